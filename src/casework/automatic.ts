/**
 * Decisions without a person: looks at what waits, and lets the policies that are on decide what
 * their conditions hold for. What they leave to a person is told with the reason. Chance is an
 * argument, and nothing is decided that a person's decision would refuse.
 */

import type { Caller } from '#access/security-groups.ts'
import { danishDate } from '#base/calendar.ts'
import type { Random } from '#base/ids.ts'
import { Unavailable } from '#base/outage.ts'
import { approveOn, whyNotApproved } from '#casework/decide.ts'
import type { House } from '#casework/house.ts'
import { personsOf } from '#casework/outcomes.ts'
import {
  type ApprovingLook,
  judgeBy,
  type Look,
  type PolicyOn,
  ruleSetAuthority,
} from '#casework/policy.ts'
import type { KeptLook, UnlookedCase } from '#casework/policy-ports.ts'
import type { Asker } from '#casework/ports.ts'
import { auditor, type Ground, type StepOrder, standingOf } from '#casework/step.ts'
import { traitsAt } from '#casework/traits.ts'
import type { Incident } from '#incident/define.ts'
import { noQuestion } from '#incident/situation.ts'

/** Who decides when no person does. Its authority is no municipality's, so it has no rights. */
const ruleSet: Caller = {
  personCode: ruleSetAuthority,
  group: 'municipality',
  authority: ruleSetAuthority,
}
const nobody: Asker = { token: undefined, source: '' }

const batch = 100
/** Whoever comes between has got on with the case; it is then looked at in the next run. */
const looksMax = 8

export type AutomaticTally = { readonly decided: number; readonly leftToPeople: number }

/** Looks at all that has changed since its last look. Safe in many processes at once. */
export async function runPolicies(
  house: House,
  types: readonly Incident[],
): Promise<AutomaticTally> {
  const on = await house.policies.on()
  const tally = { decided: 0, leftToPeople: 0 }
  const faults: unknown[] = []
  for (const authority of new Set(on.map(({ municipality }) => municipality))) {
    const own = on.filter(({ municipality }) => municipality === authority)
    const codes = typesOf(own, types).map(({ shape }) => shape.code)
    const switches = own[0]?.switches ?? 0
    let after: UnlookedCase | undefined
    for (;;) {
      const question = { authority, codes, switches, after, limit: batch }
      const cases = await house.policies.unlooked(question)
      for (const { id, code } of cases) {
        const type = types.find(({ shape }) => shape.code === code)
        const kind = type && (await lookAt(house, id, type, own).catch(keepIn(faults)))
        if (kind === 'approved') tally.decided += 1
        else if (kind !== undefined && kind !== 'waits') tally.leftToPeople += 1
      }
      after = cases.at(-1)
      if (cases.length < batch) break
    }
  }
  if (faults.length > 0) throw faults[0]
  return tally
}

/** The types that some clause of the policies is about. */
export function typesOf(
  policies: readonly Pick<PolicyOn, 'policy'>[],
  types: readonly Incident[],
): readonly Incident[] {
  const names = policies.flatMap(({ policy }) => policy.clauses.map(({ incident }) => incident))
  return types.filter(({ shape }) => names.includes(shape.name))
}

/** One case that cannot be judged holds up no other: it is told once they are done. */
function keepIn(faults: unknown[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Unavailable) throw error
    faults.push(error)
    return undefined
  }
}

async function lookAt(
  house: House,
  id: string,
  type: Incident,
  own: readonly PolicyOn[],
): Promise<Look['kind'] | undefined> {
  // Drawn once: who comes between gives no second chance.
  const lot = drawLot(house.random)
  for (let looks = 0; looks < looksMax; looks += 1) {
    const ground = await groundOf(house, id, type)
    // Decided, withdrawn or forwarded in the meantime: then it is nobody's here.
    if (!ground || ground.record.authority !== own[0]?.municipality) return undefined
    const kind = await actOn(house, ground, own, lot)
    if (kind !== 'overtaken') return kind
  }
  return undefined
}

