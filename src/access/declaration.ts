/**
 * What every call of every door says of itself: who may, what for, what of persons it answers, and
 * how often. Doors enforce it; the documents and the tests of all rights are derived from it.
 */

import type { Purpose } from '#access/purposes.ts'
import type { Right } from '#access/rights.ts'

/**
 * `open`: for everybody, and no personal data. `credentials`: who has person code and password.
 * `token`: whoever is signed on. A list: who has one of these rights by the table.
 */
export type Policy = 'open' | 'credentials' | 'token' | readonly Right[]

/**
 * What of persons is answered. `nothing`: not even their number. `persons`: by the field set of the
 * caller's grant. `numbers`, `log`, `accounts`: never more than that, whoever asks.
 */
export type Answered = 'nothing' | 'persons' | 'numbers' | 'log' | 'accounts'

export type Declaration = {
  readonly policy: Policy
  readonly purpose: Purpose
  readonly fields: Answered
  readonly budget: Budget
}

type BudgetRow = {
  /** Calls in a minute by one person code; of one that nobody is signed on to: by its name. */
  readonly perCode: number
  /** Calls in a minute from one network address. */
  readonly perSource: number
  readonly why: string
}

/** A provider serves a whole country with one person code: a budget bounds floods, not work. */
export const budgets = {
  'sign-on': { perCode: 10, perSource: 60, why: 'a token lives two hours; the rest are guesses' },
  step: { perCode: 6_000, perSource: 6_000, why: 'some 25 whole incidents a second' },
  question: { perCode: 1_200, perSource: 1_200, why: 'an errand at a time; numbers are not tried' },
  list: { perCode: 600, perSource: 600, why: 'a page of a list costs more than a step' },
  errand: {
    ...{ perCode: 6_000, perSource: 6_000 },
    why: 'addresses as one types, and what is one citizen’s own; a provider counts its citizens itself',
  },
  feed: { perCode: 120, perSource: 240, why: 'a page holds a thousand; more is impatience' },
  control: { perCode: 60, perSource: 120, why: 'by hand: administration and control of the log' },
  catalogue: { perCode: 600, perSource: 600, why: 'changes with a release' },
  operation: { perCode: 600, perSource: 600, why: 'asked by machines, every second at most' },
} as const satisfies { readonly [name: string]: BudgetRow }

export type Budget = keyof typeof budgets

/** A call that needs one of these rights; `persons` by the field set of the grant. */
export function needs(
  right: Right | readonly Right[],
  purpose: Purpose,
  { fields = 'persons', budget = 'step' }: Partial<Pick<Declaration, 'fields' | 'budget'>> = {},
): Declaration {
  return { policy: typeof right === 'string' ? [right] : right, purpose, fields, budget }
}

export const openToAll: Declaration = {
  policy: 'open',
  purpose: 'public-information',
  fields: 'nothing',
  budget: 'catalogue',
}
export const forOperation: Declaration = { ...openToAll, purpose: 'operation', budget: 'operation' }
export const byCredentials: Declaration = {
  policy: 'credentials',
  purpose: 'sign-on',
  fields: 'nothing',
  budget: 'sign-on',
}
export const byToken: Declaration = { ...byCredentials, policy: 'token', budget: 'step' }
