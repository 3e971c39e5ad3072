/** What an authority registers by itself has in common: who, where, and on which days. */

import type { KeyRule } from '#incident/define.ts'
import type { Fields } from '#incident/fields.ts'
import { reportedToResidence } from '#incidents/parts.ts'
import type { Beginning } from '#register/status.ts'

/** What is known of when a status began, beside the day (ST-5). */
export const beginningFields = {
  time: {
    kind: 'time',
    optional: true,
    wire: 'HTID',
    label: { da: 'Klokkeslæt', en: 'Time of day' },
    hint: { da: 'Lad stå tomt, hvis det er ukendt', en: 'Leave empty if it is not known' },
  },
  certainty: {
    kind: 'choice',
    optional: true,
    wire: 'HDTOUSM',
    label: { da: 'Datoens sikkerhed', en: 'How certain the date is' },
    hint: { da: 'Lad stå tomt, hvis den er sikker', en: 'Leave empty if it is certain' },
    options: { uncertain: { wire: '*', text: { da: 'Usikker', en: 'Uncertain' } } },
  },
} as const satisfies Fields

type Known = { readonly time: string | undefined; readonly certainty: 'uncertain' | undefined }

export function beginningOf({ time, certainty }: Known): Beginning {
  return { time, isUncertain: certainty === 'uncertain' }
}

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
