/**
 * Casework over a real register without any door: a house of its own for each process that a test
 * plays, a clock that the test moves, and callers with tokens.
 */

import { createHash, randomBytes } from 'node:crypto'
import { assert } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import type { Answer, Standing } from '#casework/answer.ts'
import { approve } from '#casework/decide.ts'
import { firstWall } from '#casework/first-wall.ts'
import { answerHearing } from '#casework/hear.ts'
import { type House, usualLimits } from '#casework/house.ts'
import { initiate } from '#casework/initiate.ts'
import type { Asker } from '#casework/ports.ts'
import { save, validate } from '#casework/report.ts'
import type { StepOrder } from '#casework/step.ts'
import { Trials } from '#casework/trials.ts'
import { tsSequence } from '#casework/ts.ts'
import { readData, readKeys, type Sent } from '#incident/read.ts'
import { findByCode, findByName } from '#incidents/catalogue.ts'
import { openAccess, signOn } from '#store/access.ts'
import { openCaseworkStore } from '#store/casework.ts'
import { openPolicies } from '#store/policies.ts'
import type { Pool } from '#store/pool.ts'
import { openTestServer, type TestCode, type TestServer } from '#test/server.ts'
import { holdTimeWork } from '#test/time-work.ts'

const source = '127.0.0.1'
const random = (bytes: number) => randomBytes(bytes)

export type Stand = {
  readonly server: TestServer
  readonly house: House
  readonly now: () => Date
  /** Lets time pass; it never goes back. */
  readonly pass: (span: { readonly days?: number; readonly minutes?: number }) => void
  readonly caller: (code: TestCode) => Promise<Asker>
}

/**
 * Opens a register on a Monday morning in winter time, whatever the day of the test is. What time
 * brings about is left to the test.
 */
export async function openStand(
  options: { readonly seed?: number; readonly persons?: number } = {},
): Promise<Stand> {
  let now = new Date('2026-03-02T09:00:00Z')
  const clock = () => now
  const server = await openTestServer({ clock, ...options })
  await holdTimeWork(server.ownerPool)
  const access = openAccess(server.pool, random)
  return {
    server,
    house: houseOn(server.pool, clock),
    now: clock,
    pass: ({ days = 0, minutes = 0 }) => {
      now = new Date(now.valueOf() + (days * 1440 + minutes) * 60_000)
    },
    caller: async ({ code: userId, password }) => {
      const signed = await signOn(access, { userId, password, source }, now)
      assert(signed.kind === 'signed-on', `${userId} is not signed on: ${signed.kind}`)
      return { token: signed.token, source }
    },
  }
}

/** As the program wires it; two of them on one database are two processes. */
export function houseOn(pool: Pool, clock: () => Date): House {
  return {
    firstWall,
    store: openCaseworkStore(pool, random),
    policies: openPolicies(pool),
    clock,
    random,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    nextTs: tsSequence(),
    rulesVersion: 'test',
    limits: usualLimits,
    trials: new Trials(Number.POSITIVE_INFINITY),
  }
}

export type Report = {
  readonly type?: string
  readonly pnr: string
  readonly date?: string
  readonly municipality?: string
  readonly data: Sent
  /** True leaves those who are asked silent; else they all agree at once. */
  readonly unheard?: true
}

/** The incident of an answer that was OK. */
export function standingOf(answer: Answer): Standing {
  assert(answer.kind === 'done', `not done: ${JSON.stringify(refusalsOf(answer))}`)
  return answer.standing
}

export function refusalsOf(answer: Answer): readonly number[] {
  if (answer.kind === 'done') return []
  return answer.kind === 'refused'
    ? answer.refusals.map(({ number }) => number)
    : [answer.refusal.number]
}

export function orderOf(asker: Asker, { record }: Pick<Standing, 'record'>): StepOrder {
  return { asker, incident: { id: record.id }, type: findByCode(record.code) }
}

export async function begin(house: House, asker: Asker, report: Report): Promise<Standing> {
  const type = findByName(report.type ?? 'domestic-move')
  assert(type, 'an incident type')
  const { pnr, date = danishDate(house.clock()), municipality = '0751' } = report
  return standingOf(
    await initiate(house, { asker, type, keys: readKeys({ pnr, date, municipality }) }),
  )
}

/** Brings a report into the pending register, past its warnings. */
export async function report(house: House, asker: Asker, sent: Report): Promise<Standing> {
  const begun = await begin(house, asker, sent)
  const order = { ...orderOf(asker, begun), data: readData(begun.type.shape, sent.data) }
  const first = await validate(house, order)
  standingOf(first.kind === 'done' ? first : await validate(house, order))
  const saved = standingOf(await save(house, orderOf(asker, begun)))
  if (!sent.unheard) await hearAll(house, asker, saved)
  return saved
}

/** Everybody who is asked says yes, through the provider that reported. */
async function hearAll(house: House, asker: Asker, { hearings }: Standing): Promise<void> {
  for (const { id, asked } of hearings) {
    const answer = { asker, hearing: id, pnr: asked, sent: { answer: 'yes' } }
    const { kind } = await answerHearing(house, answer)
    assert(kind === 'done', `not answered: ${kind}`)
  }
}

export async function approved(house: House, clerk: Asker, pending: Standing): Promise<Standing> {
  return standingOf(await approve(house, orderOf(clerk, pending)))
}
