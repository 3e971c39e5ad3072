/** Policies of the reference folder and small ones of a test, and what they say of a case. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from '#base/assert.ts'
import {
  type Clause,
  type Condition,
  judgeBy,
  type Policy,
  type Verdict,
} from '#casework/policy.ts'
import { readPolicy } from '#casework/read-policy.ts'
import type { Incident } from '#incident/define.ts'
import { readData, type Sent } from '#incident/read.ts'
import type { Heard, TraitValues } from '#incident/traits.ts'
import { findByName } from '#incidents/catalogue.ts'
import type { Case } from '#test/incident-law.ts'
import { root } from '#test/step.ts'

/** The document of an example policy, as it lies in the repository. */
export function documentOf(name: 'aarhus' | 'odense'): unknown {
  return JSON.parse(readFileSync(join(root, 'reference/policies', `${name}.json`), 'utf8'))
}

export function examplePolicy(name: 'aarhus' | 'odense'): Policy {
  return policyOf(documentOf(name))
}

export function policyOf(document: unknown): Policy {
  const read = readPolicy(document, findByName)
  assert(read.ok, `no policy: ${JSON.stringify(read)}`)
  return read.value
}

/** A policy with one clause. */
export function policyWhen(when: readonly Condition[], parts: Partial<Clause> = {}): Policy {
  const title = { da: 'Prøve', en: 'Trial' }
  const clause = { name: 'only', title, incident: 'domestic-move', decides: 'approve', when }
  return policyOf({ name: 'trial', title, clauses: [{ ...clause, ...parts }] })
}

export type Asked = { readonly heard?: readonly Heard[] }

export function traitsOf(
  type: Incident,
  { situation, refusals }: Case,
  data: Sent,
  { heard = [] }: Asked = {},
): TraitValues {
  const read = readData(type.shape, data)
  assert(read.ok, 'well formed data')
  return type.traitsOf(read.value, {
    situation,
    marks: type.marks(read.value, situation),
    heard,
    refusals: refusals(data).length,
  })
}

/** What a policy says of a case: the clause that approves, or the traits that were not met. */
export function verdictOf(
  policy: Policy,
  type: Incident,
  given: Case,
  data: Sent,
  asked: Asked = {},
): string {
  const traits = traitsOf(type, given, data, asked)
  const { leftToPeople, shape } = type
  return told(judgeBy([{ policy, version: 1 }], { name: shape.name, leftToPeople }, traits))
}

function told(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'approve':
      return `approve: ${verdict.by.clause}`
    case 'waits':
      return 'waits'
    case 'person':
      return 'person'
    default:
      return verdict satisfies never
  }
}
