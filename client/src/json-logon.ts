/** How a client of the JSON door signs on, and changes its password. Knows no other call. */

import { assert } from '#base/assert.ts'
import { sendJson } from '#client/json-exchange.ts'
import {
  changeByHand,
  mustChange,
  type PasswordStore,
  signOnKept,
  type Tried,
} from '#client/kept-passwords.ts'
import type { SignedOn } from '#client/logon-session.ts'
import type { Failed, Result } from '#client/result.ts'
import type { Reach } from '#client/transport.ts'
import type {
  FederatedSession,
  IdentityProof,
  PasswordChanged,
  Session,
} from '#client/types.generated.ts'

export type Logon = {
  /** W and seven digits. */
  readonly personCode: string
  readonly password: string
}

/** With a password that changes itself before it ends, and where it is kept. */
export type KeptLogon = { readonly personCode: string; readonly passwords: PasswordStore }

/**
 * Signs a person on by an ID token of an OpenID provider that the server knows, once for each; its
 * nonce is the SHA-256 of `proof`. A client goes on with the token: `openJson({ url, token })`.
 */
export function signOnWithIdentity(
  reach: Reach,
  identity: IdentityProof,
): Promise<Result<FederatedSession>> {
  return sendJson(reach, { method: 'POST', path: '/sessions/federated', body: identity })
}

type Post = <Value>(path: string, body: object) => Promise<Result<Value>>

export class JsonLogon {
  readonly #options: object | Logon | KeptLogon
  readonly #store: PasswordStore | undefined
  readonly #post: Post
  #password: string

  constructor(options: object | Logon | KeptLogon, post: Post) {
    this.#options = options
    this.#password = 'password' in options ? options.password : ''
    this.#store = 'passwords' in options ? options.passwords : undefined
    this.#post = post
  }

  async signOn(): Promise<SignedOn<Failed, Session>> {
    if (!this.#store) return await this.#signOnWith(this.#password)
    return await signOnKept(this.#store, {
      signOn: async (password) => triedOf(await this.#signOnWith(password)),
      change: async (password, newPassword) => (await this.#change(password, newPassword)).ok,
    })
  }

  async changePassword(newPassword: string): Promise<Result<PasswordChanged>> {
    const change = (password: string) => this.#change(password, newPassword)
    const result = await (this.#store
      ? changeByHand(this.#store, newPassword, change)
      : change(this.#password))
    if (result.ok) this.#password = newPassword
    return result
  }

  #logonWith(password: string): Logon {
    const options = this.#options
    assert('personCode' in options, 'a client that was given a token knows no password')
    return { personCode: options.personCode, password }
  }

  #change(password: string, newPassword: string): Promise<Result<PasswordChanged>> {
    return this.#post<PasswordChanged>('/password', { ...this.#logonWith(password), newPassword })
  }

  async #signOnWith(password: string): Promise<SignedOn<Failed, Session>> {
    const result = await this.#post<Session>('/sessions', this.#logonWith(password))
    if (!result.ok) return { kind: 'refused', refusal: result }
    return { kind: 'signed-on', token: result.value.token, said: result.value }
  }
}

function triedOf(signed: SignedOn<Failed, Session>): Tried<SignedOn<Failed, Session>> {
  return signed.kind === 'signed-on'
    ? { kind: 'signed-on', signed, endsSoon: signed.said.passwordEndsSoon }
    : { kind: 'refused', signed, mustChange: signed.refusal.problem.receipt === mustChange }
}
