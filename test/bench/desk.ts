/**
 * `node set-up/run.mjs test/bench/desk.ts`: what the desk costs with 100,000 pending incidents in
 * the register and 10,000 of them in one municipality, over HTTP, evidence and walls on; and what
 * the desk's pages take, which ask the same over HTTP.
 */

import { assert } from '#base/assert.ts'
import { cpuBetween, cpuOf } from '#test/bench/cpu.ts'
import { fillQueue } from '#test/bench/desk-fill.ts'
import { openDeskPages } from '#test/bench/desk-pages.ts'
import { quantile } from '#test/bench/result.ts'
import { send, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const wanted = { all: 100_000, persons: 20_000 }
const rounds = 60
/** The first ones plan and compile. */
const warmUps = 12
/** What we promise of every call and page. */
const p95Max = 100

const say = (line: string) => void process.stdout.write(`${line}\n`)

const server = await openTestServer({ persons: wanted.persons })
say(`filling: ${wanted.all.toLocaleString('en')} pending, a tenth of them in 0751`)
await fillQueue(server.ownerPool, wanted.all)
const { rows } = await server.ownerPool.script(
  "select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::int as pid",
)
const processes = { database: Number(rows[0]?.['pid']), server: process.pid, load: 0 }

const lead = await server.newCode('team-lead', '0751')
const token = await signOn(server, server.codes.municipality)
const leadToken = await signOn(server, lead)
const calls: readonly (readonly [name: string, path: string, body: object | undefined])[] = [
  ['first page, order of receipt', 'queue', {}],
  ['first page, newest first', 'queue', { sort: 'newest' }],
  ['first page, by deadline', 'queue', { sort: 'deadline' }],
  ['of one type', 'queue', { type: 'domestic-move' }],
  ['late ones', 'queue', { flag: 'late' }],
  ['similar ones', 'queue', { flag: 'similar' }],
  ['protected ones', 'queue', { flag: 'protected' }],
  ['waiting for a host', 'queue', { waitsFor: 'hearing' }],
  ['overdue', 'queue', { overdue: true }],
  ['free', 'queue', { claimed: 'free' }],
  ['my own, of which there are none', 'queue', { claimed: 'mine' }],
  ['a name', 'queue', { text: 'jensen' }],
  ['two words, by deadline', 'queue', { text: 'jensen 12', sort: 'deadline' }],
  ['counts by every filter', 'counts', {}],
  ['first page with its counts', 'queue', { counts: true }],
  ['counts of a name', 'counts', { text: 'jensen' }],
  ['figures of 30 days', 'figures', undefined],
]

const columns = ['median', '95 %', 'longest', 'database', 'server']
const row = (name: string, cells: readonly string[]) =>
  name.padEnd(34) + cells.map((cell) => cell.padStart(10)).join('')

/** Milliseconds as they passed; and of processor, which hardly hang on what else runs. */
async function measure(name: string, once: () => Promise<void>): Promise<void> {
  const took: number[] = []
  let from = cpuOf(processes)
  for (let round = -warmUps; round < rounds; round += 1) {
    if (round === 0) from = cpuOf(processes)
    const begun = performance.now()
    await once()
    if (round >= 0) took.push(performance.now() - begun)
  }
  const cpu = cpuBetween(from, cpuOf(processes))
  const figures = [
    ...[0.5, 0.95, 1].map((share) => quantile(took, share)),
    ...(cpu ? [cpu.database / rounds, cpu.server / rounds] : []),
  ]
  const missed = quantile(took, 0.95) <= p95Max ? '' : `  over ${p95Max} ms`
  say(
    row(
      name,
      figures.map((each) => each.toFixed(1)),
    ) + missed,
  )
}

say('\nThe JSON door: milliseconds over HTTP, and of processor time in PostgreSQL and here')
say(row('', columns))
for (const [name, path, body] of calls) {
  const by = path === 'figures' ? leadToken : token
  const request = { path: `/api/v1/desk/${path}`, token: by, ...(body && { body }) }
  await measure(name, async () => {
    const reply = await send(server, request)
    assert(reply.status === 200, `${name}: ${reply.status} ${reply.bytes.toString().slice(0, 200)}`)
  })
}

const desk = await openDeskPages(server, server.codes.municipality)
const leadDesk = await openDeskPages(server, lead)
const [, one = ''] = /href="(\/da\/cases\/[^"/?#]+)/.exec(String(await desk.read('/da/'))) ?? []
const pages = [
  ['the queue, with its counts', desk, '/da/'],
  ['a case', desk, one],
  ['figures', leadDesk, '/da/figures'],
  ['policies', leadDesk, '/da/policies'],
] as const
say("\nThe desk's pages, in front of that door: as above, the desk included; and size")
say(row('', [...columns]))
for (const [name, by, path] of pages) {
  const size = (await by.read(path)).length
  await measure(`${name} (${Math.round(size / 1024)} KB)`, async () => {
    await by.read(path)
  })
}
await desk.close()
await leadDesk.close()
await server.close()
