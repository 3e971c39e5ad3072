/** Identifiers cannot be guessed: ten thousand tries, near what there is and far from it (A2). */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { randomId } from '#base/ids.ts'
import { follow } from '#casework/follow.ts'
import { openStand, orderOf, refusalsOf, report, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'

const { server, house, caller } = await openStand()
const { scenario, codes, ownerPool } = server
await ownerPool.script('update address set rooms = 9')
const citizen = await caller(codes.citizen)
const here = await caller(codes.municipality)
const there = await caller(codes.otherMunicipality)
const waiting = await report(house, citizen, {
  pnr: scenario.ordinaryAdult,
  data: moveTo(emptyIn(server, '0751', 0)),
})
const { id } = waiting.record
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const triesMax = 10_000
const atOnce = 8

/** Every other id with one sign of the real one changed, and then ids of nobody. */
function* guesses(): Generator<string> {
  const [type = '', own = ''] = id.split('.')
  let count = 0
  for (const [place, sign] of [...own].entries()) {
    for (const other of alphabet) {
      if (other === sign) continue
      yield `${type}.${own.slice(0, place)}${other}${own.slice(place + 1)}`
      count += 1
    }
  }
  for (; count < triesMax; count += 1) yield `${type}.${randomId(randomBytes)}`
}

test('of ten thousand guessed ids none is found, and each is answered as another’s own', async () => {
  const real = await follow(house, orderOf(there, waiting))
  assert.deepEqual([real.kind, refusalsOf(real)], ['unknown', [9003]])
  const source = guesses()
  let tried = 0
  const guess = async () => {
    for (const wanted of source) {
      tried += 1
      const answer = await follow(house, { ...orderOf(here, waiting), incident: { id: wanted } })
      assert.deepEqual(answer, real)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, guess))
  assert.equal(tried, triesMax)
})

test('the control: the real id is found by the one with whom it lies', async () => {
  assert.equal(standingOf(await follow(house, orderOf(here, waiting))).record.id, id)
})
