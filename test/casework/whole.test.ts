/** What is decided, withdrawn or judged as a whole, and never in part or on another's word. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { approve, reject } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import { validate } from '#casework/report.ts'
import { returnForAmendment, withdraw } from '#casework/turns.ts'
import { readData } from '#incident/read.ts'
import { assertRegisterSound } from '#test/casework/register-checks.ts'
import { openStand, orderOf, refusalsOf, report, standingOf } from '#test/casework/stand.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool, addresses } = server
const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)
const reason = { reasonCode: 'DUPLICATE', text: 'Allerede anmeldt' }
const amendment = { fields: ['house'], text: 'Husnummeret mangler et bogstav.' }
const [parent, other, child] = scenario.familyOfFour

const homes = addresses.filter((each) => each.municipality === '0751' && each.residents === 0)

function home(nth: number) {
  const { road, house: number, floor, door } = present(homes[nth], 'an empty dwelling')
  return { road, house: number, ...(floor && { floor }), ...(door && { door }) }
}

test('of a returned report nobody is rejected alone (9043): its reporter may still amend it', async () => {
  const data = { ...home(0), companions: [other, child] }
  const it = await report(house, citizen, { pnr: parent, data })
  standingOf(await returnForAmendment(house, { ...orderOf(clerk, it), ...amendment }))
  const alone = await reject(house, { ...orderOf(clerk, it), ...reason, persons: [other] })
  assert.deepEqual(refusalsOf(alone), [9043])
  const whole = standingOf(await reject(house, { ...orderOf(clerk, it), ...reason }))
  assert.equal(whole.record.state, 'rejected')
})

test('what is withdrawn while it is amended is what the authority was sent', async () => {
  const it = await report(house, citizen, { pnr: scenario.ordinaryAdult, data: home(1) })
  standingOf(await returnForAmendment(house, { ...orderOf(clerk, it), ...amendment }))
  const changed = { ...orderOf(citizen, it), data: readData(it.type.shape, home(2)) }
  assert.equal(standingOf(await validate(house, changed)).record.state, 'amended')
  const gone = standingOf(await withdraw(house, orderOf(citizen, it)))
  assert.equal(gone.record.state, 'withdrawn')
  const seen = standingOf(await follow(house, orderOf(clerk, it)))
  assert.deepEqual([seen.reading?.['house'], seen.reading?.['door']], [home(1).house, home(1).door])
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, it))), [9002])
})

test('the register is sound after all of it', async () => {
  await assertRegisterSound(ownerPool)
})
