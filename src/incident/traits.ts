/**
 * Traits: what a policy may ask about a case, as typed values with texts. Every type offers the
 * common ones and declares its own. A trait says how many, how old or whether, and never who.
 */

import { ageOn, daysBetween, type PlainDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { HearingAnswer, HearingKind } from '#incident/hearing.ts'
import type { CaseMark } from '#incident/mark.ts'
import type { Situation } from '#incident/situation.ts'
import { isProtected } from '#register/person.ts'

export type Options = { readonly [code: string]: Text }

/** What a trait is, without how it is found: all that a policy is read and explained by. */
export type Trait = { readonly label: Text } & (
  | { readonly kind: 'yes-no' | 'number' | 'date' }
  /** One of the options. */
  | { readonly kind: 'choice'; readonly options: Options }
  /** Any of the options, or none. */
  | { readonly kind: 'set'; readonly options: Options }
)

export type TraitKind = Trait['kind']

export type TraitValue = boolean | number | string | readonly string[]

/** The traits of one case; what is not known is left out, and no condition on it holds. */
export type TraitValues = { readonly [name: string]: TraitValue }

/** What became of a question to somebody, without who it was. */
export type Heard = {
  readonly kind: HearingKind
  readonly state: 'open' | 'answered' | 'given-up'
  readonly answer: HearingAnswer | undefined
  readonly fromDate: PlainDate | undefined
}

/** All that is known of a case beside its data when it is looked at. */
export type Known = {
  readonly situation: Situation
  readonly marks: readonly CaseMark[]
  readonly heard: readonly Heard[]
  /** How many rules refuse it now. */
  readonly refusals: number
}

type Finds<Data> = (data: Data, known: Known) => TraitValue | undefined

/** A trait of a type, with how it is found in the data and in what is known. */
export type DeclaredTrait<Data> = Trait & { readonly of: Finds<Data> }

const answerTexts = {
  none: { da: 'ingen er spurgt', en: 'nobody is asked' },
  open: { da: 'et svar mangler', en: 'an answer is awaited' },
  agreed: { da: 'alle har sagt ja', en: 'everybody said yes' },
  other: { da: 'nej eller intet svar', en: 'a no, or no answer' },
} as const satisfies Options

/** How one kind of question stands. */
export const heardOptions = {
  'not-asked': { da: 'ikke spurgt', en: 'not asked' },
  open: { da: 'ikke svaret endnu', en: 'not answered yet' },
  yes: { da: 'ja', en: 'yes' },
  no: { da: 'nej', en: 'no' },
  silent: { da: 'intet svar inden fristen', en: 'no answer in time' },
} as const satisfies Options

/** The common traits. `marks` has the options of its type. */
export function commonTraits(markTexts: Options): {
  readonly [name: string]: DeclaredTrait<unknown>
} {
  return {
    date: {
      kind: 'date',
      label: { da: 'Hændelsesdatoen', en: 'The date of the incident' },
      of: (_, { situation }) => situation.keys.date,
    },
    daysAhead: {
      kind: 'number',
      label: {
        da: 'Dage fra anmeldelsen til hændelsesdatoen',
        en: 'Days from the report to the date of the incident',
      },
      of: (_, { situation: { keys, reportedOn } }) => daysBetween(reportedOn, keys.date),
    },
    subjectAge: {
      kind: 'number',
      label: { da: 'Personens alder', en: 'The age of the person' },
      of: (_, { situation: { keys, subject } }) => ageOn(subject.bornOn, keys.date),
    },
    subjectProtected: {
      kind: 'yes-no',
      label: {
        da: 'Personen har navne- og adressebeskyttelse',
        en: 'The person has name and address protection',
      },
      of: (_, { situation }) => isProtected(situation.subject),
    },
    otherPending: {
      kind: 'number',
      label: { da: 'Andre sager om personen, der venter', en: 'Other cases about the person' },
      of: (_, { situation }) => situation.pending.length,
    },
    marks: {
      kind: 'set',
      label: { da: 'Sagstyper', en: 'Marks of the case' },
      options: markTexts,
      of: (_, { marks }) => marks.map(({ code }) => code),
    },
    answers: {
      kind: 'choice',
      label: { da: 'Svar fra dem, der er spurgt', en: 'The answers of those who are asked' },
      options: answerTexts,
      of: (_, { heard }) => answersOf(heard),
    },
    arriving: {
      kind: 'number',
      label: {
        da: 'Andre godkendte sager til samme adresse fra i dag',
        en: 'Other approved cases to the same address from today on',
      },
      of: (_, { situation }) => situation.arriving,
    },
    refusals: {
      kind: 'number',
      label: { da: 'Regler, der ikke er opfyldt', en: 'Rules that do not hold' },
      of: (_, { refusals }) => refusals,
    },
  }
}

function answersOf(heard: readonly Heard[]): keyof typeof answerTexts {
  if (heard.length === 0) return 'none'
  if (heard.some(({ state }) => state === 'open')) return 'open'
  return heard.every(({ answer }) => answer === 'yes') ? 'agreed' : 'other'
}

/** How a kind of question stands, of several the least favourable. */
export function heardOf(heard: readonly Heard[], kind: HearingKind): keyof typeof heardOptions {
  const states = heard
    .filter((each) => each.kind === kind)
    .map(({ state, answer }) => (state === 'given-up' ? 'silent' : (answer ?? 'open')))
  const order = ['open', 'no', 'silent', 'yes'] as const
  return order.find((each) => states.includes(each)) ?? 'not-asked'
}

/** The traits without how they are found. */
export function bareTraits<Data>(declared: { readonly [name: string]: DeclaredTrait<Data> }): {
  readonly [name: string]: Trait
} {
  return Object.fromEntries(
    Object.entries(declared).map(([name, { of: _, ...trait }]) => [name, trait]),
  )
}

/** The values of all traits; those that are not known are left out. */
export function findTraits<Data>(
  declared: { readonly [name: string]: DeclaredTrait<Data> },
  data: Data,
  known: Known,
): TraitValues {
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, { of }]) => {
      const value = of(data, known)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}
