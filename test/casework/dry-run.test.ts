/** A dry run says what the real run does, of what waits and of what was decided. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishMidnight } from '#base/calendar.ts'
import { runPolicies } from '#casework/automatic.ts'
import { dryRun } from '#casework/dry-run.ts'
import { catalogue as types } from '#incidents/catalogue.ts'
import { takeEffect } from '#store/effects.ts'
import {
  clerk,
  lookOf,
  newHome,
  reportMove,
  stand,
  steady,
  switchOff,
  switchOn,
  today,
} from '#test/casework/policy-stand.ts'
import { examplePolicy } from '#test/policy-kit.ts'

const { house, server } = stand
const { scenario, ownerPool, pool } = server

test('a dry run says of what waits what the run then does, and writes only that it was asked', async () => {
  const version = await switchOn(examplePolicy('aarhus'))
  await switchOff('aarhus')
  const date = addDays(today(), 5)
  const [mother, father, child] = scenario.familyOfFour
  const shared = newHome()
  const pending = [
    await reportMove(scenario.flatmates[0], shared, { date }),
    await reportMove(scenario.flatmates[1], shared, { date }),
    await reportMove(scenario.ordinaryAdult, newHome(), { date }),
    await reportMove(father, newHome(), { date }),
    await reportMove(mother, { ...newHome(), companions: [child] }, { date }),
  ]
  const count = async () => {
    const { rows } = await ownerPool.script(
      `select (select count(*) from incident where looked_version is not null)::int as looked,
        (select count(*) from event)::int as events, (select count(*) from letter)::int as letters,
        (select count(*) from audit where actor is not null)::int as audits, (select sum(version) from incident)::int as v`,
    )
    return present(rows[0], 'counts')
  }
  const order = {
    asker: await clerk(),
    name: 'aarhus',
    version,
    since: danishMidnight(addDays(today(), -400)),
    limit: 500,
    types,
  }
  // What the days themselves bring is no work of the dry run.
  await takeEffect(pool, { at: stand.now(), today: today(), random: house.random })
  const before = await count()
  const dry = await dryRun(house, order)
  assert.ok(dry.kind === 'done')
  assert.deepEqual(await count(), { ...before, audits: Number(before['audits']) + 1 })
  const { rows } = await ownerPool.script(
    `select persons::text[] as persons from audit where act = 'policy-tried' order by xid desc limit 1`,
  )
  const named = rows[0]?.['persons'] as readonly string[]
  for (const pnr of [mother, child, father]) assert.ok(named.includes(pnr), 'whom it read')
  const waiting = dry.cases.filter(({ done }) => done === undefined)
  assert.ok(waiting.length >= pending.length)

  await switchOn(examplePolicy('aarhus'))
  await runPolicies(steady, types)
  for (const { incident, would, why } of waiting) {
    const each = pending.find(({ record }) => record.id === incident)
    if (!each) continue
    const look = present(await lookOf(each), 'a look')
    assert.equal(look.kind === 'approved' ? 'approve' : look.kind, would)
    assert.deepEqual(look.why ?? [], why)
  }
  const would = waiting.map((each) => each.would)
  assert.ok(would.includes('approve') && would.includes('person'), would.join())
  const after = await dryRun(house, { ...order, asker: await clerk() })
  assert.ok(after.kind === 'done')
  const decided = after.cases.filter(({ done, incident }) => {
    return done?.by === 'policy' && pending.some(({ record }) => record.id === incident)
  })
  assert.ok(decided.length > 0)
  for (const each of decided) {
    assert.equal(each.would, 'approve', 'a past case is judged as it was known at its decision')
  }
})
