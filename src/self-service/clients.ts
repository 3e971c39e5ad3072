/** Both doors of the CPR server, by a password that somebody else renews or one that changes itself. */

import {
  type Fetch,
  type GctpClient,
  type JsonClient,
  openGctp,
  openJson,
  type PasswordStore,
} from '#client/index.ts'

export type Clients = {
  /** The interplay: sign-on, initiate, validate, save, cancel. */
  readonly gctp: GctpClient
  /** What GCTP has no message for. */
  readonly json: JsonClient
}

export type Account = {
  /** The address of the CPR server. */
  readonly cpr: string
  /** By what to ask it, where it wants a certificate. */
  readonly fetch?: Fetch | undefined
  readonly personCode: string
}

/** How long a page waits for the CPR server before it says that it cannot be reached. */
const timeoutMs = 10_000

/** `passwords`: where the one that holds is kept; the clients change it before it ends. */
export function openKeptClients(
  { cpr, fetch, personCode }: Account,
  passwords: PasswordStore,
  waitMs = timeoutMs,
): Clients {
  const reach = { url: cpr, ...(fetch && { fetch }), timeoutMs: waitMs, passwords }
  return {
    gctp: openGctp({ ...reach, userId: personCode, english: true }),
    json: openJson({ ...reach, personCode }),
  }
}

/** `password`: the one that holds now. Another one means other clients: a token ends with its password. */
export function openClients(
  { cpr, personCode }: Account,
  password: () => string,
  waitMs = timeoutMs,
): Clients {
  const reach = { url: cpr, timeoutMs: waitMs }
  let made: (Clients & { readonly password: string }) | undefined
  const current = (): Clients => {
    const now = password()
    if (made?.password !== now) {
      made = {
        password: now,
        gctp: openGctp({ ...reach, userId: personCode, password: now, english: true }),
        json: openJson({ ...reach, personCode, password: now }),
      }
    }
    return made
  }
  return {
    get gctp() {
      return current().gctp
    },
    get json() {
      return current().json
    },
  }
}
