/** Keeps the person codes of an old sandbox usable: their passwords live 90 days like all others. */

import { randomBytes } from 'node:crypto'
import { PasswordHasher } from '#access/password-hash.ts'
import { makeOneTimePassword } from '#access/password-rules.ts'
import { personCode } from '#access/person-code.ts'
import type { SandboxState } from '#cli/sandbox-state.ts'
import { openAccess } from '#store/access.ts'
import { changePassword } from '#store/password-change.ts'
import { listPersonCodes, resetPersonCode } from '#store/person-codes.ts'
import type { Pool } from '#store/pool.ts'

/** Renewed when so little of their life is left. */
const renewBeforeMs = 2 * 24 * 3_600_000

export async function renewPasswords(
  pool: Pool,
  state: SandboxState,
  now: Date,
): Promise<SandboxState> {
  const soon = new Date(now.valueOf() + renewBeforeMs)
  const known = new Map((await listPersonCodes(pool)).map((each) => [String(each.code), each]))
  const isEnding = ({ code }: { readonly code: string }) => {
    const record = known.get(code)
    return record !== undefined && record.passwordExpiresAt <= soon
  }
  if (!state.personCodes.some(isEnding)) return state
  const access = openAccess(pool, randomBytes)
  const tools = { pool, hasher: new PasswordHasher(randomBytes), random: randomBytes }
  const by = { actor: 'sandbox', purpose: 'the password was about to end', now }
  const personCodes = []
  for (const each of state.personCodes) {
    if (!isEnding(each)) {
      personCodes.push(each)
      continue
    }
    const reset = await resetPersonCode(tools, personCode(each.code), by)
    if (reset.kind !== 'reset') throw new Error(`Cannot renew the password of ${each.code}`)
    const newPassword = makeOneTimePassword(randomBytes, each.code)
    const changed = await changePassword(
      access,
      { userId: each.code, password: reset.oneTimePassword, newPassword, source: 'sandbox' },
      now,
    )
    if (changed.kind !== 'changed') throw new Error(`Cannot renew the password of ${each.code}`)
    personCodes.push({ ...each, password: newPassword })
  }
  return { ...state, personCodes }
}
