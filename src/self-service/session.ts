/**
 * Who is signed in, kept as sealed deposits at the CPR server, so that any process of this site can
 * go on and signing out works everywhere. The browser has only an unguessable number, and sealed:
 * one that nobody was given costs the CPR server nothing.
 */

import { createHash, randomBytes } from 'node:crypto'
import type { Clients } from '#self-service/clients.ts'
import { findKnown, known } from '#self-service/known.ts'
import type { Seal } from '#web/seal.ts'
import { endedCookie, findCookie, hostCookie } from '#web/security.ts'
import type { ProviderIdentity } from '#web/sign-in.ts'

export const idleMs = 25 * 60_000
export const absoluteMs = 8 * 3_600_000
/** Seen again within this time, it is not written anew. */
const seenStepMs = 60_000
const cookieName = 'session'
const ticketPlace = 'session ticket'

/** What the browser has of a session; no other than ours can make one. */
type Ticket = {
  readonly number: string
  readonly name: string
  readonly startedAt: number
}

export type SignedIn = {
  readonly pnr: string
  readonly name: string
  /** The provider's own proof, for signing out there, where no number is in it. */
  readonly idToken?: string
  /** Who it is at the provider, so that it can end what it has begun. */
  readonly provider?: ProviderIdentity
}

export type Session = SignedIn & {
  readonly startedAt: number
  readonly seenAt: number
}

/** How long it lasts if nothing is done, counted from when it was last seen. */
export function endsInS({ startedAt, seenAt }: Session): number {
  return Math.floor(Math.min(idleMs, startedAt + absoluteMs - seenAt) / 1000)
}

export type Sessions = {
  /**
   * By what the citizen is counted, in whichever browsers: a name that tells nothing of them. Asks
   * nobody, so the session may be over; undefined where there never was one.
   */
  readonly nameOf: (cookies: string | undefined) => string | undefined
  /** By what a form says whom it was shown to: short, and another than they are counted by. */
  readonly shownName: (cookies: string | undefined) => string | undefined
  /** The session of a request; undefined when there is none, or its time is over. */
  readonly find: (cookies: string | undefined) => Promise<Session | undefined>
  /** A new one; an earlier one of this browser ends. Gives the cookie to set. */
  readonly open: (who: SignedIn, cookies: string | undefined) => Promise<string>
  /** Ends all sessions of the person, in every browser. Gives the cookie that forgets. */
  readonly closeAll: (session: Session) => Promise<string>
  /** Those of a person that are not over, the one used last first. */
  readonly list: (pnr: string) => Promise<readonly KeptSession[]>
  /** By what a browser's session is kept; asks nobody. */
  readonly keyOf: (cookies: string | undefined) => string | undefined
  readonly closeOne: (key: string) => Promise<void>
}

export type KeptSession = { readonly key: string; readonly session: Session }

export function openSessions(clients: Clients, seal: Seal, clock: () => Date): Sessions {
  const put = (key: string, session: Session, replaces: number) => {
    const content = seal.close(session, `session ${key}`)
    return clients.json.deposits.put('browser-session', key, {
      content,
      concerns: [session.pnr],
      replaces,
    })
  }
  const end = async (key: string) => {
    known(await clients.json.deposits.remove('browser-session', key))
  }
  const ticketIn = openTickets(seal, clock)
  /** Who reads what the server keeps cannot become anybody: the number itself is never there. */
  const keyOf = (cookies: string | undefined) => {
    const ticket = ticketIn(cookies)
    return ticket && hashOf(ticket.number)
  }
  const read = (key: string, content: Uint8Array): Session | undefined => {
    const session = seal.open(content, `session ${key}`)
    return isSession(session) ? session : undefined
  }
  return {
    keyOf,
    closeOne: end,
    list: async (pnr) =>
      known(await clients.json.deposits.concerning('browser-session', pnr))
        .flatMap(({ key, content }) => {
          const session = read(key, content)
          return session && !isOver(session, clock().valueOf()) ? [{ key, session }] : []
        })
        .toSorted((a, b) => b.session.seenAt - a.session.seenAt),
    nameOf: (cookies) => ticketIn(cookies)?.name,
    shownName: (cookies) => {
      const ticket = ticketIn(cookies)
      return ticket && seal.nameOf(ticket.name, 'form').slice(0, 16)
    },
    find: async (cookies) => {
      const key = keyOf(cookies)
      if (key === undefined) return undefined
      const kept = findKnown(await clients.json.deposits.get('browser-session', key))
      if (kept === undefined) return undefined
      const session = read(key, kept.content)
      if (session === undefined) return undefined
      const now = clock().valueOf()
      if (isOver(session, now)) {
        await end(key)
        return undefined
      }
      if (now - session.seenAt < seenStepMs) return session
      const seen = { ...session, seenAt: now }
      // Signed out in the meantime: then it stays so, and the next page will say it.
      await put(key, seen, kept.version)
      return seen
    },
    open: async (who, cookies) => {
      const earlier = keyOf(cookies)
      if (earlier !== undefined) await end(earlier)
      const number = randomBytes(32).toString('base64url')
      const now = clock().valueOf()
      known(await put(hashOf(number), { ...who, startedAt: now, seenAt: now }, 0))
      return writeTicket(seal, { number, name: seal.nameOf(who.pnr, 'citizen'), startedAt: now })
    },
    closeAll: async ({ pnr }) => {
      known(await clients.json.deposits.removeConcerning('browser-session', pnr))
      return endedCookie(cookieName)
    },
  }
}

function isOver({ seenAt, startedAt }: Session, now: number): boolean {
  return now - seenAt >= idleMs || now - startedAt >= absoluteMs
}

/** Finds the ticket in the cookies; undefined for one that is not ours, or too old. */
function openTickets(seal: Seal, clock: () => Date): (cookies?: string) => Ticket | undefined {
  return (cookies) => {
    const sealed = findCookie(cookies, cookieName)
    const ticket = sealed && seal.open(Buffer.from(sealed, 'base64url'), ticketPlace)
    if (!isTicket(ticket)) return undefined
    return clock().valueOf() - ticket.startedAt < absoluteMs ? ticket : undefined
  }
}

function writeTicket(seal: Seal, ticket: Ticket): string {
  const sealed = Buffer.from(seal.close(ticket, ticketPlace)).toString('base64url')
  return hostCookie(cookieName, sealed)
}

function hashOf(number: string): string {
  return createHash('sha256').update(number).digest('base64url')
}

function isSession(value: unknown): value is Session {
  return typeof value === 'object' && value !== null && 'pnr' in value && 'seenAt' in value
}

function isTicket(value: unknown): value is Ticket {
  return typeof value === 'object' && value !== null && 'number' in value && 'name' in value
}
