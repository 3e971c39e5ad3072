/** Every call of both doors with what it declares, read from a server that is composed and never asked. */

import type { Call } from '#access/rights-page.ts'
import { composeServer } from '#server/compose.ts'
import { type DeclaredCall, declaredCalls } from '#server/declared.ts'
import { openPool } from '#store/pool.ts'
import { watchedLog } from '#test/canaries/log.ts'

export async function readCalls(): Promise<readonly DeclaredCall[]> {
  const pool = openPool('postgres://nobody@127.0.0.1:1/nothing')
  const log = watchedLog()
  const app = await composeServer({ pool, log, clock: () => new Date(0), version: 'declared' })
  await app.ready()
  const calls = declaredCalls(app)
  await app.close()
  await pool.close()
  return calls
}

/** What people know a call by: method and path, or the message of GCTP. */
export function nameOf({ method, url, call }: DeclaredCall): string {
  return call === undefined ? `${method} ${url}` : `GCTP ${call}`
}

/** The calls of the doors, for documents; the files of the contract's page are not told one by one. */
export function callsOf(declared: readonly DeclaredCall[]): readonly Call[] {
  return declared
    .filter(({ url, call }) => call !== undefined || !/\/docs(\/|$)|gctp$/.test(url))
    .map((each) => ({ name: nameOf(each), declaration: each.declaration }))
}
