/**
 * Turns that the life of a saved incident may take before it is decided: its reporter withdraws it,
 * its authority returns it for amendment or forwards it to the one that is right.
 */

import { groupsOfType } from '#access/security-groups.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import type { Answer } from '#casework/answer.ts'
import { type Also, nothingElse, withdrawHearings, withEnded } from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import { forwardedLetter, returnedLetter } from '#casework/letters.ts'
import { type Milestone, milestoneOf } from '#casework/milestones.ts'
import type { Turn } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import {
  advance,
  auditor,
  type Ground,
  type StepOrder,
  shownHearings,
  standingAfter,
  takeStep,
} from '#casework/step.ts'
import type { Act } from '#evidence/audit.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { readAuthorityText } from '#incident/rejection.ts'
import { fullAuthorityName } from '#register/authority-name.ts'

/** Ends what waits; those who were asked are told that they need not answer. */
export function withdraw(house: House, order: StepOrder): Promise<Answer> {
  const plan = { act: 'withdraw', action: 'withdraw', actor: 'reporter' } as const
  return takeStep(house, order, plan, (ground) => {
    const { at, record, standing } = ground
    // What was being amended was never sent: what is withdrawn is what the authority knows.
    const ends = { state: 'withdrawn', closedAt: at, returned: undefined } as const
    const next = advance(house, record, at, ends)
    const moment = { at, today: danishDate(at), random: house.random }
    const { ended, letters } = withdrawHearings(standing.hearings, moment)
    return writeTurn(house, order, ground, 'withdraw', next, {
      also: { hearings: [], letters },
      turn: { ended },
    })
  })
}

export type ReturnOrder = StepOrder & {
  /** Names of the fields that are to be amended. */
  readonly fields?: readonly string[] | undefined
  readonly text?: string | undefined
}

/** Sends it back to its reporter under the same id, saying what is to be amended and why. */
export function returnForAmendment(house: House, order: ReturnOrder): Promise<Answer> {
  const plan = { act: 'return', action: 'return', actor: 'authority' } as const
  return takeStep(house, order, plan, async (ground) => {
    const { at, caller, record, standing } = ground
    const { shape } = standing.type
    const { reading } = record
    const fields = [...new Set(order.fields ?? [])]
    const text = readAuthorityText(order.text)
    const isOfType = fields.length > 0 && fields.every((name) => Object.hasOwn(shape.fields, name))
    if (!isOfType || text === undefined || !reading) {
      return refuseTurn(house, order, ground, 'return', [
        ...(isOfType ? [] : [refuse(9050, 'fields', Object.keys(shape.fields).join(', '))]),
        ...(text === undefined ? [refuse(9008, 'text')] : []),
      ])
    }
    const by = addDays(danishDate(at), standing.situation.settings.amendmentDays)
    const next = advance(house, record, at, { state: 'returned', returned: { fields, text, by } })
    const labels = fields.map((name) => shape.fields[name]?.label ?? { da: name, en: name })
    const letter = returnedLetter(next, { labels, text, by }, { at, random: house.random })
    const told = { fields, text, due: by, reading }
    return writeTurn(house, order, ground, 'return', next, {
      also: { hearings: [], letters: isCitizens(ground) ? [letter] : [] },
      turn: { milestone: milestoneOf('returned', next, { at, caller }, told) },
    })
  })
}

export type ForwardOrder = StepOrder & {
  /** Four digits of the authority that is to decide. */
  readonly authority?: string | undefined
  readonly text?: string | undefined
}

/** Hands it over to another authority: from then on it is the receiver's alone. */
export function forward(house: House, order: ForwardOrder): Promise<Answer> {
  const { authority: to = '' } = order
  const plan = { act: 'forward', action: 'forward', actor: 'authority' } as const
  const authorities = /^[0-9]{4}$/.test(to) ? [to] : []
  return takeStep(house, order, { ...plan, authorities }, async (ground) => {
    const { at, record } = ground
    const text = readAuthorityText(order.text)
    const name = receiverName(ground, to)
    if (name === undefined || text === undefined) {
      return refuseTurn(house, order, ground, 'forward', [
        ...(name === undefined ? [refuse(9051, 'authority', to)] : []),
        ...(text === undefined ? [refuse(9008, 'text')] : []),
      ])
    }
    const next = advance(house, record, at, { authority: to, forwardedAt: at })
    return writeTurn(house, order, ground, 'forward', next, passOn(house, ground, next, text))
  })
}

/** What goes with a forwarding: the milestone, and word of it to the reporter. */
export function passOn(
  house: House,
  ground: Ground,
  next: IncidentRecord,
  text: string | undefined,
): TurnParts {
  const { at, caller, standing } = ground
  const { authority: to } = next
  const short = standing.situation.findAuthority(to)?.name ?? to
  const name = fullAuthorityName({ code: to, name: short })
  const letter = forwardedLetter(next, { name, text }, { at, random: house.random })
  return {
    also: { hearings: [], letters: isCitizens(ground) ? [letter] : [] },
    turn: { milestone: milestoneOf('forwarded', next, { at, caller }, { to, text }) },
  }
}

/** Another municipality, since municipalities register; what one registers itself stays with it. */
function receiverName({ record, standing }: Ground, to: string): string | undefined {
  if (to === record.authority || standing.type.decidedBy === 'second-person') return undefined
  const found = standing.situation.findAuthority(to)
  return found && groupsOfType(found.type).includes('municipality') ? found.name : undefined
}

function isCitizens({ standing }: Ground): boolean {
  return standing.type.reporters === 'citizens'
}

export type TurnParts = {
  readonly also?: Also
  readonly turn: Partial<Turn> & { readonly milestone?: Milestone }
  /** Whom it touches beside those of the incident. */
  readonly persons?: readonly string[]
}

/** Writes a turn with its evidence, or finds that somebody else's step came between. */
export async function writeTurn(
  house: House,
  order: StepOrder,
  ground: Ground,
  act: Act,
  next: IncidentRecord,
  { also = nothingElse, turn, persons = [] }: TurnParts,
): Promise<Answer | 'overtaken'> {
  const { at, caller, standing } = ground
  const audit = auditor(house, { act, at, asker: order.asker })
  const whom = [...persons, ...shownHearings(standing)]
  const row = audit({ caller, outcome: 'done', receipt: 0, record: next, persons: whom })
  const whole: Turn = { ended: [], changes: [], ...turn }
  if ((await house.store.turn(next, whole, row, also)) === 'overtaken') return 'overtaken'
  const hearings = withEnded(standing.hearings, whole.ended)
  const after = standingAfter(ground, next, { hearings: [...hearings, ...also.hearings] })
  return { kind: 'done', standing: after, warnings: [], at }
}

export async function refuseTurn(
  house: House,
  order: StepOrder,
  { at, caller, record, standing }: Ground,
  act: Act,
  refusals: readonly Refusal[],
): Promise<Answer> {
  const audit = auditor(house, { act, at, asker: order.asker })
  const receipt = refusals[0]?.number ?? 0
  const persons = shownHearings(standing)
  await house.store.note(audit({ caller, outcome: 'refused', receipt, record, persons }))
  return { kind: 'refused', refusals, standing }
}
