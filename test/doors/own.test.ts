/** What persons are told of themselves over real HTTP: own cases, letters, and who looked. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { openJson } from '#client/json.ts'
import { givenReasons, reasonsOfClients } from '#incident/reasons.ts'
import { fieldsOf, stamp } from '#test/doors/gctp-messages.ts'
import { beginPending, emptyIn, initiate, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, send, sendGctp, signOn, signOnGctp, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes, ownerPool } = server
await ownerPool.script('update address set rooms = 9')
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const [mother, father, older, younger] = scenario.familyOfFour
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

test('A21: subject, companion, co-parent, host and stranger each see their own column', async () => {
  const home = await homeOf(host)
  const data = { ...home, companions: [older] }
  const { id } = await beginPending(server, citizen, { pnr: mother, data })

  const mine = await caseOf(mother, id)
  assert.equal(mine.status, 200)
  assert.equal(at(mine.body, 'role'), 'subject')
  assert.deepEqual(at(mine.body, 'data', 'companions'), [older])
  assert.ok(listAt(mine.body, 'hearings').length > 0)
  const said = mine.bytes.toString()
  for (const other of [host, flatmate, father]) assert.ok(!said.includes(other))

  const theirs = await caseOf(older, id)
  assert.equal(at(theirs.body, 'role'), 'companion')
  assert.equal(at(theirs.body, 'data', 'house'), home['house'])
  assert.deepEqual(at(theirs.body, 'data', 'companions'), undefined)
  for (const list of ['hearings', 'outcomes', 'marks', 'actions']) {
    assert.deepEqual(at(theirs.body, list), [], list)
  }
  const toChild = theirs.bytes.toString()
  for (const other of [mother, father, host, younger]) assert.ok(!toChild.includes(other), other)

  for (const pnr of [father, host, flatmate, younger, scenario.ordinaryAdult]) {
    const none = await caseOf(pnr, id)
    assert.equal(none.status, 404)
    assert.deepEqual(none.body, (await caseOf(pnr, `flyt-i.${'7'.repeat(26)}`)).body)
    assert.deepEqual(await rolesOf(pnr, id), [])
  }
  for (const pnr of [host, father]) {
    const [asked] = listAt(await casesOf(pnr), 'asked')
    assert.equal(at(asked, 'state'), 'open')
    const column = JSON.stringify(asked)
    for (const other of [id, mother, older, host, father]) assert.ok(!column.includes(other))
  }
  assert.deepEqual(listAt(await casesOf(flatmate), 'asked'), [])
  await ownerPool.script(`update hearing set given_up_at = now() where incident_id = '${id}'`)
  const reason = { reasonCode: 'HOST_DENIED', text: 'Beboeren siger nej' }
  assert.equal((await step(server, clerk, `pending/${id}/reject`, reason)).status, 200)
  for (const pnr of [mother, older]) {
    const { body } = await caseOf(pnr, id)
    assert.deepEqual([at(body, 'state'), at(body, 'reason', 'text')], ['rejected', reason.text])
  }
})

test('each companion is told its own outcome, and the subject all of them', async () => {
  const data = { ...moveTo(emptyIn(server, '0751', 1)), companions: [older, younger] }
  const { id } = await beginPending(server, citizen, { pnr: father, data })
  await ownerPool.script(`update hearing set given_up_at = now() where incident_id = '${id}'`)
  assert.equal(
    (await step(server, clerk, `pending/${id}/approve`, { persons: [older] })).status,
    200,
  )
  const numbers = async (pnr: string) =>
    listAt((await caseOf(pnr, id)).body, 'outcomes').map((each) => at(each, 'pnr'))
  assert.deepEqual(await numbers(father), [older])
  assert.deepEqual(await numbers(older), [older])
  assert.deepEqual(await numbers(younger), [])
})

test('cases come page by page, the last first, each once, and only those that were saved', async () => {
  const pnr = scenario.newcomer
  const ids: string[] = []
  for (const nth of [1, 2, 3]) {
    const data = moveTo(emptyIn(server, '0851', nth))
    const municipality = '0851'
    ids.unshift((await beginPending(server, citizen, { pnr, municipality, data })).id)
  }
  await initiate(server, citizen, { pnr, municipality: '0851' })
  const seen: string[] = []
  for (let cursor: unknown = null; cursor !== undefined; ) {
    const more = cursor === null ? {} : { cursor }
    const { body } = await ask('incidents/lookup', { pnr, limit: 1, ...more })
    seen.push(...listAt(body, 'items').map((each) => textAt(each, 'id')))
    cursor = at(body, 'next')
  }
  assert.deepEqual(seen, ids)
  assert.equal((await ask('incidents/lookup', { pnr, cursor: 'x' })).status, 400)
})

test('AUD-3: who looked tells when, which authority and why, and never which employee', async () => {
  const pnr = scenario.protectedAdult
  const purpose = 'Sag 42: tilsyn'
  const body = { pnr, purpose }
  await send(server, { path: '/api/v1/persons/lookup', token: clerk, body })
  await sendGctp(server, stamp(fieldsOf({ PNR: pnr })), await signOnGctp(server, codes.office))
  await ask('persons/who-looked', { pnr })
  const looked = await ask('persons/who-looked', { pnr })
  const items = listAt(looked.body, 'items')
  const said = items.map((each) =>
    ['act', 'askedBy', 'purpose']
      .map((name) => at(each, name))
      .concat(at(each, 'authority', 'code')),
  )
  assert.deepEqual(said.slice(0, 3), [
    ['who-looked', 'self', undefined, '0042'],
    ['search', undefined, undefined, '0001'],
    ['look-up', undefined, purpose, '0751'],
  ])
  assert.deepEqual(at(items[1], 'given'), givenReasons.stamp)
  assert.notEqual(textAt(items[2], 'authority', 'name'), '0751')
  const whole = looked.bytes.toString()
  for (const code of Object.values(codes)) assert.ok(!whole.includes(code.code))
  for (const other of [host, mother]) assert.ok(!whole.includes(other))
  assert.ok(!whole.includes('127.0.0.1'))
})

test('nobody types what a program gives: words are told as words, whatever they are', async () => {
  const pnr = scenario.centenarian
  const lookUp = (reason: object) =>
    send(server, { path: '/api/v1/persons/lookup', token: clerk, body: { pnr, ...reason } })
  const typed = [
    'STAMP over GCTP',
    ...Object.values(givenReasons).flatMap(({ da, en }) => [da, en]),
  ]
  for (const purpose of typed) assert.equal((await lookUp({ purpose })).status, 200)
  for (const given of reasonsOfClients) assert.equal((await lookUp({ given })).status, 200)
  const { body } = await ask('persons/who-looked', { pnr, limit: 50 })
  const told = listAt(body, 'items').map((each) => [at(each, 'purpose'), at(each, 'given')])
  assert.deepEqual(told.toReversed(), [
    ...typed.map((purpose) => [purpose, undefined]),
    ...reasonsOfClients.map((name) => [undefined, givenReasons[name]]),
  ])
})

test('who looked comes page by page, the last first, and every look is on it once', async () => {
  const pnr = scenario.withPending
  for (const nth of [1, 2, 3, 4, 5]) {
    const body = { pnr, purpose: `look ${nth}` }
    await send(server, { path: '/api/v1/persons/lookup', token: clerk, body })
  }
  const seen: unknown[] = []
  for (let cursor: unknown = null; cursor !== undefined; ) {
    const more = cursor === null ? {} : { cursor }
    const { body } = await ask('persons/who-looked', { pnr, limit: 2, ...more })
    seen.push(...listAt(body, 'items').flatMap((each) => at(each, 'purpose') ?? []))
    cursor = at(body, 'next')
  }
  assert.deepEqual(seen, ['look 5', 'look 4', 'look 3', 'look 2', 'look 1'])
  assert.equal((await ask('persons/who-looked', { pnr, cursor: 'x' })).status, 400)
})

test('letters come to their recipient alone; who is asked is not told in which report', async () => {
  const to = async (pnr: string) => listAt((await ask('letters/lookup', { pnr })).body, 'items')
  const hers = await to(mother)
  const kinds = hers.map((each) => at(each, 'kind'))
  assert.ok(kinds.includes('hearing-to-reporter') && kinds.includes('rejected'))
  assert.ok(hers.some((each) => typeof at(each, 'incident') === 'string'))
  const asked = (await to(host)).filter((each) => at(each, 'kind') === 'hearing-question')
  assert.ok(asked.length > 0)
  assert.ok(asked.every((each) => at(each, 'incident') === undefined))
  assert.deepEqual(await to(flatmate), [])
})

test('only a provider for citizens asks, for a number that is one, and every answer is on record', async () => {
  for (const path of ['incidents/lookup', 'letters/lookup', 'persons/who-looked']) {
    assert.equal((await ask(path, { pnr: mother }, clerk)).status, 403)
    assert.equal(
      (await send(server, { path: `/api/v1/${path}`, body: { pnr: mother } })).status,
      401,
    )
    assert.equal(at((await ask(path, { pnr: '1' })).body, 'receipt'), 52)
    assert.equal(at((await ask(path, { pnr: mother, representative: '1' })).body, 'receipt'), 52)
    assert.equal((await ask(path, { pnr: mother, representative: father })).status, 200)
  }
  const { rows } = await ownerPool.script(
    `select act, persons::text[] as persons from audit where detail ->> 'representative' = '${father}'
     order by xid`,
  )
  assert.deepEqual(
    rows.map(({ act }) => act),
    ['own-cases', 'own-letters', 'who-looked'],
  )
  for (const { persons } of rows) {
    assert.ok(Array.isArray(persons) && persons.includes(mother) && persons.includes(father))
  }
})

test('the client asks for a person, and for who acts for one', async () => {
  const { code: personCode, password } = codes.citizen
  const client = openJson({ url: server.url, personCode, password })
  const cases = await client.own.cases({ pnr: mother, limit: 1 })
  assert.ok(cases.ok)
  const [first] = cases.value.items
  const one = await client.own.case(present(first, 'a case').id, { pnr: mother })
  assert.ok(one.ok && one.value.role === 'subject' && one.value.timeline.length > 0)
  const letters = await client.own.letters({ pnr: mother })
  assert.ok(letters.ok && letters.value.items.length > 0)
  const looks = await client.own.whoLooked({ pnr: mother, representative: father, limit: 5 })
  assert.ok(looks.ok && looks.value.items.length === 5 && looks.value.next !== undefined)
})
