/**
 * The second wall: with the program's own check of whose an incident is taken away, PostgreSQL
 * still gives nothing of another's (A1, I-4). The control: with both away, it all comes through.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { timedId } from '#base/ids.ts'
import { approve, reject } from '#casework/decide.ts'
import type { FirstWall } from '#casework/first-wall.ts'
import { follow } from '#casework/follow.ts'
import { answerHearing, listAsked } from '#casework/hear.ts'
import type { House } from '#casework/house.ts'
import type { Asker } from '#casework/ports.ts'
import { cancel, save, validate } from '#casework/report.ts'
import { readData } from '#incident/read.ts'
import { populated } from '#population/municipalities.ts'
import { actorStatement } from '#store/caller.ts'
import { statement } from '#store/pool.ts'
import { begin, openStand, orderOf, refusalsOf, report, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'

const stand = await openStand()
const { server, house, caller } = stand
const { scenario, codes, ownerPool } = server
await ownerPool.script('update address set rooms = 9')
const noWall: FirstWall = { mayAct: () => true, mayFollow: () => true, mayHear: () => true }
const open: House = { ...house, firstWall: noWall }

const colleagueCode = await server.newColleague()
const citizen = await caller(codes.citizen)
const here = await caller(codes.municipality)
const there = await caller(codes.otherMunicipality)
const colleague = await caller(colleagueCode)

const move = (municipality: string, nth: number) => moveTo(emptyIn(server, municipality, nth))
const [host, flatmate] = scenario.flatmates

/** Reported by the citizens' provider, and waiting in 0751; and one that is not saved yet. */
const waiting = await report(house, citizen, { pnr: scenario.ordinaryAdult, data: move('0751', 0) })
const unsaved = await begin(house, citizen, { pnr: scenario.centenarian, data: {} })
const heard = await report(house, here, {
  pnr: scenario.newcomer,
  data: await homeOf(host),
  unheard: true,
})

async function homeOf(pnr: string): Promise<Readonly<Record<string, string>>> {
  const { rows } = await ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${pnr}'`,
  )
  const parts = Object.entries(rows[0] ?? {}).filter(([, value]) => value !== '')
  return Object.fromEntries(parts.map(([name, value]) => [name, String(value)]))
}

async function registered(): Promise<string> {
  const { rows } = await ownerPool.script(
    `select md5(string_agg(to_jsonb(i)::text, ',' order by id)) as hash from incident i`,
  )
  return String(rows[0]?.['hash'])
}

/** Everything that can be done to an incident, or seen of it; gives what was answered. */
function attempts(at: House, asker: Asker, standing: typeof waiting) {
  const order = orderOf(asker, standing)
  const data = readData(standing.type.shape, move('0751', 1))
  return {
    read: () => follow(at, order),
    validate: () => validate(at, { ...order, data }),
    save: () => save(at, order),
    cancel: () => cancel(at, order),
    reject: () => reject(at, { ...order, reasonCode: 'DUPLICATE', text: 'x' }),
    approve: () => approve(at, order),
  }
}

test('without the first wall another municipality reads and decides nothing', async () => {
  const before = await registered()
  for (const [name, attempt] of Object.entries(attempts(open, there, waiting))) {
    const answer = await attempt()
    assert.deepEqual([answer.kind, refusalsOf(answer)], ['unknown', [9003]], name)
  }
  assert.equal(await registered(), before)
})

test('without the first wall nobody touches what another person code has begun', async () => {
  const before = await registered()
  for (const asker of [here, there, colleague]) {
    for (const [name, attempt] of Object.entries(attempts(open, asker, unsaved))) {
      assert.equal((await attempt()).kind, 'unknown', name)
    }
  }
  // A colleague of the one who decides sees it, and is not its reporter.
  for (const asker of [citizen, there]) {
    for (const [name, attempt] of Object.entries(attempts(open, asker, heard))) {
      // A provider has no right to decide at all, which is said before.
      const turned = ['approve', 'reject'].includes(name) && asker === citizen
      assert.equal((await attempt()).kind, turned ? 'denied' : 'unknown', name)
    }
  }
  assert.equal(await registered(), before)
})

test('without the first wall a provider hears nobody but the one it vouches for', async () => {
  const id = heard.hearings[0]?.id ?? ''
  const asked = await listAsked(open, { asker: citizen, pnr: host })
  assert.ok(asked.kind === 'done' && asked.items.length === 1)
  const ofFlatmate = await listAsked(open, { asker: there, pnr: host })
  assert.ok(ofFlatmate.kind === 'done' && ofFlatmate.items.length === 0)
  for (const [asker, pnr] of [
    [citizen, flatmate],
    [citizen, undefined],
    [there, host],
  ] as const) {
    const order = { asker, hearing: id, pnr, sent: { answer: 'no' } }
    assert.equal((await answerHearing(open, order)).kind, 'unknown')
  }
})

