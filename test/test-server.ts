/**
 * The PostgreSQL that the test files of a run share: a template that was migrated once, and roles
 * that can log in. It knows neither tests nor tables.
 */

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '#store/embedded/start.ts'
import { migrate, setPassword } from '#store/migrate.ts'
import { openPool } from '#store/pool.ts'

export type TestServer = {
  /** Of the owner; its database holds nothing. */
  readonly url: string
  /** Of the lesser roles. */
  readonly password: string
  readonly stop: () => Promise<void>
}

export const template = 'samspil_test_template'
const roles = ['samspil_app', 'samspil_reader', 'samspil_admin']

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

export function dropDatabase(url: string, name: string): Promise<void> {
  return administer(url, `drop database if exists ${name} with (force)`)
}

/** One statement on the server's own database; such ones may run in no transaction. */
export async function administer(url: string, sql: string): Promise<void> {
  const pool = openPool(url, { max: 1, statementTimeoutMs: 60_000 })
  try {
    await pool.script(sql)
  } finally {
    await pool.close()
  }
}

export function urlTo(server: string, database: string, user?: string, password?: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  if (user !== undefined) url.username = user
  if (password !== undefined) url.password = password
  return url.href
}
