/**
 * A database with rows, brought up to date: what the programs wrote at an earlier migration is
 * there after all later ones, holds their constraints, and is read by today's programs.
 *
 * The rows were written by a sandbox on which a walk was played. Written anew, at the newest
 * migration, when a version is released: `node set-up/run.mjs test/migrations/rows.test.ts --write`.
 */

import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import type { Ready } from '#cli/ready.ts'
import { openJson } from '#client/index.ts'
import { findKeeping } from '#evidence/keeping.ts'
import { composeServer } from '#server/compose.ts'
import { migrate, readMigrations } from '#store/migrate.ts'
import { openPool, type Pool, statement } from '#store/pool.ts'
import { loadReference, readReferenceFiles } from '#store/reference.ts'
import { dumpSchema } from '#store/schema-dump.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { openEmptyDatabase } from '#test/database.ts'
import { newFolder, run, startSandbox, withVariable } from '#test/e2e/programs.ts'
import { root } from '#test/step.ts'

type Row = Readonly<Record<string, unknown>>
type Kept = {
  /** The last migration that had been run. */
  readonly migration: number
  readonly at: string
  readonly codes: Ready['personCodes']
  /** Of each table that had any, but for reference data, which every migration loads anew. */
  readonly tables: { readonly [table: string]: readonly Row[] }
}

const file = join(root, 'test/migrations/rows.jsonl')
/** Loaded from files, or told apart from what is migrated. */
const leftOut = ['authority', 'country', 'postcode', 'municipality', 'migration', 'token', 'job']

async function tablesOf(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.script(
    `select relname as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  )
  return rows.map(({ name }) => String(name)).filter((name) => !leftOut.includes(name))
}

async function rowsOf(pool: Pool, table: string): Promise<readonly Row[]> {
  const { rows } = await pool.script(`select to_jsonb(t) as row from ${table} t order by t::text`)
  return rows.map(({ row }) => row as Row)
}

/** What a sandbox leaves behind in which the whole interplay was played. */
async function keep(): Promise<Kept> {
  const { url, pool } = await openEmptyDatabase()
  const { ready, readyFile, child } = await withVariable('DATABASE_URL', url, () =>
    startSandbox(newFolder(), '--population', '1'),
  )
  await playMore(ready)
  for (const args of [
    ['walk', '--ready', readyFile],
    ['setting', 'set', '0751', 'hostAnswerDays', '21', '--reason', 'a test'],
    ['person-code', 'create', '--group', 'administrator', '--authority', '0751'],
    ['clock', '+20d', '--ready', readyFile],
  ]) {
    const { code, printed } = await withVariable('DATABASE_URL', url, () => run(...args))
    assert.equal(code, 0, printed)
  }
  child.kill('SIGTERM')
  const names = await tablesOf(pool)
  const tables = new Map<string, readonly Row[]>()
  for (const name of names) tables.set(name, await rowsOf(pool, name))
  return {
    migration: readMigrations().at(-1)?.number ?? 0,
    at: new Date().toISOString(),
    codes: ready.personCodes,
    tables: Object.fromEntries([...concerned(tables)].filter(([, rows]) => rows.length > 0)),
  }
}

/** What a walk does not do: a case that waits for its host, is claimed, noted and returned. */
async function playMore({ cpr: url, personCodes, persons, addresses }: Ready): Promise<void> {
  const clientOf = (group: string) => {
    const found = present(
      personCodes.find((each) => each.group === group && ['0042', '0751'].includes(each.authority)),
      group,
    )
    return openJson({ url, personCode: found.code, password: found.password })
  }
  const [citizen, desk] = [clientOf('citizen'), clientOf('municipality')]
  const policy = JSON.parse(readFileSync(join(root, 'reference/policies/aarhus.json'), 'utf8'))
  assert.ok((await desk.policies.put(policy)).ok)
  const lived = addresses.filter((each) => each.municipality === '0751' && each.residents > 0)
  const date = danishDate(new Date())
  for (const [nth, pnr] of persons.flatmates.entries()) {
    const { road, house, floor, door } = present(lived[nth], 'an address that is lived in')
    const data = { road, house, ...(floor && { floor }), ...(door && { door }) }
    const begun = await citizen.initiate('domestic-move', { pnr, date, municipality: '0751' })
    assert.ok(begun.ok, JSON.stringify(begun))
    const { id } = begun.value
    // A warning stops it the first time.
    await citizen.validate<'domestic-move'>(id, data)
    await citizen.validate<'domestic-move'>(id, data)
    assert.ok((await citizen.save(id)).ok)
    assert.ok((await desk.desk.claim(id)).ok)
    assert.ok((await desk.desk.note(id, 'Set')).ok)
    if (nth === 1) assert.ok((await desk.desk.return(id, { fields: ['house'], text: 'x' })).ok)
  }
}

/** Of the many persons, roads and dwellings those alone that anything else names. */
function concerned(tables: ReadonlyMap<string, readonly Row[]>): typeof tables {
  const many: { readonly [table: string]: string } = {
    ...{ person: 'pnr', fact: 'pnr', event: 'pnr' },
    ...{ road: 'municipality', address: 'municipality' },
  }
  const others = [...tables].filter(([table]) => !(table in many))
  const named = JSON.stringify(others)
  const isNamed = (value: unknown) =>
    String(value).length === 4 ? value === '0751' : named.includes(`"${String(value)}"`)
  return new Map(
    [...tables].map(([table, rows]) => {
      const key = many[table]
      return [table, key === undefined ? rows : rows.filter((row) => isNamed(row[key]))]
    }),
  )
}

/** A line that says when and what, and then one for each table. */
function writeKept({ tables, ...head }: Kept): string {
  return [head, ...Object.entries(tables)].map((line) => `${JSON.stringify(line)}\n`).join('')
}

function readKept(text: string): Kept {
  const [head, ...tables] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  return { ...head, tables: Object.fromEntries(tables) }
}

const isWriting = process.argv.includes('--write')
if (isWriting) writeFileSync(file, writeKept(await keep()))

assert.ok(existsSync(file))
const kept = readKept(readFileSync(file, 'utf8'))
const now = new Date(Date.parse(kept.at) + 21 * 86_400_000)
const { url, pool } = await openEmptyDatabase()
const migrations = readMigrations()
const before = migrations.filter(({ number }) => number <= kept.migration)
await migrate(pool, before)
for (const [table, rows] of Object.entries(kept.tables)) {
  await pool.transaction(async (session) => {
    // As a restore does: in any order. What the migrations wrote themselves is among the rows.
    await session.script(`set local session_replication_role = replica; delete from ${table}`)
    await session.run(
      statement(
        `test-rows-${table}`,
        `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      ),
      [JSON.stringify(rows)],
    )
  })
}
await migrate(pool, migrations)
await loadReference(pool, readReferenceFiles(danishDate(now)))

