/** Hearings, decisions for some and the address register, over real HTTP, both doors. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { companions, messagesFor } from '#test/doors/gctp-messages.ts'
import { beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, send, sendGctp, signOn, signOnGctp, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes, ownerPool } = server
await ownerPool.script('update address set rooms = 9')
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const elsewhere = await signOn(server, codes.otherMunicipality)
const office = await signOn(server, codes.office)
const [host, flatmate] = scenario.flatmates

async function homeOf(pnr: string): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${pnr}'`,
  )
  return present(rows[0], 'a home')
}

const asked = (token: string | undefined, pnr: string) =>
  send(server, { path: '/api/v1/hearings/lookup', body: { pnr }, token })
const answer = (token: string | undefined, id: string, body: object) =>
  send(server, { path: `/api/v1/hearings/${id}/answer`, body, token })
const follow = (token: string, id: string) =>
  send(server, { path: `/api/v1/incidents/${id}`, token })

test('a host is asked, answers, and only the authority is told who and what', async () => {
  const pnr = scenario.protectedAdult
  const begun = await beginPending(server, citizen, { pnr, data: await homeOf(host) })
  const items = listAt((await asked(citizen, host)).body, 'items')
  assert.equal(items.length, 1)
  const [item] = items
  const id = textAt(item, 'id')
  assert.deepEqual(Object.keys(Object(item)).toSorted(), [
    ...['about', 'answers', 'askedAt', 'authority', 'deadline', 'id', 'kind', 'question', 'title'],
  ])
  // The mover is protected: a provider is not given the name, an authority is.
  const about = (each: unknown) => textAt(each, 'about', 0, 'name')
  assert.equal(about(item), 'Navne- og adressebeskyttet')
  assert.ok(!JSON.stringify(items).includes(pnr))
  const [ours] = listAt((await asked(clerk, host)).body, 'items')
  assert.notEqual(about(ours), 'Navne- og adressebeskyttet')
  assert.deepEqual(at(item, 'authority', 'code'), '0751')

  const text = 'Bor på værelset'
  const body = { pnr: host, answer: 'yes', fromDate: '2026-01-01', text }
  const first = await answer(citizen, id, body)
  assert.equal(first.status, 200)
  assert.deepEqual(first.body, (await answer(citizen, id, body)).body)
  assert.equal((await answer(citizen, id, { ...body, answer: 'no' })).status, 409)
  assert.deepEqual(listAt((await asked(citizen, host)).body, 'items'), [])

  const theirs = await follow(citizen, begun.id)
  const whole = theirs.bytes.toString()
  for (const secret of [host, text, id, codes.citizen.code]) assert.ok(!whole.includes(secret))
  const [shown] = listAt(theirs.body, 'hearings')
  assert.deepEqual(Object.keys(Object(shown)).toSorted(), [
    ...['deadline', 'kind', 'state', 'stateText', 'title'],
  ])
  assert.equal(at(shown, 'state'), 'answered')
  const happened = listAt(theirs.body, 'timeline').flatMap((each) => at(each, 'hearing') ?? [])
  assert.deepEqual(happened, ['asked', 'answered'])

  const [told] = listAt((await follow(clerk, begun.id)).body, 'hearings')
  assert.deepEqual(
    ['answer', 'fromDate', 'text', 'answeredBy', 'id'].map((name) => at(told, name)),
    ['yes', '2026-01-01', text, codes.citizen.code, id],
  )
  assert.equal(at(told, 'asked', 'pnr'), host)
  assert.notEqual(at(told, 'asked', 'name'), '')
  const { rows } = await ownerPool.script(
    `select act, persons::text[] as persons from audit where incident_id = '${begun.id}'
     and act = 'read-incident' and '${host}' = any(persons)`,
  )
  assert.equal(rows.length, 1, 'that the host was shown is on record, and to the clerk alone')
  assert.equal((await step(server, clerk, `pending/${begun.id}/approve`)).status, 200)
})

test('whoever is not asked is told nothing, and a stranger is turned away', async () => {
  const begun = await beginPending(server, citizen, {
    pnr: scenario.ordinaryAdult,
    data: await homeOf(host),
  })
  const { rows } = await ownerPool.script(
    `select id, asked from hearing where incident_id = '${begun.id}'`,
  )
  const id = textAt(rows, 0, 'id')
  const yes = { pnr: textAt(rows, 0, 'asked'), answer: 'yes' }
  const statuses = async (token: string | undefined, body: object) => {
    const reply = await answer(token, id, body)
    return [reply.status, at(reply.body, 'receipt')]
  }
  assert.deepEqual(await statuses(undefined, yes), [401, 901])
  assert.deepEqual(await statuses(elsewhere, yes), [404, 9030])
  assert.deepEqual(await statuses(office, yes), [404, 9030])
  assert.deepEqual(await statuses(citizen, { ...yes, pnr: flatmate }), [404, 9030])
  assert.deepEqual(await statuses(citizen, { answer: 'yes' }), [404, 9030])
  assert.deepEqual(await statuses(clerk, { answer: 'yes' }), [404, 9030])
  assert.deepEqual(await statuses(citizen, { ...yes, more: 1 }), [400, 16])
  assert.deepEqual(await statuses(citizen, { ...yes, text: 'a\nb' }), [422, 60])
  assert.equal((await asked(undefined, host)).status, 401)
  assert.equal((await asked(citizen, '123')).status, 422)
  assert.deepEqual(at((await asked(elsewhere, yes.pnr)).body, 'items'), [])
  assert.equal((await step(server, clerk, `pending/${begun.id}/approve`)).status, 422)
  assert.equal((await answer(clerk, id, yes)).status, 200)
  assert.equal((await step(server, clerk, `pending/${begun.id}/approve`)).status, 200)
})

test('what nobody is asked about is answered by the authority alone', async () => {
  const begun = await beginPending(server, citizen, { pnr: scenario.newcomer })
  const id = 'foreign-register-of-a-test'
  await ownerPool.script(
    `insert into hearing (id, incident_id, authority, kind, about, asked_at)
     values ('${id}', '${begun.id}', '0751', 'foreign-register', '{${scenario.newcomer}}', now())`,
  )
  const approve = () => step(server, clerk, `pending/${begun.id}/approve`)
  assert.equal(at((await approve()).body, 'receipt'), 9023)
  const yes = { answer: 'yes' }
  assert.equal((await answer(citizen, id, yes)).status, 404)
  assert.equal((await answer(citizen, id, { ...yes, pnr: scenario.newcomer })).status, 404)
  assert.equal((await answer(elsewhere, id, yes)).status, 404)
  // Only a host is asked from when.
  assert.equal((await answer(clerk, id, { ...yes, fromDate: '2026-01-01' })).status, 422)
  assert.equal((await answer(clerk, id, yes)).status, 200)
  assert.equal((await approve()).status, 200)
})

test('DESK-3: over the JSON door some of the persons are decided on, and the answer says whom', async () => {
  const [mother, father, older] = scenario.familyOfFour
  const data = { ...moveTo(emptyIn(server, '0751', 1)), companions: [father, older] }
  const begun = await beginPending(server, citizen, { pnr: mother, data })
  const decide = (what: string, body: object) =>
    step(server, clerk, `pending/${begun.id}/${what}`, body)
  assert.equal(at((await decide('approve', { persons: [flatmate] })).body, 'receipt'), 9025)
  assert.equal(at((await decide('approve', { persons: [] })).body, 'receipt'), 9025)
  assert.equal((await decide('approve', { persons: 'all' })).status, 400)
  assert.equal((await decide('approve', { people: [] })).status, 400)
  const written = `${mother.slice(0, 6)}-${mother.slice(6)}`
  const one = await decide('approve', { persons: [written] })
  assert.deepEqual([one.status, at(one.body, 'state')], [200, 'pending'])
  const reason = { reasonCode: 'NOT_ACTUAL_RESIDENCE', text: 'Bor der ikke' }
  const two = await decide('reject', { ...reason, persons: [father] })
  assert.deepEqual([two.status, at(two.body, 'state')], [200, 'pending'])
  const three = await decide('approve', {})
  assert.deepEqual([three.status, at(three.body, 'state')], [200, 'approved'])
  for (const token of [citizen, clerk]) {
    const outcomes = listAt((await follow(token, begun.id)).body, 'outcomes')
    const said = outcomes.map((each) => [textAt(each, 'pnr'), textAt(each, 'decision')])
    assert.deepEqual(
      said.toSorted(),
      [
        [mother, 'approved'],
        [father, 'rejected'],
        [older, 'approved'],
      ].toSorted(),
    )
    assert.equal(
      outcomes
        .flatMap((each) => at(each, 'reason', 'text') ?? [])
        .map(String)
        .join(),
      'Bor der ikke',
    )
  }
  const home = JSON.stringify(await homeOf(mother))
  assert.equal(JSON.stringify(await homeOf(older)), home)
  assert.notEqual(JSON.stringify(await homeOf(father)), home)
})

test('DESK-3: over the GCTP door a table names those who are decided on', async () => {
  const [, father, , younger] = scenario.familyOfFour
  const data = { ...moveTo(emptyIn(server, '0751', 2)), companions: [younger] }
  const begun = await beginPending(server, citizen, { pnr: father, data })
  const { rows } = await ownerPool.script(
    `select id, asked from hearing where incident_id = '${begun.id}'`,
  )
  for (const { id, asked: pnr } of rows) {
    assert.equal((await answer(citizen, String(id), { pnr, answer: 'no' })).status, 200)
  }
  const { update, keyOf } = messagesFor(server)
  const token = await signOnGctp(server, codes.municipality)
  const key = keyOf(father)
  const approve = (numbers: readonly string[]) => {
    const tables = companions(numbers).map((table) => ({ ...table, name: 'PERSONER' }))
    const sent = { mk: '0751', action: 'GODKEND', ts: begun.ts, key }
    return sendGctp(server, update({ ...sent, data: { fields: [], tables } }), token)
  }
  const states = async () => {
    const found = await ownerPool.script(`select state from incident where id = '${begun.id}'`)
    return found.rows[0]?.['state']
  }
  assert.equal((await approve([flatmate])).receipt.details?.[0]?.number, 9025)
  assert.equal((await approve([younger])).receipt.kind, 'Ok')
  assert.equal(await states(), 'pending')
  assert.equal((await approve([father])).receipt.kind, 'Ok')
  assert.equal(await states(), 'approved')
})

test('an address is chosen from the register: roads by their letters, dwellings of a road', async () => {
  const { road, house } = emptyIn(server, '0751')
  const { rows } = await ownerPool.script(
    `select name from road where municipality = '0751' and code = '${road}'`,
  )
  const name = textAt(rows, 0, 'name')
  const get = (query: string, token?: string) =>
    send(server, { path: `/api/v1/addresses?${query}`, token })
  const begins = encodeURIComponent(name.slice(0, 4).toLowerCase())
  const roads = listAt((await get(`municipality=0751&query=${begins}`, citizen)).body, 'roads')
  assert.ok(roads.some((each) => at(each, 'code') === road && at(each, 'name') === name))
  const none = await get('municipality=0751&query=%25', citizen)
  assert.deepEqual(none.body, { roads: [] })
  const found = await get(`municipality=0751&road=${road}&query=${house}&limit=200`, citizen)
  const dwellings = listAt(found.body, 'dwellings')
  assert.ok(dwellings.some((each) => at(each, 'house') === house))
  assert.ok(dwellings.every((each) => textAt(each, 'house').startsWith(house)))
  const numbers = listAt(
    (await get(`municipality=0751&road=${road}`, clerk)).body,
    'dwellings',
  ).map((each) => Number.parseInt(textAt(each, 'house'), 10))
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
  )
  assert.equal((await get('municipality=0751')).status, 401)
  assert.equal((await get('municipality=75', citizen)).status, 400)
  assert.equal((await get('municipality=0751&resident=1', citizen)).status, 400)
  const limited = await get('municipality=0751&limit=1', citizen)
  assert.equal(listAt(limited.body, 'roads').length, 1)
})
