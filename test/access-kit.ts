/** A database with person codes, and the short verbs in which the tests of access are written. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { openAccess, type SignedOn, signOn } from '#store/access.ts'
import { changePassword } from '#store/password-change.ts'
import { createPersonCode } from '#store/person-codes.ts'
import { statement } from '#store/pool.ts'
import { openTestDatabase } from '#test/database.ts'

export const start = new Date('2026-01-05T08:00:00Z')
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
export const source = '192.0.2.7'
export const right = 'Ny-molle7Q'
export const wrong = 'Forkert-9x'

export const database = await openTestDatabase()
export const access = openAccess(database.pool, randomBytes)
await database.ownerPool.script(`insert into authority (code, type, name, valid_from) values
  ('0042', '42', 'Borger direkte', '1968-01-01'), ('0751', '05', 'Aarhus', '1968-01-01')`)

/** Time runs on between tests, as the clock's mark demands: each begins a year after the last. */
let years = 0
export function nextStart(): Date {
  return new Date(start.valueOf() + years++ * 366 * day)
}

export const after = (at: Date, ms: number) => new Date(at.valueOf() + ms)
export const by = (now: Date) => ({ actor: 'test', purpose: 'test', now })

export async function newCode(now: Date, kind: 'lasting' | 'one-time' = 'lasting') {
  const lastingPassword = kind === 'lasting' ? right : undefined
  const wanted = { group: 'municipality', authority: '0751', lastingPassword } as const
  const made = await createPersonCode(access, wanted, by(now))
  assert.equal(made.kind, 'created')
  return made
}

export const knock = (userId: string, password: string) => ({ userId, password, source })

export async function signedOn(code: string, now: Date, password = right): Promise<SignedOn> {
  const answer = await signOn(access, knock(code, password), now)
  assert.equal(answer.kind, 'signed-on')
  return answer
}

export async function receiptOf(
  code: string,
  password: string,
  now: Date,
  from = source,
): Promise<number | 'busy' | 'throttled'> {
  const answer = await signOn(access, { ...knock(code, password), source: from }, now)
  if (answer.kind === 'busy' || answer.kind === 'throttled') return answer.kind
  return answer.kind === 'signed-on' ? 900 : answer.receipt
}

export async function change(code: string, password: string, newPassword: string, now: Date) {
  const answer = await changePassword(access, { ...knock(code, password), newPassword }, now)
  return 'receipt' in answer ? answer.receipt : answer.kind
}

export async function count(sql: string, values: readonly unknown[] = []): Promise<unknown> {
  const { rows } = await database.ownerPool.run(
    statement(`test-${sql.length}-${sql.slice(-20)}`, sql),
    values,
  )
  return rows[0]?.['count']
}
