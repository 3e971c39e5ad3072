/** Those who move, whom the reporter may see among them, and what the case worker must see. */

import { ageOn, daysBetween } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { Candidate, CaseMark, Rule } from '#incident/define.ts'
import type { Situation } from '#incident/situation.ts'
import { addressingName } from '#register/name.ts'
import { isProtected, type Person } from '#register/person.ts'

/** Rule M1: after this many days the report is late, and accepted all the same. */
const onTimeDays = 5
export const adultFromAge = 18

/** The subject and the companions who exist. */
export function moversOf(
  companions: readonly string[],
  { subject, persons }: Situation,
): readonly Person[] {
  return [subject, ...companions.flatMap((pnr) => persons.get(pnr) ?? [])]
}

/** Others of the household who go along; a table of its own name on the wire. */
export function companionsField(
  table: string,
  texts: { readonly label: Text; readonly hint: Text },
) {
  return {
    kind: 'persons',
    table,
    wire: 'PNR',
    itemsMax: 20,
    optional: true,
    ...texts,
  } as const
}

type Along = { readonly companions: ReturnType<typeof companionsField> }

export function companionCandidates({ household, subject }: Situation): readonly Candidate[] {
  return household
    .filter((person) => person.status === '01' && !isHiddenFrom(subject, person))
    .map((person) => ({ value: person.pnr, text: addressingName(person.name) }))
}

/** That companions are others of the household who can go; the first of three numbers. */
export function companionRules(number: number): readonly Rule<Along>[] {
  return [
    {
      name: 'companions-are-of-the-household',
      number,
      source: 'M6',
      blames: 'companions',
      text: {
        da: 'Kun personer fra husstanden kan flytte med. Tag de andre af listen.',
        en: 'Only persons of the household can move along. Take the others off the list.',
      },
      holds: ({ companions }, { household, subject }) =>
        companions.every(
          (pnr) => pnr === subject.pnr || household.some((person) => person.pnr === pnr),
        ),
    },
    {
      name: 'the-mover-is-no-companion',
      number: number + 1,
      source: 'inferred',
      blames: 'companions',
      text: {
        da: 'Den, anmeldelsen gælder, skal ikke stå på listen over dem, der flytter med',
        en: 'The person the report is about must not be among those who move along',
      },
      holds: ({ companions }, { subject }) => !companions.includes(subject.pnr),
    },
    {
      name: 'companions-can-move',
      number: number + 2,
      source: 'MOVE-14',
      blames: 'companions',
      text: {
        da: 'En af dem, der flytter med, kan ikke meldes flyttet. Kontakt kommunen.',
        en: 'One of those who move along cannot be reported as moving. Contact the municipality.',
      },
      holds: ({ companions }, { persons }) =>
        companions.every((pnr) => {
          const status = persons.get(pnr)?.status
          return status === undefined || status === '01' || status === '03'
        }),
    },
  ]
}

/** MOVE-15, PROT-4: a protected person is never listed, but to spouse, parents and children. */
export function isHiddenFrom(reader: Person, other: Person): boolean {
  const isFamily =
    reader.spouse === other.pnr ||
    other.parents.includes(reader.pnr) ||
    reader.parents.includes(other.pnr)
  return isProtected(other) && !isFamily
}

export function moveMarks(
  movers: readonly Person[],
  staying: readonly Person[],
  situation: Situation,
): readonly CaseMark[] {
  const { keys, reportedOn, pending } = situation
  const isMinor = (person: Person) => ageOn(person.bornOn, keys.date) < adultFromAge
  return marksThatApply([
    {
      code: 'late',
      text: { da: 'For sent anmeldt', en: 'Reported late' },
      applies: daysBetween(keys.date, reportedOn) > onTimeDays,
    },
    {
      code: 'host',
      text: { da: 'Logivært', en: 'Host' },
      applies: staying.length > 0,
    },
    {
      code: 'child',
      text: { da: 'Barn', en: 'Child' },
      applies: movers.some(isMinor),
    },
    {
      code: 'minors-only',
      text: { da: 'Mindreårig', en: 'Minors only' },
      applies: movers.every(isMinor),
    },
    {
      code: 'from-high-road',
      text: { da: 'Fraflytning høj vejkode', en: 'From no fixed home' },
      applies: movers.some(({ status }) => status === '03'),
    },
    {
      code: 'second-move',
      text: { da: 'Endnu en flytning', en: 'Another move' },
      applies: pending.some(({ code }) => code === 'FLYT-I'),
    },
  ])
}

type Mark = CaseMark & { readonly applies: boolean }

export function marksThatApply(marks: readonly Mark[]): readonly CaseMark[] {
  return marks.filter(({ applies }) => applies).map(({ code, text }) => ({ code, text }))
}
