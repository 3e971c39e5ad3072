/** Looks of policies that something comes between: a switch, a step, a move away from the town. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runPolicies } from '#casework/automatic.ts'
import { approve } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import type { House } from '#casework/house.ts'
import { catalogue as types } from '#incidents/catalogue.ts'
import {
  citizen,
  clerk,
  lookOf,
  reportMove,
  stand,
  stateOf,
  steady,
  switchOff,
  switchOn,
  tidy,
} from '#test/casework/policy-stand.ts'
import { orderOf, refusalsOf, report, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'
import { examplePolicy, policyWhen } from '#test/policy-kit.ts'

const { house, server } = stand
const { scenario, codes, ownerPool } = server
const aarhus = examplePolicy('aarhus')
const withoutMark = (mark: string) => [{ trait: 'marks', test: 'without', value: [mark] }] as const
const answered = policyWhen([{ trait: 'answers', test: 'is', value: 'agreed' }])

/** Lets something happen before the first look of a run is kept. */
function beforeKeeping(over: House, happens: () => Promise<unknown>): House {
  let isFirst = true
  const keep: House['policies']['keep'] = async (...look) => {
    if (isFirst) {
      isFirst = false
      await happens()
    }
    return over.policies.keep(...look)
  }
  return { ...over, policies: { ...over.policies, keep } }
}

test('what is switched on while a run looks has the case looked at anew', async () => {
  await switchOn(answered)
  const pending = await reportMove(scenario.ordinaryAdult)
  const meanwhile = beforeKeeping(steady, () => switchOn(aarhus))
  assert.deepEqual(await runPolicies(meanwhile, types), { decided: 0, leftToPeople: 1 })
  assert.equal((await lookOf(pending))?.kind, 'person')
  assert.deepEqual(await runPolicies(steady, types), { decided: 1, leftToPeople: 0 })
  assert.equal(await stateOf(pending), 'approved')
  await switchOff('trial')
})

test('DESK-8: chance draws once for a case, whoever comes between', async () => {
  const pending = await reportMove(scenario.ordinaryAdult)
  let draws = 0
  const random = (bytes: number) => {
    if (bytes !== 4) return house.random(bytes)
    draws += 1
    return new Uint8Array([draws === 1 ? 0 : 255, 0, 0, 0])
  }
  const overtaken = beforeKeeping({ ...house, random }, () =>
    ownerPool.script(`update incident set version = version + 1 where id = '${pending.record.id}'`),
  )
  assert.deepEqual(await runPolicies(overtaken, types), { decided: 0, leftToPeople: 1 })
  assert.equal((await lookOf(pending))?.kind, 'sampled')
  await tidy(pending)
})

test('what another municipality is to decide by now a machine leaves to a person, who passes it on', async () => {
  const type = 'name-and-address-protection'
  await switchOn(policyWhen(withoutMark('longer-than-a-year'), { incident: type }))
  const [pnr] = scenario.flatmates
  const pending = await report(house, await citizen(), { type, pnr, data: { action: 'on' } })
  const move = await report(house, await citizen(), {
    ...{ pnr, municipality: '0851' },
    data: moveTo(emptyIn(server, '0851')),
  })
  const there = await stand.caller(codes.otherMunicipality)
  standingOf(await approve(house, orderOf(there, move)))
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 1 })
  const look = await lookOf(pending)
  const why = look?.why?.map(({ condition, found }) => [condition.trait, found])
  assert.deepEqual([look?.kind, why], ['person', [['refusals', 1]]])
  assert.deepEqual(refusalsOf(await approve(house, orderOf(await clerk(), pending))), [9009])
  const { record } = standingOf(await follow(house, orderOf(there, pending)))
  assert.deepEqual([record.state, record.authority], ['pending', '0851'])
})
