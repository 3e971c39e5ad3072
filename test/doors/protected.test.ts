/**
 * Protected persons (CPR-loven § 28; A9, PROT-4, PROT-5): names and addresses that stand out are
 * looked for in everything that leaves the server towards those who may not see them.
 */

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { composeServer } from '#test/canaries/compose.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { companions, fieldsOf, messagesFor, stamp } from '#test/doors/gctp-messages.ts'
import {
  begin,
  beginPending,
  emptyIn,
  initiate,
  moveTo,
  step,
  today,
} from '#test/doors/incidents.ts'
import { at, listAt, type Reply, send, sendGctp, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const opened = await openTestServer()
const { scenario, codes, ownerPool, pool, clock } = opened
const logged: string[] = []
/** The same register behind a server whose log can be read. */
const app = await composeServer({
  pool,
  log: watchedLog((line) => void logged.push(line)),
  clock,
  version: 'test',
})
const server = { ...opened, url: await app.listen({ host: '127.0.0.1', port: 0 }) }
after(() => app.close())

const [guarded, ...kept] = scenario.protectedFamily
const hidden = [scenario.protectedAdult, guarded, ...kept]
await plantCanaries()
const token = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const { keyOf, dataOf, update } = messagesFor(server)

/** A road that nobody else has, in the facts and in what is kept beside them. */
async function plantCanaries(): Promise<void> {
  const numbers = hidden.map((pnr) => `'${pnr}'`).join(', ')
  await ownerPool.script(
    `insert into road (municipality, code, name, addressing_name, valid_from)
       values ('0751', '0777', 'Kanarivænget', 'Kanarivænget', '2000-01-01');
     update fact set value = value || '{"road": "0777"}'
       where kind = 'address' and pnr in (${numbers});
     update person set address_key = regexp_replace(address_key, '^0751-....', '0751-0777'),
       current = jsonb_set(current, '{address,road}', '"0777"')
       where pnr in (${numbers})`,
  )
}

const canary = /kanari|0777/i
const name = /^Kanarix\w{5} Kanarix\w{5}$/

function assertSilent(reply: Reply, what: string): void {
  const text = reply.bytes.toString('latin1')
  assert.doesNotMatch(text, canary, `${what}: ${text}`)
  assert.doesNotMatch(JSON.stringify(reply.headers), canary)
}

const lookUp = (pnr: string, by: string, more: object = {}) =>
  send(server, {
    path: '/api/v1/persons/lookup',
    token: by,
    body: { pnr, purpose: 'a test', ...more },
  })

test('the canaries are seen by those who may see them, with the mark of protection', async () => {
  for (const pnr of hidden) {
    const { body } = await lookUp(pnr, clerk)
    assert.match(String(at(body, 'addressingName')), name)
    assert.equal(at(body, 'nameAndAddressProtected'), true)
    assert.equal(at(body, 'address', 'road', 'name'), 'Kanarivænget')
    const reply = await sendGctp(server, stamp(fieldsOf({ PNR: pnr })), clerk)
    const text = reply.bytes.toString('latin1')
    assert.match(text, /r="ADRNVN" v="Kanarix\w{5} Kanarix\w{5}"/)
    assert.match(text, /r="BESKYT" v="1"/)
    assert.match(text, /r="CONVN" v="c\/o Kanarix\w{5}"/)
  }
})

test('PROT-7: a case worker opens a protected person with a purpose, on record, and sees a mark', async () => {
  const [pnr] = hidden
  const path = '/api/v1/persons/lookup'
  for (const body of [{ pnr }, { pnr, purpose: '' }, { pnr, purpose: ' ' }]) {
    const reply = await send(server, { path, token: clerk, body })
    assert.equal(reply.status, 400)
    assertSilent(reply, 'a look-up without a purpose')
  }
  const purpose = 'sag 2026-77: flytning'
  const { body } = await send(server, { path, token: clerk, body: { pnr, purpose } })
  assert.match(String(at(body, 'addressingName')), name)
  assert.equal(at(body, 'nameAndAddressProtected'), true, 'the mark that a page shows')
  assert.equal(at(listAt(body, 'protections')[0], 'type'), '0001')
  const { rows } = await ownerPool.script(
    `select actor, persons from audit where act = 'look-up' and purpose = '${purpose}'`,
  )
  assert.deepEqual(rows, [{ actor: codes.municipality.code, persons: [pnr] }])
})

test('PROT-5: a citizen asks about a protected person and is told neither name nor address', async () => {
  for (const pnr of hidden) {
    for (const more of [
      {},
      { asValidOn: today(server) },
      { asValidOn: '2024-01-01' },
      { asKnownOn: today(server) },
      { asValidOn: today(server), asKnownOn: today(server) },
    ]) {
      const reply = await lookUp(pnr, token, more)
      assertSilent(reply, JSON.stringify(more))
      // On a day before the protection it is the protection of today that counts.
      if (reply.status === 200) {
        for (const name of ['addressingName', 'address', 'careOf', 'standardAddress']) {
          assert.equal(at(reply.body, name), undefined, JSON.stringify(more))
        }
        assert.equal(at(reply.body, 'nameAndAddressProtected'), true, JSON.stringify(more))
      }
    }
    const reply = await sendGctp(server, stamp(fieldsOf({ PNR: pnr })), token)
    assertSilent(reply, 'STAMP')
    const text = reply.bytes.toString('latin1')
    assert.match(text, /<Field r="ADRNVN"\/>/)
    assert.match(text, /<Field r="STADR"\/>/)
    assert.match(text, /r="BESKYT" v="1"/)
  }
})

test('who has got a new number and is protected is not found under the old one', async () => {
  const { changedNumber: pnr } = scenario
  const open = await lookUp(pnr, token)
  const current = String(at(open.body, 'currentPnr'))
  assert.ok(typeof at(open.body, 'addressingName') === 'string')
  await ownerPool.script(
    `update person set current = current || '{"protections": [{"type": "0001", "from": "2026-01-01"}]}'
     where pnr = '${current}'`,
  )
  const shut = await lookUp(pnr, token)
  assert.equal(at(shut.body, 'addressingName'), undefined)
  assert.equal(at(shut.body, 'nameAndAddressProtected'), true)
  assert.ok(typeof at((await lookUp(pnr, clerk)).body, 'addressingName') === 'string')
})

test('PROT-5: every field of STAMP is there for a protected person as for any other', async () => {
  const namesOf = async (pnr: string) => {
    const reply = await sendGctp(server, stamp(fieldsOf({ PNR: pnr })), token)
    return reply.bytes.toString('latin1').match(/<Field r="\w+"/g)
  }
  assert.deepEqual(await namesOf(guarded), await namesOf(scenario.ordinaryAdult))
})

test('the steps of an incident about a protected person do not tell either', async () => {
  const data = moveTo(emptyIn(server, '0751'))
  for (const pnr of hidden) {
    const begun = await begin(server, token, { pnr })
    const path = `incidents/${begun.id}`
    const others = hidden.filter((each) => each !== pnr)
    const replies = [
      begun.reply,
      await step(server, token, `${path}/validate`, { data: { ...data, companions: others } }),
      await step(server, token, `${path}/validate`, { data: { road: 'x' } }),
      await step(server, token, `${path}/validate`, { data }),
      await step(server, token, `${path}/save`),
      await send(server, { path: `/api/v1/${path}`, token }),
      await initiate(server, token, { pnr, type: 'name-and-address-protection' }),
      await sendGctp(server, update({ key: keyOf(pnr) }), token),
      await sendGctp(server, update({ service: 'NAVBESK-I', key: keyOf(pnr) }), token),
    ]
    replies.forEach((reply, nth) => {
      assertSilent(reply, `step ${nth}`)
    })
  }
})

test('who lives with protected persons can choose them, and is not told their names', async () => {
  const { body } = await initiate(server, token, { pnr: guarded })
  const offered = listAt(body, 'candidates', 'companions')
  assert.deepEqual(offered.map((each) => at(each, 'value')).toSorted(), [...kept].toSorted())
  for (const each of offered) assert.match(String(at(each, 'text')), /^Navne- og adressebeskyttet/)
  const begun = await begin(server, token, { pnr: guarded })
  const moved = { ...moveTo(emptyIn(server, '0751')), companions: kept }
  const valid = await step(server, token, `incidents/${begun.id}/validate`, { data: moved })
  assert.equal(valid.status, 200, valid.bytes.toString())
  assertSilent(valid, 'translations')
  const gctp = { ...dataOf(), tables: companions(kept) }
  const again = { action: 'VALIDER', ts: begun.ts, key: keyOf(guarded), data: gctp }
  const reply = await sendGctp(server, update(again), token)
  assert.equal(reply.receipt.number, 0)
  assertSilent(reply, 'translations over GCTP')
})

test('a stranger who names a protected person learns nothing of them', async () => {
  const begun = await begin(server, token)
  for (const pnr of hidden) {
    const data = { ...moveTo(emptyIn(server, '0751')), companions: [pnr] }
    const reply = await step(server, token, `incidents/${begun.id}/validate`, { data })
    assert.equal(reply.status, 422)
    assertSilent(reply, 'a companion')
  }
})

test('the municipality sees in its list who is protected, with name and mark', async () => {
  const reply = await send(server, { path: '/api/v1/pending?limit=100', token: clerk })
  const shown = listAt(reply.body, 'items').filter((each) =>
    hidden.some((pnr) => pnr === at(each, 'keys', 'pnr')),
  )
  assert.equal(shown.length, hidden.length)
  for (const item of shown) {
    assert.match(String(at(item, 'name')), name)
    assert.equal(at(item, 'nameAndAddressProtected'), true)
  }
})

test('a fault while a protected person is worked on tells neither in answer nor in log', async () => {
  await ownerPool.script(
    `create function broken() returns trigger language plpgsql as $$ begin
       raise exception 'broken over % %', new.persons,
         (select current from person where pnr = new.persons[1])
         using detail = (select current::text from person where pnr = new.persons[1]);
     end $$;
     create trigger broken before insert on audit for each row execute function broken()`,
  )
  const before = logged.length
  try {
    for (const pnr of hidden) {
      const asked = await lookUp(pnr, token)
      assert.equal(asked.status, 500)
      assertSilent(asked, 'a look-up that failed')
      const begun = await initiate(server, token, { pnr })
      assert.equal(begun.status, 500)
      assertSilent(begun, 'an initiation that failed')
      const reply = await sendGctp(server, update({ key: keyOf(pnr) }), token)
      assert.equal(reply.receipt.number, 9004)
      assertSilent(reply, 'an initiation over GCTP that failed')
      assert.doesNotMatch(reply.bytes.toString('latin1'), new RegExp(pnr))
    }
  } finally {
    await ownerPool.script('drop trigger broken on audit; drop function broken()')
  }
  assert.ok(logged.length > before + hidden.length)
  assert.ok(logged.some((line) => line.includes('"code":"P0001"')))
})

test('the log of all of it holds no name, no address, no number, no token and no password', async () => {
  await beginPending(server, token, { pnr: scenario.child14 })
  await send(server, { path: `/api/v1/nothing/${guarded}?pnr=${guarded}`, token })
  await send(server, { path: `/api/v1/incidents/${guarded}%zz`, token })
  await sendGctp(server, Buffer.from(`<root>${guarded}`), token)
  const text = logged.join('')
  assert.ok(logged.length > 50)
  assert.doesNotMatch(text, canary)
  assert.doesNotMatch(text, /\b\d{6}-?\d{4}\b/)
  assert.ok(!text.includes(token) && !text.includes(codes.citizen.password))
})

test('PROT-7: a case about a protected person carries the mark, and its own number as purpose', async () => {
  const pnr = scenario.protectedAdult
  const { id } = await beginPending(server, token, { pnr })
  const { body } = await send(server, { path: `/api/v1/incidents/${id}`, token: clerk })
  assert.equal(at(body, 'masterData', 'nameAndAddressProtected'), true)
  const { rows } = await ownerPool.script(
    `select purpose from audit where act = 'read-incident' and incident_id = '${id}'`,
  )
  assert.deepEqual(rows, [{ purpose: `incident ${id}` }])
})
