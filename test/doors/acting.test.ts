/** Acting for another over real HTTP: what stands on record, how far a power reaches, who is told. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { writeSearch } from '#gctp/write-request.ts'
import { messagesFor } from '#test/doors/gctp-messages.ts'
import { beginPending, emptyIn, moveTo, step, today } from '#test/doors/incidents.ts'
import { at, listAt, send, sendGctp, signOn, signOnGctp, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes, ownerPool } = server
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const [mother, , , younger] = scenario.familyOfFour
const [host, flatmate] = scenario.flatmates

const ask = (path: string, body: object, token: string | undefined = citizen) =>
  send(server, { path: `/api/v1/${path}`, body, token })
const casesOf = async (pnr: string) => (await ask('incidents/lookup', { pnr })).body
const caseOf = (pnr: string, id: string) => ask(`incidents/${id}/lookup`, { pnr })
const rolesOf = async (pnr: string, id: string) =>
  listAt(await casesOf(pnr), 'items')
    .filter((each) => at(each, 'id') === id)
    .map((each) => at(each, 'role'))

async function homeOf(pnr: string): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${pnr}'`,
  )
  return present(rows[0], 'a home')
}

/** A move that somebody else reports by a power of attorney, until it is saved. */
async function saveFor(pnr: string, representative: string, data: object) {
  const begun = await send(server, {
    path: '/api/v1/incidents',
    token: citizen,
    body: { type: 'domestic-move', pnr, representative, date: today(server), municipality: '0751' },
  })
  assert.equal(begun.status, 201, begun.bytes.toString())
  const id = textAt(begun.body, 'id')
  await step(server, citizen, `incidents/${id}/validate`, { data })
  await step(server, citizen, `incidents/${id}/validate`, { data })
  const saved = await step(server, citizen, `incidents/${id}/save`)
  assert.equal(saved.status, 200, saved.bytes.toString())
  return { id, begun, saved }
}

const looksAt = async (pnr: string) => {
  const { body, bytes } = await ask('persons/who-looked', { pnr })
  const items = listAt(body, 'items').map((each) => [
    ...[at(each, 'act'), at(each, 'askedBy')],
    textAt(each, 'text', 'en'),
  ])
  return { items, said: bytes.toString() }
}

test('AUD-6: who acts by a power of attorney stands in answer, receipt, log and own cases', async () => {
  const [pnr, representative] = [scenario.centenarian, scenario.protectedAdult]
  const data = moveTo(emptyIn(server, '0751', 2))
  const { id, begun, saved } = await saveFor(pnr, representative, data)
  assert.equal(at(begun.body, 'representative'), representative)
  assert.deepEqual(
    [at(saved.body, 'receipt', 'pnr'), at(saved.body, 'receipt', 'representative')],
    [pnr, representative],
  )
  const { rows } = await ownerPool.script(
    `select act, persons::text[] as persons, detail from audit where incident_id = '${id}'`,
  )
  assert.ok(rows.length >= 3)
  for (const { persons, detail } of rows) {
    assert.ok(Array.isArray(persons) && persons.includes(pnr) && persons.includes(representative))
    assert.deepEqual(detail, { representative })
  }
  assert.deepEqual(await rolesOf(representative, id), ['representative'])
  assert.deepEqual(await rolesOf(pnr, id), ['subject'])
  assert.equal(
    at(
      (await send(server, { path: `/api/v1/incidents/${id}`, token: clerk })).body,
      'representative',
    ),
    representative,
  )
})

