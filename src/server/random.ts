/** Unpredictable bytes for identifiers and tokens, fetched in bulk: each fetch costs a system call. */

import { randomFillSync } from 'node:crypto'
import type { Random } from '#base/ids.ts'

const fetchedBytes = 4096

/** Gives every byte once: what was handed out is a copy, and its place is wiped. */
export function pooledRandom(): Random {
  const fetched = new Uint8Array(fetchedBytes)
  let used = fetchedBytes
  return (bytes) => {
    if (bytes > fetchedBytes) return randomFillSync(new Uint8Array(bytes))
    if (used + bytes > fetchedBytes) {
      randomFillSync(fetched)
      used = 0
    }
    const given = fetched.slice(used, used + bytes)
    fetched.fill(0, used, used + bytes)
    used += bytes
    return given
  }
}
