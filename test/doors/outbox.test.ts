/** Letters as an outbox: delivered once into a folder, left to people where they cannot be, and told of. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { DeliveryPort } from '#casework/delivery.ts'
import { deliverLetters, triesMax } from '#casework/outbox.ts'
import { letterFolder, noMailboxFile } from '#server/letter-folder.ts'
import { openDelivery } from '#store/outbox.ts'
import { beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const now = new Date('2026-03-02T09:00:00Z')
const server = await openTestServer({ clock: () => now })
const { codes, scenario, pool, ownerPool } = server
await ownerPool.script('update address set rooms = 9')
const token = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const elsewhere = await signOn(server, codes.otherMunicipality)
const colleague = await signOn(server, await server.newColleague())
const folder = mkdtempSync(join(tmpdir(), 'samspil-letters-'))
after(() => rmSync(folder, { recursive: true }))
const random = (bytes: number) => randomBytes(bytes)
const untold = (letter: string) => assert.fail(`${letter} was not delivered`)
const toFolder = letterFolder(folder, untold)

const run = (port: DeliveryPort = toFolder) =>
  deliverLetters(openDelivery(pool), port, { at: later, random })
/** Deliveries have a time of their own here, so that nobody's token ends meanwhile. */
let later = now
const pass = (minutes: number) => {
  later = new Date(later.valueOf() + minutes * 60_000)
}
const outbox = async (body: object = {}, by = clerk) =>
  (await step(server, by, 'desk/letters', body)).body
const settle = async (ids: readonly string[], to: string, by = clerk) =>
  (await step(server, by, 'desk/letters/settle', { ids, to })).body
const delivered = () => readdirSync(folder).filter((name) => !name.endsWith('.txt'))

let nth = 0
/** A report that is rejected, and so a letter to its person. */
async function rejected(pnr: string): Promise<string> {
  const data = moveTo(emptyIn(server, '0751'))
  nth += 1
  const { id } = await beginPending(server, token, { pnr, data, municipality: '0751' })
  const words = { reasonCode: 'CONDITIONS_NOT_MET', text: `Nej <b>${nth}</b>` }
  assert.equal((await step(server, clerk, `pending/${id}/reject`, words)).status, 200)
  const letters = listAt(await outbox({ pnr, kind: 'rejected' }), 'items')
  return textAt(
    letters.find((letter) => at(letter, 'incident') === id),
    'id',
  )
}
const stateOf = async (id: string) =>
  at(listAt(await outbox({ ids: [id] }), 'items')[0], 'delivery')

test('a letter is delivered as a document and what it is about, once, however often it is tried', async () => {
  const id = await rejected(scenario.ordinaryAdult)
  assert.equal(await stateOf(id), 'waiting')
  await run()
  assert.equal(await stateOf(id), 'delivered')
  const html = readFileSync(join(folder, id, 'letter.html'), 'utf8')
  assert.match(html, /Nej &lt;b&gt;1&lt;\/b&gt;/)
  assert.match(html, /lang="en"/)
  const about = JSON.parse(readFileSync(join(folder, id, 'letter.json'), 'utf8'))
  assert.deepEqual(
    [about.id, about.recipient, about.kind, about.authority],
    [id, scenario.ordinaryAdult, 'rejected', '0751'],
  )
  const before = delivered()
  // A crash after the folder had it and before the outbox knew.
  await ownerPool.script(`update letter set delivery = 'waiting' where id = '${id}'`)
  await run()
  assert.deepEqual(delivered(), before)
  assert.equal(readFileSync(join(folder, id, 'letter.html'), 'utf8'), html)
  assert.equal(await stateOf(id), 'delivered')
})

test('a crash while a letter was written leaves no half of one', async () => {
  const id = await rejected(scenario.newcomer)
  const draft = join(folder, `.${id}.draft`)
  mkdirSync(draft)
  writeFileSync(join(draft, 'letter.html'), 'half')
  await run()
  assert.match(readFileSync(join(folder, id, 'letter.html'), 'utf8'), /<\/html>/)
  assert.ok(!delivered().some((name) => name.endsWith('.draft')))
})

