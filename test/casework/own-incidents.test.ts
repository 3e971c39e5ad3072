/** What an authority registers by itself, over a real register: confirmed by a second person. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import { approve, reject } from '#casework/decide.ts'
import { answerHearing } from '#casework/hear.ts'
import { initiate } from '#casework/initiate.ts'
import { validate } from '#casework/report.ts'
import { readData, readKeys } from '#incident/read.ts'
import { findByName } from '#incidents/catalogue.ts'
import type { OpenPerson } from '#register/person.ts'
import { fictionalPnr } from '#register/pnr.ts'
import {
  assertDecisionsOnRecord,
  assertDerivedRowsEqualFacts,
  assertFeedInOrder,
  assertOneAddressADay,
  assertOnlyApprovedChange,
} from '#test/casework/register-checks.ts'
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

const stand = await openStand()
const { house, server } = stand
const { codes, scenario, ownerPool } = server
const second = await server.newColleague()
const citizen = await stand.caller(codes.citizen)
let clerk = await stand.caller(codes.municipality)
let colleague = await stand.caller(second)
const today = danishDate(stand.now())

async function current(pnr: string): Promise<OpenPerson> {
  const { rows } = await ownerPool.script(`select current from person where pnr = '${pnr}'`)
  return present(rows[0], 'a person')['current'] as OpenPerson
}

async function lastEvent(pnr: string) {
  const { rows } = await ownerPool.script(
    `select event_no as no, kind, type from event where pnr = '${pnr}' order by event_no desc limit 1`,
  )
  return present(rows[0], 'an event')
}

/** Registered by one, confirmed by the other. */
async function registered(type: string, pnr: string, data: Parameters<typeof report>[2]['data']) {
  return approved(house, colleague, await report(house, clerk, { type, pnr, data }))
}

test('a citizen cannot report what authorities register (5)', async () => {
  const type = present(findByName('death'), 'a type')
  const keys = readKeys({ pnr: scenario.ordinaryAdult, date: today, municipality: '0751' })
  assert.deepEqual(refusalsOf(await initiate(house, { asker: citizen, type, keys })), [5])
})

test('who reported cannot confirm under another code of theirs either (9024)', async () => {
  const [, father] = scenario.familyOfFour
  for (const { code } of [codes.municipality, second]) {
    await ownerPool.script(
      `insert into employee values ('${code}', '${scenario.centenarian}', 'test', now())`,
    )
  }
  const pending = await report(house, clerk, { type: 'death', pnr: father, data: {} })
  assert.deepEqual(refusalsOf(await approve(house, orderOf(colleague, pending))), [9024])
  assert.deepEqual(
    refusalsOf(await reject(house, { ...orderOf(colleague, pending), ...wrong })),
    [9024],
  )
  await ownerPool.script('delete from employee')
  standingOf(await reject(house, { ...orderOf(colleague, pending), ...wrong }))
})

test('nor reject it, whatever the type, under the same code or another (9024)', async () => {
  const pnr = scenario.ordinaryAdult
  const pending = await report(house, clerk, { type: 'disappearance', pnr, data: {} })
  assert.deepEqual(
    refusalsOf(await reject(house, { ...orderOf(clerk, pending), ...wrong })),
    [9024],
  )
  standingOf(await reject(house, { ...orderOf(colleague, pending), ...wrong }))
})

const wrong = { reasonCode: 'IDENTITY_DOUBT', text: 'Registered by mistake' }

test('who reported cannot confirm, and a colleague can (9024)', async () => {
  const [mother, father, child] = scenario.familyOfFour
  const pending = await report(house, clerk, { type: 'death', pnr: father, data: {} })
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, pending))), [9024])
  standingOf(await approve(house, orderOf(colleague, pending)))
  const [dead, widow] = [await current(father), await current(mother)]
  assert.deepEqual([dead.status, dead.address, dead.spouse], ['90', undefined, undefined])
  assert.equal(widow.spouse, undefined)
  assert.equal((await lastEvent(mother))['type'], 'A24')
  assert.ok((await current(child)).parents.includes(dead.pnr), 'a dead parent is a parent')
  const letters = await ownerPool.script(`select id from letter where recipient = '${father}'`)
  assert.deepEqual(letters.rows, [], 'nobody writes to the dead')
})

