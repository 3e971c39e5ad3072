/**
 * Why somebody's data were used: a program's reason is a name out of this table, a person's is words.
 * The two are kept apart from the door to the page, so that nobody's words pass for a program's.
 */

import type { Text } from '#base/text.ts'

/** What programs of ours give; the evidence has the English words as well as the name. */
export const givenReasons = {
  stamp: {
    da: 'Et it-system spurgte om navn, adresse og status (STAMP)',
    en: 'An IT system asked for name, address and status (STAMP)',
  },
  report: { da: 'En anmeldelse, der ikke blev sendt', en: 'A report that was never sent' },
  letter: { da: 'Adresse til et brev på papir', en: 'The address for a letter on paper' },
  case: { da: 'Behandling af sagen', en: 'Work on the case' },
} as const satisfies { readonly [name: string]: Text }

export type GivenReason = keyof typeof givenReasons

/** What a client may give in place of words: its program asks, and nobody has written anything. */
export const reasonsOfClients = ['case', 'letter'] as const satisfies readonly GivenReason[]

/** Of acts that need no reason: named in the evidence, and told by the act. */
export const actReasons = {
  delivery: 'delivery of a letter',
  insight: 'insight',
  review: 'control of the log',
  reviewAsked: 'control of the log: asked of the case worker',
} as const

/** As it was kept: `given` names the reason of a program, else `purpose` is somebody's own words. */
export type Reason = { readonly purpose: string; readonly given: GivenReason | undefined }

/** What is shown: either the words of a person, or a program's reason in both languages. */
export type ShownReason = { readonly purpose: string } | { readonly given: Text }

export function showReason({ purpose, given }: Reason): ShownReason {
  return given === undefined ? { purpose } : { given: givenReasons[given] }
}

export function readGiven(name: unknown): GivenReason | undefined {
  return Object.keys(givenReasons).find((each): each is GivenReason => each === name)
}
