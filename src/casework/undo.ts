/**
 * Undoing a decision within its window: the register reads again as without it, the feed says
 * undone, and the incident waits as before. Nothing is removed; who was told not to answer is asked
 * again.
 */

import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import type { Answer } from '#casework/answer.ts'
import { chosenAmong, type DecideOrder, personChanges } from '#casework/decide.ts'
import { askedAgain, openHearings } from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import { undoneLetter } from '#casework/letters.ts'
import { milestoneOf } from '#casework/milestones.ts'
import { isDecidedFor, isInWindow, undecidedOf, undoableAt } from '#casework/outcomes.ts'
import type { PersonChange } from '#casework/ports.ts'
import type { IncidentRecord, WrittenEvent } from '#casework/record.ts'
import { advance, type Ground, takeStep } from '#casework/step.ts'
import { refuseTurn, writeTurn } from '#casework/turns.ts'
import type { Change } from '#incident/define.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { readPnr } from '#register/pnr.ts'
import { isWhole, withoutEvents } from '#register/revise.ts'

/** For those named, or for all whose decision can still be undone; all of it or nothing. */
export function undo(house: House, order: DecideOrder): Promise<Answer> {
  const plan = { act: 'undo', action: 'undo', actor: 'authority' } as const
  return takeStep(house, order, { ...plan, withFacts: true }, async (ground) => {
    const { at, caller, record } = ground
    const chosen = chosenAmong(order, undoableOf(ground))
    const written = eventsOf(record, chosen)
    const refusals = [...mayNotUndo(ground, chosen), ...standsUnder(ground, written)]
    if (refusals.length > 0) return refuseTurn(house, order, ground, 'undo', refusals)

    const changes = undoing(house, ground, written)
    const next = advance(house, record, at, reopened(record, chosen, written))
    const [first = ''] = chosen
    const before = record.outcomes[first]
    const told = {
      persons: chosen,
      decision: before?.decision,
      decidedAt: before && new Date(before.at),
    }
    const isCitizens = ground.standing.type.reporters === 'citizens'
    const moment = { at, today: danishDate(at), random: house.random }
    const { hearings, situation } = ground.standing
    const unanswered = askedAgain(hearings, undecidedOf(next))
    const again = openHearings(next, unanswered, moment, situation.settings)
    const letters = [...(isCitizens ? [undoneLetter(next, moment)] : []), ...again.letters]
    return writeTurn(house, order, ground, 'undo', next, {
      also: { ...again, letters },
      turn: { changes, milestone: milestoneOf('undone', next, { at, caller }, told) },
      persons: [...chosen, ...changes.map(({ pnr }) => pnr)],
    })
  })
}

/** Where one was decided on before the others, the window is over for that one alone. */
function undoableOf({ at, record, standing }: Ground): readonly string[] {
  const { undoMinutes } = standing.situation.settings
  const still = undoableAt(record, at, undoMinutes)
  return still.length > 0 ? still : Object.keys(record.outcomes)
}

function mayNotUndo({ at, record, standing }: Ground, chosen: readonly string[]) {
  const { undoMinutes } = standing.situation.settings
  const outcomes = chosen.map((pnr) =>
    isDecidedFor(record, pnr) ? record.outcomes[pnr] : undefined,
  )
  const isStrange = chosen.length === 0 || outcomes.includes(undefined)
  const isLate = outcomes.some((one) => one && !isInWindow(one, at, undoMinutes))
  return [...(isStrange ? [refuse(9047, 'persons')] : []), ...(isLate ? [refuse(9045)] : [])]
}

/** What the decisions about the chosen wrote, also about others, as a widow. */
function eventsOf(
  { events, outcomes, question, keys }: IncidentRecord,
  chosen: readonly string[],
): readonly WrittenEvent[] {
  const instants = new Set(chosen.map((pnr) => outcomes[pnr]?.at))
  const own = [keys.pnr, ...question.persons]
  return events.filter(({ pnr, at }) =>
    own.includes(pnr) ? chosen.includes(pnr) : instants.has(at),
  )
}

/** Nothing newer may stand on it, and somebody must be left when it is gone. */
function standsUnder({ findings }: Ground, written: readonly WrittenEvent[]): readonly Refusal[] {
  const numbers = byPerson(written)
  const isBuiltOn = [...numbers].some(([pnr, own]) => {
    const last = findings.persons.get(pnr)?.eventNo ?? 0
    return own.length === 0 || own.some((_, place) => !own.includes(last - place))
  })
  if (isBuiltOn) return [refuse(9046)]
  const leavesNobody = [...numbers].some(
    ([pnr, own]) =>
      !isWhole((findings.facts.get(pnr) ?? []).filter(({ eventNo }) => !own.includes(eventNo))),
  )
  return leavesNobody ? [refuse(9048)] : []
}

function undoing(
  house: House,
  ground: Ground,
  written: readonly WrittenEvent[],
): readonly PersonChange[] {
  const changes = [...byPerson(written)].map(([number, own]): Change => {
    const pnr = present(readPnr(number), 'the number of a person')
    const facts = withoutEvents(ground.findings.facts.get(pnr) ?? [], own)
    const event = written.find((each) => each.pnr === number)?.type ?? ''
    return { pnr, event, kind: 'undone', facts }
  })
  return personChanges(house, ground, changes)
}

function byPerson(written: readonly WrittenEvent[]): ReadonlyMap<string, readonly number[]> {
  const numbers = new Map<string, readonly number[]>()
  for (const { pnr, eventNo } of written) {
    numbers.set(pnr, [...(numbers.get(pnr) ?? []), eventNo])
  }
  return numbers
}

function reopened(
  { outcomes, events }: IncidentRecord,
  chosen: readonly string[],
  written: readonly WrittenEvent[],
): Partial<IncidentRecord> {
  return {
    state: 'pending',
    outcomes: Object.fromEntries(Object.entries(outcomes).filter(([pnr]) => !chosen.includes(pnr))),
    events: events.filter((each) => !written.includes(each)),
    decidedAt: undefined,
    decidedBy: undefined,
    closedAt: undefined,
    reason: undefined,
  }
}