test('DESK-4: where the receiver has no Digital Post, the letter stays for a person', async () => {
  writeFileSync(join(folder, noMailboxFile), `${scenario.centenarian}\n`)
  const id = await rejected(scenario.centenarian)
  const count = () => outbox().then((body) => at(body, 'counts', 'undeliverable'))
  const before = Number(await count())
  await run()
  assert.equal(await stateOf(id), 'undeliverable')
  assert.equal(await count(), before + 1)
  assert.ok(!delivered().includes(id))
  pass(24 * 60)
  await run()
  assert.equal(await stateOf(id), 'undeliverable', 'time does not try again')
  const done = await settle([id, 'none'], 'printed')
  assert.deepEqual([at(done, 'settled'), at(done, 'left')], [[id], ['none']])
  const [letter] = listAt(await outbox({ ids: [id] }), 'items')
  assert.deepEqual(
    [at(letter, 'delivery'), at(letter, 'settledBy')],
    ['printed', codes.municipality.code],
  )
  assert.deepEqual(at(await settle([id], 'waiting'), 'settled'), [], 'what was sent stays sent')
})

test('what cannot be delivered is tried again, less and less often, and then left to a person', async () => {
  const id = await rejected(scenario.flatmates[0])
  let asked = 0
  const broken: DeliveryPort = async () => {
    asked += 1
    throw new Error('the mailbox is down')
  }
  const tries: number[] = []
  for (let tried = 0; tried < triesMax; tried += 1) {
    await run(broken)
    await run(broken)
    tries.push(asked)
    pass(6 * 60)
  }
  assert.deepEqual(
    tries,
    Array.from({ length: triesMax }, (_, at) => at + 1),
  )
  assert.equal(await stateOf(id), 'failed')
  await run()
  assert.equal(await stateOf(id), 'failed')
  assert.deepEqual(at(await settle([id], 'waiting'), 'settled'), [id])
  await run()
  assert.equal(await stateOf(id), 'delivered')
})

test('of many processes at once each letter is settled once', async () => {
  const id = await rejected(scenario.flatmates[1])
  await Promise.all(Array.from({ length: 5 }, () => run()))
  assert.equal(await stateOf(id), 'delivered')
  const { rows } = await ownerPool.script(
    `select count(*)::int as rows from audit where act = 'deliver-letter' and detail ->> 'letter' = '${id}'`,
  )
  assert.deepEqual(rows, [{ rows: 1 }])
})

/** The acts of delivering and settling that the evidence has of a letter. */
async function actsOn(id: string): Promise<readonly string[]> {
  const { rows } = await ownerPool.script(
    `select act from audit where act in ('deliver-letter', 'settle-letters')
     and (detail ->> 'letter' = '${id}' or detail ->> 'letters' = '${id}') order by id`,
  )
  return rows.map(({ act }) => String(act)).toSorted()
}

test('what is being delivered is sent by no person at the same time', async () => {
  const id = await rejected(scenario.familyOfFour[0])
  const answers: unknown[] = []
  await run(async (mail) => {
    if (mail.id !== id) return 'delivered'
    const [item] = listAt(await outbox({ ids: [id] }), 'items')
    assert.deepEqual(Object.keys(Object(at(item, 'held'))), ['until'])
    for (const to of ['printing', 'printed']) answers.push(await settle([id], to))
    return 'delivered'
  })
  assert.deepEqual(answers, Array(2).fill({ settled: [], left: [id] }))
  assert.equal(await stateOf(id), 'delivered')
})

test('what a person prints is neither delivered nor printed by another, for an hour', async () => {
  const id = await rejected(scenario.familyOfFour[1])
  // The door has the time of the tokens: back to it.
  later = now
  assert.deepEqual(at(await settle([id], 'printing'), 'settled'), [id])
  for (const to of ['printing', 'printed']) {
    assert.deepEqual(at(await settle([id], to, colleague), 'left'), [id], to)
  }
  await run()
  assert.equal(await stateOf(id), 'waiting')
  assert.deepEqual(at(await settle([id], 'printing'), 'settled'), [id])
  assert.deepEqual(at(await settle([id], 'printed'), 'settled'), [id])
  await run()
  assert.equal(await stateOf(id), 'printed')
  // Whoever prints and does not say that it was sent leaves it to the program.
  const left = await rejected(scenario.familyOfFour[2])
  assert.deepEqual(at(await settle([left], 'printing'), 'settled'), [left])
  pass(61)
  await run()
  assert.equal(await stateOf(left), 'delivered')
})

