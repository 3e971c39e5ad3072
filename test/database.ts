/**
 * A real database for each test file: a clone of one that was migrated once. The run shares one
 * server by environment; a file that is run alone starts its own. It knows no table.
 */

import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import { openPool, type Pool } from '#store/pool.ts'
import { patienceMs } from '#test/patience.ts'
import {
  administer,
  dropDatabase,
  startTestServer,
  type TestServer,
  template,
  urlTo,
} from '#test/test-server.ts'

export type TestDatabase = {
  /** As the program connects: role samspil_app. */
  readonly pool: Pool
  readonly ownerPool: Pool
  /** As the command line administers: role samspil_admin. */
  readonly adminPool: Pool
  /** Of samspil_app. */
  readonly url: string
  readonly ownerUrl: string
  /** Of samspil_admin. */
  readonly adminUrl: string
  readonly close: () => Promise<void>
}

/** What the program gives up on after seconds is an outage; here the machine may just be slow. */
const patient = { connectTimeoutMs: patienceMs, statementTimeoutMs: patienceMs }

/** In the order they were opened. Given to the runner here, since `after` within a test may be lost. */
const closings: (() => Promise<void>)[] = []
after(async () => {
  for (const close of closings.reverse()) await close()
})

/** An empty, migrated database of its own, dropped when the file's tests are over. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = await findServer()
  const name = await createDatabase(server.url, template)
  const ownerUrl = urlTo(server.url, name)
  const url = urlTo(server.url, name, 'samspil_app', server.password)
  const ownerPool = openPool(ownerUrl, { ...patient, max: 5 })
  const pool = openPool(url, patient)
  const adminUrl = urlTo(server.url, name, 'samspil_admin', server.password)
  const adminPool = openPool(adminUrl, { ...patient, max: 3 })
  const close = once(async () => {
    await Promise.all([pool, ownerPool, adminPool].map((each) => each.close()))
    await dropDatabase(server.url, name)
  })
  closings.push(close)
  return { pool, ownerPool, adminPool, url, ownerUrl, adminUrl, close }
}

/** A database without any table, for tests of migrations and of the driver. */
export async function openEmptyDatabase(): Promise<{ readonly url: string; readonly pool: Pool }> {
  const server = await findServer()
  const name = await createDatabase(server.url, 'template0')
  const url = urlTo(server.url, name)
  const pool = openPool(url, patient)
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

async function createDatabase(url: string, from: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(url, `create database ${name} template ${from}`)
  return name
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
