/**
 * Brings a database to the tables that this program knows: numbered files, each run once, in one
 * transaction. Any number of processes may do it at once. It knows no table but its own.
 */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert } from '#base/assert.ts'
import { type Pool, type Session, statement } from '#store/pool.ts'
import { refuseOtherThanOwner } from '#store/standing.ts'

export type Migration = {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly checksum: string
  /** Programs that do not know this file must not use the database once it was run. */
  readonly breaking: boolean
}

type Applied = Pick<Migration, 'number' | 'name' | 'checksum' | 'breaking'>

/** The database and the program do not belong together; an operator must choose the right ones. */
export class WrongSchema extends Error {
  override readonly name = 'WrongSchema'
}

export const migrationFolder = fileURLToPath(new URL('../../sql', import.meta.url))

const named = /^(\d{6})-([a-z0-9-]+)\.sql$/
const breakingMark = '--! breaking'

const createTable = `
create table if not exists migration (
  number     integer     not null,
  name       text        not null,
  checksum   text        not null,
  breaking   boolean     not null,
  applied_at timestamptz not null default now(),
  constraint migration_pk primary key (number)
);
-- Every program checks that it fits the database, whatever its role.
grant select on migration to public`

const findTable = statement(
  'migration_table',
  `select to_regclass('migration') is not null as found`,
)
const selectApplied = statement(
  'migration_applied',
  'select number, name, checksum, breaking from migration order by number',
)
/** Waits for another process that is running the same file, and then adds no row. */
const insertApplied = statement(
  'migration_insert',
  `insert into migration (number, name, checksum, breaking) values ($1, $2, $3, $4)
   on conflict (number) do nothing`,
)

/** The files of the folder in order; other `.sql` files there, such as the dump, are no migrations. */
export function readMigrations(folder = migrationFolder): readonly Migration[] {
  const found = readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const [, number, name] = named.exec(file) ?? []
      if (number === undefined || name === undefined) return []
      const text = readFileSync(join(folder, file), 'utf8')
      const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
      const breaking = text.split('\n', 1)[0]?.trim() === breakingMark
      return [{ number: Number(number), name, text, checksum, breaking }]
    })
  const numbers = new Set(found.map(({ number }) => number))
  assert(numbers.size === found.length, `two migrations in ${folder} have the same number`)
  return found
}

/**
 * Runs what is missing, as the owner, and gives the numbers that this call ran.
 * @param say is told before a file is run that programs of before do not work with.
 */
export async function migrate(
  pool: Pool,
  migrations: readonly Migration[] = readMigrations(),
  say: (line: string) => void = () => {},
): Promise<readonly number[]> {
  await refuseOtherThanOwner(pool)
  await ensureTable(pool)
  const applied = await readApplied(pool)
  refuseUnknown(applied, migrations)
  const missing = missingOf(applied, migrations)
  const breaking = missing.filter((migration) => migration.breaking)
  // In an empty database there is nobody to break.
  if (applied.length > 0 && breaking.length > 0) {
    say(`servers of before do not work with ${namesOf(breaking)}: they are not ready from now on`)
  }
  const ran: number[] = []
  for (const migration of missing) {
    if (await runOne(pool, migration)) ran.push(migration.number)
  }
  // Another process may have run a file of the same number and another text.
  missingOf(await readApplied(pool), migrations)
  return ran
}

/**
 * Throws unless the program may use the database as it is: everything it knows was run, and of what
 * it does not know nothing is breaking, so that programs can be replaced one after the other.
 */
export async function checkSchema(
  pool: Pool,
  migrations: readonly Migration[] = readMigrations(),
): Promise<void> {
  const { rows } = await pool.run(findTable)
  const applied = rows[0]?.['found'] === true ? await readApplied(pool) : []
  refuseUnknown(
    applied.filter(({ breaking }) => breaking),
    migrations,
  )
  const missing = missingOf(applied, migrations)
  if (missing.length === 0) return
  throw new WrongSchema(
    `the database is older than this program: run samspil migrate as its owner (${namesOf(missing)})`,
  )
}

/** Lets a role of the migrations log in; as the owner. */
export async function setPassword(pool: Pool, role: string, password: string): Promise<void> {
  assert(/^[a-z_]+$/.test(role), `not a role: ${role}`)
  assert(/^[A-Za-z0-9_-]{16,}$/.test(password), 'a password has sixteen letters and digits or more')
  await pool.script(`alter role ${role} login password '${password}'`)
}

/** True when this call ran the file; false when another process did so at the same moment. */
function runOne(
  pool: Pool,
  { number, name, checksum, breaking, text }: Migration,
): Promise<boolean> {
  return pool.transaction(async (session: Session) => {
    const { count } = await session.run(insertApplied, [number, name, checksum, breaking])
    if (count === 0) return false
    await session.script(text)
    return true
  })
}

/** Two that create a table at once collide in the catalogue, even with `if not exists`. */
async function ensureTable(pool: Pool): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { rows } = await pool.run(findTable)
    if (rows[0]?.['found'] === true) return
    try {
      await pool.script(createTable)
      return
    } catch (error) {
      if (attempt === 5) throw error
    }
  }
}

async function readApplied(pool: Pool): Promise<readonly Applied[]> {
  const { rows } = await pool.run(selectApplied)
  return rows.map((row) => ({
    number: Number(row['number']),
    name: String(row['name']),
    checksum: String(row['checksum']),
    breaking: row['breaking'] === true,
  }))
}

function refuseUnknown(applied: readonly Applied[], known: readonly Migration[]): void {
  const numbers = new Set(known.map(({ number }) => number))
  const unknown = applied.filter(({ number }) => !numbers.has(number))
  if (unknown.length === 0) return
  throw new WrongSchema(
    `the database is newer than this program: it was changed by what is unknown here ` +
      `(${namesOf(unknown)})`,
  )
}

/** What is still to be run; throws when a file was changed after it was run, or comes too late. */
function missingOf(applied: readonly Applied[], known: readonly Migration[]): readonly Migration[] {
  const byNumber = new Map(applied.map((one) => [one.number, one]))
  const changed = known.filter(({ number, checksum }) => {
    const one = byNumber.get(number)
    return one !== undefined && one.checksum !== checksum
  })
  if (changed.length > 0) {
    const names = changed.map(fileOf).join(', ')
    throw new WrongSchema(`${names} changed after it was run; write a new file instead`)
  }
  const missing = known.filter(({ number }) => !byNumber.has(number))
  const last = Math.max(0, ...applied.map(({ number }) => number))
  const late = missing.filter(({ number }) => number < last)
  if (late.length === 0) return missing
  const names = late.map(fileOf).join(', ')
  throw new WrongSchema(
    `${names} comes before ${last}, which was run already; give it a new number`,
  )
}

function fileOf({ number, name }: Applied): string {
  return `${String(number).padStart(6, '0')}-${name}.sql`
}

/** All of a few; of many the first and the last. */
function namesOf(files: readonly Applied[]): string {
  const names = files.map(fileOf)
  return names.length <= 3 ? names.join(', ') : `${names[0]} to ${names.at(-1)}`
}