test('whoever has taken a letter can let go of it, and nobody else can for them', async () => {
  const id = await rejected(scenario.parentsApart[0])
  assert.deepEqual(at(await settle([id], 'waiting'), 'left'), [id], 'in nobody’s hands it waits on')
  assert.deepEqual(at(await settle([id], 'printing'), 'settled'), [id])
  assert.deepEqual(at(await settle([id], 'waiting', colleague), 'left'), [id])
  assert.deepEqual(at(await settle([id], 'waiting'), 'settled'), [id])
  assert.equal(at(listAt(await outbox({ ids: [id] }), 'items')[0], 'held'), undefined)
  assert.deepEqual(at(await settle([id], 'printing', colleague), 'settled'), [id])
  assert.deepEqual(at(await settle([id], 'waiting', colleague), 'settled'), [id])
  await run()
  assert.equal(await stateOf(id), 'delivered')
})

test('AUD-4: on record is what was done with a letter, and with none that was left', async () => {
  const [done, left] = [await rejected(scenario.newcomer), await rejected(scenario.parentsApart[0])]
  await ownerPool.script(`update letter set delivery = 'delivered' where id = '${left}'`)
  const settlings = async () => {
    const { rows } = await ownerPool.script(
      `select detail ->> 'to' as what, detail ->> 'letters' as letters, persons::text[] as persons
       from audit where act = 'settle-letters' order by xid`,
    )
    return rows
  }
  const before = await settlings()
  for (const to of ['printing', 'waiting', 'printed', 'printed']) await settle([done, left], to)
  const settled = { letters: done, persons: [scenario.newcomer] }
  assert.deepEqual((await settlings()).slice(before.length), [
    { what: 'printing', ...settled },
    { what: 'waiting', ...settled },
    { what: 'printed', ...settled },
    { what: 'printed', letters: '', persons: [] },
  ])
})

test('AUD-3: who looked is told what became of a letter, and not more', async () => {
  const [pnr, other] = [scenario.parentsApart[1], scenario.centenarian]
  const [id, sent] = [await rejected(pnr), await rejected(other)]
  await ownerPool.script(`update letter set delivery = 'delivered' where id = '${sent}'`)
  for (const to of ['printing', 'waiting', 'printed']) await settle([id, sent], to)
  const told = async (of: string) => {
    const { body } = await step(server, token, 'persons/who-looked', { pnr: of })
    return listAt(body, 'items')
      .filter((each) => at(each, 'act') === 'settle-letters')
      .map((each) => textAt(each, 'text', 'da'))
  }
  assert.deepEqual((await told(pnr)).toSorted(), [
    'Et brev blev sat til levering igen',
    'Et brev blev sendt på papir',
    'Et brev blev taget frem til udskrift',
  ])
  assert.deepEqual(await told(other), ['Et brev blev sendt på papir'], 'the one of before')
})

test('what crashed while it was delivered is in hand for half an hour, and then tried again', async () => {
  const id = await rejected(scenario.familyOfFour[3])
  await openDelivery(pool).take(later, new Date(later.valueOf() + 1_800_000), 100)
  await run()
  assert.equal(await stateOf(id), 'waiting')
  pass(31)
  await run()
  assert.equal(await stateOf(id), 'delivered')
})

test('what was held too long and sent by a person stays noted, and both are on record', async () => {
  const id = await rejected(scenario.flatmates[0])
  await run(async (mail) => {
    if (mail.id !== id) return 'delivered'
    await ownerPool.script(`update letter set held_until = held_until - interval '1 year'`)
    assert.deepEqual(at(await settle([id], 'printed'), 'settled'), [id])
    return 'delivered'
  })
  assert.equal(await stateOf(id), 'printed')
  assert.deepEqual(await actsOn(id), ['deliver-letter', 'settle-letters'])
})

test('what is older than the outbox is delivered only when a person says so', async () => {
  const id = await rejected(scenario.flatmates[0])
  await ownerPool.script(`update letter set delivery = 'earlier' where id = '${id}'`)
  await run()
  assert.equal(await stateOf(id), 'earlier')
  assert.deepEqual(at(await settle([id], 'waiting'), 'settled'), [id])
  await run()
  assert.equal(await stateOf(id), 'delivered')
})

