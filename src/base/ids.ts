/** Identifiers made from a clock and random bytes that the caller hands in. */

import { assert } from '#base/assert.ts'

/** Gives that many unpredictable bytes. */
export type Random = (bytes: number) => Uint8Array

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** 128 unpredictable bits as 26 letters and digits: names that nobody can guess. */
export function randomId(random: Random): string {
  return base32(random(16))
}

/**
 * Time first, then order, chance last: 48 bits of milliseconds, 24 that count what this process has
 * made, 56 random bits; 26 characters. Sorts by time and, within one instant, as it was made: rows
 * land at the end of an index, and two letters of one decision stay in their order. Not for what
 * must be unguessable.
 */
export function timedId(at: Date, random: Random): string {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, (BigInt(at.valueOf()) << 16n) | BigInt(made >>> 8))
  view.setUint8(8, made & 0xff)
  bytes.set(random(7), 9)
  made = (made + 1) & 0xffffff
  return base32(bytes)
}

/** Of the process: two requests of one instant are told apart by nothing else. */
let made = 0

function base32(bytes: Uint8Array): string {
  assert(bytes.length === 16, 'an identifier is made of 16 bytes')
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  let text = ''
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += alphabet[Number((value >> shift) & 31n)]
  return text
}
