/**
 * `node set-up/run.mjs test/bench/desk.ts`: what the desk costs with 100,000 pending incidents in
 * the register and 10,000 of them in one municipality, over HTTP, evidence and walls on.
 */

import { assert } from '#base/assert.ts'
import { send, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const wanted = { all: 100_000, own: 10_000, persons: 20_000 }
const rounds = 60

const say = (line: string) => void process.stdout.write(`${line}\n`)

const server = await openTestServer({ persons: wanted.persons })
const { ownerPool, codes } = server
say(`filling: ${wanted.all} pending, ${wanted.own} of them in 0751`)

/** A list to choose from by number, and how many there are in it. */
async function numbered(name: string, query: string): Promise<number> {
  await ownerPool.script(
    `create table ${name} as select q.*, row_number() over (order by 1) as nth from (${query}) q;
     alter table ${name} add primary key (nth); analyze ${name}`,
  )
  const { rows } = await ownerPool.script(`select count(*)::int as n from ${name}`)
  return Number(rows[0]?.['n'])
}

const people = await numbered('bench_person', 'select pnr from person')
const homes = await numbered(
  'bench_home',
  "select substr(key, 6) as tail, road from address where municipality = '0751'",
)
const others = await numbered(
  'bench_other',
  "select code from authority where type = '05' and code <> '0751'",
)

/** Moves to those homes; as many as wanted lie in 0751. */
const fill = (from: number, to: number) => `
insert into incident (id, ts, code, pnr, incident_date, municipality, authority, reported_by,
  reporting_authority, state, version, rules_version, data, data_hash, addresses, roads, warned,
  marks, initiated_at, validated_at, saved_at, expires_at)
select 'flyt-i.' || lpad(n::text, 26, '0'), lpad(n::text, 20, '0'), 'FLYT-I', p.pnr, current_date,
  m.code, m.code, 'W0000042', '0042', 'pending', 3, 'bench', '{}', 'x', array[h.tail],
  array[h.road], case when n % 17 = 0 then '{9120}'::int[] else '{}' end,
  case when n % 3 = 0 then '[{"code":"late","text":{"da":"For sent","en":"Late"}}]'
    when n % 7 = 0 then '[{"code":"child","text":{"da":"Barn","en":"Child"}}]' else '[]' end::jsonb,
  at, at, at, now()
from generate_series(${from}, ${to}) n
cross join lateral (select now() - interval '30 days' + n * interval '20 seconds' as at) t
join bench_person p on p.nth = n * 7 % ${people} + 1
join bench_home h on h.nth = n % ${homes} + 1
join bench_other o on o.nth = n % ${others} + 1
cross join lateral (
  select case when n % ${wanted.all / wanted.own} = 0 then '0751' else o.code end as code
) m`
const batch = 5_000
for (let from = 1; from <= wanted.all; from += batch) {
  await ownerPool.script(fill(from, from + batch - 1))
}
await ownerPool.script(`
insert into hearing (id, incident_id, kind, asked, about, asked_at, deadline)
select 'h' || id, id, 'host', pnr, array[pnr], saved_at, (saved_at + interval '14 days')::date
from incident where right(id, 6)::int % 3 = 0`)
await ownerPool.script(`
analyze incident; analyze hearing; analyze person; analyze address;
`)

const token = await signOn(server, codes.municipality)
const calls: readonly (readonly [name: string, path: string, body: object | undefined])[] = [
  ['first page, order of receipt', 'queue', {}],
  ['first page, newest first', 'queue', { sort: 'newest' }],
  ['first page, late ones', 'queue', { flag: 'late' }],
  ['first page, by deadline', 'queue', { sort: 'deadline' }],
  ['first page, waiting for a host', 'queue', { waitsFor: 'hearing' }],
  ['first page, a name', 'queue', { text: 'jensen' }],
  ['counts by every filter', 'counts', {}],
  ['figures of 30 days', 'figures', undefined],
]

say('milliseconds over HTTP: median, 95th percentile, longest')
for (const [name, path, body] of calls) {
  const took: number[] = []
  for (let round = 0; round < rounds + 5; round += 1) {
    const from = performance.now()
    const request = { path: `/api/v1/desk/${path}`, token, ...(body && { body }) }
    const reply = await send(server, request)
    assert(reply.status === 200, `${name}: ${reply.status} ${reply.bytes.toString().slice(0, 200)}`)
    // The first ones plan and compile.
    if (round >= 5) took.push(performance.now() - from)
  }
  took.sort((a, b) => a - b)
  const at = (share: number) => (took[Math.floor((took.length - 1) * share)] ?? 0).toFixed(1)
  say(`${name.padEnd(34)} ${at(0.5).padStart(8)} ${at(0.95).padStart(8)} ${at(1).padStart(8)}`)
}
await server.close()