test('a letter has the day on it that it is in Denmark', async () => {
  const recipient = scenario.ordinaryAdult
  const text = { da: 'x', en: 'x' }
  await toFolder({
    ...{ id: 'by-night', at: new Date('2026-03-02T23:30:00Z'), recipient, kind: 'approved', text },
    ...{ incidentId: undefined, authority: '0751', delivery: 'waiting', tries: 0 },
    ...{ concerns: undefined, settledAt: undefined, settledBy: undefined, held: undefined },
  })
  const html = readFileSync(join(folder, 'by-night', 'letter.html'), 'utf8')
  assert.match(html, /0751 · 2026-03-03/)
})

test('AUD-4: whose letters were asked for is on record also when there are none', async () => {
  const pnr = scenario.emigrated
  assert.deepEqual(listAt(await outbox({ pnr }), 'items'), [])
  const { rows } = await ownerPool.script(
    `select count(*)::int as rows from audit
     where act = 'list-letters' and persons = array['${pnr}']::char(10)[]`,
  )
  assert.deepEqual(rows, [{ rows: 1 }])
})

test('the letters of another municipality are none', async () => {
  const own = listAt(await outbox(), 'items').map((each) => textAt(each, 'id'))
  assert.ok(own.length >= 5)
  assert.deepEqual(listAt(await outbox({}, elsewhere), 'items'), [])
  assert.deepEqual(listAt(await outbox({ ids: own }, elsewhere), 'items'), [])
  const waiting = await rejected(scenario.noFixedAddress)
  assert.deepEqual(at(await settle([waiting], 'printed', elsewhere), 'settled'), [])
  assert.equal(await stateOf(waiting), 'waiting')
})

test('pages follow one another, and whoever is shown a letter is on record', async () => {
  const all = listAt(await outbox(), 'items').map((each) => textAt(each, 'id'))
  const paged: string[] = []
  let cursor: unknown
  do {
    const page = await outbox({ limit: 2, ...(typeof cursor === 'string' && { cursor }) })
    paged.push(...listAt(page, 'items').map((each) => textAt(each, 'id')))
    cursor = at(page, 'next')
  } while (cursor !== undefined)
  assert.deepEqual(paged, all)
  const refused = await send(server, {
    ...{ method: 'POST', path: '/api/v1/desk/letters', token, body: {} },
  })
  assert.equal(refused.status, 403)
  const { rows } = await ownerPool.script(
    `select count(*)::int > 0 as noted from audit
     where act = 'list-letters' and persons @> array['${scenario.centenarian}']::char(10)[]`,
  )
  assert.deepEqual(rows, [{ noted: true }])
})

test('why a letter was not delivered is told, and the letter waits', async () => {
  const gone = mkdtempSync(join(tmpdir(), 'samspil-letters-'))
  const told = new Map<string, unknown>()
  const port = letterFolder(gone, (letter, error) => told.set(letter, at(error, 'code')))
  rmSync(gone, { recursive: true })
  await rejected(scenario.ordinaryAdult)
  assert.equal((await run(port)).delivered, 0)
  assert.ok(told.size > 0)
  for (const [id, code] of told) {
    assert.equal(code, 'ENOENT')
    assert.equal(await stateOf(id), 'waiting')
  }
  pass(60)
  await run()
  for (const id of told.keys()) assert.equal(await stateOf(id), 'delivered')
})

test('after a forwarding a case tells whose each of its letters is', async () => {
  const data = moveTo(emptyIn(server, '0751'))
  const pnr = scenario.flatmates[1]
  const { id } = await beginPending(server, token, { pnr, data, municipality: '0751' })
  const isOwn = async (by: string) => {
    const { body } = await send(server, {
      path: `/api/v1/desk/cases/${id}`,
      token: by,
      method: 'GET',
    })
    return listAt(body, 'letters').map((letter) => at(letter, 'isOwn'))
  }
  const forward = (to: string, by: string) =>
    step(server, by, `pending/${id}/forward`, { authority: to, text: 'Der' })
  assert.equal((await forward('0851', clerk)).status, 200)
  assert.deepEqual(await isOwn(elsewhere), [false])
  assert.equal((await forward('0751', elsewhere)).status, 200)
  assert.deepEqual(await isOwn(clerk), [true, false])
})
