/**
 * What somebody typed on a form that came after their session had ended: sealed in the browser's
 * own cookies for a quarter of an hour, and given back on its page to the same person code alone.
 * The desk keeps nothing. Knows no page.
 */

import { type Form, readForm } from '#web/form.ts'
import type { Seal } from '#web/seal.ts'
import { endedCookie, findCookie, hostCookie } from '#web/security.ts'

/** Whose it is, and on which page it was typed: the path without a query. */
export type Typist = { readonly by: string; readonly page: string }

export type Unsent = {
  /** The cookies that hold it; undefined for more than they can. */
  readonly keep: (typist: Typist, sent: Form, names: readonly string[]) => Cookies | undefined
  /** Undefined where there is none, where it is old, and where it is another's or of another page. */
  readonly find: (cookies: string | undefined, typist: Typist) => Form | undefined
  readonly ended: Cookies
}

type Cookies = readonly string[]
type Kept = Typist & { readonly typed: [string, string][]; readonly at: number }

/** Long enough to sign in, also at a provider; no longer. */
export const unsentMinutes = 15

/** Two cookies as long as browsers keep them, so that a request still fits what the gate lets in. */
const names = ['desk-unsent', 'desk-unsent-more'] as const
const partMax = 3_600

export function openUnsent(seal: Seal, clock: () => Date): Unsent {
  const place = names[0]
  return {
    ended: names.map(endedCookie),
    keep: ({ by, page }, sent, wanted) => {
      const pairs = sent.pairs.filter(([name]) => wanted.includes(name))
      const typed = pairs.map(([name, value]): [string, string] => [name, value])
      const kept: Kept = { by, page, typed, at: clock().valueOf() }
      const sealed = Buffer.from(seal.close(kept, place)).toString('base64url')
      if (sealed.length > names.length * partMax) return undefined
      return names.map((name, at) => {
        const part = sealed.slice(at * partMax, (at + 1) * partMax)
        return part === '' ? endedCookie(name) : hostCookie(name, part, unsentMinutes * 60)
      })
    },
    find: (cookies, { by, page }) => {
      const sealed = names.map((name) => findCookie(cookies, name) ?? '').join('')
      if (sealed === '') return undefined
      const kept = seal.open(Buffer.from(sealed, 'base64url'), place)
      if (!isKept(kept) || kept.by !== by || kept.page !== page) return undefined
      const isOld = clock().valueOf() - kept.at >= unsentMinutes * 60_000
      return isOld ? undefined : readForm(new URLSearchParams(kept.typed).toString())
    },
  }
}

/** What we sealed is whole. */
function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'typed' in value
}
