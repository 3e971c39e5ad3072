/**
 * Who is signed in, sealed in the browser's own cookie: the desk keeps nothing, so any of its
 * processes goes on where another was. The token in it is the CPR server's, which ends it.
 */

import { EncryptJWT, errors, jwtDecrypt } from 'jose'
import { assert } from '#base/assert.ts'
import { endedCookie, findCookie, hostCookie } from '#web/security.ts'

export type DeskSession = {
  readonly token: string
  readonly personCode: string
  readonly authority: string
  /** When the token ends, whatever is done (ASVS 7.3.2). */
  readonly endsAt: Date
}

export type DeskSessions = {
  /** The cookie that holds it; its idle time runs from now. */
  readonly cookie: (session: DeskSession) => Promise<string>
  /** Undefined when there is none, when it was idle too long, and when it is not of ours. */
  readonly find: (cookies: string | undefined) => Promise<DeskSession | undefined>
  readonly ended: string
}

/** Nothing done for so long, and it ends (ASVS 7.3.1; OWASP: 15 to 30 minutes). */
export const idleMinutes = 20

const name = 'desk'
const sealing = { alg: 'dir', enc: 'A256GCM' } as const

/** `key` has 32 bytes and is the same for all processes of a desk. */
export function openSessions(key: Uint8Array, clock: () => Date): DeskSessions {
  assert(key.byteLength === 32, 'the key of the desk has 32 bytes')
  return {
    ended: endedCookie(name),
    cookie: async ({ token, personCode, authority, endsAt }) => {
      const now = clock().valueOf()
      const idleEnd = new Date(Math.min(now + idleMinutes * 60_000, endsAt.valueOf()))
      const sealed = await new EncryptJWT({ token, authority, endsAt: endsAt.valueOf() })
        .setProtectedHeader(sealing)
        .setSubject(personCode)
        .setExpirationTime(idleEnd)
        .encrypt(key)
      return hostCookie(name, sealed)
    },
    find: async (cookies) => {
      const sealed = findCookie(cookies, name)
      return sealed === undefined ? undefined : unseal(sealed, key, clock())
    },
  }
}

async function unseal(sealed: string, key: Uint8Array, now: Date) {
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      currentDate: now,
      keyManagementAlgorithms: [sealing.alg],
      contentEncryptionAlgorithms: [sealing.enc],
      requiredClaims: ['exp', 'sub'],
    })
    const { sub = '', token, authority, endsAt } = payload
    assert(typeof token === 'string' && typeof authority === 'string', 'what we sealed is whole')
    assert(typeof endsAt === 'number', 'what we sealed has an end')
    return { token, personCode: sub, authority, endsAt: new Date(endsAt) }
  } catch (error) {
    // Old, foreign or changed: nobody is signed in.
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
