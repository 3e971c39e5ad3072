/** The one error of the embedded database: why it cannot be used here, and what to do about it. */

/** An operator can mend it; the message says how. */
export class Unusable extends Error {
  override readonly name = 'Unusable'
}
