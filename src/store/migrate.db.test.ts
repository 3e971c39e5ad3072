/** Migrations on real databases: once each, by many at a time, and never on the wrong database. */

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { canonicalReading } from '#casework/record.ts'
import {
  checkSchema,
  type Migration,
  migrate,
  readMigrations,
  setPassword,
} from '#store/migrate.ts'
import { openPool, type Pool } from '#store/pool.ts'
import { dumpSchema } from '#store/schema-dump.ts'
import { openEmptyDatabase, openTestDatabase } from '#test/database.ts'

function file(number: number, text: string, breaking = false): Migration {
  const checksum = createHash('sha256').update(text).digest('hex')
  return { number, name: `number-${number}`, text, checksum, breaking }
}

const first = file(1, 'create table fruit (name text constraint fruit_pk primary key)')
const second = file(2, `insert into fruit values ('apple'); insert into fruit values ('pear')`)
const third = file(3, 'alter table fruit drop column name', true)

async function fruits(pool: Pool): Promise<number> {
  const { rows } = await pool.script('select count(*) as fruits from fruit')
  return Number(rows[0]?.['fruits'])
}

test('each file is run once, in order', async () => {
  const { pool } = await openEmptyDatabase()
  assert.deepEqual(await migrate(pool, [first]), [1])
  assert.deepEqual(await migrate(pool, [first, second]), [2])
  assert.deepEqual(await migrate(pool, [first, second]), [])
  assert.equal(await fruits(pool), 2)
})

test('twenty at once run each file once, and all are content', async () => {
  const { url, pool } = await openEmptyDatabase()
  const slow = file(2, `select pg_sleep(0.2); ${second.text}`)
  const pools = Array.from({ length: 20 }, () => openPool(url, { max: 1, statementTimeoutMs: 0 }))
  try {
    const ran = await Promise.all(pools.map((each) => migrate(each, [first, slow])))
    assert.deepEqual(ran.flat().sort(), [1, 2])
    assert.equal(await fruits(pool), 2)
  } finally {
    await Promise.all(pools.map((each) => each.close()))
  }
})

test('letters that were written before they said whose they are lie with somebody', async () => {
  const { pool } = await openEmptyDatabase()
  const all = readMigrations()
  await migrate(
    pool,
    all.filter(({ number }) => number < 31),
  )
  // To a person who is in no municipality, about no incident.
  await pool.script(
    `insert into letter (id, at, recipient, kind, text_da, text_en)
     values ('old', now(), '0000000000', 'protection-ends', 'x', 'x')`,
  )
  await migrate(pool, all)
  const { rows } = await pool.script('select authority, delivery from letter')
  assert.deepEqual(rows, [{ authority: '0001', delivery: 'earlier' }])
})

test('letters that were written since there is an outbox still wait for their delivery', async () => {
  const { pool } = await openEmptyDatabase()
  const all = readMigrations()
  await migrate(
    pool,
    all.filter(({ number }) => number < 37),
  )
  await pool.script(
    `insert into letter (id, at, recipient, kind, text_da, text_en, authority)
     values ('new', now(), '0000000000', 'protection-ends', 'x', 'x', '0001')`,
  )
  await migrate(pool, all)
  const { rows } = await pool.script('select delivery from letter')
  assert.deepEqual(rows, [{ delivery: 'waiting' }])
})

test('what was being amended before the columns said what was saved has the digest of that', async () => {
  const { pool } = await openEmptyDatabase()
  const all = readMigrations()
  await migrate(
    pool,
    all.filter(({ number }) => number < 24),
  )
  const saved = { street: 'Gå"sø\\gade\u0001', persons: ['0000000002', '0000000001'], a: '1' }
  const kept = JSON.stringify({ reading: saved, fields: ['a'], text: 'x', by: '2026-01-01' })
  await pool.script(
    `insert into incident (id, ts, code, pnr, incident_date, municipality, authority, reported_by,
       reporting_authority, state, version, rules_version, data, data_hash, initiated_at, saved_at,
       expires_at, returned)
     values ('old', repeat('0', 20), 'x', '0000000001', '2026-01-01', '0751', '0751', 'x', '0042',
       'amended', 3, 'x', '{"a": "2"}', 'of what was in hand', now(), now(), now(),
       $$${kept}$$);
     insert into milestone (incident_id, version, at, kind, by, authority, text, fields, due,
       reading)
     values ('old', 2, now(), 'returned', 'x', '0751', 'x', '{a}', '2026-01-01', '{}')`,
  )
  await migrate(pool, all)
  const { rows } = await pool.script('select data, data_hash from incident')
  const digest = createHash('sha256').update(canonicalReading(saved)).digest('hex')
  assert.deepEqual(rows, [{ data: saved, data_hash: digest }])
})

