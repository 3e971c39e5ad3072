/** Those who move, whom the reporter may see among them, and what the case worker must see. */

import { ageOn, daysBetween } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { Candidate, Rule } from '#incident/define.ts'
import type { CaseMark } from '#incident/mark.ts'
import type { Dwelling, Situation } from '#incident/situation.ts'
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

/** How old they are on the date of the incident, the youngest first. */
export function agesOf(companions: readonly string[], situation: Situation): readonly number[] {
  return moversOf(companions, situation)
    .map(({ bornOn }) => ageOn(bornOn, situation.keys.date))
    .toSorted((a, b) => a - b)
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
    .map((person) => ({ value: person.pnr, text: person.name.map(addressingName) }))
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
        en: 'Only people in the household can move too. Take the others off the list.',
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
        en: 'The person the report is about must not be among those also moving',
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
        en: 'One of those also moving cannot be reported as moving. Contact the municipality.',
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

export const moveMarkTexts = {
  late: { da: 'For sent anmeldt', en: 'Reported late' },
  host: { da: 'Logivært', en: 'Host' },
  'housing-company': { da: 'Boligselskab', en: 'Housing company' },
  'summer-house': { da: 'Sommerhus', en: 'Summer house' },
  child: { da: 'Barn', en: 'Child' },
  'minors-only': { da: 'Mindreårig', en: 'Minors only' },
  'from-high-road': { da: 'Fraflytning høj vejkode', en: 'From no fixed home' },
  'second-move': { da: 'Endnu en flytning', en: 'Another move' },
} as const

export function moveMarks(
  movers: readonly Person[],
  staying: readonly Person[],
  dwelling: Dwelling | undefined,
  situation: Situation,
): readonly CaseMark[] {
  const { keys, reportedOn, pending } = situation
  const isMinor = (person: Person) => ageOn(person.bornOn, keys.date) < adultFromAge
  return marksThatApply(moveMarkTexts, {
    late: daysBetween(keys.date, reportedOn) > onTimeDays,
    host: staying.length > 0,
    'housing-company': dwelling?.kind === 'housing-company',
    'summer-house': dwelling?.kind === 'summer-house',
    child: movers.some(isMinor),
    'minors-only': movers.every(isMinor),
    'from-high-road': movers.some(({ status }) => status === '03'),
    'second-move': pending.some(({ code }) => code === 'FLYT-I'),
  })
}

/** The marks that apply, in the order of their texts. */
export function marksThatApply<Code extends string>(
  texts: { readonly [C in Code]: Text },
  applies: { readonly [C in Code]: boolean },
): readonly CaseMark[] {
  return codesOf(texts)
    .filter((code) => applies[code])
    .map((code) => ({ code, text: texts[code] }))
}

function codesOf<Code extends string>(texts: { readonly [C in Code]: Text }): readonly Code[] {
  return Object.keys(texts) as Code[]
}
