/** Who is heard about an emigration, and what the case worker must see of it. */

import { ageOn } from '#base/calendar.ts'
import type { Hearing } from '#incident/hearing.ts'
import type { CaseMark } from '#incident/mark.ts'
import type { Situation } from '#incident/situation.ts'
import type { DeclaredTrait } from '#incident/traits.ts'
import { isNordic } from '#incidents/countries.ts'
import { hearParents } from '#incidents/move-hearings.ts'
import { adultFromAge, agesOf, marksThatApply, moversOf } from '#incidents/movers.ts'
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

export const emigrationMarkTexts = {
  abroad: { da: 'Udland', en: 'Abroad' },
  nordic: { da: 'Norden', en: 'Nordic country' },
  late: { da: 'For sent anmeldt', en: 'Reported late' },
  child: { da: 'Barn', en: 'Child' },
  'from-high-road': { da: 'Fraflytning høj vejkode', en: 'From no fixed home' },
  'short-stay': { da: 'Højst seks måneder', en: 'Six months at most' },
} as const

export function emigrationMarks(
  country: string,
  leaving: readonly Person[],
  { situation, isShort }: { readonly situation: Situation; readonly isShort: boolean },
): readonly CaseMark[] {
  const { keys, reportedOn } = situation
  return marksThatApply(emigrationMarkTexts, {
    abroad: !isNordic(country),
    nordic: isNordic(country),
    // Rules 6.2: it should have been reported before; the day of departure is late already.
    late: reportedOn >= keys.date,
    child: leaving.some(({ bornOn }) => ageOn(bornOn, keys.date) < adultFromAge),
    'from-high-road': leaving.some(({ status }) => status === '03'),
    'short-stay': isShort,
  })
}

type Leave = { readonly country: string; readonly companions: readonly string[] }

/** What a policy may ask about an emigration. */
export const emigrationTraits: { readonly [name: string]: DeclaredTrait<Leave> } = {
  leavers: {
    kind: 'number',
    label: { da: 'Antal, der rejser', en: 'How many leave' },
    of: ({ companions }, { situation }) => moversOf(companions, situation).length,
  },
  youngestLeaver: {
    kind: 'number',
    label: { da: 'Alderen på den yngste, der rejser', en: 'The age of the youngest who leaves' },
    of: ({ companions }, { situation }) => agesOf(companions, situation).at(0),
  },
  nordic: {
    kind: 'yes-no',
    label: { da: 'Til et nordisk land', en: 'To a Nordic country' },
    of: ({ country }) => isNordic(country),
  },
  fromHighRoad: {
    kind: 'yes-no',
    label: { da: 'Fra en høj vejkode', en: 'From no fixed home' },
    of: ({ companions }, { situation }) =>
      moversOf(companions, situation).some(({ status }) => status === '03'),
  },
}
