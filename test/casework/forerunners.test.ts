/** A move with the wish for protection: two cases in one step, decided in their order. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { approve, reject } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import { save, validate } from '#casework/report.ts'
import { returnForAmendment } from '#casework/turns.ts'
import { readData } from '#incident/read.ts'
import { findByCode } from '#incidents/catalogue.ts'
import { isProtected, type OpenPerson } from '#register/person.ts'
import { assertRegisterSound } from '#test/casework/register-checks.ts'
import {
  approved,
  begin,
  openStand,
  orderOf,
  refusalsOf,
  report,
  standingOf,
} from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'
import { at, listAt, send, signOn } from '#test/doors/talk.ts'

const stand = await openStand()
const { house, server } = stand
const { codes, scenario, ownerPool } = server
const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)
await ownerPool.script('update address set rooms = 9')
const wish = (nth: number, companions: readonly string[] = []) => ({
  ...moveTo(emptyIn(server, '0751', nth)),
  companions,
  protection: 'wished',
})

async function current(pnr: string): Promise<OpenPerson> {
  const { rows } = await ownerPool.script(`select current from person where pnr = '${pnr}'`)
  return present(rows[0], 'a person')['current'] as OpenPerson
}

/** What the clerk is asked to decide on first. */
function forerunnerOf(after: readonly string[]) {
  const [id, ...others] = after
  assert.ok(id && others.length === 0)
  return { asker: clerk, incident: { id }, type: findByCode(id.split('.')[0] ?? '') }
}

test('PROT-8: a move with the wish for protection is two cases, and not registered before it', async () => {
  const [mother, , older, younger] = scenario.familyOfFour
  const data = wish(0, [older, younger])
  const move = await report(house, citizen, { pnr: mother, data, unheard: true })
  const first = forerunnerOf(move.record.after)
  const protection = standingOf(await follow(house, first))
  assert.equal(protection.type.shape.name, 'name-and-address-protection')
  assert.deepEqual(protection.record.reading, { action: 'on', children: [older, younger] })
  assert.deepEqual([protection.record.state, protection.record.authority], ['pending', '0751'])
  const asked = refusalsOf(await approve(house, orderOf(clerk, move)))
  assert.equal(asked[0], 9035)
  assert.equal(isProtected(await current(mother)), false, 'it is a case and no decision')
  await approved(house, clerk, protection)
  for (const pnr of [mother, older, younger]) assert.ok(isProtected(await current(pnr)))
  assert.ok(!refusalsOf(await approve(house, orderOf(clerk, move))).includes(9035))
})

test('PROT-8: a protection that is rejected is decided too, and the move goes on', async () => {
  const pnr = scenario.ordinaryAdult
  const move = await report(house, citizen, { pnr, data: wish(1) })
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, move))), [9035])
  const reason = { reasonCode: 'CONDITIONS_NOT_MET', text: 'Ikke opfyldt' }
  standingOf(await reject(house, { ...forerunnerOf(move.record.after), ...reason }))
  await approved(house, clerk, move)
  assert.equal(isProtected(await current(pnr)), false)
})

test('a move without the wish is one case, and nobody waits for another', async () => {
  const pnr = scenario.centenarian
  const { protection: _, ...data } = wish(2)
  const move = await report(house, citizen, { pnr, data })
  assert.deepEqual(move.record.after, [])
  await approved(house, clerk, move)
})

test('a save that is repeated opens no second case, and each has its row of evidence', async () => {
  const pnr = scenario.newcomer
  const move = await report(house, citizen, { pnr, data: wish(3) })
  const again = standingOf(await save(house, orderOf(citizen, move)))
  assert.deepEqual(again.record.after, move.record.after)
  const { rows } = await ownerPool.script(
    `select incident_id, persons from audit where act = 'save' and persons @> array['${pnr}']::char(10)[]
     order by incident_id`,
  )
  const saved = rows.map((row) => String(row['incident_id']).split('.')[0])
  assert.deepEqual(saved, ['flyt-i', 'flyt-i', 'navbesk-i'], 'the repeated save is on record too')
})

test('a wish cannot be added to a case that is saved, and one that was wished stays (9036)', async () => {
  const pnr = scenario.withPending
  for (const protection of ['wished', '']) {
    const sent = { ...wish(3), protection }
    const move = await report(house, citizen, { pnr, data: sent, unheard: true })
    const amendment = { fields: ['careOf'], text: 'Skriv navnet på døren' }
    standingOf(await returnForAmendment(house, { ...orderOf(clerk, move), ...amendment }))
    const data = readData(move.type.shape, { ...wish(3), careOf: 'Prøve' })
    const answer = await validate(house, { ...orderOf(citizen, move), data })
    assert.deepEqual(refusalsOf(answer), protection === 'wished' ? [] : [9036])
  }
})

test('who is protected already cannot wish it, and is told at the field', async () => {
  const begun = await begin(house, citizen, { pnr: scenario.protectedAdult, data: {} })
  const data = readData(begun.type.shape, wish(0))
  const answer = await validate(house, { ...orderOf(citizen, begun), data })
  assert.ok(answer.kind === 'refused')
  assert.deepEqual(
    answer.refusals.map(({ number, field }) => [number, field]),
    [[9153, 'protection']],
  )
})

test('the JSON door shows the case that comes first, and when it is decided', async () => {
  const pnr = scenario.flatmates[0]
  const move = await report(house, citizen, { pnr, data: wish(1), unheard: true })
  const token = await signOn(server, codes.municipality)
  const shown = async () => {
    const { body } = await send(server, { path: `/api/v1/incidents/${move.record.id}`, token })
    return listAt(body, 'forerunners').map((each) => [at(each, 'id'), at(each, 'isDecided')])
  }
  const [id] = move.record.after
  assert.deepEqual(await shown(), [[id, false]])
  standingOf(await approve(house, forerunnerOf(move.record.after)))
  assert.deepEqual(await shown(), [[id, true]])
})

test('the register is sound after all of it', () => assertRegisterSound(ownerPool))
