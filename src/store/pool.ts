/**
 * Connections to PostgreSQL, and how its values arrive: with the query that is led the only file
 * that imports the driver. It knows no table.
 *
 * A `date` is a 'YYYY-MM-DD' string (the driver's own Date shifts with the time zone), a `bigint` is
 * a number and a bug when it is not exact, `timestamp` and `numeric` are strings, `timestamptz` is a
 * Date, `jsonb` is parsed. Rows are untrusted: each noun reads its own.
 */

import pg from 'pg'
import { assert } from '#base/assert.ts'
import { Unavailable } from '#base/outage.ts'
import { type Leading, LedQuery } from '#store/led-query.ts'
import { translate } from '#store/outages.ts'

/** What goes ahead of a statement in the same transaction and the same round trip. */
export type Lead = {
  readonly name: string
  readonly text: string
  /** Taken from the values of the statement that it leads. */
  readonly values: (values: readonly unknown[]) => Leading['values']
}

/** A query with a name, under which PostgreSQL keeps its plan for as long as a connection lives. */
export type Statement = { readonly name: string; readonly text: string; readonly lead?: Lead }

export type Row = Readonly<Record<string, unknown>>
export type Result = { readonly rows: readonly Row[]; readonly count: number }

export type Session = {
  run: (statement: Statement, values?: readonly unknown[]) => Promise<Result>
  /** Text without parameters, possibly several statements: migrations and administration. */
  script: (text: string) => Promise<Result>
}

export type Pool = Session & {
  /** All of `work` or nothing. `begin` may say more, such as `begin isolation level serializable`. */
  transaction: <T>(work: (session: Session) => Promise<T>, begin?: string) => Promise<T>
  close: () => Promise<void>
}

export type PoolOptions = {
  readonly max?: number
  readonly connectTimeoutMs?: number
  /** 0 for no limit. */
  readonly statementTimeoutMs?: number
  /**
   * False behind a pooler in transaction mode: statements go unnamed, and the time limit is kept
   * here alone, since such a pooler refuses the setting.
   */
  readonly prepare?: boolean
  readonly applicationName?: string
  /** Told of a connection that broke while idle; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void
}

const nameBytesMax = 63
const defaults = { max: 10, connectTimeoutMs: 5_000, statementTimeoutMs: 10_000 }
/** A new connection plans each statement anew, five times over: some 100 ms of processor time. */
const idleMaxMs = 300_000
/** So that the server's own limit, whose error is clearer, comes first. */
const graceMs = 2_000

/** A statement to prepare once per connection; the name must be the only one for this text. */
export function statement(name: string, text: string, lead?: Lead): Statement {
  assert(name !== '' && Buffer.byteLength(name) <= nameBytesMax, `not a statement name: ${name}`)
  return { name, text, ...(lead && { lead }) }
}

export function openPool(url: string, options: PoolOptions = {}): Pool {
  const prepare = options.prepare ?? true
  const pool = new pg.Pool(driverOptions(url, options, prepare))
  pool.on('error', options.onIdleError ?? (() => {}))
  // Unheard, the loss of a connection between two statements would end the program; the next
  // statement on it fails anyway.
  pool.on('connect', (client) => client.on('error', () => {}))
  const send = sender(prepare)
  return {
    run: async (statement, values = []) => {
      const client = await connect(pool)
      return giveBack(client, () => send(client, statement, values), 'unknown')
    },
    script: async (text) => {
      const client = await connect(pool)
      return giveBack(client, () => sendScript(client, text), 'unknown')
    },
    transaction: async (work, begin = 'begin') => {
      const client = await connect(pool)
      return inTransaction(client, work, begin, send)
    },
    close: () => pool.end(),
  }
}

type Send = (
  client: pg.PoolClient,
  statement: Statement,
  values: readonly unknown[],
) => Promise<Result>

function sender(prepare: boolean): Send {
  const named = (name: string) => (prepare ? { name } : {})
  return async (client, { name, text, lead }, values) => {
    const query = { text, values: [...values], ...named(name) }
    const { rows, rowCount } = lead
      ? await sendLed(
          client,
          { ...named(lead.name), text: lead.text, values: lead.values(values) },
          query,
        )
      : await client.query<Row>(query)
    return { rows, count: rowCount ?? 0 }
  }
}

type Query = { readonly name?: string; readonly text: string; readonly values: unknown[] }

function sendLed(client: pg.PoolClient, lead: Leading, query: Query): Promise<pg.QueryResult<Row>> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | undefined, result: pg.QueryResult<Row>) => {
      if (error) reject(error)
      else resolve(result)
    }
    client.query(new LedQuery(lead, query, done))
  })
}