test('a death by mistake is annulled, and the annulment can be undone', async () => {
  const [, father] = scenario.familyOfFour
  const { no } = await lastEvent(father)
  await registered('annul', father, { eventNo: String(no) })
  const alive = await current(father)
  assert.deepEqual([alive.status, alive.address?.municipality], ['01', '0751'])
  const { kind, type, no: annulment } = await lastEvent(father)
  assert.deepEqual([kind, type], ['annulled', 'A25'])
  await registered('undo', father, { eventNo: String(annulment) })
  assert.equal((await current(father)).status, '90')
  const { no: undoing } = await lastEvent(father)
  await registered('undo', father, { eventNo: String(undoing) })
  assert.equal((await current(father)).status, '01')
})

test('a new number takes everything over, children and spouse refer to it', async () => {
  const [mother, , ...children] = scenario.familyOfFour
  const before = await current(mother)
  const bornOn = addDays(before.bornOn, 1)
  const newNumber = present(fictionalPnr(bornOn, 'K', 59), 'a fictional number')
  await registered('number-change', mother, { newNumber, sex: 'K' })
  const [old, now] = [await current(mother), await current(newNumber)]
  assert.deepEqual([old.status, old.successor, old.address], ['60', newNumber, undefined])
  assert.deepEqual([now.bornOn, now.name, now.address], [bornOn, before.name, before.address])
  for (const child of children) {
    const { parents } = await current(child)
    assert.ok(parents.includes(newNumber) && !parents.includes(mother))
  }
  const type = present(findByName('number-change'), 'a type')
  const begun = await begin(house, clerk, {
    type: 'number-change',
    pnr: scenario.ordinaryAdult,
    data: {},
  })
  const data = readData(type.shape, { newNumber, sex: 'K' })
  assert.deepEqual(refusalsOf(await validate(house, { ...orderOf(clerk, begun), data })), [9323])

  const both = { type: 'number-change-undo', pnr: newNumber, data: { formerNumber: mother } }
  const undoing = await report(house, clerk, both)
  const half = await approve(house, { ...orderOf(colleague, undoing), persons: [newNumber] })
  assert.deepEqual(refusalsOf(half), [9043], 'two numbers of one person, or neither')
  await approved(house, colleague, undoing)
  const [again, wrong] = [await current(mother), await current(newNumber)]
  assert.deepEqual(again, before, 'as though nothing had been')
  assert.deepEqual([wrong.status, wrong.successor, wrong.address], ['30', mother, undefined])
  for (const child of children) assert.ok((await current(child)).parents.includes(mother))
  const { rows } = await ownerPool.script(
    `select kind || ' ' || type as told from event where pnr = '${mother}' and type like 'P%'
     order by event_no`,
  )
  assert.deepEqual(
    rows.map(({ told }) => told),
    ['changed P03', 'undone P42'],
  )
})

test('who has disappeared is found again, at the earliest the day after', async () => {
  const pnr = scenario.ordinaryAdult
  await registered('disappearance', pnr, {})
  const gone = await current(pnr)
  assert.deepEqual([gone.status, gone.address, gone.lastMunicipality], ['70', undefined, '0751'])
  stand.pass({ days: 1 })
  clerk = await stand.caller(codes.municipality)
  colleague = await stand.caller(second)
  const home = emptyIn(server, '0751', 2)
  await registered('found-again', pnr, moveTo(home))
  const found = await current(pnr)
  assert.deepEqual([found.status, found.address?.road], ['01', home.road])
})

