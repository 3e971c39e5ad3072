/** Administrators for tests of the doors: rights that take two people, given by two names. */

import { randomBytes } from 'node:crypto'
import { personCode } from '#access/person-code.ts'
import type { SecurityGroup } from '#access/security-groups.ts'
import { assert } from '#base/assert.ts'
import { openAccess } from '#store/access.ts'
import { createPersonCode } from '#store/person-codes.ts'
import { signOn } from '#test/doors/talk.ts'
import { newPassword, type TestServer } from '#test/server.ts'

export type TestAdministrator = {
  readonly code: string
  readonly password: string
  readonly token: string
}

export async function newAdministrator(
  server: TestServer,
  code: string,
  authority: string,
  group: SecurityGroup = 'administrator',
): Promise<TestAdministrator> {
  const password = newPassword()
  const access = openAccess(server.pool, randomBytes)
  const by = { actor: 'Karen', second: 'Ole', purpose: 'a test', now: server.clock() }
  const wanted = { code: personCode(code), group, authority }
  const made = await createPersonCode(access, { ...wanted, lastingPassword: password }, by)
  assert(made.kind === 'created', `no administrator ${code}: ${made.kind}`)
  return { code, password, token: await signOn(server, { ...wanted, password }) }
}
