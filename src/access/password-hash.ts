/**
 * Hashing of passwords with Argon2id, two at a time; who may wait for it is said by the waiting
 * room. The only file that knows the library; it knows no person code and no rule.
 */

import { hash, verify } from '@node-rs/argon2'
import { passwordBytesMax } from '#access/password-rules.ts'
import { assert } from '#base/assert.ts'
import type { Random } from '#base/ids.ts'

/** OWASP's floor for Argon2id: 19 MiB, two passes, one lane; about 15 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

/** Of the same cost as a real one, and of no password that anybody knows. */
const dummyHash =
  '$argon2id$v=19$m=19456,t=2,p=1$c2Ftc3BpbC1ub2JvZHktMQ$' +
  'tNxn2MZxwYpjB1xvE2l9u0w0yKpBvJxk3cQzqvR1b3M'

/** Hashes at the same time. Each takes a thread and 19 MiB (inferred: two cores). */
const atOnceMax = 2

export class PasswordHasher {
  readonly #random: Random
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(random: Random) {
    this.#random = random
  }

  /** A hash to be stored, with its own salt. */
  async hash(password: string): Promise<string> {
    assert(isHashable(password), 'a password beyond the limit was to be stored')
    return await this.#inTurn(() => hash(password, { ...cost, salt: this.#random(16) }))
  }

  /** Whether the password has that hash. One hash is made in every case, also for none at all. */
  async matches(password: string, stored: string | undefined): Promise<boolean> {
    const judged = isHashable(password) ? password : ''
    const same = await this.#inTurn(() => verify(stored ?? dummyHash, judged))
    return same && stored !== undefined && judged === password
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnceMax) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else {
      this.#running++
    }
    try {
      return await work()
    } finally {
      // The place is handed on, so that nobody overtakes those who wait.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }
}

function isHashable(password: string): boolean {
  return Buffer.byteLength(password) <= passwordBytesMax
}
