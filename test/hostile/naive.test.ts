/**
 * What the guards are for: the same attacks on a naive counterpart get through. When one of these
 * fails, the suite beside it proves nothing any more.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { SaxesParser } from 'saxes'
import { PasswordHasher } from '#access/password-hash.ts'
import { present } from '#base/assert.ts'
import { readXml } from '#base/xml/read.ts'
import { statement } from '#store/pool.ts'
import { openTestDatabase } from '#test/database.ts'
import { at } from '#test/doors/talk.ts'
import { bombs } from '#test/hostile/bombs.ts'
import { naughty } from '#test/hostile/material.ts'
import { elapsedMs, leastOf, processorMs } from '#test/hostile/measure.ts'
import { tricks } from '#test/hostile/tricks.ts'

const { ownerPool } = await openTestDatabase()

const together = <Value>(count: number, work: (nth: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: count }, (_, nth) => work(nth)))

await ownerPool.script(`
  create table naive_code (code text primary key, wrong int not null);
  create table naive_incident (id int primary key, state text not null);
  create table naive_receipt (incident int not null, kind text not null);
  insert into naive_code values ('W0000001', 0)`)

test('a count that is read before the password and written after it lets far more than five guess (A15)', async () => {
  const read = statement('naive_read', 'select wrong from naive_code where code = $1')
  const write = statement('naive_write', 'update naive_code set wrong = $2 where code = $1')
  let evaluated = 0
  await together(200, async () => {
    const { rows } = await ownerPool.run(read, ['W0000001'])
    const wrong = Number(rows[0]?.['wrong'])
    if (wrong >= 5) return
    evaluated += 1
    // The password is compared here; meanwhile the others have read the same count.
    await new Promise((resolve) => setTimeout(resolve, 14))
    await ownerPool.run(write, ['W0000001', wrong + 1])
  })
  assert.ok(evaluated > 5, `${evaluated} evaluated`)
})

test('an attempt that makes no hash for an unknown code is told by its time (A13)', async () => {
  const hasher = new PasswordHasher((bytes) => randomBytes(bytes))
  const hash = await hasher.hash('Grus-vej.47')
  const isKnown = (code: string) => code === 'W0000001'
  const naive = (code: string) =>
    isKnown(code) ? hasher.matches('x', hash) : Promise.resolve(false)
  const msOf = (code: string) => elapsedMs(async () => assert.equal(await naive(code), false))
  // The least of some: others on the machine only make it longer.
  const known = await leastOf(0, () => msOf('W0000001'))
  const unknown = await leastOf(0, () => msOf('W9999999'))
  assert.ok(known > 5 * unknown, `${known} and ${unknown} ms`)
})

test('a state that is read and then written is decided twice, and saved twice (A3, A4, A5)', async () => {
  const read = statement('naive_state', 'select state from naive_incident where id = $1')
  const write = statement('naive_decide', 'update naive_incident set state = $2 where id = $1')
  const note = statement('naive_note', 'insert into naive_receipt values ($1, $2)')
  for (let id = 0; id < 20; id += 1) {
    await ownerPool.script(`insert into naive_incident values (${id}, 'pending')`)
    await together(3, async (nth) => {
      const { rows } = await ownerPool.run(read, [id])
      if (rows[0]?.['state'] !== 'pending') return
      await ownerPool.run(write, [id, nth === 0 ? 'approved' : 'rejected'])
      await ownerPool.run(note, [id, String(nth)])
    })
  }
  const { rows } = await ownerPool.script(
    'select count(*)::int as n from (select from naive_receipt group by incident having count(*) > 1) t',
  )
  assert.ok(Number(rows[0]?.['n']) > 0, 'nothing was decided twice')
})

test('a receiver that goes on from the highest number it has seen misses what was begun before (A45)', async () => {
  const write = statement('naive_event', 'insert into naive_event default values returning id')
  const read = statement('naive_events', 'select id from naive_event where id > $1 order by id')
  await ownerPool.script('create table naive_event (id int generated always as identity)')
  const seen: number[] = []
  const poll = async () => {
    const { rows } = await ownerPool.run(read, [seen.at(-1) ?? 0])
    seen.push(...rows.map(({ id }) => Number(id)))
  }
  await ownerPool.transaction(async (slow) => {
    await slow.run(write)
    await ownerPool.run(write)
    await poll()
  })
  await poll()
  assert.deepEqual(seen, [2], 'the first was written, and is never told')
})

test('a reader of JSON that takes the last of two names reads otherwise than one that takes the first (A23)', () => {
  const text = '{"pnr":"one","pnr":"other"}'
  assert.equal(at(JSON.parse(text), 'pnr'), 'other')
  assert.equal(/"pnr":"(\w+)"/.exec(text)?.[1], 'one')
})

test('a log that writes texts as they are has more lines than events (A24)', () => {
  const hostile = [...naughty, ...tricks, 'a\r\nb', '\u001b[31m', '\u2028']
  const lines = hostile.map((text) => `request by ${text}\n`).join('')
  assert.ok(lines.trimEnd().split(/\r\n|[\r\n\u2028]/).length > hostile.length)
  assert.ok(lines.includes('\u001b['))
})

test('a schema that is left open takes a column that is named in a body (A28)', () => {
  const properties = { pnr: { type: 'string' } }
  const body = { pnr: 'x', state: 'approved' }
  const ajv = new Ajv2020()
  assert.ok(ajv.compile({ type: 'object', properties })(body))
  assert.equal(
    ajv.compile({ type: 'object', properties, additionalProperties: false })(body),
    false,
  )
})

/** As it is often written. */
function merge(into: Record<string, unknown>, from: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(from)) {
    const there = into[name]
    if (typeof there === 'object' && there !== null && typeof value === 'object' && value !== null)
      merge(there as Record<string, unknown>, value as Record<string, unknown>)
    else into[name] = value
  }
}

