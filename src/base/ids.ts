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
 * Time first, chance last: 48 bits of milliseconds and 80 random bits, 26 characters.
 * Sorts by time, so that rows land at the end of an index. Not for what must be unguessable.
 */
export function timedId(at: Date, random: Random): string {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(at.valueOf()) << 16n)
  bytes.set(random(10), 6)
  return base32(bytes)
}

function base32(bytes: Uint8Array): string {
  assert(bytes.length === 16, 'an identifier is made of 16 bytes')
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  let text = ''
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += alphabet[Number((value >> shift) & 31n)]
  return text
}
