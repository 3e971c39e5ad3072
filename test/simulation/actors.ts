/**
 * Seeded citizens and case workers who push, double-click, repeat and lose answers. They know what
 * they were answered and nothing else; whether the register is sound is judged from outside.
 */

import { addDays, danishDate } from '#base/calendar.ts'
import type { Answer } from '#casework/answer.ts'
import { approve, reject } from '#casework/decide.ts'
import { follow, listPending } from '#casework/follow.ts'
import { answerHearing, listAsked } from '#casework/hear.ts'
import type { House } from '#casework/house.ts'
import { initiate, initiateAgain } from '#casework/initiate.ts'
import type { Asker } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { cancel, save, validate } from '#casework/report.ts'
import type { StepOrder } from '#casework/step.ts'
import { readData, readKeys, type Sent } from '#incident/read.ts'
import { rejectionReasons } from '#incident/rejection.ts'
import { catalogue, findByCode, findByName } from '#incidents/catalogue.ts'

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function diceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type World = {
  /** As many processes as there are houses; each step goes to one of them. */
  readonly houses: readonly House[]
  readonly dice: () => number
  readonly people: readonly string[]
  readonly targets: readonly Target[]
  readonly citizen: Asker
  readonly clerks: readonly Asker[]
  /** What the client was told of each incident it knows of; a lost answer leaves no trace here. */
  readonly ledger: Map<string, Ledger>
}

export type Target = Sent & { readonly municipality: string }

export type Ledger = { readonly receipts: Set<string>; readonly told: IncidentRecord }

const pick = <T>({ dice }: World, from: readonly T[]): T => {
  const chosen = from[Math.floor(dice() * from.length)]
  if (chosen === undefined) throw new Error('nothing to pick from')
  return chosen
}
const chance = ({ dice }: World, share: number) => dice() < share
const houseOf = (world: World) => pick(world, world.houses)

/** The same step once or several times at once, as of an impatient user or a retrying client. */
async function push(world: World, act: () => Promise<Answer>): Promise<readonly Answer[]> {
  const times = chance(world, 0.15) ? 2 + Math.floor(world.dice() * 2) : 1
  const answers = await Promise.all(Array.from({ length: times }, act))
  for (const answer of answers) if (!chance(world, 0.1)) remember(world, answer)
  return answers
}

function remember({ ledger }: World, answer: Answer): void {
  if (answer.kind !== 'done') return
  const { record } = answer.standing
  const known = ledger.get(record.id) ?? { receipts: new Set<string>(), told: record }
  if (record.savedAt) known.receipts.add(record.savedAt.toISOString())
  ledger.set(record.id, { ...known, told: record })
}

/** What they know how to fill in; the others are begun and left. */
const common = ['domestic-move', 'name-and-address-protection'].flatMap(
  (name) => findByName(name) ?? [],
)

/** A citizen begins something about somebody, with keys that are not always good. */
export async function citizenBegins(world: World): Promise<void> {
  const type = chance(world, 0.05) ? pick(world, catalogue) : pick(world, common)
  const target = pick(world, world.targets)
  const house = houseOf(world)
  const today = danishDate(house.clock())
  const keys = readKeys({
    pnr: chance(world, 0.03) ? '0000000000' : pick(world, world.people),
    date: addDays(today, Math.floor(world.dice() * 34) - 3),
    municipality: chance(world, 0.5) ? target.municipality : '0751',
  })
  await push(world, () => initiate(house, { asker: world.citizen, type, keys }))
}

/** A citizen goes on with what it knows of, whatever state that is in by now. */
export async function citizenGoesOn(world: World): Promise<void> {
  const known = [...world.ledger.values()].slice(-16)
  if (known.length === 0) return
  const { told } = pick(world, known)
  const order = orderOf(world, told)
  const what = world.dice()
  if (what < 0.45) await citizenValidates(world, order)
  else if (what < 0.85) await push(world, () => save(houseOf(world), order))
  else if (what < 0.92) await push(world, () => cancel(houseOf(world), order))
  else if (what < 0.97) await push(world, () => follow(houseOf(world), order))
  else await push(world, () => initiateAgain(houseOf(world), order))
}

function orderOf({ citizen }: World, { id, code }: IncidentRecord): StepOrder {
  return { asker: citizen, incident: { id }, type: findByCode(code) }
}

async function citizenValidates(world: World, order: StepOrder): Promise<void> {
  const { type } = order
  if (!type) return
  const sent = type.shape.code === 'FLYT-I' ? moveOf(world) : protectionOf(world)
  const data = readData(type.shape, sent)
  // Twice: the second time it passes what was only a warning.
  await push(world, () => validate(houseOf(world), { ...order, data }))
  if (chance(world, 0.6)) await push(world, () => validate(houseOf(world), { ...order, data }))
  if (chance(world, 0.7)) await push(world, () => save(houseOf(world), order))
}

function moveOf(world: World): Sent {
  const { municipality: _, ...target } = pick(world, world.targets)
  const along = world.people.filter(() => chance(world, 0.02))
  return { ...target, companions: along, ...(chance(world, 0.05) && { house: 'x' }) }
}

function protectionOf(world: World): Sent {
  const action = pick(world, ['on', 'on', 'extend', 'off', 'x'])
  return { action, children: world.people.filter(() => chance(world, 0.01)) }
}

/** Somebody looks what is asked of them, and answers, perhaps from two devices at once. */
export async function somebodyAnswers(world: World): Promise<void> {
  const asker = world.citizen
  const pnr = pick(world, world.people)
  const page = await listAsked(houseOf(world), { asker, pnr })
  const [item] = page.kind === 'done' ? page.items : []
  if (!item) return
  const { id } = item.hearing
  const times = chance(world, 0.3) ? 2 : 1
  const answers = await Promise.all(
    Array.from({ length: times }, () => {
      const sent = { answer: chance(world, 0.7) ? 'yes' : 'no' }
      return answerHearing(houseOf(world), { asker, hearing: id, pnr, sent })
    }),
  )
  const given = answers.flatMap((each) => (each.kind === 'done' ? [each.hearing.answer] : []))
  if (new Set(given).size > 1) throw new Error('one question had two answers')
}

/** A clerk opens the list and decides something on it, or what a colleague has just decided. */
export async function clerkDecides(world: World): Promise<void> {
  const asker = pick(world, world.clerks)
  const page = await listPending(houseOf(world), { asker, limit: 20 })
  if (page.kind !== 'done' || page.items.length === 0) return
  const { record } = pick(world, page.items)
  const contenders = chance(world, 0.2) ? 3 : 1
  const answers = await Promise.all(
    Array.from({ length: contenders }, () => decide(world, asker, record)),
  )
  const done = answers.filter(({ kind }) => kind === 'done').length
  if (done > 1) throw new Error(`${record.id} was decided ${done} times`)
}

function decide(world: World, asker: Asker, { id, code }: IncidentRecord): Promise<Answer> {
  const order = { asker, incident: { id }, type: findByCode(code) }
  if (chance(world, 0.75)) return approve(houseOf(world), order)
  const reasonCode = pick(world, Object.keys(rejectionReasons))
  return reject(houseOf(world), { ...order, reasonCode, text: 'Af en grund' })
}
