/**
 * A whole CPR server in this process for one test file: a database of its own with the reference
 * lists and an invented population, person codes that can be used, both doors on a free port of
 * 127.0.0.1. It knows no door's speech.
 */

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after } from 'node:test'
import { readPersonCode } from '#access/person-code.ts'
import type { SecurityGroup } from '#access/security-groups.ts'
import { assert, present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { usualLimits } from '#casework/house.ts'
import { generatePopulation } from '#population/population.ts'
import type { Scenario } from '#population/scenario.ts'
import type { ReadyAddress } from '#population/scenario-addresses.ts'
import type { ServerParts } from '#server/compose.ts'
import type { GctpSettings } from '#server/gctp/door.ts'
import { type Access, openAccess } from '#store/access.ts'
import { changePassword } from '#store/password-change.ts'
import { createPersonCode } from '#store/person-codes.ts'
import type { Pool } from '#store/pool.ts'
import { loadReference, readReferenceFiles } from '#store/reference.ts'
import { composeServer } from '#test/canaries/compose.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { loadPopulation } from '#test/canaries/population.ts'
import { openTestDatabase } from '#test/database.ts'

/** A person code with a password that its user chose: it signs on. */
export type TestCode = {
  readonly code: string
  readonly password: string
  readonly group: SecurityGroup
  readonly authority: string
}

export type TestServer = {
  /** Of the server, without a slash at the end: 'http://127.0.0.1:40123'. */
  readonly url: string
  readonly scenario: Scenario
  readonly addresses: readonly ReadyAddress[]
  readonly codes: {
    readonly citizen: TestCode
    /** Of 0751, where the named people live. */
    readonly municipality: TestCode
    /** Of 0851. */
    readonly otherMunicipality: TestCode
    readonly office: TestCode
  }
  /** Another person code of 0751, which may confirm; made before anybody signs on. */
  readonly newColleague: () => Promise<TestCode>
  /** One of any group, made before anybody signs on. */
  readonly newCode: (group: SecurityGroup, authority: string) => Promise<TestCode>
  readonly clock: () => Date
  /** As the program connects. */
  readonly pool: Pool
  readonly ownerPool: Pool
  /** As the program connects, for one that is started beside. */
  readonly databaseUrl: string
  /** Optional: whatever is left open is closed when the file's tests are over. */
  readonly close: () => Promise<void>
}

export type TestServerOptions = {
  /** The named people are always there; this many numbers in all. */
  readonly persons?: number
  readonly seed?: number
  /**
   * The server's clock, and the day on which the population stands. It must not go back. When left
   * out it goes as the real one, and no day of it ends while a file is tested.
   */
  readonly clock?: () => Date
  readonly gctp?: GctpSettings
  /** Of the server, beside those above: its listener, its budgets, its OpenID providers. */
  readonly parts?: Partial<Omit<ServerParts, 'pool' | 'clock' | 'version' | 'gctp'>>
}

const random = (bytes: number) => randomBytes(bytes)

/** A test asks more in a second than a provider in a minute; budgets have tests of their own. */
const generous = { scale: 10_000, processes: 1 }
/** And of the programs with pages more than a person. */
export const generousPages = {
  ...generous,
  proxy: { proxies: [], header: 'x-forwarded-for' },
} as const
const limits = { ...usualLimits, trialsPerPersonMax: 100_000, missesPerHourMax: 100_000 }

const testMaxMs = 2 * 3_600_000

/** Two hours slow when midnight in Denmark is nearer than that; else the time that it is. */
function clockOfOneDay(): () => Date {
  const now = new Date()
  const turns = danishDate(new Date(now.valueOf() + testMaxMs)) !== danishDate(now)
  const slowMs = turns ? testMaxMs : 0
  return () => new Date(Date.now() - slowMs)
}

const closings: (() => Promise<void>)[] = []
after(async () => {
  for (const close of closings.reverse()) await close()
})

export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { persons = 0, seed = 1, clock = clockOfOneDay(), parts = {}, gctp } = options
  const database = await openTestDatabase()
  const { pool, ownerPool } = database
  const scenario = await fill(ownerPool, { persons, seed, now: clock() })
  const access = openAccess(pool, random)
  const codes = {
    citizen: await makeCode(access, ownerPool, clock, 'citizen', '0042'),
    municipality: await makeCode(access, ownerPool, clock, 'municipality', '0751'),
    otherMunicipality: await makeCode(access, ownerPool, clock, 'municipality', '0851'),
    office: await makeCode(access, ownerPool, clock, 'cpr-office', '0001'),
  }
  const app = await composeServer({
    ...{ pool, log: watchedLog(), clock, version: 'test', budgets: generous, limits },
    ...(gctp && { gctp }),
    ...parts,
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= app.close().then(() => database.close())
    return closed
  }
  closings.push(close)
  const { addresses } = scenario
  const newColleague = () => makeCode(access, ownerPool, clock, 'municipality', '0751', 'W0010751')
  let made = 0
  const newCode = (group: SecurityGroup, authority: string) => {
    made += 1
    const code = `W01${String(made).padStart(5, '0')}`
    return makeCode(access, ownerPool, clock, group, authority, code)
  }
  return {
    ...{ url, scenario, addresses, codes, newColleague, newCode, clock, pool, ownerPool, close },
    databaseUrl: database.url,
  }
}

async function fill(
  ownerPool: Pool,
  { persons, seed, now }: { readonly persons: number; readonly seed: number; readonly now: Date },
): Promise<Scenario> {
  const today = danishDate(now)
  const reference = readReferenceFiles(today)
  await loadReference(ownerPool, reference)
  const population = generatePopulation({ seed, persons, today, reference })
  await loadPopulation(ownerPool, population, { now, random })
  return population.scenario
}

/**
 * The way every user goes: a one-time password from the office, changed into one of one's own. That
 * is then put two days back, so that a test may change it again: once in 24 hours is the rule. Done
 * two days ago, it would be refused once the server has marked the time.
 */
async function makeCode(
  access: Access,
  ownerPool: Pool,
  clock: () => Date,
  group: SecurityGroup,
  authority: string,
  text = `W000${authority}`,
): Promise<TestCode> {
  const wanted = { code: readPersonCode(text), group, authority, name: group }
  const now = clock()
  const by = { actor: 'test', second: 'another test', purpose: 'a test', now }
  const created = await createPersonCode({ ...access, pool: ownerPool }, wanted, by)
  assert(created.kind === 'created', `no person code of ${authority}: ${created.kind}`)
  const { code } = created
  const oneTime = present(created.oneTimePassword, 'the one-time password')
  const password = newPassword()
  // A server that runs already has shown its clock; that it then went back is only our tale.
  await ownerPool.script("update clock_mark set reached = '-infinity'")
  const change = { userId: code, password: oneTime, newPassword: password, source: '127.0.0.1' }
  const changed = await changePassword(access, change, now)
  assert(changed.kind === 'changed', `the password of ${code} was not changed: ${changed.kind}`)
  await ownerPool.script(
    `update person_code set created_at = created_at - interval '2 days',
       password_set_at = password_set_at - interval '2 days',
       password_expires_at = password_expires_at - interval '2 days'
     where code = '${code}';
     update password_history set set_at = set_at - interval '2 days' where person_code = '${code}'`,
  )
  return { code, password, group, authority }
}

/** A server's address at which nobody answers. */
export async function unusedUrl(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  assert(typeof address === 'object' && address !== null, 'a listening probe has a port')
  probe.close()
  await once(probe, 'close')
  return `http://127.0.0.1:${address.port}`
}

/**
 * Unpredictable, and with a sign of each kind that CPR asks for. Of letters that make no word: of
 * hexadecimal digits one in some thousands would be too easy to guess.
 */
export function newPassword(): string {
  const drawn = [...randomBytes(24)].map((byte) => wordless[byte % wordless.length])
  return `Aa1:${drawn.join('')}`
}

const wordless = 'bdfghjkmnpqrstvwxz'
