/** Policies judge as their conditions say, and never anything else; whatever is sent is read or refused. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Condition,
  failureText,
  holds,
  judgeBy,
  type Policy,
  standingConditions,
  testsOf,
} from '#casework/policy.ts'
import { readPolicy } from '#casework/read-policy.ts'
import type { Trait, TraitValue, TraitValues } from '#incident/traits.ts'
import { findByName as findType } from '#incidents/catalogue.ts'
import { domesticMove as move } from '#incidents/domestic-move.ts'

const title = { da: 'Prøve', en: 'Trial' }

/** A value that a trait may have. */
function anyValueOf(trait: Trait): fc.Arbitrary<TraitValue> {
  switch (trait.kind) {
    case 'yes-no':
      return fc.boolean()
    case 'number':
      return fc.integer({ min: -3, max: 40 })
    case 'date':
      return fc.constantFrom('2026-01-01', '2026-03-10', '2026-12-31')
    case 'choice':
      return fc.constantFrom(...Object.keys(trait.options))
    case 'set':
      return fc.subarray(Object.keys(trait.options))
    default:
      return trait satisfies never
  }
}

const names = Object.keys(move.traits)
const traitNamed = (name: string): Trait => {
  const trait = move.traits[name]
  assert.ok(trait)
  return trait
}

/** Some of the traits are not known. */
const traits: fc.Arbitrary<TraitValues> = fc
  .tuple(
    fc.subarray(names, { minLength: names.length - 2 }),
    fc.tuple(...names.map((name) => anyValueOf(traitNamed(name)))),
  )
  .map(([known, values]) =>
    Object.fromEntries(
      names.flatMap((name, at) => {
        const value = values[at]
        return known.includes(name) && value !== undefined ? [[name, value] as const] : []
      }),
    ),
  )

const conditions: fc.Arbitrary<Condition> = fc.constantFrom(...names).chain((name) => {
  const trait = traitNamed(name)
  return fc.constantFrom(...testsOf[trait.kind]).chain((each): fc.Arbitrary<Condition> => {
    const isList = each === 'within' || each === 'without'
    const options = 'options' in trait ? Object.keys(trait.options) : []
    const value = isList ? fc.subarray(options) : anyValueOf(trait)
    const ofKind = names.filter((other) => traitNamed(other).kind === trait.kind)
    const isComparable = trait.kind === 'number' || trait.kind === 'date'
    const withValue = value.map((operand) => ({ trait: name, test: each, value: operand }))
    const withOther = fc
      .constantFrom(...ofKind)
      .map((other) => ({ trait: name, test: each, other }))
    return isComparable ? fc.oneof(withValue, withOther) : withValue
  })
})

const policies: fc.Arbitrary<Policy> = fc
  .array(fc.array(conditions, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })
  .map((clauses) => ({
    name: 'trial',
    title,
    clauses: clauses.map((when, at) => ({
      ...{ name: `clause-${at}`, title, incident: 'domestic-move', decides: 'approve', when },
    })),
  }))

/** What a condition says, written a second time and otherwise. */
function oracle({ trait, test: each, value, other }: Condition, known: TraitValues): boolean {
  const found = known[trait]
  const wanted = other === undefined ? value : known[other]
  if (found === undefined || wanted === undefined) return false
  const order = found < wanted ? -1 : found > wanted ? 1 : 0
  const members = new Set([found].flat().map(String))
  const listed = new Set([wanted].flat().map(String))
  if (each === 'is') return order === 0
  if (each === 'at-least') return order >= 0
  if (each === 'at-most') return order <= 0
  const inside = [...members].filter((member) => listed.has(member)).length
  return each === 'within' ? inside === members.size : inside === 0
}

test('a policy decides exactly what all conditions of a clause hold for, and nothing else', () => {
  fc.assert(
    fc.property(policies, traits, (policy, known) => {
      const verdict = judgeBy([{ policy, version: 3 }], { ...move, name: 'domestic-move' }, known)
      const standing = standingConditions(move.leftToPeople)
      const isPlain = standing.every((each) => oracle(each, known))
      const clause = policy.clauses.find(({ when }) => when.every((each) => oracle(each, known)))
      if (known['answers'] === 'open') assert.equal(verdict.kind, 'waits')
      else assert.equal(verdict.kind === 'approve', isPlain && clause !== undefined)
      if (verdict.kind === 'approve') assert.equal(verdict.by.clause, clause?.name)
      if (verdict.kind !== 'person') return
      assert.ok(verdict.why.length > 0, 'and says why not')
      for (const failure of verdict.why) {
        assert.equal(holds(failure.condition, known), false)
        const { da, en } = failureText(failure, move.traits)
        assert.ok(da !== '' && en !== '')
      }
    }),
    { numRuns: 3000 },
  )
})

test('a case of another type is nobody’s to decide', () => {
  fc.assert(
    fc.property(policies, traits, (policy, known) => {
      const verdict = judgeBy([{ policy, version: 1 }], { ...move, name: 'emigration' }, known)
      assert.notEqual(verdict.kind, 'approve')
    }),
  )
})

test('what is well formed is read as it stands', () => {
  fc.assert(
    fc.property(policies, (policy) => {
      const read = readPolicy(JSON.parse(JSON.stringify(policy)), findType)
      assert.deepEqual(read, { ok: true, value: policy })
    }),
  )
})

test('whatever else is sent is refused with 9041 and texts in both languages, and never throws', () => {
  const spoilt = policies.chain((policy) =>
    fc.tuple(fc.jsonValue(), fc.nat()).map(([value, at]) => {
      const sent = JSON.parse(JSON.stringify(policy))
      const [clause] = sent.clauses
      const places = [sent, clause, clause.when[0]]
      const place = places[at % places.length]
      const key = Object.keys(place)[at % Object.keys(place).length] ?? 'name'
      place[key] = value
      return sent
    }),
  )
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), spoilt), (sent) => {
      const read = readPolicy(sent, findType)
      if (read.ok) return
      assert.ok(read.refusals.length > 0)
      for (const { number, field, text } of read.refusals) {
        assert.equal(number, 9041)
        assert.ok(field !== undefined && text.da !== text.en)
      }
    }),
    { numRuns: 2000 },
  )
})