test('a deep merge with __proto__ in place changes all objects, and without it none (A33)', () => {
  const sent = JSON.parse('{"__proto__":{"polluted":1}}')
  merge({}, sent)
  assert.equal(at({}, 'polluted'), undefined, 'programs run without __proto__')
  const prototype = Object.getPrototypeOf({})
  Object.defineProperty(prototype, '__proto__', {
    configurable: true,
    get() {
      return Object.getPrototypeOf(this)
    },
  })
  try {
    merge({}, sent)
    assert.equal(at({}, 'polluted'), 1)
  } finally {
    for (const name of ['polluted', '__proto__']) Reflect.deleteProperty(prototype, name)
  }
  assert.equal(at({}, 'polluted'), undefined)
})

test('a parser without the gate is held by depth and takes a DOCTYPE (A22)', async () => {
  const all = bombs([])
  const parse = (what: string) => {
    const parser = new SaxesParser({ xmlns: true })
    let doctypes = 0
    parser.on('error', () => {})
    parser.on('doctype', () => {
      doctypes += 1
    })
    parser.write(all.get(what)?.toString('utf8') ?? '')
    return doctypes
  }
  const deep = 'depth in a namespace each'
  const ours = await leastOf(0, () => processorMs(() => readXml(present(all.get(deep), deep))))
  const naive = await leastOf(0, () => processorMs(() => parse(deep)))
  assert.ok(naive > 5 * ours, `${naive} and ${ours} ms`)
  assert.equal(parse('a billion laughs'), 1)
})

test('a text that is compared as it is seen cannot be told from what it imitates (A48)', () => {
  const seen = (text: string) =>
    text
      .normalize('NFKC')
      .replaceAll(/[\p{Cf}\p{Mn}\p{Cc}\s]/gu, '')
      .toLowerCase()
  const same = tricks.filter((trick) => seen(trick) === seen('Anna Ågård'))
  assert.ok(same.length > 100, `${same.length} tricks are seen as the name itself`)
})
