/** Those who move, whom the reporter may see among them, and what the case worker must see. */

import { ageOn, daysBetween } from '#base/calendar.ts'
import type { CaseMark } from '#incident/define.ts'
import type { Situation } from '#incident/situation.ts'
import { isProtected, type Person } from '#register/person.ts'

/** Rule M1: after this many days the report is late, and accepted all the same. */
const onTimeDays = 5
const adultFromAge = 18

/** The subject and the companions who exist. */
export function moversOf(
  companions: readonly string[],
  { subject, persons }: Situation,
): readonly Person[] {
  return [subject, ...companions.flatMap((pnr) => persons.get(pnr) ?? [])]
}

/** MOVE-15, PROT-4: a protected person is never listed, but for one's own children and parents. */
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
  const marks: readonly (CaseMark & { readonly applies: boolean })[] = [
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
  ]
  return marks.filter(({ applies }) => applies).map(({ code, text }) => ({ code, text }))
}
