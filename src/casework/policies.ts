/**
 * The policies of the caller's own authority: listed, read, written as new versions, switched on by
 * somebody else than who wrote the version, and switched off. Every step is put on record.
 */

import type { Right } from '#access/rights.ts'
import type { Caller } from '#access/security-groups.ts'
import { present } from '#base/assert.ts'
import { Unavailable } from '#base/outage.ts'
import { type TurnedAway, turnedAway } from '#casework/admit.ts'
import type { House } from '#casework/house.ts'
import type { PolicySwitch, PolicyVersion } from '#casework/policy.ts'
import type { PolicyHistory } from '#casework/policy-ports.ts'
import type { Asker } from '#casework/ports.ts'
import { readPolicy } from '#casework/read-policy.ts'
import { admitCaller, auditor } from '#casework/step.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import type { Incident } from '#incident/define.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'

/** Of a hundred cases that a policy could decide, so many go to a person where nothing is said. */
export const samplePercentPreset = 5

/** Two that write at once take one number after the other. */
const looksMax = 8

type Refused = { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
type Unknown = { readonly kind: 'unknown'; readonly refusal: Refusal }

export type PoliciesAnswer =
  | { readonly kind: 'done'; readonly policies: readonly PolicyHistory[] }
  | TurnedAway

export type PolicyAnswer =
  | { readonly kind: 'done'; readonly policy: PolicyHistory }
  | Refused
  | Unknown
  | TurnedAway

/** What an admitted step works on: who, when, and the policies as they stand. */
export type PolicyGround = {
  readonly at: Date
  readonly caller: Caller
  readonly policies: readonly PolicyHistory[]
  readonly ownCodes: readonly string[]
  readonly audit: (
    outcome: AuditRow['outcome'],
    receipt: number,
    detail: NonNullable<AuditRow['detail']>,
    persons?: readonly string[],
  ) => AuditRow
}

type PolicyStep = {
  readonly asker: Asker
  readonly act: Act
  readonly right: Right
  readonly name?: string | undefined
}

/** Lets the caller in, or says why not. */
export async function admitToPolicies(
  house: House,
  { asker, act, right, name }: PolicyStep,
): Promise<({ readonly kind: 'admitted' } & PolicyGround) | TurnedAway> {
  const at = house.clock()
  const page = await house.policies.inquire({ asker, at, name })
  const write = auditor(house, { act, at, asker })
  const admitted = await admitCaller(house, write, page, right, undefined)
  if (admitted.kind !== 'admitted') return turnedAway(admitted)
  const { caller } = admitted
  const audit: PolicyGround['audit'] = (outcome, receipt, detail, persons = []) => ({
    ...write({ caller, outcome, receipt, persons }),
    purpose: 'policies of the municipality',
    detail,
  })
  const { policies, ownCodes } = page
  return { kind: 'admitted', at, caller, policies, ownCodes, audit }
}

/** Every policy with its latest version and whether one is on. */
export async function listPolicies(house: House, asker: Asker): Promise<PoliciesAnswer> {
  const step = { asker, act: 'policy-listed', right: 'list-policies' } as const
  const ground = await admitToPolicies(house, step)
  if (ground.kind !== 'admitted') return ground
  await house.store.note(ground.audit('done', 0, { policies: ground.policies.length }))
  return { kind: 'done', policies: ground.policies }
}

/** One policy with all its versions and switches. */
export async function showPolicy(
  house: House,
  { asker, name }: { readonly asker: Asker; readonly name: string },
): Promise<PolicyAnswer> {
  const step = { asker, act: 'policy-listed', right: 'list-policies', name } as const
  const ground = await admitToPolicies(house, step)
  if (ground.kind !== 'admitted') return ground
  const [policy] = ground.policies
  if (!policy) return unknown(house, ground, name)
  await house.store.note(ground.audit('done', 0, { policy: name }))
  return { kind: 'done', policy }
}

export async function unknown(house: House, ground: PolicyGround, name: string): Promise<Unknown> {
  const refusal = refuse(9040)
  await house.store.note(ground.audit('refused', refusal.number, { policy: name }))
  return { kind: 'unknown', refusal }
}

async function refused(
  house: House,
  ground: PolicyGround,
  name: string,
  refusals: readonly Refusal[],
): Promise<Refused> {
  const receipt = refusals[0]?.number ?? 0
  await house.store.note(ground.audit('refused', receipt, { policy: name }))
  return { kind: 'refused', refusals }
}

export type WriteOrder = {
  readonly asker: Asker
  readonly name: string
  readonly document: unknown
  readonly types: readonly Incident[]
}

/** Writes a new version, which is off. The latest one written again is confirmed again. */
export function writePolicy(house: House, order: WriteOrder): Promise<PolicyAnswer> {
  const { asker, name, document, types } = order
  const step = { asker, act: 'policy-written', right: 'write-policies', name } as const
  return again(async () => {
    const ground = await admitToPolicies(house, step)
    if (ground.kind !== 'admitted') return ground
    const read = readPolicy(document, (type) => types.find(({ shape }) => shape.name === type))
    const misnamed = read.ok && read.value.name !== name
    if (!read.ok || misnamed) {
      const text = { da: `name skal være ${name}`, en: `name must be ${name}` }
      return refused(house, ground, name, read.ok ? [refuse(9041, 'name', text)] : read.refusals)
    }
    const { at, caller } = ground
    const [before] = ground.policies
    const latest = before?.versions[0]
    if (before && latest && isSame(latest.policy, read.value)) {
      const { version } = latest
      await house.store.note(ground.audit('done', 0, { policy: name, version }))
      return { kind: 'done', policy: before }
    }
    const written: PolicyVersion = {
      municipality: caller.authority,
      version: (latest?.version ?? 0) + 1,
      policy: read.value,
      madeAt: at,
      madeBy: caller.personCode,
    }
    const row = ground.audit('done', 0, { policy: name, version: written.version })
    if ((await house.policies.write(written, row)) === 'overtaken') return 'overtaken'
    const versions = [written, ...(before?.versions ?? [])]
    return { kind: 'done', policy: { name, versions, switches: before?.switches ?? [] } }
  })
}

export type SwitchOrder = {
  readonly asker: Asker
  readonly name: string
  /** The version that was looked at and is to be on; undefined to switch the policy off. */
  readonly version: number | undefined
  readonly samplePercent?: number | undefined
}

/** Switches a version on, which takes a second person, or the policy off, which takes one. */
export function switchPolicy(house: House, order: SwitchOrder): Promise<PolicyAnswer> {
  const { asker, name, version } = order
  const step = { asker, act: 'policy-switched', right: 'switch-policies', name } as const
  return again(async () => {
    const ground = await admitToPolicies(house, step)
    if (ground.kind !== 'admitted') return ground
    const { at, caller, audit } = ground
    const [policy] = ground.policies
    const chosen = policy?.versions.find((each) => each.version === version)
    if (!policy || (version !== undefined && !chosen)) return unknown(house, ground, name)
    if (chosen && ground.ownCodes.includes(chosen.madeBy)) {
      return refused(house, ground, name, [refuse(9042, 'version')])
    }
    const latest = policy.switches[0]
    const samplePercent = chosen && (order.samplePercent ?? samplePercentPreset)
    const detail = { policy: name, version: version ?? 0, samplePercent: samplePercent ?? 0 }
    if (latest?.version === version && latest?.samplePercent === samplePercent) {
      await house.store.note(audit('done', 0, detail))
      return { kind: 'done', policy }
    }
    const no = (latest?.no ?? 0) + 1
    const to: PolicySwitch = { no, version, samplePercent, at, by: caller.personCode }
    const whose = { municipality: caller.authority, name }
    const written = await house.policies.turn(whose, to, audit('done', 0, detail))
    if (written === 'overtaken') return 'overtaken'
    return { kind: 'done', policy: { ...policy, switches: [to, ...policy.switches] } }
  })
}

async function again(attempt: () => Promise<PolicyAnswer | 'overtaken'>): Promise<PolicyAnswer> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const answer = await attempt()
    if (answer !== 'overtaken') return answer
  }
  const text = `Cannot change a policy: overtaken ${looksMax} times`
  throw new Unavailable(text, { outcome: 'nothing-happened' })
}

function isSame(a: PolicyVersion['policy'], b: PolicyVersion['policy']): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

/** PostgreSQL keeps the names of an object in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  )
}

/** The version that is on; undefined when the policy is off. */
export function versionOn({ switches }: PolicyHistory): number | undefined {
  return switches[0]?.version
}

export function versionOf({ versions }: PolicyHistory, version: number): PolicyVersion | undefined {
  return versions.find((each) => each.version === version)
}

export function latestOf({ versions }: PolicyHistory): PolicyVersion {
  return present(versions[0], 'the latest version of a policy')
}
