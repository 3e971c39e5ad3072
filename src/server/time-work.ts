/** What is done as time passes, beside the requests: in one process at a time, each thing once. */

import { danishDate } from '#base/calendar.ts'
import { runPolicies } from '#casework/automatic.ts'
import type { Moment } from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import { deliverLetters } from '#casework/outbox.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { drawReviews } from '#review/drawing.ts'
import { sweepAccess } from '#store/access.ts'
import { clearEndedReports, clearReviews } from '#store/clearing.ts'
import { keepTime } from '#store/clock-mark.ts'
import { sweepDeposits } from '#store/deposits.ts'
import { takeEffect } from '#store/effects.ts'
import { expireConversations } from '#store/expiry.ts'
import { runLeased } from '#store/lease.ts'
import { noteEndingPasswords } from '#store/notices.ts'
import { openDelivery } from '#store/outbox.ts'
import type { Pool } from '#store/pool.ts'
import { passDeadlines, remindOfProtections } from '#store/reminders.ts'
import { countReports } from '#store/report-counts.ts'
import { openDraw } from '#store/review-draw.ts'
import { sealEvidence } from '#store/seals.ts'

/** What was done, by kind. */
export type Tally = { readonly [what: string]: number }

type Work = {
  readonly name: string
  readonly everyMs: number
  /** A long backlog asks whether it is to stop: nobody waits for the end of it. */
  readonly run: (
    pool: Pool,
    moment: Moment,
    house: House,
    isStopping?: () => boolean,
  ) => Promise<Tally>
}

/** Each of a thousand rows: some seconds. A long backlog is not what a stop has to wait for. */
const sealsAtOnceMax = 50

/** In the order in which a day has it: what holds now, what is overdue, what is about to end. */
const works: readonly Work[] = [
  {
    name: 'effects',
    everyMs: 30_000,
    run: async (pool, moment) => ({ effects: await takeEffect(pool, moment) }),
  },
  {
    name: 'hearings',
    everyMs: 60_000,
    run: async (pool, moment) => {
      const { reminded, givenUp } = await passDeadlines(pool, moment)
      return { hearingsReminded: reminded, hearingsGivenUp: givenUp }
    },
  },
  {
    // Often, so that a citizen whose case is plain need not wait.
    name: 'policies',
    everyMs: 30_000,
    run: async (_pool, _moment, house) => {
      const { decided, leftToPeople } = await runPolicies(house, catalogue)
      return { decidedByPolicy: decided, leftToPeople }
    },
  },
  {
    name: 'protections',
    everyMs: 600_000,
    run: async (pool, moment) => ({ protectionsReminded: await remindOfProtections(pool, moment) }),
  },
  {
    // A week is drawn once; the other times this looks whether one is over. What lapsed in it is
    // written down first, with the time at which it did. A draw that fails throws, and keeps
    // nothing from being cleared away.
    name: 'log-reviews',
    everyMs: 600_000,
    run: async (pool, moment, house, isStopping) => {
      const conversationsExpired = await expireConversations(pool, moment)
      const logReviewsRemoved = await clearReviews(pool, moment.at, isStopping)
      const logReviewsDrawn = await drawReviews(house, openDraw(pool), isStopping)
      return { conversationsExpired, logReviewsDrawn, logReviewsRemoved }
    },
  },
  {
    name: 'letters',
    everyMs: 30_000,
    run: async (pool, moment, { deliver }) => {
      if (deliver === undefined) return {}
      const { delivered, byHand, failed } = await deliverLetters(
        openDelivery(pool),
        deliver,
        moment,
      )
      return { lettersDelivered: delivered, lettersByHand: byHand, lettersNotDelivered: failed }
    },
  },
  {
    name: 'conversations',
    everyMs: 60_000,
    run: async (pool, moment, _house, isStopping) => {
      const conversationsExpired = await expireConversations(pool, moment)
      const { removed } = await clearEndedReports(pool, moment.at, isStopping)
      return { conversationsExpired, endedReportsRemoved: removed }
    },
  },
  {
    name: 'reports',
    everyMs: 30_000,
    run: async (pool, { at }) => {
      await countReports(pool, at)
      return {}
    },
  },
  {
    name: 'deposits',
    everyMs: 60_000,
    run: async (pool, { at }) => ({ depositsExpired: await sweepDeposits(pool, at) }),
  },
  {
    name: 'passwords',
    everyMs: 600_000,
    run: async (pool, { at }) => ({ passwordsEnding: await noteEndingPasswords(pool, at) }),
  },
  {
    name: 'seals',
    everyMs: 10_000,
    run: async (pool, _moment, { clock, onSealed = () => {} }) => {
      await sealEvidence(pool, clock, onSealed, sealsAtOnceMax)
      return {}
    },
  },
  {
    name: 'tokens',
    everyMs: 3_600_000,
    run: async (pool, { at }) => {
      await sweepAccess(pool, at)
      return {}
    },
  },
]

/** What an operator can look up: each kind, and how often. */
export const timeWork: readonly Pick<Work, 'name' | 'everyMs'>[] = works

/** Clocks and timers do not beat as one: a run that comes a little early is not put off. */
const earlyBy = 0.9
const markEveryMs = 5_000

/** Does all of it now, without asking whose turn it is; nothing of it can be done twice. */
export async function runTimeWork(pool: Pool, house: House): Promise<Tally> {
  const { clock, random } = house
  const at = clock()
  await keepTime(pool, at)
  const moment = { at, today: danishDate(at), random }
  let tally: Tally = {}
  for (const { run } of works) tally = { ...tally, ...(await run(pool, moment, house)) }
  return tally
}

/** One kind of work, if its time has come and no other process has it; undefined when not. */
export async function takeTurn(
  pool: Pool,
  name: string,
  house: House,
  isStopping?: () => boolean,
): Promise<Tally | undefined> {
  const work = works.find((each) => each.name === name)
  if (!work) throw new Error(`Cannot run ${name}: there is no such work`)
  const { clock, random } = house
  const at = clock()
  const everyMs = work.everyMs * earlyBy
  const turn = await runLeased(pool, { name, everyMs }, { at, random }, () =>
    work.run(pool, { at, today: danishDate(at), random }, house, isStopping),
  )
  return turn?.result
}

/** Goes on by itself until it is stopped. */
export function startTimeWork(
  pool: Pool,
  house: House,
  onFault: (error: unknown, what: string) => void,
): { readonly stop: () => Promise<void> } {
  const running = new Set<Promise<void>>()
  let isStopped = false
  const keep = (what: string, everyMs: number, run: () => Promise<unknown>) =>
    setInterval(() => {
      const done = run().then(
        () => {},
        (error: unknown) => onFault(error, what),
      )
      running.add(done)
      void done.finally(() => running.delete(done))
    }, everyMs)
  const timers = [
    // Of every process: the mark is what any of their clocks has shown.
    keep('the mark of the clock', markEveryMs, () => keepTime(pool, house.clock())),
    ...works.map(({ name, everyMs }) =>
      keep(name, everyMs, () => takeTurn(pool, name, house, () => isStopped)),
    ),
  ]
  return {
    // What has begun is finished: nobody else may take it up for as long as its lease lasts.
    stop: async () => {
      isStopped = true
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running)
    },
  }
}
