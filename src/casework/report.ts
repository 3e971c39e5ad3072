/** Steps 3 and 4 of the interplay: validate, save in the pending register, or cancel. */

import { danishDate } from '#base/calendar.ts'
import type { Answer } from '#casework/answer.ts'
import { judgeForerunners, openForerunners, withForerunners } from '#casework/forerunners.ts'
import { type Also, nothingElse, openHearings, reviseHearings } from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import { competentAuthority } from '#casework/initiate.ts'
import { milestoneOf } from '#casework/milestones.ts'
import {
  canonicalReading,
  type Draft,
  draftOf,
  type IncidentRecord,
  redraft,
} from '#casework/record.ts'
import { refuseUnknownPersons } from '#casework/situation.ts'
import {
  advance,
  auditor,
  type Ground,
  type StepOrder,
  shownHearings,
  standingAfter,
  takeStep,
} from '#casework/step.ts'
import { findTransition, isReturned, isSaved } from '#casework/transitions.ts'
import { writeTurn } from '#casework/turns.ts'
import type { Act, Outcome } from '#evidence/audit.ts'
import type { Reading } from '#incident/fields.ts'
import type { ReadResult } from '#incident/read.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { noQuestion, type Question } from '#incident/situation.ts'

export type ValidateOrder = StepOrder & { readonly data: ReadResult<Reading> }

/** Controls the data against the rules and the register. As often as wanted. */
export function validate(house: House, order: ValidateOrder): Promise<Answer> {
  const { data, type } = order
  const question = data.ok && type ? type.asks(data.value) : noQuestion
  const plan = { act: 'validate', action: 'validate', actor: 'reporter' } as const
  return takeStep(house, order, { ...plan, question }, async (ground) => {
    const step = stepper(house, order, ground, 'validate')
    if (!data.ok) return step.refuse(data.refusals)
    const { warnings, errors } = judge(house, ground, data.value, question)
    if (errors.length > 0) return step.refuse([...errors, ...warnings])
    const { record, standing } = ground
    const unheard = unheardOf(record, warnings)
    if (unheard.length > 0) return step.warn(unheard)
    const validated = {
      reading: data.value,
      readingHash: hashOf(house, data.value),
      question,
      marks: standing.type.marks(data.value, standing.situation),
    }
    const state = isReturned(record.state) ? 'amended' : 'validated'
    const changes = { state, validatedAt: ground.at, ...redraft(record, validated) } as const
    return step.done(changes, warnings)
  })
}

export type SaveOrder = StepOrder & {
  /** The data where the door repeats them; they must be those that were validated (9005). */
  readonly data?: ReadResult<Reading> | undefined
}

/**
 * Saves what the last validation approved, judged again against the register as it is now.
 * Repeated after a lost answer, it answers the same receipt and changes nothing.
 */
export function save(house: House, order: SaveOrder): Promise<Answer> {
  const plan = { act: 'save', action: 'save', actor: 'reporter' } as const
  return takeStep(
    house,
    order,
    plan,
    async (ground) => {
      const step = stepper(house, order, ground, 'save')
      const { record, at, standing } = ground
      const { reading } = draftOf(record)
      if (!reading || differs(house, order, record)) return step.refuse([refuse(9005)])
      const { errors, warnings } = judge(house, ground, reading, draftOf(record).question)
      if (errors.length > 0) return step.refuse(errors)
      // The register may have changed since the validation: a warning that is new is heard first.
      const unheard = unheardOf(record, warnings)
      if (unheard.length > 0) return step.warn(unheard)
      if (record.state === 'amended') return saveAmended(house, order, ground, reading)
      const competent = competentAuthority(
        standing.type,
        record.keys,
        standing.subject,
        record.reportingAuthority,
      )
      const marks = standing.type.marks(reading, standing.situation)
      const audit = auditor(house, { act: 'save', at, asker: order.asker })
      const ahead = openForerunners(house, ground, reading, (opened) =>
        audit({ caller: ground.caller, outcome: 'done', receipt: 0, record: opened }),
      )
      const after = ahead.forerunners.map((each) => each.record.id)
      const saved = { state: 'pending', savedAt: at, authority: competent, marks, after } as const
      const asked = standing.type.hearings(reading, standing.situation)
      const moment = { at, today: danishDate(at), random: house.random }
      const also = openHearings(record, asked, moment, standing.situation.settings)
      return step.done(saved, warnings, {
        hearings: [...also.hearings, ...ahead.hearings],
        letters: [...also.letters, ...ahead.letters],
        forerunners: ahead.forerunners,
      })
    },
    async (ground) => {
      const { record, standing } = ground
      const isGiven = isSaved(record.state) && !isReturned(record.state)
      if (!isGiven || differs(house, order, record)) return undefined
      await noteOnly(house, order, ground, 'save')
      return { kind: 'done', standing, warnings: [] }
    },
  )
}

/**
 * The report in its new words, under the id that it has: those who are concerned no longer are
 * told, and whoever must be asked now is asked. It was received when it was first saved.
 */
