/**
 * Deposits as a provider has them: bytes, where the wire has base64url. It knows the paths of the
 * JSON door, and nothing of what lies in the bytes.
 */

import { type Ask, askItems, type Result } from '#client/result.ts'
import type { DepositStored, DepositsRemoved, SealedDeposit } from '#client/types.generated.ts'

/** What it may keep; how long each kind lives is the server's to say. */
export type DepositKind = 'draft' | 'browser-session' | 'power-of-attorney' | 'saved-views'

export type DepositPut = {
  /** Sealed with a key that only the provider has; at most 32 KiB. */
  readonly content: Uint8Array
  /** Personal numbers of those it is about; first the one it belongs to. */
  readonly concerns: readonly string[]
  /** ISO 8601; as late as the kind has it when left out. */
  readonly expiresAt?: string
  readonly replaces?: number
}

export type Deposit = Omit<SealedDeposit, 'content'> & { readonly content: Uint8Array }

export class DepositsClient {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /**
   * Keeps bytes for this provider, sealed by itself, under a kind and a key of its own making.
   * `replaces` is the version that must be there now, 0 for none.
   */
  put(kind: DepositKind, key: string, deposit: DepositPut): Promise<Result<DepositStored>> {
    const { content, ...rest } = deposit
    const sent = Buffer.from(content).toString('base64url')
    return this.#ask('PUT', pathOf(kind, key), { ...rest, content: sent })
  }

  /** What lies under a key; a problem with status 404 when there is nothing, or nothing any more. */
  async get(kind: DepositKind, key: string): Promise<Result<Deposit>> {
    const result = await this.#ask<SealedDeposit>('GET', pathOf(kind, key))
    return result.ok ? { ok: true, value: open(result.value) } : result
  }

  /** All of a kind that concern a person, the oldest first. */
  async concerning(kind: DepositKind, pnr: string): Promise<Result<readonly Deposit[]>> {
    const path = `/deposits/${kind}/lookup`
    const result = await askItems<SealedDeposit>(this.#ask, 'POST', path, { pnr })
    return result.ok ? { ok: true, value: result.value.map(open) } : result
  }

  /** Ends one; whether it was there is told, and no problem. */
  remove(kind: DepositKind, key: string): Promise<Result<DepositsRemoved>> {
    return this.#ask('DELETE', pathOf(kind, key))
  }

  /** Ends all of a kind that concern a person: log-out everywhere. */
  removeConcerning(kind: DepositKind, pnr: string): Promise<Result<DepositsRemoved>> {
    return this.#ask('POST', `/deposits/${kind}/remove`, { pnr })
  }
}

function open(sealed: SealedDeposit): Deposit {
  return { ...sealed, content: new Uint8Array(Buffer.from(sealed.content, 'base64url')) }
}

function pathOf(kind: DepositKind, key: string): string {
  return `/deposits/${kind}/${encodeURIComponent(key)}`
}
