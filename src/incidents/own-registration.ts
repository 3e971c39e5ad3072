/** What an authority registers by itself has in common: who, where, and on which days. */

import type { KeyRule } from '#incident/define.ts'
import { reportedToResidence } from '#incidents/parts.ts'

/** Registered for the municipality of residence, if there is one, and not before it happened. */
export function happenedRules(number: number): readonly KeyRule[] {
  return [
    reportedToResidence(number, {
      da: 'Kommunen skal være den, personen bor i',
      en: 'The municipality must be the one where the person lives',
    }),
    {
      name: 'has-happened',
      number: number + 1,
      source: 'inferred: a third person registers what is known, not what is expected',
      blames: 'date',
      text: {
        da: 'Datoen må ikke ligge i fremtiden',
        en: 'The date must not be in the future',
      },
      holds: ({ keys, today }) => keys.date <= today,
    },
    {
      name: 'not-before-birth',
      number: number + 2,
      source: 'inferred',
      blames: 'date',
      text: {
        da: 'Datoen ligger før personens fødsel',
        en: 'The date is before the person was born',
      },
      holds: ({ keys, subject }) => keys.date >= subject.bornOn,
    },
  ]
}