test('AUD-6: a power over a person reaches no further to those whom that person acts for', async () => {
  const [subject, giver] = scenario.parentsApart
  const holder = scenario.ordinaryAdult
  const { id } = await saveFor(subject, giver, moveTo(emptyIn(server, '0751', 1)))
  const own = await beginPending(server, citizen, {
    pnr: giver,
    municipality: '0851',
    data: moveTo(emptyIn(server, '0851', 1)),
  })
  const seen = async (asks: object) => {
    const list = listAt((await ask('incidents/lookup', asks)).body, 'items')
    const one = await ask(`incidents/${id}/lookup`, asks)
    const letters = listAt((await ask('letters/lookup', asks)).body, 'items')
    return {
      listed: list.map((each) => [at(each, 'id'), at(each, 'role')]),
      one: [one.status, at(one.body, 'role')],
      isInLetters: letters.some((each) => at(each, 'incident') === id),
      hidesSubject: !JSON.stringify([list, one.body, letters]).includes(subject),
    }
  }
  assert.deepEqual(await seen({ pnr: giver }), {
    listed: [
      [own.id, 'subject'],
      [id, 'representative'],
    ],
    one: [200, 'representative'],
    isInLetters: false,
    hidesSubject: false,
  })
  assert.deepEqual(await seen({ pnr: giver, representative: holder }), {
    listed: [[own.id, 'subject']],
    one: [404, undefined],
    isInLetters: false,
    hidesSubject: true,
  })
  const { listed, one } = await seen({ pnr: subject, representative: holder })
  assert.deepEqual([listed, one], [[[id, 'subject']], [200, 'subject']])
})

test('AUD-6: who acts for a person with whom it moves is seen as companion by its own holder', async () => {
  const data = { ...moveTo(emptyIn(server, '0751', 3)), companions: [host] }
  const { id } = await saveFor(flatmate, host, data)
  const roleOf = async (asks: object) =>
    at((await ask(`incidents/${id}/lookup`, asks)).body, 'role')
  assert.equal(await roleOf({ pnr: host }), 'representative')
  assert.equal(await roleOf({ pnr: host, representative: scenario.ordinaryAdult }), 'companion')
})

test('AUD-6: who answers for another stands in receipt and log', async () => {
  const [pnr, representative] = [scenario.withPending, scenario.ordinaryAdult]
  const data = await homeOf(pnr)
  const { id } = await beginPending(server, citizen, { pnr: scenario.newcomer, data })
  const [item] = listAt((await ask('hearings/lookup', { pnr, representative })).body, 'items')
  const answer = { pnr, representative, answer: 'yes' }
  const path = `hearings/${textAt(item, 'id')}/answer`
  assert.equal((await ask(path, { ...answer, representative: 'x' })).status, 422)
  const { body } = await ask(path, answer)
  assert.equal(at(body, 'receipt', 'representative'), representative)
  const { rows } = await ownerPool.script(
    `select persons::text[] as persons from audit where detail ->> 'representative' =
     '${representative}' and act in ('list-hearings', 'answer-hearing') and outcome = 'done'`,
  )
  assert.equal(rows.length, 2)
  for (const { persons } of rows) {
    assert.ok(Array.isArray(persons) && persons.includes(pnr) && persons.includes(representative))
  }
  await step(server, citizen, `incidents/${id}/withdraw`)
})

test('who acts for another is another, in the register, fifteen years old and alive', async () => {
  const pnr = scenario.ordinaryAdult
  for (const [representative, number] of [
    ['x', 52],
    ['1208993701', 172],
    [pnr, 9079],
    [scenario.child14, 9079],
    [scenario.dead, 9079],
  ] as const) {
    const body = {
      type: 'domestic-move',
      pnr,
      representative,
      date: today(server),
      municipality: '0751',
    }
    const refused = await send(server, { path: '/api/v1/incidents', token: citizen, body })
    assert.deepEqual([refused.status, at(refused.body, 'receipt')], [422, number], representative)
    assert.equal(at(refused.body, 'refusals', 0, 'field'), 'representative')
  }
})

test('AUD-6: who asks for master data in the place of another stands in the log of both', async () => {
  const token = await signOnGctp(server, codes.citizen)
  const [pnr, representative] = [scenario.newcomer, scenario.withPending]
  const ask = (other: string) => {
    const key = [
      { name: 'PNR', value: pnr },
      { name: 'FULDMPNR', value: other },
    ]
    return sendGctp(server, writeSearch({ service: 'STAMP', key }), token)
  }
  assert.equal((await ask(representative)).receipt.kind, 'Ok')
  assert.deepEqual((await looksAt(pnr)).items[0], [
    ...['search', 'representative', 'Searched for in the register'],
  ])
  assert.deepEqual((await looksAt(representative)).items[0]?.slice(0, 2), ['search', 'for-another'])
  const misread = await ask('1234')
  assert.deepEqual(
    misread.receipt.details?.map(({ number, field }) => [number, field]),
    [[52, 'FULDMPNR']],
  )
})

