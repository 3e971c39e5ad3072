/**
 * Policies: what a municipality lets the program decide without a person, as data that people can
 * read. A clause approves a case when all its conditions on the traits of the case hold. Pure.
 */

import type { Text } from '#base/text.ts'
import type { Trait, TraitKind, TraitValue, TraitValues } from '#incident/traits.ts'

/** How a trait is compared. */
export type Test =
  | 'is'
  | 'at-least'
  | 'at-most'
  /** A choice is among these; a set has none but these. */
  | 'within'
  /** A choice is none of these; a set has none of these. */
  | 'without'

export type Condition = {
  readonly trait: string
  readonly test: Test
  /** What it is compared with: a value, or another trait of the same kind. */
  readonly value?: TraitValue
  readonly other?: string
}

/** CPR's authority code of a machine that decides by rules (DESK-7). */
export const ruleSetAuthority = '0099'

/** One way in which a case is decided: all conditions must hold. */
export type Clause = {
  readonly name: string
  readonly title: Text
  /** The English name of the incident type. */
  readonly incident: string
  /** Nothing is rejected without a person. */
  readonly decides: 'approve'
  readonly when: readonly Condition[]
}

export type Policy = {
  readonly name: string
  readonly title: Text
  /** Where the rules are known from. */
  readonly source?: string
  readonly clauses: readonly Clause[]
}

/** One version of a policy as it stands in a municipality; none is ever changed. */
export type PolicyVersion = {
  readonly municipality: string
  readonly version: number
  readonly policy: Policy
  readonly madeAt: Date
  readonly madeBy: string
}

/** That a version was switched on, or with `undefined` that the policy was switched off. */
export type PolicySwitch = {
  readonly no: number
  readonly version: number | undefined
  /** How many of a hundred cases that it could decide go to a person all the same (DESK-8). */
  readonly samplePercent: number | undefined
  readonly at: Date
  readonly by: string
}

/** A version that is on. */
export type PolicyOn = {
  readonly municipality: string
  readonly version: number
  readonly policy: Policy
  readonly samplePercent: number
  /** How often policies have been switched in the municipality until now. */
  readonly switches: number
}

/** A clause by the names that the log has. */
export type ClauseReference = {
  readonly policy: string
  readonly version: number
  readonly clause: string
}

/** A condition that did not hold, with what was found; no clause where the program asks it. */
export type Failure = {
  readonly of?: ClauseReference
  readonly condition: Condition
  readonly found?: TraitValue
}

/** What the clauses of the policies say about a case. */
export type Verdict =
  | { readonly kind: 'approve'; readonly by: ClauseReference }
  /** Waiting for an answer; it is looked at again when it is in. */
  | { readonly kind: 'waits' }
  | { readonly kind: 'person'; readonly why: readonly Failure[] }

/** What came of a look at a case, as the incident keeps it. */
export type Look = {
  readonly at: Date
  /**
   * `sampled`: a clause would approve it, and chance sent it to a person (DESK-8).
   * `taken-up`: a person has decided on it before.
   */
  readonly kind: 'approved' | 'person' | 'waits' | 'sampled' | 'taken-up'
  readonly by?: ClauseReference
  readonly why?: readonly Failure[]
}

/** The look of a clause that approves. */
export type ApprovingLook = Look & { readonly kind: 'approved'; readonly by: ClauseReference }

/** Which tests there are for each kind of trait. */
export const testsOf: { readonly [K in TraitKind]: readonly Test[] } = {
  'yes-no': ['is'],
  number: ['is', 'at-least', 'at-most'],
  date: ['is', 'at-least', 'at-most'],
  choice: ['is', 'within', 'without'],
  set: ['within', 'without'],
}

/**
 * What the program itself asks before any clause, for every type: a rule that refuses, an answer
 * that is not a yes, and another case to the same address (MOVE-6) are left to people (rules 12).
 */
export function standingConditions(leftToPeople: readonly string[]): readonly Condition[] {
  return [
    { trait: 'refusals', test: 'is', value: 0 },
    { trait: 'answers', test: 'within', value: ['none', 'agreed'] },
    { trait: 'arriving', test: 'is', value: 0 },
    ...(leftToPeople.length > 0
      ? [{ trait: 'marks', test: 'without', value: leftToPeople } as const]
      : []),
  ]
}

/** Whether a condition holds; what is not known holds nothing. */
export function holds({ trait, test, value, other }: Condition, traits: TraitValues): boolean {
  const found = findValue(traits, trait)
  const wanted = other === undefined ? value : findValue(traits, other)
  if (found === undefined || wanted === undefined) return false
  switch (test) {
    case 'is':
      return found === wanted
    case 'at-least':
      return isOrdered(found, wanted) && found >= wanted
    case 'at-most':
      return isOrdered(found, wanted) && found <= wanted
    case 'within':
      return Array.isArray(wanted) && membersOf(found).every((each) => wanted.includes(each))
    case 'without':
      return Array.isArray(wanted) && !membersOf(found).some((each) => wanted.includes(each))
    default:
      return test satisfies never
  }
}

function findValue(traits: TraitValues, name: string): TraitValue | undefined {
  return Object.hasOwn(traits, name) ? traits[name] : undefined
}

