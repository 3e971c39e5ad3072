/** My data over real HTTP: what a person sees of itself and of children, and what it must not. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, addYears, danishDate, date } from '#base/calendar.ts'
import { openJson } from '#client/json.ts'
import { whileReadable } from '#test/canaries/watch.ts'
import { beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes, ownerPool, clock } = server
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const today = danishDate(clock())
const [mother, father, child] = scenario.parentsApart

/** Whoever asks for their own data may read them, and nobody else's. */
const ask = (body: object) => {
  const own = 'pnr' in body ? [String(body.pnr)] : []
  const request = { path: '/api/v1/persons/own-data', body, token: citizen }
  return whileReadable(own, 'INS-1: own data', () => send(server, request))
}
const itemOf = (body: unknown, item: string) =>
  listAt(body, 'items').filter((each) => at(each, 'item') === item)
const linesOf = (entry: unknown) => listAt(entry, 'lines').map((line) => textAt(line, 'da'))
const refusedAs = async (body: object) => {
  const reply = await ask(body)
  return [reply.status, at(reply.body, 'receipt')]
}

test('INS-2: every item that is shown names the authority to ask', async () => {
  const numbers = [
    mother,
    child,
    scenario.emigrated,
    scenario.changedNumber,
    scenario.protectedAdult,
  ]
  for (const pnr of [...numbers, scenario.newcomer, scenario.noFixedAddress]) {
    const { body } = await ask({ pnr })
    const items = listAt(body, 'items')
    assert.ok(items.length >= 4)
    for (const each of items) {
      for (const language of ['da', 'en']) {
        assert.notEqual(textAt(each, 'authority', 'name', language), '')
        assert.notEqual(textAt(each, 'title', language), '')
      }
      for (const entry of [at(each, 'current'), ...listAt(each, 'others')]) {
        if (entry !== undefined) assert.ok(linesOf(entry).every((line) => line !== ''))
      }
    }
  }
  const { body } = await ask({ pnr: mother })
  const [address] = itemOf(body, 'address')
  assert.equal(at(address, 'authority', 'code'), '0751')
  assert.match(textAt(address, 'authority', 'name', 'da'), /Kommune, Borgerservice$/)
  assert.ok(linesOf(at(address, 'current')).some((line) => /^\d{4} /.test(line)))
})

test('a protected person sees its own name and address: they are kept from others', async () => {
  const { body } = await ask({ pnr: scenario.protectedAdult })
  assert.equal(itemOf(body, 'address').length, 1)
  assert.ok(at(itemOf(body, 'address')[0], 'current') !== undefined)
  assert.notEqual(textAt(body, 'person', 'name'), 'Navne- og adressebeskyttet')
  assert.equal(
    linesOf(at(itemOf(body, 'protection')[0], 'current'))[0],
    'Navne- og adressebeskyttelse',
  )
})

test('INS-1: who has custody sees the child, and the parent without it sees nothing of it', async () => {
  const hers = await ask({ pnr: mother })
  assert.deepEqual(
    listAt(hers.body, 'children').map((each) => at(each, 'pnr')),
    [child],
  )
  const seen = await ask({ pnr: mother, child })
  assert.equal(seen.status, 200)
  assert.equal(at(seen.body, 'person', 'pnr'), child)
  assert.ok(itemOf(seen.body, 'address').length === 1)

  const his = await ask({ pnr: father })
  assert.deepEqual(listAt(his.body, 'children'), [])
  assert.ok(!his.bytes.toString().includes(child))
  for (const other of [child, scenario.familyOfFour[2], '1208993701', 'x']) {
    assert.deepEqual(await refusedAs({ pnr: father, child: other }), [404, 9081])
  }
  const one = await ask({ pnr: father, child })
  assert.deepEqual(one.body, (await ask({ pnr: father, child: '1208993701' })).body)
  assert.deepEqual(await refusedAs({ pnr: child, child: mother }), [404, 9081])
})

test('INS-3: on the eighteenth birthday the child is gone from the view, whatever the facts say', async () => {
  const [parent, , older] = scenario.familyOfFour
  assert.equal((await ask({ pnr: parent, child: older })).status, 200)
  const born = (days: number) => addDays(addYears(today, -18), days)
  const bornOn = async (day: string) => {
    await ownerPool.script(
      `update fact set valid_to = null where pnr = '${older}' and kind = 'custody';
       update fact set value = jsonb_set(value, '{bornOn}', '"${day}"')
       where pnr = '${older}' and kind = 'birth'`,
    )
    return refusedAs({ pnr: parent, child: older })
  }
  assert.deepEqual(await bornOn(born(1)), [200, undefined])
  assert.deepEqual(await bornOn(born(0)), [404, 9081])
  assert.ok(!(await ask({ pnr: parent })).bytes.toString().includes(older))
})

test('custody that has ended gives nothing, and custody that begins tomorrow not yet', async () => {
  const [, other, , younger] = scenario.familyOfFour
  const set = async (from: string, to: string) => {
    await ownerPool.script(
      `update fact set valid_from = '${from}', valid_to = '${to}'
       where pnr = '${younger}' and kind = 'custody' and value ->> 'pnr' = '${other}'`,
    )
    return (await refusedAs({ pnr: other, child: younger }))[0]
  }
  const later = addDays(today, 400)
  assert.equal(await set('2020-01-01', today), 404)
  assert.equal(await set(addDays(today, 1), later), 404)
  assert.equal(await set(today, later), 200)
})