test('a name is corrected as it was recorded, and the feed says so', async () => {
  const pnr = scenario.protectedAdult
  const { name, bornOn } = await current(pnr)
  const given = `${name.given} Prøve`
  await registered('correct', pnr, { what: 'name', given, surname: name.surname })
  const { kind, type } = await lastEvent(pnr)
  assert.deepEqual([kind, type], ['corrected', 'A16'])
  assert.deepEqual((await current(pnr)).name, { given, surname: name.surname })
  const { rows } = await ownerPool.script(
    `select valid_from from event where pnr = '${pnr}' order by event_no desc limit 1`,
  )
  assert.equal(rows[0]?.['valid_from'], bornOn)
})

test('a notice of return is saved after its warning, and registers nothing', async () => {
  const pnr = scenario.emigrated
  const { no } = await lastEvent(pnr)
  const data = { country: '5170', citizenship: '5100', ...moveTo(emptyIn(server, '0751', 3)) }
  const caller = await stand.caller(codes.citizen)
  const pending = await report(house, caller, { type: 'return-notice', pnr, data })
  assert.deepEqual(pending.record.warned, [9280])
  await approved(house, clerk, pending)
  assert.equal((await lastEvent(pnr))['no'], no)
})

test('ST-3, ST-5: a notice leads to the registration, and the departure stays in the history', async () => {
  const pnr = scenario.emigrated
  const before = await current(pnr)
  const begun = await begin(house, clerk, { type: 'immigration', pnr, data: {} })
  const known = Object.fromEntries(
    Object.entries(begun.candidates).map(([name, [first]]) => [name, first?.value]),
  )
  const target = moveTo(emptyIn(server, '0751', 3))
  const notice = { country: '5170', citizenship: '5100', ...target }
  assert.deepEqual(known, notice, 'what the notice has told stands there')
  await registered('immigration', pnr, {
    ...{ ...known, line1: '?', birthRegisteredIn: '?', civilStatus: '?', civilStatusOn: '?' },
    ...{ civilStatusAuthority: '?', church: '?', spouse: '?', parents: '?', children: '?' },
    time: '08:30',
  })
  const after = await current(pnr)
  const { address } = after
  const day = danishDate(stand.now())
  assert.deepEqual([after.status, after.statusFrom, after.foreignAddress], ['01', day, undefined])
  assert.equal(after.statusStartedAt, `${day.replaceAll('-', '')}0830`)
  assert.deepEqual([address?.road, address?.house], [target['road'], target['house']])
  assert.equal((await lastEvent(pnr))['type'], 'A04')
  const { rows } = await ownerPool.script(
    `select value from fact where pnr = '${pnr}' and kind in ('status', 'foreign-address')
     and event_no = 1 order by valid_from desc, kind limit 2`,
  )
  assert.deepEqual(
    rows.map(({ value }) => value),
    [before.foreignAddress, { code: '80', startedAt: before.statusStartedAt }],
    'nothing of the departure is changed or removed',
  )
})

test('EMI-4: an emigration to a Nordic country waits until its register has answered', async () => {
  const [, pnr] = scenario.familyOfFour
  const caller = await stand.caller(codes.citizen)
  const sent = { type: 'emigration', pnr, data: { country: '5110' }, unheard: true } as const
  const pending = await report(house, caller, sent)
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, pending))), [9023])
  const [awaited] = pending.hearings
  const order = { hearing: present(awaited, 'a hearing').id, pnr: undefined }
  const answer = await answerHearing(house, { ...order, asker: clerk, sent: { answer: 'yes' } })
  assert.equal(answer.kind, 'done')
  await approved(house, clerk, pending)
  const gone = await current(pnr)
  assert.deepEqual([gone.status, gone.foreignAddress?.country], ['80', '5110'])
})

test('the register is sound after all of it', async () => {
  assert.ok((await assertDerivedRowsEqualFacts(ownerPool)) > 0)
  await assertOneAddressADay(ownerPool)
  assert.ok((await assertFeedInOrder(ownerPool)) > 0)
  await assertOnlyApprovedChange(ownerPool)
  await assertDecisionsOnRecord(ownerPool)
})
