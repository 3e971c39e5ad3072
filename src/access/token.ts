/**
 * Tokens: the proof that somebody signed on (decision 0021). Only their hash is ever kept.
 * Knows neither the store nor the cookie.
 */

import { createHash } from 'node:crypto'
import { assert } from '#base/assert.ts'
import type { Random } from '#base/ids.ts'

/** Fixed, not sliding: CPR's `Expires` is its `Date` and two hours (confirmed). */
export const tokenLifeMs = 2 * 3_600_000

const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 62^43 is just above 2^256, so 43 letters and digits hold 32 bytes whole. */
export const tokenLength = 43

/** 256 unpredictable bits in letters and digits, the characters that all clients accept. */
export function makeToken(random: Random): string {
  const bytes = random(32)
  assert(bytes.length === 32, 'a token is made of 32 bytes')
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  let text = ''
  for (let place = 0; place < tokenLength; place++) {
    text = signs[Number(value % 62n)] + text
    value /= 62n
  }
  return text
}

/** The text as a token, or undefined for what we never issued: clients send dummies (observed). */
export function readToken(text: string): string | undefined {
  return text.length === tokenLength && /^[0-9A-Za-z]+$/.test(text) ? text : undefined
}

/**
 * What is stored. A token has 256 random bits, so one round of SHA-256 without salt is enough,
 * and a copy of the table signs nobody on (A17).
 */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'latin1').digest()
}

/**
 * What opens over a connection with that certificate, and over no other (RFC 8705, 3): the two are
 * kept as one hash. Over a connection without one it is the token itself.
 */
export function bindToken(token: string, certificate: string | undefined): string {
  return certificate === undefined ? token : `${token}.${certificate}`
}

export function tokenEnd(issuedAt: Date): Date {
  return new Date(issuedAt.valueOf() + tokenLifeMs)
}
