/** The desk as a program before a CPR server, and somebody of a municipality who has signed in. */

import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { assert, present } from '#base/assert.ts'
import { openDesk } from '#desk/app.ts'
import { paths } from '#desk/paths.ts'
import { knowReaders } from '#test/canaries/ears.ts'
import { generousPages, type TestCode, type TestServer } from '#test/server.ts'

export type DeskPages = {
  /** A page as it is sent, of a path within the site; throws where it is none. */
  readonly read: (path: string) => Promise<Buffer>
  readonly close: () => Promise<void>
}

export async function openDeskPages(server: TestServer, code: TestCode): Promise<DeskPages> {
  let origin = ''
  const app = openDesk({
    cpr: server.url,
    origin: () => origin,
    takesPasswords: true,
    log: pino({ level: 'silent' }),
    key: randomBytes(32),
    clock: server.clock,
    limits: generousPages,
  })
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  // Case workers alone sign in there, and what a page says of persons the door has answered them.
  knowReaders(origin, () => Promise.resolve(true))
  const cookie = await signIn(origin, code)
  const read = async (path: string) => {
    const answer = await fetch(origin + path, { headers: { cookie }, redirect: 'manual' })
    assert(answer.status === 200, `${path}: ${answer.status}`)
    return Buffer.from(await answer.arrayBuffer())
  }
  return { read, close: () => app.close() }
}

async function signIn(origin: string, { code, password }: TestCode): Promise<string> {
  const answer = await fetch(origin + paths.signIn('da'), {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ 'person-code': code, password }),
  })
  assert(answer.status === 303, `signing in at the desk: ${answer.status}`)
  const kept = answer.headers.getSetCookie().map((each) => each.split(';')[0])
  return present(
    kept.find((each) => each?.includes('=')),
    'a session',
  )
}