test('over GCTP the representative is one more key, frozen as the others, and stands in each receipt', async () => {
  const { update, keyOf } = messagesFor(server)
  const token = await signOnGctp(server, codes.citizen)
  const [pnr, representative] = [scenario.noFixedAddress, scenario.ordinaryAdult]
  const key = keyOf(pnr)
  const withOther = (value: string) => [...key, { name: 'FULDMPNR', value }]
  const refused = await sendGctp(server, update({ key: withOther(scenario.dead) }), token)
  assert.deepEqual(
    refused.receipt.details?.map(({ number, field }) => [number, field]),
    [[9079, 'FULDMPNR']],
  )
  const twice = [...withOther(representative), { name: 'FULDMPNR', value: pnr }]
  assert.equal((await sendGctp(server, update({ key: twice }), token)).receipt.number, 16)

  const begun = await sendGctp(server, update({ key: withOther(representative) }), token)
  assert.equal(begun.receipt.kind, 'Ok')
  const [detail] = begun.receipt.details ?? []
  assert.equal(detail?.field, 'FULDMPNR')
  assert.ok(detail.text.includes(pnr) && detail.text.includes(representative))
  assert.ok(begun.answer.kind === 'update')
  const ts = present(begun.answer.header.ts, 'a conversation')
  const cancel = (more: object) =>
    sendGctp(server, update({ action: 'FORTRYD', ts, ...more }), token)
  assert.equal((await cancel({ key: withOther(pnr) })).receipt.number, 5404)
  assert.equal((await cancel({ key })).receipt.kind, 'Ok', 'it may be left out')
})

test('AUD-3: who acts by a power of attorney is not shown to the giver as the giver', async () => {
  const [giver, holder] = [scenario.centenarian, scenario.noFixedAddress]
  await ask('letters/lookup', { pnr: giver })
  await ask('letters/lookup', { pnr: giver, representative: holder })
  const toGiver = await looksAt(giver)
  assert.deepEqual(toGiver.items.slice(0, 2), [
    ['own-letters', 'representative', 'Your letters were shown'],
    ['own-letters', 'self', 'Your letters were shown'],
  ])
  assert.ok(!toGiver.said.includes(holder))
  const toHolder = await looksAt(holder)
  assert.deepEqual(toHolder.items[0], ['own-letters', 'for-another', 'Letters were shown'])
  assert.ok(!toHolder.said.includes(giver))
})

test('AUD-3: what another part of a case, or a parent, looked at is not shown as one’s own look', async () => {
  const [parent, , child] = scenario.parentsApart
  await ask('persons/own-data', { pnr: parent, child })
  const toChild = await looksAt(child)
  assert.deepEqual(toChild.items[0], ['own-data', 'another', 'Data were shown'])
  assert.ok(!toChild.said.includes(parent))
  assert.deepEqual((await looksAt(parent)).items[0], ['own-data', 'self', 'Your data were shown'])

  const data = { ...moveTo(emptyIn(server, '0851', 2)), companions: [younger] }
  const { id } = await beginPending(server, citizen, { pnr: mother, municipality: '0851', data })
  await caseOf(younger, id)
  const toMother = await looksAt(mother)
  assert.deepEqual(toMother.items[0], ['own-case', 'another', 'A case was shown'])
  assert.ok(!toMother.said.includes(younger))
  await caseOf(mother, id)
  const toYounger = await looksAt(younger)
  assert.deepEqual(toYounger.items.slice(0, 2), [
    ['own-case', 'another', 'A case was shown'],
    ['own-case', 'self', 'One of your cases was shown'],
  ])
  assert.ok(!toYounger.said.includes(mother))
})