test('a file that fails leaves nothing of itself and can be mended', async () => {
  const { pool } = await openEmptyDatabase()
  const broken = file(2, `${second.text}; select no_such_thing`)
  await assert.rejects(migrate(pool, [first, broken]), /no_such_thing/)
  assert.equal(await fruits(pool), 0)
  assert.deepEqual(await migrate(pool, [first, second]), [2])
})

test('a file that changed after it was run is refused', async () => {
  const { pool } = await openEmptyDatabase()
  await migrate(pool, [first])
  const changed = file(1, `${first.text};`)
  await assert.rejects(migrate(pool, [changed]), /000001-number-1\.sql changed after it was run/)
  await assert.rejects(checkSchema(pool, [changed]), /changed after it was run/)
})

test('a file with a lower number than one that was run is refused', async () => {
  const { pool } = await openEmptyDatabase()
  await migrate(pool, [first, third])
  await assert.rejects(migrate(pool, [first, second, third]), /000002-number-2\.sql comes before 3/)
})

test('an older program does not migrate a newer database', async () => {
  const { pool } = await openEmptyDatabase()
  await migrate(pool, [first, second])
  await assert.rejects(migrate(pool, [first]), /newer than this program.*000002-number-2\.sql/)
})

test('an older program uses a newer database until a breaking file was run', async () => {
  const { pool } = await openEmptyDatabase()
  await migrate(pool, [first, second])
  await checkSchema(pool, [first])
  await migrate(pool, [first, second, third])
  await assert.rejects(checkSchema(pool, [first]), /newer than this program.*000003/)
})

test('a breaking file is told before it is run, unless the database is new', async () => {
  const { pool } = await openEmptyDatabase()
  const told: string[] = []
  const say = (line: string) => void told.push(line)
  await migrate(pool, [file(1, 'select 1', true)], say)
  assert.deepEqual(told, [])
  await migrate(pool, [file(1, 'select 1', true), file(2, 'select 1')], say)
  assert.deepEqual(told, [])
  const broken = file(3, 'select no_such_thing', true)
  await assert.rejects(
    migrate(pool, [file(1, 'select 1', true), file(2, 'select 1'), broken], say),
    /no_such_thing/,
  )
  assert.match(told.join(), /^servers of before do not work with 000003-number-3\.sql: /)
})

test('a newer program does not use an older or an empty database', async () => {
  const { pool } = await openEmptyDatabase()
  await assert.rejects(checkSchema(pool, [first]), /older than this program.*000001-number-1\.sql/)
  await migrate(pool, [first])
  await assert.rejects(checkSchema(pool, [first, second]), /older than this program.*000002/)
})

test('the role that runs the product can check that it fits the database', async () => {
  const { pool } = await openTestDatabase()
  await checkSchema(pool)
})

/** A role of its own on the server, which logs in and may do nothing else. */
async function openRole(url: string, rights = ''): Promise<{ name: string; url: string }> {
  const [name, password] = [
    `owner_${randomBytes(6).toString('hex')}`,
    randomBytes(12).toString('hex'),
  ]
  const { pool } = await openEmptyDatabase()
  await pool.script(`create role ${name} login ${rights} password '${password}'`)
  const login = new URL(url)
  login.username = name
  login.password = password
  return { name, url: login.href }
}

