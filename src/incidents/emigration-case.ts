/** Who is heard about an emigration, and what the case worker must see of it. */

import { ageOn } from '#base/calendar.ts'
import type { CaseMark } from '#incident/define.ts'
import type { Hearing } from '#incident/hearing.ts'
import type { Situation } from '#incident/situation.ts'
import { isNordic } from '#incidents/countries.ts'
import { hearParents } from '#incidents/move-hearings.ts'
import { adultFromAge, marksThatApply } from '#incidents/movers.ts'
import { statusOf } from '#register/codes.ts'
import type { Person } from '#register/person.ts'

/**
 * EMI-4: the Nordic register that reports the person in. EMI-5: every parent who is resident and
 * stays, wherever that is, since the child leaves the country (B4 asks only for a shared home).
 */
export function emigrationHearings(
  country: string,
  leaving: readonly Person[],
  situation: Situation,
): readonly Hearing[] {
  const about = leaving.map(({ pnr }) => pnr)
  const register: Hearing = { kind: 'foreign-register', asked: undefined, about }
  const isResident = ({ status }: Person) => statusOf(status).residentIn !== undefined
  return [
    ...(isNordic(country) ? [register] : []),
    ...hearParents(leaving, situation, (_, parent) => isResident(parent)),
  ]
}

export function emigrationMarks(
  country: string,
  leaving: readonly Person[],
  { situation, isShort }: { readonly situation: Situation; readonly isShort: boolean },
): readonly CaseMark[] {
  const { keys, reportedOn } = situation
  return marksThatApply([
    { code: 'abroad', text: { da: 'Udland', en: 'Abroad' }, applies: !isNordic(country) },
    { code: 'nordic', text: { da: 'Norden', en: 'Nordic country' }, applies: isNordic(country) },
    {
      // Rules 6.2: it should have been reported before; the day of departure is late already.
      code: 'late',
      text: { da: 'For sent anmeldt', en: 'Reported late' },
      applies: reportedOn >= keys.date,
    },
    {
      code: 'child',
      text: { da: 'Barn', en: 'Child' },
      applies: leaving.some(({ bornOn }) => ageOn(bornOn, keys.date) < adultFromAge),
    },
    {
      code: 'from-high-road',
      text: { da: 'Fraflytning høj vejkode', en: 'From no fixed home' },
      applies: leaving.some(({ status }) => status === '03'),
    },
    {
      code: 'short-stay',
      text: { da: 'Højst seks måneder', en: 'Six months at most' },
      applies: isShort,
    },
  ])
}
