/**
 * The language in which an incident type is declared: keys, fields, rules, what the municipality
 * must see, and the effect. Plain data and pure functions; knows no XML, HTTP, SQL or HTML.
 */

import type { Text } from '#base/text.ts'
import { type Asking, completeAsking, type DeclaredAsking } from '#incident/asking.ts'
import type { Fields, KeyName, Keys, Reading, Shape, Values } from '#incident/fields.ts'
import type { Hearing } from '#incident/hearing.ts'
import type { CaseMark } from '#incident/mark.ts'
import type { Refusal, Severity } from '#incident/refusal.ts'
import { type Need, noQuestion, type Question, type Situation } from '#incident/situation.ts'
import {
  bareTraits,
  commonTraits,
  type DeclaredTrait,
  findTraits,
  type Known,
  type Options,
  type Trait,
  type TraitValues,
} from '#incident/traits.ts'
import type { StatusCode } from '#register/codes.ts'
import type { Fact } from '#register/fact.ts'
import type { Pnr } from '#register/pnr.ts'
import type { Protected } from '#register/protected.ts'

type RuleCommon = {
  readonly name: string
  /** The receipt number; ours begin at 9100. */
  readonly number: number
  readonly severity?: Severity
  /** The law, the protocol or the numbered rule that it comes from. */
  readonly source: string
}

/** A rule over the keys alone; judged from the first step on. */
export type KeyRule = RuleCommon & {
  readonly blames: KeyName
  readonly text: Text | ((situation: Situation) => Text)
  readonly holds: (situation: Situation) => boolean
}

/** A rule over the data; judged when they are validated, saved and decided. */
export type Rule<Declared extends Fields> = RuleCommon & {
  readonly blames: (keyof Declared & string) | KeyName
  readonly text: Text | ((values: Values<Declared>, situation: Situation) => Text)
  readonly holds: (values: Values<Declared>, situation: Situation) => boolean
}

/** Whether persons with a status may be the subject; if not, what they are told instead. */
export type StatusMatrix = {
  readonly [Code in StatusCode]: 'yes' | { readonly number: number; readonly text: Text }
}

/** What happens to one person when the incident is approved. */
export type Change = {
  readonly pnr: Pnr
  /** CPR's event code, as A01 for a move. */
  readonly event: string
  /** A correction, an annulment or an undoing shows as such in the feed; else a change. */
  readonly kind?: 'changed' | 'corrected' | 'annulled' | 'undone'
  readonly facts: readonly Fact[]
}

/** A value that may be chosen in a field, with the text that people see. */
export type Candidate = { readonly value: string; readonly text: string | Protected<string> }

/** The same, as it is shown to somebody. */
export type Offered = { readonly value: string; readonly text: string }

/**
 * Who decides: the municipality of residence, the one that it is reported to, or, for what an
 * authority registers itself, a second person of that authority.
 */
export type Decider = 'residence' | 'reported-to' | 'second-person'

/** Who may report: anybody who serves citizens, or only authorities, which register directly. */
export type Reporters = 'citizens' | 'authorities'

/** A case of its own that is saved in the same step, and must be decided before this one. */
export type Forerunner = {
  readonly type: Incident
  readonly keys: Keys
  readonly data: Reading
  /** The field that wishes it, which is to blame when it cannot be. */
  readonly blames: string
}

type Declaration<Declared extends Fields> = Omit<Shape, 'fields'> & {
  readonly fields: Declared
  readonly decidedBy: Decider
  /** Left out: citizens, through whom they have chosen. */
  readonly reporters?: Reporters
  /** How people are asked for the data, where it is not field by field. */
  readonly asking?: DeclaredAsking<keyof Declared & string>
  /** What must be known beside what every type is told. */
  readonly needs?: readonly Need[]
  readonly statuses: StatusMatrix
  readonly keyRules: readonly KeyRule[]
  readonly rules: readonly Rule<Declared>[]
  readonly asks: (values: Values<Declared>) => Partial<Question>
  /** What a newly initiated incident offers: values to choose from, field by field. */
  readonly candidates?: (situation: Situation) => {
    readonly [Name in keyof Declared]?: readonly Candidate[]
  }
  readonly marks: (values: Values<Declared>, situation: Situation) => readonly CaseMark[]
  /** The marks that there are, for those who write policies. */
  readonly markTexts?: Options
  /** Marks with which no policy decides (rules 12: left to people). */
  readonly leftToPeople?: readonly string[]
  /** What a policy may ask beside what every type offers. */
  readonly traits?: { readonly [name: string]: DeclaredTrait<Values<Declared>> }
  /** Who must be asked once it is saved; an open question holds the approval back. */
  readonly hearings?: (values: Values<Declared>, situation: Situation) => readonly Hearing[]
  /** What the data wish besides, as cases of their own that come first. */
  readonly forerunners?: (values: Values<Declared>, situation: Situation) => readonly Forerunner[]
  /** `situation.today` is the day of the decision. */
  readonly effect: (values: Values<Declared>, situation: Situation) => readonly Change[]
  /** Data that are well formed, for documentation and for the suite that every type gets. */
  readonly examples: readonly Reading[]
}