function saveAmended(
  house: House,
  order: StepOrder,
  ground: Ground,
  reading: Reading,
): Promise<Answer | 'overtaken'> {
  const { at, caller, record, standing } = ground
  const { type, situation } = standing
  const moment = { at, today: danishDate(at), random: house.random }
  const draft = draftOf(record)
  const places = ({ addresses, authorities }: Question) => [...addresses, ...authorities].join()
  const isSamePlace = places(record.question) === places(draft.question)
  const asked = type.hearings(reading, situation)
  const { ended, letters, toOpen } = reviseHearings(standing.hearings, asked, isSamePlace, moment)
  const opened = openHearings(record, toOpen, moment, situation.settings)
  const marks = type.marks(reading, situation)
  const saved = { state: 'pending', amendedAt: at, returned: undefined, ...draft, marks } as const
  const next = advance(house, record, at, saved)
  return writeTurn(house, order, ground, 'save', next, {
    also: { hearings: opened.hearings, letters: [...letters, ...opened.letters] },
    turn: { ended, milestone: milestoneOf('amended', next, { at, caller }) },
  })
}

/** Ends the conversation; nothing is kept but the evidence that there was one. */
export function cancel(house: House, order: StepOrder): Promise<Answer> {
  const plan = { act: 'cancel', action: 'cancel', actor: 'reporter' } as const
  return takeStep(house, order, plan, (ground) =>
    stepper(house, order, ground, 'cancel').done({ state: 'cancelled', closedAt: ground.at }, []),
  )
}

function judge(
  house: House,
  ground: Ground,
  reading: Reading,
  { persons }: Question,
): { readonly errors: readonly Refusal[]; readonly warnings: readonly Refusal[] } {
  const { at, caller, findings, standing } = ground
  const named = persons.flatMap((pnr) => findings.persons.get(pnr)?.person ?? [])
  const trial = house.trials.begin(caller, [standing.subject.person, ...named], at)
  if (trial === 'spent') return { errors: [refuse(9060)], warnings: [] }
  const unknown = refuseUnknownPersons(standing.type.shape, reading, findings)
  const refusals = [
    ...unknown,
    ...standing.type.judge(reading, standing.situation),
    ...judgeForerunners(ground, reading),
  ]
  trial.settle(refusals.length > 0)
  return {
    errors: refusals.filter(({ severity }) => severity === 'error'),
    warnings: refusals.filter(({ severity }) => severity === 'warning'),
  }
}

/** The three ends of a step that writes the incident: done, refused, or stopped by a warning. */
function stepper(house: House, order: StepOrder, ground: Ground, act: Act) {
  const { at, caller, record, standing } = ground
  const audit = auditor(house, { act, at, asker: order.asker })
  /** Whom an amendment names, which the incident itself does not yet. */
  const named = ({ question }: Draft) => [...question.persons, ...question.vacant]
  const write = async (
    changes: Partial<IncidentRecord>,
    outcome: Outcome,
    receipt: number,
    answer: (after: Ground['standing']) => Answer,
    also: Also = nothingElse,
  ): Promise<Answer | 'overtaken'> => {
    const next = advance(house, record, at, changes)
    const persons = [...shownHearings(standing), ...named(draftOf(next))]
    const row = audit({ caller, outcome, receipt, record: next, persons })
    if ((await house.store.step(next, row, also)) === 'overtaken') return 'overtaken'
    const hearings = [...standing.hearings, ...also.hearings]
    const after = standingAfter(ground, next, { hearings })
    return answer({ ...after, situation: withForerunners(after.situation, also) })
  }
  const refusedTo = findTransition('reporter', record.state, 'validate')?.refusedTo
  const back = (act === 'validate' ? refusedTo : undefined) ?? record.state
  return {
    done: (changes: Partial<IncidentRecord>, warnings: readonly Refusal[], also?: Also) =>
      write(changes, 'done', 0, (after) => ({ kind: 'done', standing: after, warnings }), also),
    refuse: (refusals: readonly Refusal[]) =>
      write({ state: back }, 'refused', refusals[0]?.number ?? 0, (after) => ({
        kind: 'refused',
        refusals,
        standing: after,
      })),
    warn: (warnings: readonly Refusal[]) => {
      const warned = [...draftOf(record).warned, ...warnings.map(({ number }) => number)]
      // Else a save after the warning would save the earlier data, which the user has replaced.
      const changes = { state: back, ...redraft(record, { warned }) }
      return write(changes, 'refused', warnings[0]?.number ?? 0, (after) => ({
        kind: 'refused',
        refusals: warnings,
        standing: after,
      }))
    },
  }
}

function noteOnly(house: House, order: StepOrder, ground: Ground, act: Act): Promise<void> {
  const { at, caller, record } = ground
  const audit = auditor(house, { act, at, asker: order.asker })
  const persons = shownHearings(ground.standing)
  return house.store.note(audit({ caller, outcome: 'done', receipt: 0, record, persons }))
}

function differs(house: House, { data }: SaveOrder, record: IncidentRecord): boolean {
  if (data === undefined) return false
  return !data.ok || hashOf(house, data.value) !== draftOf(record).readingHash
}

/** The warnings that its reporter has not been given yet. */
function unheardOf(record: IncidentRecord, warnings: readonly Refusal[]): readonly Refusal[] {
  const { warned } = draftOf(record)
  return warnings.filter(({ number }) => !warned.includes(number))
}

function hashOf(house: House, reading: Reading): string {
  return house.hash(canonicalReading(reading))
}
