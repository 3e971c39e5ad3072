/** What the three protections of § 29 have in common: on and off, one person, no end of their own. */

import { ageOn, laterOf } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import { defineIncident, type Incident, type StatusMatrix } from '#incident/define.ts'
import type { Fields } from '#incident/fields.ts'
import type { Situation } from '#incident/situation.ts'
import { datedAboutNow, reportedToResidence } from '#incidents/parts.ts'
import { askCaseWorker, goneFrom, useCurrentNumber } from '#incidents/statuses.ts'
import type { ProtectionType, StatusCode } from '#register/codes.ts'
import { protectionOf } from '#register/person.ts'

type SimpleProtection = {
  readonly code: string
  readonly name: string
  readonly title: Text
  readonly summary: Text
  readonly type: ProtectionType
  /** The first of ten receipt numbers that are this type's. */
  readonly number: number
  /** Statuses for which the rules are not those of the table below. */
  readonly statuses?: { readonly [Code in StatusCode]?: 'yes' | typeof askCaseWorker }
  readonly ageMin?: number
}

const fields = {
  action: {
    kind: 'choice',
    wire: 'BESKYT_AKTION',
    label: { da: 'Hvad skal der ske', en: 'What to do' },
    options: {
      on: { wire: 'OPRET', text: { da: 'Slå til', en: 'Turn on' } },
      off: { wire: 'OPHØR', text: { da: 'Slå fra', en: 'Turn off' } },
    },
  },
} as const satisfies Fields

const statuses: StatusMatrix = {
  '01': 'yes',
  '03': 'yes',
  '05': askCaseWorker,
  '07': askCaseWorker,
  '10': goneFrom,
  '20': 'yes',
  '30': useCurrentNumber,
  '50': useCurrentNumber,
  '60': useCurrentNumber,
  '70': askCaseWorker,
  '80': askCaseWorker,
  '90': goneFrom,
}

/** Declares a protection that a person sets and removes alone. */
export function simpleProtection(kind: SimpleProtection): Incident {
  const { code, name, title, summary, type, number } = kind
  return defineIncident({
    code,
    name,
    title,
    summary,
    decidedBy: 'residence',
    statuses: { ...statuses, ...kind.statuses },
    fields,
    asking: {
      date: 'today',
      pages: [
        {
          name: 'action',
          title: { da: 'Hvad vil du?', en: 'What do you want to do?' },
          fields: ['action'],
        },
      ],
    },
    keyRules: [
      reportedToResidence(number, {
        da: 'Anmeldelsen sendes til den kommune, personen bor i',
        en: 'Report to the municipality where the person lives',
      }),
      datedAboutNow(number + 1),
    ],
    asks: () => ({}),
    rules: [
      {
        name: 'on-only-where-it-is-not',
        number: number + 2,
        source: 'MOVE-18 by analogy: no change is refused',
        blames: 'action',
        text: { da: 'Den er allerede slået til', en: 'It is already turned on' },
        holds: ({ action }, { subject }) =>
          action !== 'on' || protectionOf(subject, type) === undefined,
      },
      {
        name: 'off-only-where-it-was-set-on-its-own',
        number: number + 3,
        source: 'MOVE-18 by analogy; PROT-6 where it follows from name and address protection',
        blames: 'action',
        text: {
          da: 'Den er ikke slået til, eller den følger af navne- og adressebeskyttelsen',
          en: 'It is not turned on, or it follows from the name and address protection',
        },
        holds: ({ action }, { subject }) =>
          action !== 'off' || subject.protections.some((each) => each.type === type),
      },
      ...(kind.ageMin === undefined ? [] : [oldEnough(number + 4, kind.ageMin)]),
    ],
    marks: () => [],
    effect: ({ action }, { subject, today, keys }) => [
      {
        pnr: subject.pnr,
        event: 'A33',
        facts: [
          {
            kind: 'protection',
            slot: type,
            from: laterOf(today, keys.date),
            value: action === 'on' ? { type } : null,
          },
        ],
      },
    ],
    examples: [{ action: 'on' }, { action: 'off' }],
  })
}

function oldEnough(number: number, ageMin: number) {
  return {
    name: `at-least-${ageMin}-years-old`,
    number,
    source: 'PROT-10; CPR-loven § 29(3)',
    blames: 'action',
    text: {
      da: `Personen skal være fyldt ${ageMin} år`,
      en: `The person must be ${ageMin} or older`,
    },
    holds: ({ action }: { readonly action: string }, { subject, keys }: Situation) =>
      action !== 'on' || ageOn(subject.bornOn, keys.date) >= ageMin,
  } as const
}
