/** The situation that the rules judge, made from what the store found. Pure. */

import type { PlainDate } from '#base/calendar.ts'
import type { Findings, Registered } from '#casework/ports.ts'
import type { Keys, Reading, Shape } from '#incident/fields.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { nationalSettings, type Situation } from '#incident/situation.ts'

export type Days = { readonly today: PlainDate; readonly reportedOn: PlainDate }

export function situationOf(
  findings: Findings,
  subject: Registered,
  keys: Keys,
  { today, reportedOn }: Days,
): Situation {
  const own = findings.facts.get(subject.person.pnr) ?? []
  return {
    keys,
    settings: { ...nationalSettings, ...findings.settings },
    today,
    reportedOn,
    subject: subject.person,
    persons: new Map([...findings.persons].map(([pnr, { person }]) => [pnr, person])),
    household: findings.household,
    findDwelling: (tail) => findings.dwellings.get(tail),
    findRoad: (code) => findings.roads.get(code),
    findAuthority: (code) => findings.authorities.get(code),
    lastMunicipality: subject.person.lastMunicipality,
    events: findings.events.map((event) => ({
      ...event,
      facts: own.filter(({ eventNo }) => eventNo === event.eventNo),
    })),
    facts: findings.facts,
    pending: findings.pending,
    earlier: findings.earlier,
    arriving: findings.arriving,
  }
}

/** A refusal (172) for each field that names a person who is not in the register. */
export function refuseUnknownPersons(
  shape: Shape,
  reading: Reading,
  findings: Findings,
): readonly Refusal[] {
  return Object.entries(shape.fields).flatMap(([name, field]) => {
    if (field.kind !== 'pnr' && field.kind !== 'persons') return []
    if (field.kind === 'pnr' && field.vacant) return []
    const named = reading[name] ?? []
    const numbers = typeof named === 'string' ? [named] : named
    return numbers.every((pnr) => findings.persons.has(pnr)) ? [] : [refuse(172, name)]
  })
}
