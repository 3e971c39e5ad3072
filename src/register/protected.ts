/**
 * A value of a person that is kept from the public while its person is protected (CPR-loven § 28):
 * shut until a permit opens it. It knows no caller; permits are given by the field policy.
 */

import { inspect } from 'node:util'
import { assert } from '#base/assert.ts'

/** What opens values: those of everybody, or only of persons who are not protected. */
export class Permit {
  readonly #seesProtected: boolean

  constructor(seesProtected: boolean) {
    this.#seesProtected = seesProtected
    Object.freeze(this)
  }

  get seesProtected(): boolean {
    return this.#seesProtected
  }
}

/** Stands for a name that is not told. */
export const hiddenName = { da: 'Navne- og adressebeskyttet', en: 'Name and address protected' }

/** Whoever may be shown nothing of a protected person has it; it takes no right. */
export const publicPermit = new Permit(false)

/**
 * It cannot be written, logged, compared, copied or put into a text: whoever tries has forgotten to
 * open it, which is a bug. Rules may ask about it, and what is made of it stays shut.
 */
export class Protected<Value> {
  readonly #value: Value
  readonly #isKept: boolean

  /** `isKept`: its person is protected. */
  constructor(value: Value, isKept: boolean) {
    this.#value = value
    this.#isKept = isKept
    // Whatever copies or compares by fields meets this one.
    Object.defineProperty(this, 'protected', { enumerable: true, get: refuseToTell })
    Object.freeze(this)
  }

  /** The value, or undefined where its person is protected from the permit's holder. */
  openTo(permit: Permit): Value | undefined {
    assert(permit instanceof Permit, 'A protected value opens to a permit')
    return this.#isKept && !permit.seesProtected ? undefined : this.#value
  }

  /** Whether something holds of it: how a rule asks, and learns no more than that. */
  is(holds: (value: Value) => boolean): boolean {
    return holds(this.#value)
  }

  /** What is made of it, as shut as it. */
  map<Made>(make: (value: Value) => Made): Protected<Made> {
    return new Protected(make(this.#value), this.#isKept)
  }

  toString(): never {
    return refuseToTell()
  }

  toJSON(): never {
    return refuseToTell()
  }

  valueOf(): never {
    return refuseToTell()
  }

  [Symbol.toPrimitive](): never {
    return refuseToTell()
  }

  /** Errors and debuggers print whatever they meet, and must not fail for it. */
  [inspect.custom](): string {
    return '[protected]'
  }
}

function refuseToTell(): never {
  assert(false, 'A protected value was used before it was opened')
}
