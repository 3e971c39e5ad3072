/** Cases as the JSON door shows them at the desk: to those who decide, with the protected marked. */

import type { Static } from 'typebox'
import type { Caller } from '#access/security-groups.ts'
import type { CaseAnswer, CountsAnswer, QueueItemSchema } from '#api/desk-contracts.ts'
import { writeRefusal } from '#api/problem.ts'
import type { Standing } from '#casework/answer.ts'
import type { QueueCounts, QueueItem, Surroundings } from '#casework/desk-ports.ts'
import { flagsOf } from '#casework/flags.ts'
import { forwardReasons, forwardTo } from '#casework/forward-to.ts'
import { judgeNow } from '#casework/judge-now.ts'
import { personsOf, undoableAt } from '#casework/outcomes.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { Dwelling } from '#incident/situation.ts'
import { findByCode } from '#incidents/catalogue.ts'
import { writeOneLine } from '#register/one-line.ts'
import { isProtected, type Person } from '#register/person.ts'
import { changesOf } from '#search/changes.ts'
import { movedInOf, nameOf } from '#search/disclose.ts'
import { mutable } from '#server/api/mutable.ts'
import { presentIncident } from '#server/api/present.ts'

/** What it is, and about whom. */
export function presentHeadOf(record: IncidentRecord, subject: Person, caller: Caller) {
  return {
    ...headOf(record),
    name: nameOf(subject, caller),
    nameAndAddressProtected: isProtected(subject),
  }
}

export function presentItem(item: QueueItem, caller: Caller): Static<typeof QueueItemSchema> {
  const { record, subject, due, isOverdue, waitsFor } = item
  return {
    ...presentHeadOf(record, subject, caller),
    state: record.state,
    version: record.version,
    ...(due !== undefined && { due }),
    overdue: isOverdue,
    waitsFor,
    ...presentSigns(item),
  }
}

/** What a case worker is to see of a case at once. */
export function presentSigns({ record, subject, isSimilar, claim }: QueueItem) {
  return {
    flags: [
      ...flagsOf(record),
      ...(isSimilar ? (['similar'] as const) : []),
      ...(isProtected(subject) ? (['protected'] as const) : []),
    ],
    marks: [...record.marks],
    ...(claim && { claim: { personCode: claim.personCode, until: claim.until.toISOString() } }),
  }
}

/** Types by their names. */
export function presentCounts({ types, ...counts }: QueueCounts): Static<typeof CountsAnswer> {
  const named = Object.entries(types).map(([code, cases]) => [
    findByCode(code)?.shape.name ?? code,
    cases,
  ])
  return { ...mutable(counts), types: Object.fromEntries(named) }
}

function headOf(record: IncidentRecord) {
  const shape = findByCode(record.code)?.shape
  return {
    id: record.id,
    type: shape?.name ?? record.code,
    title: shape?.title ?? { da: record.code, en: record.code },
    keys: record.keys,
    receivedAt: (record.savedAt ?? record.initiatedAt).toISOString(),
  }
}

export function presentCase(
  standing: Standing,
  { notes, letters, related, claim }: Surroundings,
  now: Date,
): Static<typeof CaseAnswer> {
  const { record, situation } = standing
  const dwellings = record.question.addresses.flatMap((tail) => situation.findDwelling(tail) ?? [])
  const isOpen = record.decidedAt === undefined
  const rules = isOpen ? judgeNow(standing) : []
  return {
    incident: presentIncident(standing, []),
    ...undoOf(standing, now),
    ...(claim && { claim: { personCode: claim.personCode, until: claim.until.toISOString() } }),
    forwardTo: forwardTo(standing).map(({ code, name, why, isCertain }) => ({
      ...{ code, name, certain: isCertain },
      why: why.map((reason) => ({ code: reason, text: forwardReasons[reason] })),
    })),
    rules: rules.map(writeRefusal),
    changes: isOpen ? mutable(changesOf(standing)) : [],
    dwellings: dwellings.map((dwelling) => ({
      address: addressOf(dwelling),
      rooms: dwelling.rooms,
      residents: dwelling.people.map((person) => resident(person, standing)),
    })),
    household: situation.household.map((person) => resident(person, standing)),
    notes: notes.map((note) => ({ ...note, at: note.at.toISOString() })),
    letters: letters.map(({ at, ...letter }) => ({ ...letter, at: at.toISOString() })),
    related: related.map(({ record: other, because }) => {
      const { keys, ...head } = headOf(other)
      return { ...head, date: keys.date, because }
    }),
  }
}

/** Which of its decisions can still be undone, and until when the last of them can. */
function undoOf({ actions, record, situation }: Standing, now: Date) {
  if (!actions.includes('undo')) return {}
  const { undoMinutes } = situation.settings
  const decided = Object.values(record.outcomes).map(({ at }) => Date.parse(at))
  const until = new Date(Math.max(...decided) + undoMinutes * 60_000).toISOString()
  return { undo: { until, persons: [...undoableAt(record, now, undoMinutes)] } }
}

function addressOf({ roadName, house, floor, door, town, postcode, district }: Dwelling): string {
  return writeOneLine({
    road: roadName,
    house,
    ...(floor && { floor }),
    ...(door && { door }),
    ...(town && { town }),
    postcode,
    district,
  })
}

type Relation = 'subject' | 'spouse' | 'child' | 'parent' | 'companion'

function resident(person: Person, { situation, record, caller }: Standing) {
  const { subject } = situation
  const relation = relationTo(subject, person, personsOf(record))
  const movedIn = movedInOf(person, caller)
  return {
    pnr: person.pnr,
    name: nameOf(person, caller),
    bornOn: person.bornOn,
    nameAndAddressProtected: isProtected(person),
    ...(movedIn && { livesThereFrom: movedIn }),
    ...(relation && { relation }),
  }
}

function relationTo(
  subject: Person,
  { pnr, parents }: Person,
  companions: readonly string[],
): Relation | undefined {
  if (pnr === subject.pnr) return 'subject'
  if (pnr === subject.spouse) return 'spouse'
  if (parents.includes(subject.pnr)) return 'child'
  if (subject.parents.includes(pnr)) return 'parent'
  return companions.includes(pnr) ? 'companion' : undefined
}
