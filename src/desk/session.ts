/**
 * Who is signed in, sealed in the browser's own cookie: the desk keeps nothing, so any of its
 * processes goes on where another was. The token in it is the CPR server's, which ends it.
 */

import type { Seal } from '#web/seal.ts'
import { endedCookie, findCookie, hostCookie } from '#web/security.ts'

export type DeskSession = {
  readonly token: string
  readonly personCode: string
  readonly authority: string
  /** The security group, for its name alone: what may be done, the rights say. */
  readonly group: string
  readonly rights: readonly DeskRight[]
  /** When the token ends, whatever is done (ASVS 7.3.2). */
  readonly endsAt: Date
  /** Signed in at a provider: signed out there, too. */
  readonly isFromProvider: boolean
}

/** The rights that the desk has pages for, as the CPR server names them. */
export const deskRights = [
  'list-pending',
  'send-letters',
  'list-policies',
  'write-policies',
  'switch-policies',
  'read-figures',
  'review-log',
  'explain-look',
] as const
export type DeskRight = (typeof deskRights)[number]

export function deskRightsIn(rights: readonly string[]): readonly DeskRight[] {
  return deskRights.filter((right) => rights.includes(right))
}

export type DeskSessions = {
  /** The cookie that holds it; its idle time runs from now. */
  readonly cookie: (session: DeskSession) => string
  /** Undefined when there is none, when it was idle too long, and when it is not of ours. */
  readonly find: (cookies: string | undefined) => DeskSession | undefined
  /** Left of it from now, if nothing is done. */
  readonly endsInS: (session: DeskSession) => number
  readonly ended: string
}

/** Nothing done for so long, and it ends (ASVS 7.3.1; OWASP: 15 to 30 minutes). */
export const idleMinutes = 20

const name = 'desk'

type Kept = Omit<DeskSession, 'endsAt'> & { readonly endsAt: number; readonly seenAt: number }

export function openSessions(seal: Seal, clock: () => Date): DeskSessions {
  return {
    ended: endedCookie(name),
    endsInS: ({ endsAt }) => {
      const leftMs = endsAt.valueOf() - clock().valueOf()
      return Math.floor(Math.min(leftMs, idleMinutes * 60_000) / 1000)
    },
    cookie: (session) => {
      const kept: Kept = {
        ...session,
        endsAt: session.endsAt.valueOf(),
        seenAt: clock().valueOf(),
      }
      return hostCookie(name, Buffer.from(seal.close(kept, name)).toString('base64url'))
    },
    find: (cookies) => {
      const sealed = findCookie(cookies, name)
      if (sealed === undefined) return undefined
      const kept = seal.open(Buffer.from(sealed, 'base64url'), name)
      if (!isKept(kept)) return undefined
      const { seenAt, endsAt, ...rest } = kept
      const now = clock().valueOf()
      const isOver = now >= endsAt || now - seenAt >= idleMinutes * 60_000
      return isOver ? undefined : { ...rest, endsAt: new Date(endsAt) }
    },
  }
}

/** What we sealed is whole; what an earlier form of it sealed is nobody's any more. */
function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'rights' in value && 'seenAt' in value
}