/** Numbers with numbers, and dates, which compare as text, with dates. */
function isOrdered(a: TraitValue, b: TraitValue): boolean {
  return typeof a === typeof b && (typeof a === 'number' || typeof a === 'string')
}

function membersOf(value: TraitValue): readonly string[] {
  return typeof value === 'object' ? value : [String(value)]
}

type OfType = { readonly name: string; readonly leftToPeople: readonly string[] }

/** What the policies that are on say of a case of a type: the first clause that holds decides. */
export function judgeBy(
  policies: readonly Pick<PolicyOn, 'policy' | 'version'>[],
  { name, leftToPeople }: OfType,
  traits: TraitValues,
): Verdict {
  if (findValue(traits, 'answers') === 'open') return { kind: 'waits' }
  const failing = (when: readonly Condition[], of?: ClauseReference): readonly Failure[] =>
    when
      .filter((condition) => !holds(condition, traits))
      .map((condition) => {
        const found = findValue(traits, condition.trait)
        return { ...(of && { of }), condition, ...(found !== undefined && { found }) }
      })
  const standing = failing(standingConditions(leftToPeople))
  const tried = policies.flatMap(({ policy, version }) =>
    policy.clauses
      .filter(({ incident }) => incident === name)
      .map(({ name: clause, when }) => {
        const by = { policy: policy.name, version, clause }
        return { by, why: failing(when, by) }
      }),
  )
  const holding = tried.find(({ why }) => why.length === 0)
  if (standing.length === 0 && holding) return { kind: 'approve', by: holding.by }
  // Where some clause holds, what the others ask is no reason.
  return { kind: 'person', why: holding ? standing : [...standing, ...tried.flatMap(whyOf)] }
}

function whyOf({ why }: { readonly why: readonly Failure[] }): readonly Failure[] {
  return why
}

// In words ----------------------------------------------------------------------------------------

const testTexts: { readonly [T in Test]: Text } = {
  is: { da: '', en: '' },
  'at-least': { da: 'mindst ', en: 'at least ' },
  'at-most': { da: 'højst ', en: 'at most ' },
  within: { da: 'kun ', en: 'only ' },
  without: { da: 'ikke ', en: 'not ' },
}

type Traits = { readonly [name: string]: Trait }

/** A condition as people read it. A trait that there is no more is told by its name. */
export function conditionText({ trait, test, value, other }: Condition, traits: Traits): Text {
  const subject = labelOf(traits, trait)
  // One of several that may be chosen; of a set there may be several.
  const isOneOf = test === 'within' && traits[trait]?.kind === 'choice'
  const object =
    other === undefined
      ? valueText(value, traits[trait], isOneOf ? or : and)
      : quoted(labelOf(traits, other))
  const { da, en } = testTexts[isOneOf ? 'is' : test]
  return {
    da: `${subject.da}: ${da}${object.da}`,
    en: `${subject.en}: ${en}${object.en}`,
  }
}

/** Why a condition did not hold: the condition, and what was found. */
export function failureText({ condition, found }: Failure, traits: Traits): Text {
  const { da, en } = conditionText(condition, traits)
  if (found === undefined) return { da: `${da} (er ikke kendt)`, en: `${en} (is not known)` }
  const value = valueText(found, traits[condition.trait])
  return { da: `${da} (er ${value.da})`, en: `${en} (is ${value.en})` }
}

function labelOf(traits: Traits, name: string): Text {
  return traits[name]?.label ?? { da: name, en: name }
}

function quoted({ da, en }: Text): Text {
  return { da: `»${da}«`, en: `“${en}”` }
}

const and: Text = { da: ', ', en: ', ' }
const or: Text = { da: ' eller ', en: ' or ' }

function valueText(
  value: TraitValue | undefined,
  trait: Trait | undefined,
  between: Text = and,
): Text {
  if (value === true) return { da: 'ja', en: 'yes' }
  if (value === false) return { da: 'nej', en: 'no' }
  const options = trait && 'options' in trait ? trait.options : {}
  const said = membersOf(value ?? '').map((each) => options[each] ?? { da: each, en: each })
  if (said.length === 0) return { da: 'ingen', en: 'none' }
  return {
    da: said.map(({ da }) => da).join(between.da),
    en: said.map(({ en }) => en).join(between.en),
  }
}

/** What came of a look, as everybody may know it. */
export function lookText({ kind, by }: Look): Text {
  switch (kind) {
    case 'approved':
      return {
        da: `Afgjort automatisk efter regelsættet ${by?.policy}, version ${by?.version}`,
        en: `Decided automatically under the policy ${by?.policy}, version ${by?.version}`,
      }
    case 'waits':
      return { da: 'Venter på et svar', en: 'Waits for an answer' }
    case 'person':
    case 'sampled':
    case 'taken-up':
      return { da: 'En medarbejder ser på sagen', en: 'A person looks at the case' }
    default:
      return kind satisfies never
  }
}

/** The last look, if it still says how the case stands: not after a person decided or undid it. */
export function lookNow({
  look,
  state,
}: {
  readonly look?: Look | undefined
  readonly state: string
}): Look | undefined {
  return look && state === (look.kind === 'approved' ? 'approved' : 'pending') ? look : undefined
}