async function sendScript(client: pg.PoolClient, text: string): Promise<Result> {
  const results: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await client.query<Row>(text)
  // Of several statements the driver gives an array, which its types do not tell.
  const last = [results].flat().at(-1)
  return { rows: last?.rows ?? [], count: last?.rowCount ?? 0 }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw translate(error, 'nothing-happened')
  }
}

/** A connection after an outage is not trusted again; after any other error it is as good as new. */
async function giveBack<T>(
  client: pg.PoolClient,
  work: () => Promise<T>,
  outcome: 'nothing-happened' | 'unknown',
): Promise<T> {
  try {
    const answer = await work()
    client.release()
    return answer
  } catch (error) {
    const seen = translate(error, outcome)
    client.release(seen instanceof Unavailable)
    throw seen
  }
}

/** Until the commit is sent, a lost connection means a rollback; from then on nobody knows. */
async function inTransaction<T>(
  client: pg.PoolClient,
  work: (session: Session) => Promise<T>,
  begin: string,
  send: Send,
): Promise<T> {
  const session: Session = {
    run: (statement, values = []) => send(client, statement, values),
    script: (text) => sendScript(client, text),
  }
  try {
    await client.query(begin)
    const answer = await work(session)
    await commit(client)
    client.release()
    return answer
  } catch (error) {
    const seen = translate(error, 'nothing-happened')
    const usable = !(seen instanceof Unavailable) && (await rollBack(client))
    client.release(!usable)
    throw seen
  }
}

/** PostgreSQL answers the commit of a failed transaction with ROLLBACK and no error. */
async function commit(client: pg.PoolClient): Promise<void> {
  try {
    const { command } = await client.query('commit')
    assert(command === 'COMMIT', 'a transaction swallowed the error of one of its statements')
  } catch (error) {
    throw translate(error, 'unknown')
  }
}

async function rollBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('rollback')
    return true
  } catch {
    return false
  }
}

function driverOptions(url: string, options: PoolOptions, prepare: boolean): pg.PoolConfig {
  const limitMs = options.statementTimeoutMs ?? defaults.statementTimeoutMs
  return {
    connectionString: url,
    max: options.max ?? defaults.max,
    idleTimeoutMillis: idleMaxMs,
    connectionTimeoutMillis: options.connectTimeoutMs ?? defaults.connectTimeoutMs,
    ...limits(limitMs, prepare),
    application_name: options.applicationName ?? 'samspil',
    keepAlive: true,
    types: { getTypeParser: parserOf },
  }
}

function limits(limitMs: number, prepare: boolean): pg.PoolConfig {
  if (limitMs === 0) return {}
  if (!prepare) return { query_timeout: limitMs }
  return { statement_timeout: limitMs, query_timeout: limitMs + graceMs }
}

const text = (value: string) => value

/** By the numbers of PostgreSQL's catalogue pg_type. */
const textParsers: Readonly<Record<number, (value: string) => unknown>> = {
  20: readBigint,
  1082: text,
  1114: text,
  1115: readTexts,
  1182: readTexts,
}
const textArray: number = 1009

function parserOf(type: number, format?: string): (value: string) => unknown {
  const own = format === 'binary' ? undefined : textParsers[type]
  return own ?? pg.types.getTypeParser(type)
}

function readTexts(value: string): unknown {
  return pg.types.getTypeParser(textArray)(value)
}

function readBigint(value: string): number {
  const number = Number(value)
  assert(Number.isSafeInteger(number), `a bigint too large to be exact: ${value}`)
  return number
}
