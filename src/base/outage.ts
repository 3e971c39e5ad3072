/** Outages: something outside the program did not answer. Neither a refusal nor a bug. */

/** What is known of the work that was under way: a lost answer to a commit leaves it unknown. */
export type Outcome = 'nothing-happened' | 'unknown'

/** The database or a peer is unreachable, too slow or full; the same may succeed later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  readonly outcome: Outcome

  constructor(message: string, options: { readonly cause?: unknown; readonly outcome: Outcome }) {
    super(message, { cause: options.cause })
    this.outcome = options.outcome
  }
}
