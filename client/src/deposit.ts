/** Deposits as a provider has them: bytes, where the wire has base64url. */

import type { SealedDeposit } from '#client/types.generated.ts'

/** What it may keep; how long each kind lives is the server's to say. */
export type DepositKind = 'draft' | 'browser-session' | 'power-of-attorney'

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

export function openDeposit(sealed: SealedDeposit): Deposit {
  return { ...sealed, content: new Uint8Array(Buffer.from(sealed.content, 'base64url')) }
}

export function depositPath(kind: DepositKind, key: string): string {
  return `/deposits/${kind}/${encodeURIComponent(key)}`
}
