/**
 * Where it is measured: a durable PostgreSQL of its own with a population, a copy of the database
 * for the statements alone, people who can move, and somebody signed on in each municipality.
 */

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { makeOneTimePassword } from '#access/password-rules.ts'
import { readPersonCode } from '#access/person-code.ts'
import type { SecurityGroup } from '#access/security-groups.ts'
import { assert } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { generatePopulation } from '#population/population.ts'
import { type Access, openAccess, signOn } from '#store/access.ts'
import { startEmbedded } from '#store/embedded/start.ts'
import { migrate, setPassword } from '#store/migrate.ts'
import { createPersonCode } from '#store/person-codes.ts'
import { openPool, type Pool, statement } from '#store/pool.ts'
import { loadPopulation } from '#store/population.ts'
import { loadReference, readReferenceFiles } from '#store/reference.ts'
import type { Mover } from '#test/bench/incident.ts'
import type { Tokens } from '#test/bench/lanes.ts'
import type { Setting } from '#test/bench/orders.ts'
import { administer, urlTo } from '#test/test-server.ts'

export type Scene = {
  /** What the load generator must know, but for the server's address. Its URLs are of samspil_app. */
  readonly setting: Omit<Setting, 'url' | 'connections'>
  /** Of the owner, to the same database. */
  readonly ownerUrl: string
  readonly postgres: string
  readonly pid: number
  readonly stop: () => Promise<void>
}

const database = 'bench'
const mirror = 'bench_mirror'
const source = '127.0.0.1'
const municipalitiesMax = 20
const moversMax = 40_000
const random = (bytes: number) => randomBytes(bytes)

export async function openScene(folder: string, persons: number): Promise<Scene> {
  const server = await startEmbedded({ dataDir: join(folder, 'bench-database') })
  try {
    await administer(server.url, `create database ${database} template template0`)
    const ownerUrl = urlTo(server.url, database)
    const owner = openPool(ownerUrl, { max: 4, statementTimeoutMs: 0 })
    const password = randomBytes(16).toString('hex')
    const filled = await thenClose(owner, () => fill(owner, persons, password))
    // As files, since a copy by log would write all of it twice.
    const copy = `create database ${mirror} template ${database} strategy file_copy`
    const admin = openPool(server.url, { max: 1, statementTimeoutMs: 0 })
    await thenClose(admin, () => admin.script(copy))
    const { postgres, ...rest } = filled
    const databaseUrl = urlTo(server.url, database, 'samspil_app', password)
    const mirrorUrl = urlTo(server.url, mirror, 'samspil_app', password)
    return {
      setting: { ...rest, databaseUrl, mirrorUrl },
      ownerUrl,
      postgres,
      stop: server.stop,
      pid: server.pid,
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function fill(owner: Pool, persons: number, password: string) {
  const now = new Date()
  const today = danishDate(now)
  await migrate(owner)
  await setPassword(owner, 'samspil_app', password)
  const reference = readReferenceFiles(today)
  await loadReference(owner, reference)
  const population = generatePopulation({ seed: 1, persons, today, reference })
  await loadPopulation(owner, population, { now, random })
  const municipalities = await largest(owner)
  const found = await findMovers(owner, municipalities)
  const tokens = await signAllOn(owner, municipalities, now)
  await owner.script('vacuum analyze')
  const { rows } = await owner.script('show server_version')
  return { today, tokens, ...found, postgres: String(rows[0]?.['server_version']) }
}

const largestMunicipalities = statement(
  'bench-municipalities',
  `
select municipality from person where municipality is not null
group by municipality order by count(*) desc, municipality limit $1
`,
)

async function largest(owner: Pool): Promise<readonly string[]> {
  const { rows } = await owner.run(largestMunicipalities, [municipalitiesMax])
  return rows.map((row) => String(row['municipality']))
}

/**
 * Each who lives alone, with an empty dwelling of the municipality for that person only: neither
 * the way there nor the way back has a host who must be heard first.
 */
const pairs = statement(
  'bench-movers',
  `
with dwelling as (
  select a.*, (select count(*) from person l where l.address_key = a.key) as residents
  from address a where a.valid_to is null and a.municipality = any($1)
),
alone as (
  select p.pnr, d.*, row_number() over (partition by d.municipality order by md5(p.pnr)) as nth
  from dwelling d join person p on p.address_key = d.key
  where d.residents = 1 and p.status = '01' and p.next_change_on is null
),
empty as (
  select d.*, row_number() over (partition by d.municipality order by md5(d.key)) as nth
  from dwelling d where d.residents = 0
)
select o.pnr, o.municipality,
  json_build_object('road', o.road, 'house', o.house, 'floor', o.floor, 'door', o.door) as home,
  json_build_object('road', e.road, 'house', e.house, 'floor', e.floor, 'door', e.door) as away
from alone o join empty e on e.municipality = o.municipality and e.nth = o.nth
order by md5(o.pnr) limit $2
`,
)

/** Each moves to an empty dwelling and back; half of them through the doors, half without. */
async function findMovers(owner: Pool, municipalities: readonly string[]) {
  const { rows } = await owner.run(pairs, [municipalities, moversMax])
  const found = rows as readonly Mover[]
  const half = (which: number) => found.filter((_, index) => index % 2 === which)
  return { movers: half(0), rawMovers: half(1) }
}

async function signAllOn(
  owner: Pool,
  municipalities: readonly string[],
  now: Date,
): Promise<Tokens> {
  const access = openAccess(owner, random)
  const reporterAuthority = '0042'
  const reporter = await signOnAs(access, 'citizen', reporterAuthority, now)
  const signed = await Promise.all(
    municipalities.map(
      async (code) => [code, await signOnAs(access, 'municipality', code, now)] as const,
    ),
  )
  return { reporter, reporterAuthority, municipalities: Object.fromEntries(signed) }
}

async function signOnAs(
  access: Access,
  group: SecurityGroup,
  authority: string,
  now: Date,
): Promise<string> {
  const userId = `W000${authority}`
  const code = readPersonCode(userId)
  const password = makeOneTimePassword(random, userId)
  const wanted = { code, group, authority, name: 'bench', lastingPassword: password }
  const by = { actor: 'bench', purpose: 'a benchmark', now }
  const created = await createPersonCode(access, wanted, by)
  assert(created.kind === 'created', `no person code of ${authority}: ${created.kind}`)
  const signed = await signOn(access, { userId, password, source }, now)
  assert(signed.kind === 'signed-on', `${authority} is not signed on: ${signed.kind}`)
  return signed.token
}

async function thenClose<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    await pool.close()
  }
}
