/**
 * What a program with pages keeps elsewhere is sealed: nobody but its own processes can read or
 * change it, and a seal of one place opens at no other. AES-256-GCM, a nonce of its own for each.
 */

import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

export type Seal = {
  readonly close: (value: unknown, place: string) => Uint8Array
  /** Undefined for what this seal did not close for that place. */
  readonly open: (sealed: Uint8Array, place: string) => unknown
  /** What a value is counted by, where it is not to stand itself: nobody else can make or guess it. */
  readonly nameOf: (value: string, place: string) => string
}

/** `key`: 32 bytes that every process of this site has, and nobody else. */
export function sealWith(key: Uint8Array, random: (bytes: number) => Uint8Array): Seal {
  // One key does one thing (NIST SP 800-57, 5.2).
  const namingKey = Buffer.from(hkdfSync('sha256', key, '', 'names', 32))
  return {
    nameOf: (value, place) =>
      createHmac('sha256', namingKey)
        .update(JSON.stringify([place, value]))
        .digest('base64url'),
    close: (value, place) => {
      const nonce = random(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text])
    },
    open: (sealed, place) => {
      if (sealed.length < nonceBytes + tagBytes) return undefined
      const nonce = sealed.subarray(0, nonceBytes)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
      try {
        const text = decipher.update(sealed.subarray(nonceBytes + tagBytes))
        return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8'))
      } catch {
        return undefined
      }
    },
  }
}
