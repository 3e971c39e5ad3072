/**
 * A real database for each test file: a clone of one that was migrated once. The run shares one
 * server by environment; a file that is run alone starts its own. It knows no table.
 */

import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { startEmbedded } from '#store/embedded/start.ts'
import { migrate, setPassword } from '#store/migrate.ts'
import { openPool, type Pool } from '#store/pool.ts'

export type TestServer = {
  /** Of the owner; its database holds nothing. */
  readonly url: string
  /** Of both lesser roles. */
  readonly password: string
  readonly stop: () => Promise<void>
}

export type TestDatabase = {
  /** As the program connects: role samspil_app. */
  readonly pool: Pool
  readonly ownerPool: Pool
  /** Of samspil_app. */
  readonly url: string
  readonly ownerUrl: string
  readonly close: () => Promise<void>
}

/** In the order they were opened. Given to the runner here, since `after` within a test may be lost. */
const closings: (() => Promise<void>)[] = []
after(async () => {
  for (const close of closings.reverse()) await close()
})

const template = 'samspil_test_template'
const roles = ['samspil_app', 'samspil_reader']

/** A server with a migrated template: TEST_DATABASE_URL when it is set, else an embedded one. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env['TEST_DATABASE_URL']
  const { url, stop } =
    given === undefined ? await startOwn() : { url: given, stop: async () => {} }
  try {
    return { url, stop, password: await prepare(url) }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What a test file needs to find the server of its run. */
export function environmentOf(server: TestServer): Record<string, string> {
  return { TEST_DATABASE_URL: server.url, TEST_DATABASE_PASSWORD: server.password }
}

/** An empty, migrated database of its own, dropped when the file's tests are over. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = await findServer()
  const name = await createDatabase(server.url, template)
  const ownerUrl = urlTo(server.url, name)
  const url = urlTo(server.url, name, 'samspil_app', server.password)
  const ownerPool = openPool(ownerUrl, { max: 5 })
  const pool = openPool(url)
  const close = once(async () => {
    await Promise.all([pool.close(), ownerPool.close()])
    await dropDatabase(server.url, name)
  })
  closings.push(close)
  return { pool, ownerPool, url, ownerUrl, close }
}

/** A database without any table, for tests of migrations and of the driver. */
export async function openEmptyDatabase(): Promise<{ readonly url: string; readonly pool: Pool }> {
  const server = await findServer()
  const name = await createDatabase(server.url, 'template0')
  const url = urlTo(server.url, name)
  const pool = openPool(url)
  closings.push(async () => {
    await pool.close()
    await dropDatabase(server.url, name)
  })
  return { url, pool }
}

let own: Promise<TestServer> | undefined

function findServer(): Promise<Pick<TestServer, 'url' | 'password'>> {
  const url = process.env['TEST_DATABASE_URL']
  const password = process.env['TEST_DATABASE_PASSWORD']
  if (url !== undefined && password !== undefined) return Promise.resolve({ url, password })
  if (own === undefined) {
    const starting = startTestServer()
    own = starting
    closings.push(async () => (await starting).stop())
  }
  return own
}

async function startOwn(): Promise<Pick<TestServer, 'url' | 'stop'>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'samspil-test-'))
  const server = await startEmbedded({ dataDir })
  const stop = async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { url: server.url, stop }
}

async function prepare(url: string): Promise<string> {
  const password = randomBytes(16).toString('hex')
  await dropDatabase(url, template)
  await administer(url, `create database ${template} template template0`)
  const pool = openPool(urlTo(url, template), { max: 1, statementTimeoutMs: 0 })
  try {
    await migrate(pool)
    for (const role of roles) await setPassword(pool, role, password)
  } finally {
    await pool.close()
  }
  return password
}

async function createDatabase(url: string, from: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(url, `create database ${name} template ${from}`)
  return name
}

function dropDatabase(url: string, name: string): Promise<void> {
  return administer(url, `drop database if exists ${name} with (force)`)
}

/** One statement on the server's own database; such ones may run in no transaction. */
async function administer(url: string, sql: string): Promise<void> {
  const pool = openPool(url, { max: 1, statementTimeoutMs: 60_000 })
  try {
    await pool.script(sql)
  } finally {
    await pool.close()
  }
}

function urlTo(server: string, database: string, user?: string, password?: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  if (user !== undefined) url.username = user
  if (password !== undefined) url.password = password
  return url.href
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