test('the rows are of nearly every table that there was', async () => {
  const without = (await tablesOf(pool)).filter((name) => !(name in kept.tables))
  assert.ok(without.length <= 10, `no rows of ${without.join(', ')}`)
  for (const table of ['incident', 'fact', 'event', 'audit', 'letter', 'notice', 'person_code']) {
    assert.ok(kept.tables[table]?.length, table)
  }
})

test('the tables are then as those of a new database', async () => {
  const { pool: fresh } = await openEmptyDatabase()
  await migrate(fresh)
  assert.equal(await dumpSchema(pool), await dumpSchema(fresh))
})

/** Made anew, in the form in which rows of evidence can be cleared away. */
const madeAnew = ['audit_seal']

test('no row is gone', async () => {
  for (const [table, rows] of Object.entries(kept.tables)) {
    if (madeAnew.includes(table)) continue
    const { length } = await rowsOf(pool, table)
    assert.ok(length >= rows.length, `${table}: ${length} of ${rows.length}`)
  }
})

test('the evidence of programs of before has a time limit, as what is written now', async () => {
  const { rows } = await pool.script('select distinct act from audit order by act')
  assert.ok(rows.length > 10)
  for (const { act } of rows) assert.ok(findKeeping(String(act)), String(act))
})

test('every constraint holds over them', async () => {
  const { rows } = await pool.script(
    `select format('alter table %1$s drop constraint %2$I; alter table %1$s add constraint %2$I %3$s',
        conrelid::regclass, conname, pg_get_constraintdef(oid)) as anew
     from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f')`,
  )
  assert.ok(rows.length > 50)
  for (const { anew } of rows) await pool.script(String(anew))
})

test('today’s server signs people on, and tells of what was kept', async () => {
  const app = openPool(`${url}${url.includes('?') ? '&' : '?'}options=-c%20role%3Dsamspil_app`)
  const server = await composeServer({
    pool: app,
    log: watchedLog(),
    clock: () => now,
    version: 'test',
  })
  try {
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const code = kept.codes.find((each) => each.authority === '0751')
    assert.ok(code)
    const desk = openJson({ url: address, personCode: code.code, password: code.password })
    const queue = await desk.desk.queue({})
    assert.ok(queue.ok, JSON.stringify(queue))
    const [first] = queue.value.items
    assert.ok(first, 'a case that waits')
    const read = await desk.desk.case(first.id)
    assert.ok(read.ok, JSON.stringify(read))
    assert.ok((await desk.lookUp({ pnr: read.value.incident.keys.pnr, purpose: 'a test' })).ok)
    const notices = await desk.notices()
    assert.ok(notices.ok && notices.value.items.length > 0)
  } finally {
    await server.close()
    await app.close()
  }
})