test('who does not own the tables is told who does, and who may not make any, what to ask for', async () => {
  const { url, pool } = await openEmptyDatabase()
  const owner = await openRole(url)
  const own = openPool(owner.url, { max: 1 })
  try {
    await assert.rejects(migrate(own, [first]), {
      name: 'WrongRole',
      message: new RegExp(`${owner.name} may not make tables .*«alter database test_.* owner to`),
    })
    await pool.script(`alter database ${new URL(url).pathname.slice(1)} owner to ${owner.name}`)
    assert.deepEqual(await migrate(own, [first]), [1])
    const stranger = await openRole(url)
    const other = openPool(stranger.url, { max: 1 })
    try {
      await assert.rejects(migrate(other, [first, second]), {
        name: 'WrongRole',
        message: new RegExp(
          `belong to the role ${owner.name}, .* logs in as ${stranger.name}, .* name ${owner.name}`,
        ),
      })
    } finally {
      await other.close()
    }
    assert.deepEqual(await migrate(own, [first, second]), [2])
  } finally {
    await own.close()
  }
})

test('files are read by number, with their mark, and other files are left alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'samspil-migrations-'))
  try {
    writeFileSync(join(folder, '000002-next.sql'), '--! breaking\nselect 2')
    writeFileSync(join(folder, '000001-start.sql'), 'select 1')
    writeFileSync(join(folder, 'schema.sql'), 'select 0')
    const read = readMigrations(folder).map(({ number, name, breaking }) => [
      number,
      name,
      breaking,
    ])
    assert.deepEqual(read, [
      [1, 'start', false],
      [2, 'next', true],
    ])
    writeFileSync(join(folder, '000002-other.sql'), 'select 2')
    assert.throws(() => readMigrations(folder), /same number/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('line endings of the checkout do not change a checksum', () => {
  const folder = mkdtempSync(join(tmpdir(), 'samspil-migrations-'))
  try {
    writeFileSync(join(folder, '000001-start.sql'), 'select 1\n')
    const unix = readMigrations(folder)[0]?.checksum
    writeFileSync(join(folder, '000001-start.sql'), 'select 1\r\n')
    assert.equal(readMigrations(folder)[0]?.checksum, unix)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a role of the migrations logs in with the password it was given', async () => {
  const { pool, ownerPool, url } = await openTestDatabase()
  const { rows } = await pool.script('select current_user as role')
  assert.equal(rows[0]?.['role'], 'samspil_app')
  await assert.rejects(pool.script('delete from migration'), { code: '42501' })
  const wrong = new URL(url)
  wrong.password = 'wrong'
  const stranger = openPool(wrong.href)
  await assert.rejects(stranger.script('select 1'), { code: '28P01' })
  await stranger.close()
  await assert.rejects(setPassword(ownerPool, 'samspil_app', `x'; drop table migration; --`))
})

test('the dump is the same for the same schema and shows each change of it', async () => {
  const { pool } = await openEmptyDatabase()
  await pool.script(`
    create type ripeness as enum ('green', 'ripe');
    create table tree (id bigint generated always as identity constraint tree_pk primary key);
    create table fruit (
      name text collate "C" not null default 'apple',
      ripeness ripeness,
      tree bigint constraint fruit_tree_fk references tree,
      shout text generated always as (upper(name)) stored,
      constraint fruit_pk primary key (name),
      constraint fruit_named check (name <> ''));
    create index fruit_by_tree on fruit (tree) where ripeness = 'ripe';
    create view ripe as select name from fruit where ripeness = 'ripe';
    create function one() returns int language sql as 'select 1';
    grant select, insert on fruit to samspil_app;
    grant update (name) on fruit to samspil_app;
    comment on table fruit is 'Grows on trees'`)
  const dump = await dumpSchema(pool)
  assert.equal(await dumpSchema(pool), dump)
  for (const line of [
    `type ripeness as enum ('green', 'ripe')`,
    'table fruit',
    `  name text collate "C" not null default 'apple'::text`,
    '  shout text generated always as (upper(name)) stored',
    '  id bigint not null generated always as identity',
    "fruit: fruit_named CHECK ((name <> ''::text))",
    'fruit: fruit_tree_fk FOREIGN KEY (tree) REFERENCES tree(id)',
    `CREATE INDEX fruit_by_tree ON fruit USING btree (tree) WHERE (ripeness = 'ripe'::ripeness)`,
    'view ripe as',
    'insert, select on fruit to samspil_app',
    'update on fruit.name to samspil_app',
    'fruit: Grows on trees',
  ]) {
    assert.ok(dump.split('\n').includes(line), `${line}\nis missing in\n${dump}`)
  }
  await pool.script('revoke insert on fruit from samspil_app')
  assert.notEqual(await dumpSchema(pool), dump)
})
