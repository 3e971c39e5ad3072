/**
 * A password that changes itself before it ends, kept by the caller. Whatever answer is lost, one
 * of the two passwords that are kept opens the person code. Knows neither of the two doors.
 */

import { Unavailable } from '#base/outage.ts'

/** Receipt 906: the password was right, and opens nothing but its own change. */
export const mustChange = 906

/** `next` is there from before it is sent until it is known to hold. */
export type KeptPasswords = { readonly current: string; readonly next?: string }

/** Where the caller keeps them, as a secret: one place for all machines that share a person code. */
export type PasswordStore = {
  readonly read: () => Promise<KeptPasswords>
  /**
   * Puts `after` in the place of `before`, for good before it answers. False, and nothing is
   * changed, when something else is kept by now: another machine came first.
   */
  readonly replace: (before: KeptPasswords, after: KeptPasswords) => Promise<boolean>
}

/** What signing on with one password came to. */
export type Tried<Signed> =
  | { readonly kind: 'signed-on'; readonly signed: Signed; readonly endsSoon: boolean }
  /** `mustChange`: it was right, and opens nothing but its own change (906). */
  | { readonly kind: 'refused'; readonly signed: Signed; readonly mustChange: boolean }

/** The two calls that a door has for it. */
export type PasswordDoor<Signed> = {
  readonly signOn: (password: string) => Promise<Tried<Signed>>
  /** False when the server would not. */
  readonly change: (password: string, newPassword: string) => Promise<boolean>
}

/** Another machine may be at it; then what is kept is read again. */
const roundsMax = 4

/**
 * Signs on with what is kept, and changes it where it ends within 14 days, has ended, or was for
 * once. At most one wrong password is tried before a right one, so it never locks the person code.
 */
export async function signOnKept<Signed>(
  store: PasswordStore,
  door: PasswordDoor<Signed>,
): Promise<Signed> {
  for (let round = 1; ; round += 1) {
    const done = await tryRound(store, door)
    if (done.kind === 'done') return done.signed
    if (round === roundsMax) {
      const message = 'the kept passwords are being changed by others'
      throw new Unavailable(message, { outcome: 'nothing-happened' })
    }
  }
}

type Round<Signed> = { readonly kind: 'done'; readonly signed: Signed } | { readonly kind: 'again' }

async function tryRound<Signed>(
  store: PasswordStore,
  door: PasswordDoor<Signed>,
): Promise<Round<Signed>> {
  const kept = await store.read()
  if (kept.next !== undefined) {
    // The answer to the change was lost: whether it happened is seen by whether the next one opens.
    const tried = await door.signOn(kept.next)
    if (tried.kind === 'signed-on') {
      await store.replace(kept, { current: kept.next })
      return { kind: 'done', signed: tried.signed }
    }
  }
  const tried = await door.signOn(kept.current)
  const isOver = tried.kind === 'refused' && tried.mustChange
  if (tried.kind === 'refused' && !isOver) {
    const now = await store.read()
    const isOther = now.current !== kept.current || now.next !== kept.next
    return isOther ? { kind: 'again' } : { kind: 'done', signed: tried.signed }
  }
  if (tried.kind === 'signed-on' && !tried.endsSoon) return { kind: 'done', signed: tried.signed }
  return await changeKept(store, door, kept, tried)
}

async function changeKept<Signed>(
  store: PasswordStore,
  door: PasswordDoor<Signed>,
  kept: KeptPasswords,
  tried: Tried<Signed>,
): Promise<Round<Signed>> {
  const next = kept.next ?? makePassword()
  const pending = { current: kept.current, next }
  if (kept.next === undefined && !(await store.replace(kept, pending))) return { kind: 'again' }
  try {
    // As when it was changed today already: the present one goes on, and the next is tried later.
    if (!(await door.change(kept.current, next))) return { kind: 'done', signed: tried.signed }
  } catch (error) {
    if (error instanceof Unavailable) return { kind: 'again' }
    throw error
  }
  await store.replace(pending, { current: next })
  return { kind: 'done', signed: (await door.signOn(next)).signed }
}

/** Without vowels and digits that are read as such: what is drawn of them spells no word. */
const wordless = 'bdfghjkmnpqrstvwxzBDFGHJKMNPQRSTVWXZ'
const drawnLetters = 38

/** 196 unpredictable bits, with a sign of each kind that CPR asks for, and never easy to guess. */
export function makePassword(): string {
  let drawn = ''
  while (drawn.length < drawnLetters) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
    // The rest would come up more often than the others.
    if (byte < 252) drawn += wordless.charAt(byte % wordless.length)
  }
  return `${drawn}.aA1`
}

/** A change to a password of the caller's own choice, kept in the same way. */
export async function changeByHand<Result extends { readonly ok: boolean }>(
  store: PasswordStore,
  newPassword: string,
  change: (password: string) => Promise<Result>,
): Promise<Result> {
  const { current } = await store.read()
  const [before, pending] = [{ current }, { current, next: newPassword }]
  if (!(await store.replace(before, pending))) {
    const message = 'a change of the kept password is under way'
    throw new Unavailable(message, { outcome: 'nothing-happened' })
  }
  const result = await change(current)
  await store.replace(pending, result.ok ? { current: newPassword } : before)
  return result
}
