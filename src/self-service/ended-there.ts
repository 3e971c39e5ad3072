/**
 * Sessions that the provider of sign-ins ends (OpenID Connect Back-Channel Logout 1.0): it names a
 * subject or a session of its own, and both are kept, as names that tell nothing, with whose they
 * are. Lies in deposits as the sessions do, so any process hears it for all. Knows no token.
 */

import type { Clients } from '#self-service/clients.ts'
import { findKnown, isOvertaken, known } from '#self-service/known.ts'
import { absoluteMs, type Sessions } from '#self-service/session.ts'
import type { EndedThere } from '#web/logout-token.ts'
import type { Seal } from '#web/seal.ts'
import type { ProviderIdentity } from '#web/sign-in.ts'

export type EndsThere = {
  /** Before a session is opened: so that it is found when the provider ends it. */
  readonly remember: (pnr: string, who: ProviderIdentity) => Promise<void>
  /** After a session was opened: whether the provider has ended meanwhile what it vouched for. */
  readonly isEnded: (who: ProviderIdentity) => Promise<boolean>
  /** Gives how many sessions ended; `replayed` for a token that was used before. */
  readonly end: (ended: EndedThere) => Promise<number | 'replayed'>
}

const kind = 'browser-session'

type Parts = {
  readonly clients: Clients
  readonly seal: Seal
  readonly sessions: Sessions
  readonly clock: () => Date
}

export function openEndsThere({ clients, seal, sessions, clock }: Parts): EndsThere {
  const { deposits } = clients.json
  const nameOf = (issuer: string, what: string, value: string) =>
    seal.nameOf(JSON.stringify([issuer, value]), `provider ${what}`)
  const keep = (key: string, value: object, replaces?: number) => {
    const expiresAt = new Date(clock().valueOf() + absoluteMs).toISOString()
    const content = seal.close(value, `provider ${key}`)
    // Of nobody, for the evidence: the session itself has its begin and its end there.
    const more = { concerns: [], expiresAt, ...(replaces !== undefined && { replaces }) }
    return deposits.put(kind, key, { content, ...more })
  }
  const read = async (key: string): Promise<Kept> => {
    const kept = findKnown(await deposits.get(kind, key))
    const value = kept && seal.open(kept.content, `provider ${key}`)
    return typeof value === 'object' && value !== null ? value : {}
  }
  /** The names by which a session is found, the narrower one first. */
  const namesOf = (what: string, { issuer, sid, subject }: Named) => [
    ...(sid === undefined ? [] : [nameOf(issuer, `${what} session`, sid)]),
    ...(subject === undefined ? [] : [nameOf(issuer, `${what} subject`, subject)]),
  ]
  const sessionsOf = async (ended: EndedThere) => {
    const found = await Promise.all(namesOf('known', ended).map(read))
    const pnr = found.find((each) => each.pnr !== undefined)?.pnr
    const all = pnr === undefined ? [] : await sessions.list(pnr)
    return all.filter(({ session }) => session.provider && isOf(session.provider, ended))
  }
  return {
    remember: async (pnr, who) => {
      const kept = await Promise.all(namesOf('known', who).map((key) => keep(key, { pnr })))
      for (const each of kept) known(each)
    },
    isEnded: async (who) => {
      const ends = await Promise.all(namesOf('ended', who).map(read))
      return ends.some(({ endedAt = 0 }) => endedAt >= who.saidAt)
    },
    end: async (ended) => {
      const used = nameOf(ended.issuer, 'used', ended.jti)
      if ((await read(used)).endedAt !== undefined) return 'replayed'
      // Told before it is done: who is being signed in right now looks for it afterwards.
      const [narrow] = namesOf('ended', ended)
      if (narrow !== undefined) known(await keep(narrow, { endedAt: ended.saidAt }))
      const mine = await sessionsOf(ended)
      for (const { key } of mine) await sessions.closeOne(key)
      // Last of all: what failed on the way may be sent again.
      const spent = await keep(used, { endedAt: ended.saidAt }, 0)
      if (isOvertaken(spent)) return 'replayed'
      known(spent)
      return mine.length
    },
  }
}

type Kept = { readonly pnr?: string; readonly endedAt?: number }
type Named = Pick<EndedThere, 'issuer' | 'subject' | 'sid'>

/** A session that the provider gave no name ends with any of its subject. */
function isOf(session: ProviderIdentity, { issuer, subject, sid }: EndedThere): boolean {
  if (session.issuer !== issuer) return false
  if (subject !== undefined && session.subject !== subject) return false
  return (
    sid === undefined || session.sid === sid || (session.sid === undefined && subject !== undefined)
  )
}