test('MOVE-15: of a protected child of another home the whereabouts are not told to a parent', async () => {
  const give = `insert into fact (pnr, event_no, line, kind, slot, valid_from, valid_to, value)
    values ('${child}', 1, 90, 'custody', '0004', '2020-01-01', null, '{"pnr": "${father}"}'),
      ('${child}', 1, 91, 'protection', '0001', '2020-01-01', null, '{"type": "0001"}')`
  await ownerPool.script(give)
  const { body: own } = await ask({ pnr: child })
  const secrets = linesOf(at(itemOf(own, 'address')[0], 'current')).slice(0, 1)
  const his = await ask({ pnr: father, child })
  assert.equal(his.status, 200)
  for (const item of ['address', 'status']) {
    const [withheld] = itemOf(his.body, item)
    assert.equal(at(withheld, 'isWithheld'), true)
    assert.deepEqual([at(withheld, 'current'), listAt(withheld, 'others')], [undefined, []])
    assert.equal(at(withheld, 'authority', 'code'), undefined)
  }
  for (const secret of secrets) assert.ok(!his.bytes.toString().includes(secret), secret)
  const hers = await ask({ pnr: mother, child })
  assert.equal(at(itemOf(hers.body, 'address')[0], 'isWithheld'), false)
  await ownerPool.script(`delete from fact where pnr = '${child}' and line in (90, 91)`)
})

test('the name and number of a protected relative are not told', async () => {
  const [guarded] = scenario.protectedFamily
  const [, , , younger] = scenario.familyOfFour
  await ownerPool.script(
    `insert into fact (pnr, event_no, line, kind, slot, valid_from, value)
     values ('${younger}', 1, 90, 'parent', '3', '2020-01-01', '{"pnr": "${guarded}"}')`,
  )
  const seen = await ask({ pnr: younger })
  const told = itemOf(seen.body, 'parent').map((each) => linesOf(at(each, 'current'))[0])
  assert.ok(told.includes('Navne- og adressebeskyttet'))
  const whole = seen.bytes.toString()
  for (const written of [guarded, `${guarded.slice(0, 6)}-${guarded.slice(6)}`]) {
    assert.ok(!whole.includes(written))
  }
  const [first] = scenario.familyOfFour
  assert.ok(told.some((line) => line?.includes(`${first.slice(0, 6)}-${first.slice(6)}`)))
  await ownerPool.script(`delete from fact where pnr = '${younger}' and line = 90`)
})

test('as valid on a day: what held then is current, and all other days stand beside it', async () => {
  const pnr = scenario.ordinaryAdult
  const before = (await ask({ pnr })).body
  const old = linesOf(at(itemOf(before, 'address')[0], 'current'))
  const data = moveTo(emptyIn(server, '0751'))
  const { id } = await beginPending(server, citizen, { pnr, data })
  assert.equal((await step(server, clerk, `pending/${id}/approve`)).status, 200)
  const [now] = itemOf((await ask({ pnr })).body, 'address')
  assert.notDeepEqual(linesOf(at(now, 'current')), old)
  assert.deepEqual(linesOf(listAt(now, 'others')[0]), old)
  assert.equal(at(now, 'others', 0, 'to'), today)
  const yesterday = addDays(today, -1)
  const then = (await ask({ pnr, asValidOn: yesterday })).body
  assert.equal(at(then, 'day'), yesterday)
  assert.deepEqual(linesOf(at(itemOf(then, 'address')[0], 'current')), old)
  const early = itemOf((await ask({ pnr, asValidOn: '1900-01-01' })).body, 'address')
  assert.equal(at(early[0], 'current'), undefined)
  assert.deepEqual(await refusedAs({ pnr, asValidOn: 'yesterday' }), [422, 40])
  assert.ok(date(textAt(now, 'current', 'from')) === today)
})

test('to look at own data is a look: the person and each child that is shown are on record', async () => {
  await ask({ pnr: mother, child, representative: scenario.newcomer })
  const { rows } = await ownerPool.script(
    `select persons::text[] as persons, detail, purpose from audit
     where act = 'own-data' order by xid desc limit 1`,
  )
  assert.deepEqual(rows[0], {
    persons: [mother, scenario.newcomer, child],
    detail: { whose: mother, representative: scenario.newcomer },
    purpose: 'insight',
  })
  assert.deepEqual(await refusedAs({ pnr: '1208993701' }), [422, 172])
  assert.equal(
    (await send(server, { path: '/api/v1/persons/own-data', body: { pnr: mother }, token: clerk }))
      .status,
    403,
  )
})

test('the client shows own data', async () => {
  const { code: personCode, password } = codes.citizen
  const client = openJson({ url: server.url, personCode, password })
  const shown = await client.own.data({ pnr: mother, child })
  assert.ok(shown.ok && shown.value.items.some(({ item }) => item === 'custody'))
})
