/** Whom a case is about, and what their names are, as far as the case page tells. */

import { type Case, type Incident, incidentTypes } from '#client/index.ts'

type Fields = { readonly [name: string]: { readonly kind: string } }

/** The subject and the companions, in the order in which they were reported. */
export function personsOf({ keys, type, data }: Incident): readonly string[] {
  const shapes: { readonly [name: string]: { readonly fields: Fields } } = incidentTypes
  const fields = shapes[type]?.fields ?? {}
  const companions = Object.entries(data).flatMap(([name, value]) =>
    fields[name]?.kind === 'persons' ? value : [],
  )
  return [...new Set([keys.pnr, ...companions])]
}

export function undecidedOf(incident: Incident): readonly string[] {
  const decided = new Set(incident.outcomes.map(({ pnr }) => pnr))
  return personsOf(incident).filter((pnr) => !decided.has(pnr))
}

/** The name that some part of the page has; undefined where none has one. */
export function findName({ incident, changes, household, dwellings }: Case, pnr: string) {
  const { keys, masterData } = incident
  if (pnr === keys.pnr) return masterData.addressingName
  const people = [...changes, ...household, ...dwellings.flatMap(({ residents }) => residents)]
  return people.find((person) => person.pnr === pnr)?.name
}
