/**
 * Dry run: what a version of a policy would have done with past cases, as they were known when they
 * were decided, and would do with what waits, in the order of a run. Writes nothing but that it was
 * asked.
 */

import type { TurnedAway } from '#casework/admit.ts'
import { groundOf, lookOf, readIn, typesOf } from '#casework/automatic.ts'
import type { House } from '#casework/house.ts'
import { personsOf } from '#casework/outcomes.ts'
import { admitToPolicies, unknown, versionOf } from '#casework/policies.ts'
import {
  type ClauseReference,
  type Failure,
  judgeBy,
  type Look,
  type PolicyVersion,
  ruleSetAuthority,
} from '#casework/policy.ts'
import type { CasePlace } from '#casework/policy-ports.ts'
import type { Asker } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { Incident } from '#incident/define.ts'
import type { Refusal } from '#incident/refusal.ts'

export type DryRunOrder = {
  readonly asker: Asker
  readonly name: string
  readonly version: number
  /** Past cases from this instant on. */
  readonly since: Date
  /** How many past cases at most, and how many of what waits. */
  readonly limit: number
  readonly types: readonly Incident[]
}

/** What was done with a past case. */
export type Done = {
  readonly decision: 'approved' | 'rejected'
  readonly at: Date
  /** `people` where a person decided for anybody in it. */
  readonly by: 'people' | 'policy'
}

export type TriedCase = {
  readonly incident: string
  readonly type: Incident
  /** Undefined for what waits. */
  readonly done: Done | undefined
  /** `unknown`: decided before the program kept what was known of a case. */
  readonly would: Exclude<Look['kind'], 'approved'> | 'approve' | 'unknown'
  readonly by?: ClauseReference
  readonly why: readonly Failure[]
}

export type DryRunAnswer =
  | { readonly kind: 'done'; readonly version: PolicyVersion; readonly cases: readonly TriedCase[] }
  | { readonly kind: 'unknown'; readonly refusal: Refusal }
  | TurnedAway

export async function dryRun(house: House, order: DryRunOrder): Promise<DryRunAnswer> {
  const { asker, name, since, limit } = order
  const step = { asker, act: 'policy-tried', right: 'write-policies', name } as const
  const ground = await admitToPolicies(house, step)
  if (ground.kind !== 'admitted') return ground
  const [policy] = ground.policies
  const version = policy && versionOf(policy, order.version)
  if (!version) return unknown(house, ground, name)

  const types = typesOf([version], order.types)
  const codes = types.map(({ shape }) => shape.code)
  const question = { asker, at: ground.at, codes, limit }
  const past = await house.policies.decided({ ...question, since })
  const waiting = await house.policies.waiting(question)
  const tried = [
    ...past.map((record) => ({
      read: personsOf(record),
      each: tryPast(record, typeFor(types, record), version),
    })),
    ...(await tryWaiting(house, asker, waiting, { types, version })),
  ]
  const persons = [...new Set(tried.flatMap(({ read }) => read))]
  const detail = { policy: name, version: version.version, cases: tried.length }
  await house.store.note(ground.audit('done', 0, detail, persons))
  return { kind: 'done', version, cases: tried.map(({ each }) => each) }
}

function typeFor(types: readonly Incident[], { code }: { readonly code: string }): Incident {
  const type = types.find(({ shape }) => shape.code === code)
  if (!type) throw new Error(`Cannot try a policy on ${code}: it was not asked for`)
  return type
}

function tryPast(record: IncidentRecord, type: Incident, version: PolicyVersion): TriedCase {
  const { id, traits } = record
  const done = doneWith(record)
  const tried = { incident: id, type, done }
  if (!traits) return { ...tried, would: 'unknown', why: [] }
  const ofType = { name: type.shape.name, leftToPeople: type.leftToPeople }
  const verdict = judgeBy([version], ofType, traits)
  if (verdict.kind === 'approve') return { ...tried, would: 'approve', by: verdict.by, why: [] }
  const why = verdict.kind === 'person' ? verdict.why : []
  return { ...tried, would: verdict.kind, why }
}

function doneWith({ outcomes, reason, decidedAt, decidedBy }: IncidentRecord): Done | undefined {
  if (decidedAt === undefined) return undefined
  const deciders = [decidedBy, ...Object.values(outcomes).map(({ by }) => by)]
  return {
    decision: reason ? 'rejected' : 'approved',
    at: decidedAt,
    by: deciders.every((by) => by === ruleSetAuthority) ? 'policy' : 'people',
  }
}

type Tried = {
  /** Everybody whose data what would be done is told from. */
  readonly read: readonly string[]
  readonly each: TriedCase
}

/** As a run takes them: a second case to the address of one that it would approve is left (MOVE-6). */
async function tryWaiting(
  house: House,
  asker: Asker,
  waiting: readonly CasePlace[],
  { types, version }: { readonly types: readonly Incident[]; readonly version: PolicyVersion },
): Promise<readonly Tried[]> {
  const approvedTo = new Map<string, number>()
  const tried: Tried[] = []
  for (const { id, code } of waiting) {
    const type = typeFor(types, { code })
    const ground = await groundOf(house, id, type, asker)
    if (!ground) continue
    const { record } = ground
    const address = addressOf(record)
    const before = (address === undefined ? undefined : approvedTo.get(address)) ?? 0
    const look = lookOf(withArriving(ground, before), [version])
    if (look.kind === 'approved' && address !== undefined) approvedTo.set(address, before + 1)
    tried.push({
      read: readIn(ground),
      each: { incident: id, type, done: undefined, ...wouldOf(look) },
    })
  }
  return tried
}

function wouldOf({ kind, by, why = [] }: Look): Pick<TriedCase, 'would' | 'by' | 'why'> {
  return { would: kind === 'approved' ? 'approve' : kind, ...(by && { by }), why }
}

function addressOf({ keys, question }: IncidentRecord): string | undefined {
  if (question.addresses.length === 0) return undefined
  return [keys.municipality, ...question.addresses].join(' ')
}

type Found = Exclude<Awaited<ReturnType<typeof groundOf>>, undefined>

/** The same case, with those beside it that would have been approved before it. */
function withArriving(ground: Found, more: number): Found {
  const { standing } = ground
  const arriving = (standing.situation.arriving ?? 0) + more
  return { ...ground, standing: { ...standing, situation: { ...standing.situation, arriving } } }
}