/** A declared type. Its field types are closed over, so that nobody downstream needs a cast. */
export type Incident = {
  readonly shape: Shape
  readonly decidedBy: Decider
  readonly reporters: Reporters
  readonly asking: Asking
  readonly needs: readonly Need[]
  readonly statuses: StatusMatrix
  /** Every rule, in order of precedence, for documentation. */
  readonly ruleTable: readonly RuleRow[]
  readonly asks: (reading: Reading) => Question
  readonly judgeKeys: (situation: Situation) => readonly Refusal[]
  /** All refusals of keys and data, in order of precedence. */
  readonly judge: (reading: Reading, situation: Situation) => readonly Refusal[]
  readonly candidates: (situation: Situation) => { readonly [name: string]: readonly Candidate[] }
  readonly marks: (reading: Reading, situation: Situation) => readonly CaseMark[]
  readonly leftToPeople: readonly string[]
  readonly traits: { readonly [name: string]: Trait }
  readonly traitsOf: (reading: Reading, known: Known) => TraitValues
  readonly hearings: (reading: Reading, situation: Situation) => readonly Hearing[]
  readonly forerunners: (reading: Reading, situation: Situation) => readonly Forerunner[]
  readonly effect: (reading: Reading, situation: Situation) => readonly Change[]
  readonly examples: readonly Reading[]
}

export type RuleRow = RuleCommon & {
  readonly blames: string
  /** Undefined where the text depends on what was sent. */
  readonly text: Text | undefined
}

export function defineIncident<const Declared extends Fields>(
  declaration: Declaration<Declared>,
): Incident {
  const { code, name, title, summary, fields, keyRules, rules, statuses, candidates } = declaration
  const traits = { ...commonTraits(declaration.markTexts ?? {}), ...declaration.traits }
  // The one cast of the house: a reading that `readFields` approved holds what the fields declare.
  const values = (reading: Reading) => reading as Values<Declared>

  const judgeKeys = (situation: Situation): readonly Refusal[] => [
    ...judgeStatus(statuses, situation),
    ...keyRules
      .filter((rule) => !rule.holds(situation))
      .map((rule) =>
        refusalOf(
          rule,
          textOf(rule.text, (write) => write(situation)),
        ),
      ),
  ]

  return {
    shape: { code, name, title, summary, fields },
    decidedBy: declaration.decidedBy,
    reporters: declaration.reporters ?? 'citizens',
    asking: completeAsking(fields, declaration.asking),
    needs: declaration.needs ?? [],
    statuses,
    ruleTable: [...keyRules, ...rules].map((rule) => ({
      name: rule.name,
      number: rule.number,
      severity: rule.severity ?? 'error',
      source: rule.source,
      blames: rule.blames,
      text: typeof rule.text === 'function' ? undefined : rule.text,
    })),
    asks: (reading) => {
      return { ...noQuestion, ...declaration.asks(values(reading)) }
    },
    judgeKeys,
    judge: (reading, situation) => [
      ...judgeKeys(situation),
      ...rules
        .filter((rule) => !rule.holds(values(reading), situation))
        .map((rule) =>
          refusalOf(
            rule,
            textOf(rule.text, (write) => write(values(reading), situation)),
          ),
        ),
    ],
    candidates: (situation) => withoutGaps(candidates?.(situation) ?? {}),
    marks: (reading, situation) => declaration.marks(values(reading), situation),
    leftToPeople: declaration.leftToPeople ?? [],
    traits: bareTraits(traits),
    traitsOf: (reading, known) => findTraits(traits, values(reading), known),
    hearings: (reading, situation) => declaration.hearings?.(values(reading), situation) ?? [],
    forerunners: (reading, situation) =>
      declaration.forerunners?.(values(reading), situation) ?? [],
    effect: (reading, situation) => declaration.effect(values(reading), situation),
    examples: declaration.examples,
  }
}

function judgeStatus(statuses: StatusMatrix, { subject }: Situation): readonly Refusal[] {
  const permitted = statuses[subject.status]
  if (permitted === 'yes') return []
  const { number, text } = permitted
  return [{ number, severity: 'error', field: 'pnr', text }]
}

function refusalOf(rule: RuleCommon & { readonly blames: string }, text: Text): Refusal {
  return { number: rule.number, severity: rule.severity ?? 'error', field: rule.blames, text }
}

function textOf<Write>(text: Text | Write, written: (write: Write) => Text): Text {
  return isText(text) ? text : written(text)
}

function isText(text: unknown): text is Text {
  return typeof text === 'object' && text !== null && 'da' in text && 'en' in text
}

function withoutGaps<T>(record: { readonly [name: string]: T | undefined }): {
  readonly [name: string]: T
} {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined),
  )
}