test('of all municipalities each sees and writes its own and no other', async () => {
  const at = stand.now()
  await ownerPool.script(
    populated.map((code, index) => copyTo(code, index)).join(';') +
      `;insert into person_code (code, security_group, authority, password_hash, one_time,
         password_set_at, password_expires_at, created_at)
       select 'W09' || lpad(a.code, 5, '0'), 'municipality', a.code, '$argon2id$x', false,
         now(), now() + interval '1 day', now()
       from unnest(array['${populated.join("','")}']) a (code)`,
  )
  const touch = actorStatement(
    'wall-touch',
    `with touched as (
       update incident set version = version where $1::jsonb is not null returning authority
     ) select array_agg(distinct authority::text) as all from touched`,
    { audit: 1 },
  )
  for (const authority of populated) {
    const audit = { id: timedId(at, randomBytes), actor: `W09${authority.padStart(5, '0')}` }
    const { rows } = await server.pool.run(touch, [JSON.stringify(audit)])
    assert.deepEqual(rows[0]?.['all'], [authority])
  }
})

/** A copy of the waiting incident that lies with another municipality. */
function copyTo(authority: string, index: number, more: object = {}): string {
  const copy = { id: `copy.${index}`, ts: String(index).padStart(20, '0'), authority, ...more }
  return `insert into incident select n.* from incident i,
    jsonb_populate_record(i, '${JSON.stringify(copy)}') n where i.id = '${waiting.record.id}'`
}

test('what the owner’s views tell of a queue is of the own authority, and for no provider', async () => {
  const withdrawn = { state: 'withdrawn', closed_at: new Date() }
  await server.ownerPool.script(copyTo('0751', 900, withdrawn))
  const queue = actorStatement(
    'wall-queue',
    `select
       (select array_agg(distinct i.authority::text)
         from own_waiting w join incident i on i.id = w.id) as seen,
       (select count(*)::int from own_waiting) as waiting,
       (select count(*)::int from own_awaited) as awaited,
       (select count(*)::int from own_saved) as saved,
       (select count(*)::int from own_closed) as closed
     where $1::text <> ''`,
    { audit: 1 },
  )
  const toldTo = async (actor: string) =>
    (await server.pool.run(queue, [JSON.stringify({ actor })])).rows[0]
  const here = {
    ...{ seen: ['0751'], waiting: await waitingIn('0751'), awaited: 1 },
    ...{ saved: await savedIn('0751'), closed: await closedIn('0751') },
  }
  assert.ok(here.waiting > 1 && here.closed > 0)
  assert.deepEqual(await toldTo(codes.municipality.code), here)
  const there = {
    ...{ seen: ['0851'], waiting: await waitingIn('0851'), awaited: 0 },
    ...{ saved: await savedIn('0851'), closed: await closedIn('0851') },
  }
  assert.deepEqual(await toldTo(codes.otherMunicipality.code), there)
  const nothing = { seen: null, waiting: 0, awaited: 0, saved: 0, closed: 0 }
  assert.deepEqual(await toldTo(codes.citizen.code), nothing)
  assert.deepEqual(await toldTo('nobody'), nothing)
})

const waitingIn = (authority: string) => countOf(`authority = '${authority}' and state = 'pending'`)
const savedIn = (authority: string) =>
  countOf(`authority = '${authority}' and saved_at is not null`)
const closedIn = (authority: string) =>
  countOf(`authority = '${authority}' and state in ('approved', 'rejected', 'withdrawn')`)

async function countOf(condition: string): Promise<number> {
  const { rows } = await ownerPool.script(
    `select count(*)::int as n from incident where ${condition}`,
  )
  return Number(rows[0]?.['n'])
}

test('a statement on nobody’s behalf sees no incident and no hearing', async () => {
  for (const table of ['incident', 'hearing']) {
    const { rows } = await server.pool.script(`select count(*)::int as n from ${table}`)
    assert.equal(rows[0]?.['n'], 0, table)
  }
  // Nor does what one statement was told hold for the next one of the connection.
  await server.pool.transaction(async (session) => {
    const audit = JSON.stringify({ actor: codes.municipality.code })
    const led = actorStatement(
      'wall-led',
      'select count(*)::int as n from incident where $1::text <> $$$$',
      { audit: 1 },
    )
    assert.notEqual((await session.run(led, [audit])).rows[0]?.['n'], 0)
  })
  const again = statement('wall-again', 'select count(*)::int as n from incident')
  assert.equal((await server.pool.run(again)).rows[0]?.['n'], 0)
})

test('no role of the product owns a table or passes by row-level security', async () => {
  const { rows } = await ownerPool.script(
    `select r.rolname from pg_roles r
     where r.rolname in ('samspil_app', 'samspil_reader')
       and (r.rolsuper or r.rolbypassrls
         or exists (select from pg_class c where c.relowner = r.oid))`,
  )
  assert.deepEqual(rows, [])
})

test('the control: with both walls away another municipality reads and decides', async () => {
  await ownerPool.script('alter table incident disable row level security')
  const { read, reject: turnDown } = attempts(open, there, waiting)
  assert.equal(standingOf(await read()).record.id, waiting.record.id)
  assert.equal(standingOf(await turnDown()).record.state, 'rejected')
  await ownerPool.script('alter table incident enable row level security')
})