/** A case that waits, as the register stands now; undefined when it waits no more. */
export async function groundOf(
  house: House,
  id: string,
  type: Incident,
  /** Who tries a policy; nobody where a policy decides. */
  asker?: Asker,
): Promise<Ground | undefined> {
  const at = house.clock()
  const findings = await house.store.inquire({
    asker: asker ?? nobody,
    byTime: asker === undefined,
    at,
    today: danishDate(at),
    incident: { id },
    question: noQuestion,
    authorities: [],
    withFacts: true,
    withArriving: true,
    needs: type.needs,
  })
  const { record } = findings
  if (record?.state !== 'pending') return undefined
  const standing = standingOf(type, ruleSet, record, findings, at)
  return { at, caller: ruleSet, findings, record, standing }
}

/** What policies make of a case, before chance has spoken. */
export function lookOf(
  ground: Ground,
  policies: readonly Pick<PolicyOn, 'policy' | 'version'>[],
): Look {
  const { at, record, standing } = ground
  const earlier = record.look?.kind
  if (earlier === 'sampled') return { ...record.look, at, kind: 'sampled' }
  // Somebody has decided on it, for one of its persons or before it was undone.
  if (earlier === 'taken-up' || record.traits) return { at, kind: 'taken-up' }
  const { shape, leftToPeople } = standing.type
  // Counted among what stands against it: that it is another municipality's by now. A person there
  // is asked first, and passes it on; a policy passes nothing on.
  const traits = traitsAt(ground, whyNotApproved(orderOf(ground), ground).length)
  const verdict = judgeBy(policies, { name: shape.name, leftToPeople }, traits)
  switch (verdict.kind) {
    case 'approve':
      return { at, kind: 'approved', by: verdict.by }
    case 'waits':
      return { at, kind: 'waits' }
    case 'person':
      return { at, kind: 'person', why: verdict.why }
    default:
      return verdict satisfies never
  }
}

function orderOf({ record, standing }: Pick<Ground, 'record' | 'standing'>): StepOrder {
  return { asker: nobody, incident: { id: record.id }, type: standing.type }
}

export function isApproving(look: Look): look is ApprovingLook {
  return look.kind === 'approved' && look.by !== undefined
}

async function actOn(
  house: House,
  ground: Ground,
  own: readonly PolicyOn[],
  lot: number,
): Promise<Look['kind'] | 'overtaken' | undefined> {
  const look = lookOf(ground, own)
  const switches = own[0]?.switches ?? 0
  if (!isApproving(look)) return keep(house, ground, { look, switches })
  const on = own.find(({ policy }) => policy.name === look.by.policy)
  if (!on || isSampled(lot, on.samplePercent)) {
    return keep(house, ground, { look: { ...look, kind: 'sampled' }, switches })
  }
  const order = orderOf(ground)
  const { municipality, policy } = on
  const by = { look, municipality, title: policy.title }
  const answer = await approveOn(house, order, ground, by)
  if (answer === 'overtaken') return 'overtaken'
  return answer.kind === 'done' ? 'approved' : undefined
}

/** The lot of a case, from 0 to less than 1. */
export function drawLot(random: Random): number {
  const bytes = random(4)
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32
}

/** Whether chance takes a case out, one in a hundred for each percent (DESK-8). */
export function isSampled(lot: number, percent: number): boolean {
  return lot < percent / 100
}

async function keep(
  house: House,
  { at, caller, record, standing }: Ground,
  kept: KeptLook,
): Promise<Look['kind'] | 'overtaken'> {
  const { look } = kept
  const audit = auditor(house, { act: 'policy-looked', at, asker: nobody })
  const persons = readIn({ record, standing })
  const detail = { municipality: record.authority, look: look.kind, ...look.by }
  const row = audit({ caller, outcome: 'done', receipt: 0, record, persons, detail })
  return (await house.policies.keep(record, kept, row)) === 'overtaken' ? 'overtaken' : look.kind
}

/** Everybody whose data or answer a look reads. */
export function readIn({ record, standing }: Pick<Ground, 'record' | 'standing'>): string[] {
  const asked = standing.hearings.flatMap((hearing) => hearing.asked ?? [])
  return [...new Set([...personsOf(record), ...asked])]
}
