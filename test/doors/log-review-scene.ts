/**
 * A municipality with case workers and log reviewers, for tests of the control of the log: who they
 * are, a clock that the test moves, and calls that sign on by themselves.
 */

import { randomBytes } from 'node:crypto'
import { readPersonCode } from '#access/person-code.ts'
import { assert, present } from '#base/assert.ts'
import { stateEmployee } from '#store/employees.ts'
import type { Pool } from '#store/pool.ts'
import { houseOn } from '#test/casework/stand.ts'
import { step } from '#test/doors/incidents.ts'
import { at, listAt, type Reply, send, signOn, textAt } from '#test/doors/talk.ts'
import { findTownspeople } from '#test/doors/townspeople.ts'
import { openTestServer, type TestCode } from '#test/server.ts'
import { holdTimeWork } from '#test/time-work.ts'

export async function openReviewScene() {
  // A Wednesday morning in winter time.
  let now = new Date('2026-03-04T09:00:00Z')
  const clock = () => now
  const server = await openTestServer({ clock, persons: 2000 })
  const { ownerPool, pool, newCode } = server
  // What time brings about is done here when the tests say so.
  await holdTimeWork(ownerPool)
  const people = {
    colleague: await server.newColleague(),
    snoop: await newCode('municipality', '0751'),
    second: await newCode('municipality', '0751'),
    reviewer: await newCode('log-reviewer', '0751'),
    otherReviewer: await newCode('log-reviewer', '0751'),
    foreignReviewer: await newCode('log-reviewer', '0851'),
    administrator: await newCode('administrator', '0751'),
  }
  await ownerPool.script('update address set rooms = 9')
  let tokens = new Map<string, string>()
  const as = async (code: TestCode): Promise<string> => {
    const token = tokens.get(code.code) ?? (await signOn(server, code))
    tokens.set(code.code, token)
    return token
  }
  const post = async (code: TestCode, path: string, body?: object): Promise<Reply> =>
    step(server, await as(code), path, body)
  return {
    server,
    house: houseOn(pool, clock),
    people,
    town: await findTownspeople(server),
    as,
    post,
    get: async (code: TestCode, path: string): Promise<Reply> =>
      send(server, { path: `/api/v1/${path}`, token: await as(code) }),
    lookUp: (code: TestCode, pnr: string): Promise<Reply> =>
      post(code, 'persons/lookup', { pnr, purpose: 'a call' }),
    query: async (sql: string) => (await ownerPool.script(sql)).rows,
    now: clock,
    /** Signs the review of a week off as it stands. */
    sign: async (code: TestCode, week: string): Promise<Reply> => {
      const token = await as(code)
      const read = await send(server, { path: `/api/v1/log-reviews/${week}`, token })
      const version = at(read.body, 'version')
      return step(server, token, `log-reviews/${week}/sign-off`, { version })
    },
    /** How many rows PostgreSQL shows on behalf of somebody. */
    seenBy: (group: string, authority: string, code = 'W0000000') =>
      rowsSeen(pool, { group, authority, code }),
    /** Forward; every token has ended by then. */
    pass: (to: string) => {
      now = new Date(to)
      tokens = new Map()
    },
    /** Who uses a code, as the command line of an operator would state it. */
    employ: async (code: TestCode, pnr: string): Promise<void> => {
      const by = { actor: 'test', purpose: 'a test', now }
      const tools = { pool: ownerPool, random: (bytes: number) => randomBytes(bytes) }
      const personCode = present(readPersonCode(code.code), 'a person code')
      assert(await stateEmployee(tools, personCode, pnr, by), 'the employee was stated')
    },
  }
}

function rowsSeen(
  pool: Pool,
  { group, authority, code }: Readonly<Record<'group' | 'authority' | 'code', string>>,
) {
  return pool.transaction(async (session) => {
    await session.script(
      `select set_config('samspil.group', '${group}', true),
         set_config('samspil.authority', '${authority}', true),
         set_config('samspil.person_code', '${code}', true)`,
    )
    const { rows } = await session.script(
      `select (select count(*)::int from log_review) as reviews,
         (select count(*)::int from reviewed_look) as looks,
         (select count(*)::int from employee) as employees`,
    )
    return rows[0]
  })
}

/** Numbers of the drawn look-ups of a person code that show a pattern, in the answer of a review. */
export function showing(body: unknown, { code }: TestCode, pattern: string): readonly number[] {
  return listAt(body, 'looks')
    .filter((look) => textAt(look, 'personCode') === code)
    .filter((look) => listAt(look, 'patterns').some((each) => textAt(each, 'name') === pattern))
    .map((look) => Number(at(look, 'number')))
}
