/** Policies, dry runs and looks as the JSON door shows them: data, and words for people. */

import type { Static } from 'typebox'
import type { FailureSchema, IncidentBody } from '#api/contracts.ts'
import type {
  DryRunAnswer,
  PoliciesAnswer,
  PolicyAnswer,
  TraitsAnswer,
} from '#api/policy-contracts.ts'
import type { Standing } from '#casework/answer.ts'
import type { DryRunAnswer as Ran } from '#casework/dry-run.ts'
import { latestOf } from '#casework/policies.ts'
import {
  type Clause,
  conditionText,
  type Failure,
  failureText,
  lookNow,
  lookText,
  testsOf,
} from '#casework/policy.ts'
import type { PolicyHistory } from '#casework/policy-ports.ts'
import { seesHearings } from '#casework/step.ts'
import type { Incident } from '#incident/define.ts'
import { findByName } from '#incidents/catalogue.ts'
import { mutable } from '#server/api/mutable.ts'

export function presentItem(
  history: PolicyHistory,
): Static<typeof PoliciesAnswer>['items'][number] {
  const { policy, version, madeAt, madeBy } = latestOf(history)
  const { name, title } = policy
  return { name, title, version, madeAt: madeAt.toISOString(), madeBy, ...presentOn(history) }
}

function presentOn({ switches }: PolicyHistory) {
  const latest = switches[0]
  if (latest?.version === undefined || latest.samplePercent === undefined) return {}
  const { version, samplePercent, at, by } = latest
  return { on: { version, samplePercent, at: at.toISOString(), by } }
}

export function presentPolicy(history: PolicyHistory): Static<typeof PolicyAnswer> {
  return {
    name: history.name,
    ...presentOn(history),
    versions: history.versions.map(({ version, madeAt, madeBy, policy }) => ({
      version,
      madeAt: madeAt.toISOString(),
      madeBy,
      document: mutable(policy),
      clauses: policy.clauses.map(presentClause),
    })),
    switches: history.switches.map(({ at, by, version, samplePercent }) => ({
      at: at.toISOString(),
      by,
      ...(version !== undefined && { version }),
      ...(samplePercent !== undefined && { samplePercent }),
    })),
  }
}

function presentClause({ name, title, incident, when }: Clause) {
  const type = findByName(incident)
  return {
    name,
    title,
    incident: type?.shape.title ?? { da: incident, en: incident },
    conditions: when.map((condition) => conditionText(condition, type?.traits ?? {})),
  }
}

export function presentDryRun({
  version: { version, policy },
  cases,
}: Extract<Ran, { kind: 'done' }>): Static<typeof DryRunAnswer> {
  const approved = cases.filter(({ would }) => would === 'approve')
  return {
    name: policy.name,
    version,
    tally: {
      cases: cases.length,
      approve: approved.length,
      differs: approved.filter(({ done }) => done?.decision === 'rejected').length,
    },
    cases: cases.map(({ incident, type, done, would, by, why }) => ({
      incident,
      type: type.shape.name,
      ...(done && { done: { ...done, at: done.at.toISOString() } }),
      would,
      ...(by && { by }),
      why: why.map((failure) => presentFailure(failure, type)),
    })),
  }
}

function presentFailure(failure: Failure, type: Incident): Static<typeof FailureSchema> {
  const { of } = failure
  return { ...(of && { by: of }), text: failureText(failure, type.traits) }
}

export function presentTraits(types: readonly Incident[]): Static<typeof TraitsAnswer> {
  return {
    items: types
      .filter(({ decidedBy }) => decidedBy !== 'second-person')
      .map(({ shape, traits, leftToPeople }) => ({
        incident: shape.name,
        title: shape.title,
        leftToPeople: [...leftToPeople],
        traits: Object.entries(traits).map(([name, trait]) => ({
          name,
          kind: trait.kind,
          label: trait.label,
          tests: [...testsOf[trait.kind]],
          ...('options' in trait && { options: { ...trait.options } }),
        })),
      })),
  }
}

/**
 * What policies came to. Who decided is for everybody to know; why a person looks at it, and that
 * chance sent it there, is for the authority that decides.
 */
export function presentLook(standing: Standing): Pick<IncidentBody, 'look'> {
  const look = lookNow(standing.record)
  if (!look) return {}
  const { at, kind, by, why = [] } = look
  const text = lookText(look)
  const shown = { at: at.toISOString(), text }
  if (!seesHearings(standing)) {
    const told = kind === 'approved' || kind === 'waits' ? kind : 'person'
    return { look: { ...shown, kind: told, ...(kind === 'approved' && by && { by }) } }
  }
  return {
    look: {
      ...shown,
      kind,
      ...(by && { by }),
      why: why.map((failure) => presentFailure(failure, standing.type)),
    },
  }
}
