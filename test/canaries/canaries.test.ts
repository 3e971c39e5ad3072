/** The canaries themselves: that they are there, are heard in every channel, and stop a file. */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { alphabet, canariesIn, canary, type Place, places } from '#test/canaries/canary.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { readsOwn, seenDuring, whileReadable } from '#test/canaries/watch.ts'
import { fieldsOf, stamp } from '#test/doors/gctp-messages.ts'
import { at, send, sendGctp, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'
import { root } from '#test/step.ts'

const server = await openTestServer()
const { ownerPool, codes, scenario } = server
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const lookUp = (pnr: string, token: string) =>
  send(server, { path: '/api/v1/persons/lookup', token, body: { pnr, purpose: 'a test' } })

test('more than two hundred people are protected, and each has texts that nobody else has', async () => {
  const { rows } = await ownerPool.script(
    `select pnr, current from person where current -> 'protections' @> '[{"type": "0001"}]'`,
  )
  assert.ok(rows.length >= 200, `${rows.length}`)
  const own = rows.map(({ current }) => canariesIn(JSON.stringify(current)))
  for (const each of own) assert.ok(each.length >= 3, JSON.stringify(each))
  const all = own.flatMap((each) => each.map(({ text }) => text.toLowerCase()))
  assert.equal(new Set(all).size, all.length)
  const others = await ownerPool.script(
    `select current from person where not current -> 'protections' @> '[{"type": "0001"}]'`,
  )
  assert.deepEqual(canariesIn(JSON.stringify(others.rows)), [])
})

test('a canary is read back as whose and what it is, whatever its case', () => {
  const codesOfPlaces = Object.keys(places) as readonly Place[]
  for (const index of [0, 25, 26, 676, 4000]) {
    for (const [nth, place] of codesOfPlaces.entries()) {
      const flock = alphabet.charAt(nth * 3)
      const text = canary({ flock, index }, place)
      for (const written of [text, text.toUpperCase(), `x${text.toLowerCase()}, `]) {
        const [heard] = canariesIn(written)
        assert.deepEqual([heard?.flock, heard?.index], [flock, index])
        assert.equal(heard?.place, places[place])
      }
    }
  }
})

test('each dwelling of theirs is on a road that tells of nobody else', async () => {
  const { rows } = await ownerPool.script(
    `select r.name, count(*)::int as people
     from person p join road r on r.municipality = p.current -> 'address' ->> 'municipality'
       and r.code = p.current -> 'address' ->> 'road'
     where r.name like 'Kanarix%' group by r.name`,
  )
  assert.ok(rows.length >= 60, `${rows.length}`)
  for (const { name, people } of rows) {
    assert.deepEqual([canariesIn(String(name))[0]?.place, people], [places.a, 3])
  }
})

test('control: the road of a protected person is heard where it is told', async () => {
  const { rows } = await ownerPool.script(
    `select p.pnr from person p join road r on r.municipality = p.current -> 'address' ->> 'municipality'
       and r.code = p.current -> 'address' ->> 'road'
     where r.name like 'Kanarix%' order by p.pnr limit 1`,
  )
  const pnr = String(rows[0]?.['pnr'])
  await unmasked(pnr)
  const heard = async () => new Set((await seenDuring(() => lookUp(pnr, citizen))).map(placeOf))
  assert.ok((await heard()).has(places.a))
  await whileReadable([pnr], 'own', async () => assert.deepEqual(await heard(), new Set()))
})

const placeOf = ({ place }: { readonly place: string }) => place

test('who is shown protected persons may be told; the same answer to a citizen has none', async () => {
  const seen = await seenDuring(async () => {
    const told = await lookUp(scenario.protectedAdult, clerk)
    assert.match(String(at(told.body, 'addressingName')), /^Kanarix/)
    const kept = await lookUp(scenario.protectedAdult, citizen)
    assert.equal(kept.status, 200)
    assert.equal(at(kept.body, 'addressingName'), undefined)
  })
  assert.deepEqual(seen, [])
})

/** As though a mask had been left out: the register no longer says that the person is protected. */
async function unmasked(pnr: string): Promise<void> {
  await ownerPool.script(
    `update person set current = current || '{"protections": []}' where pnr = '${pnr}'`,
  )
}

test('control: with one mask off, every door is heard, by channel and canary', async () => {
  const [pnr] = scenario.protectedFamily
  await unmasked(pnr)
  const seen = await seenDuring(async () => {
    await lookUp(pnr, citizen)
    await sendGctp(server, stamp(fieldsOf({ PNR: pnr })), citizen)
  })
  const channels = new Set(seen.map(({ channel }) => channel))
  assert.equal(channels.size, 2)
  assert.ok([...channels].some((channel) => /POST \/api\/v1\/persons\/lookup 200/.test(channel)))
  for (const { canary: text, place } of seen) {
    assert.match(text, /^Kanarix\w{5}$/)
    assert.ok(['given name', 'surname', 'c/o name'].includes(place), place)
  }
  assert.deepEqual(
    await seenDuring(() => whileReadable([pnr], 'own', () => lookUp(pnr, citizen))),
    [],
  )
  assert.ok((await seenDuring(() => lookUp(pnr, citizen))).length > 0, 'only while it is declared')
})

test('control: a header, a log, a body in pieces and an answer of any other server are heard', async () => {
  const text = canary({ flock: 'z', index: 150 }, 's')
  const other = createServer((_, response) => {
    response.writeHead(200, { 'x-name': text })
    response.write(text.slice(0, 5))
    response.end(text.slice(5))
  }).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = present(other.address(), 'an address')
  assert.ok(typeof address === 'object')
  const answered = await seenDuring(() => fetch(`http://127.0.0.1:${address.port}/x`))
  other.close()
  assert.deepEqual(
    answered.map(({ channel, canary: heard }) => [channel, heard]),
    [['answer GET /x 200', text]],
  )
  const logged = await seenDuring(async () => {
    watchedLog().trace({ deep: { down: [text] } }, 'a line')
    await new Promise(setImmediate)
  })
  assert.deepEqual(
    logged.map(({ channel }) => channel),
    ['log'],
  )
})

test('control: a file in which a canary is heard fails, and names it, though its tests pass', async () => {
  const text = canary({ flock: 'z', index: 7 }, 'g')
  const child = spawn(
    process.execPath,
    [
      ...['--import', `${root}test/canaries/watch.ts`, '--input-type=module', '--eval'],
      `import { createServer, get } from 'node:http'
       const told = createServer((_, response) => response.end('${text}'))
       told.listen(0, '127.0.0.1', () =>
         get({ port: told.address().port }, (answer) => answer.resume().on('end', () => told.close())))`,
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += String(chunk)
  })
  const [code] = await once(child, 'close')
  assert.equal(code, 1)
  assert.match(said, /a protected person was told of:\n {2}.*answer GET \/ 200: Kanarixzaahg/)
})

test('control: a file fails by what a program of its tells, prints and leaves, or by one not heard', async () => {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const child = spawn(
    process.execPath,
    ['--import', `${root}test/canaries/watch.ts`, `${root}test/canaries/telling.ts`],
    { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let [said, passed] = ['', '']
  child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
  child.stdout.on('data', (chunk: Buffer) => (passed += String(chunk)))
  const [code] = await once(child, 'close')
  assert.match(passed, /^ℹ pass 1$/m, passed)
  assert.match(passed, /^ℹ fail 0$/m)
  assert.equal(code, 1)
  const [missing, title, ...lines] = said.trim().split('\n')
  assert.equal(missing, '✖ nobody listened to samspil --version')
  assert.equal(title, '✖ a protected person was told of:')
  const told = lines.map((line) => {
    const [, channel = '', text = ''] =
      /^ {2}test\/canaries\/telling\.ts: (.*): (.*)$/.exec(line) ?? []
    return { channel, birds: canariesIn(text) }
  })
  assert.deepEqual(
    [...new Set(told.map(({ channel }) => channel.replace(/Kanarix\w+/, '…')))].sort(),
    [
      'samspil server: answer POST /api/v1/persons/lookup 200',
      'samspil …: what it printed',
      'the file export.txt',
    ],
  )
  // Neither whom the clerk may read nor whose own data were read, but the one of whom it was told.
  const birds = told.flatMap(({ birds }) => birds.map(({ flock, index }) => `${flock}${index}`))
  assert.ok(birds.length > 3)
  assert.equal(new Set(birds).size, 3)
})

test('whoever signs in reads what is their own, and of nobody else', async () => {
  const [, child] = scenario.protectedFamily
  await unmasked(child)
  readsOwn(child)
  assert.deepEqual(await seenDuring(() => lookUp(child, citizen)), [])
  assert.ok((await seenDuring(() => lookUp(scenario.protectedFamily[0], citizen))).length > 0)
})
