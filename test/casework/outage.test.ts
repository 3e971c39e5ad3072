/** A register that cannot be written when a case is approved: the case waits, and counts once. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approve } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import { openStand, orderOf, refusalsOf, report, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'

const stand = await openStand()
const { house, server } = stand
const { codes, ownerPool, scenario } = server
const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)

async function movesOf(pnr: string): Promise<number> {
  const { rows } = await ownerPool.script(
    `select count(*)::int as moves from event where pnr = '${pnr}' and type = 'A01'`,
  )
  return Number(rows[0]?.['moves'])
}

test('MOVE-19: while the register is down the case waits, and is applied exactly once', async () => {
  const pnr = scenario.ordinaryAdult
  const pending = await report(house, citizen, { pnr, data: moveTo(emptyIn(server, '0751')) })
  const before = await movesOf(pnr)
  await ownerPool.script('revoke insert on fact from samspil_app')
  await assert.rejects(approve(house, orderOf(clerk, pending)))
  const meanwhile = standingOf(await follow(house, orderOf(citizen, pending)))
  assert.deepEqual([meanwhile.record.state, await movesOf(pnr)], ['pending', before])
  await ownerPool.script('grant insert on fact to samspil_app')
  const { record } = standingOf(await approve(house, orderOf(clerk, pending)))
  assert.deepEqual([record.state, await movesOf(pnr)], ['approved', before + 1])
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, pending))), [9002])
  assert.equal(await movesOf(pnr), before + 1)
})
