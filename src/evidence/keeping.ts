/**
 * Which time limit a row of evidence has, by its act. Closed: an act that is new has to be given
 * one. How long each is stands with all other time limits.
 */

import type { Act } from '#evidence/audit.ts'

/** Who read or signed on; who changed something; through whose hands a person code came. */
export const keepings = ['read', 'change', 'code'] as const
export type Keeping = (typeof keepings)[number]

const keepingOf: { readonly [A in Act]: Keeping } = {
  'sign-on': 'read',
  'sign-off': 'read',
  'sign-in-refused': 'read',
  'new-password': 'change',
  admit: 'read',
  initiate: 'change',
  'unknown-action': 'read',
  validate: 'change',
  save: 'change',
  cancel: 'change',
  expire: 'change',
  approve: 'change',
  reject: 'change',
  withdraw: 'change',
  return: 'change',
  forward: 'change',
  undo: 'change',
  'list-queue': 'read',
  'count-queue': 'read',
  'list-closed': 'read',
  'read-figures': 'read',
  'read-case': 'read',
  claim: 'change',
  release: 'change',
  'add-note': 'change',
  preview: 'read',
  'read-incident': 'read',
  'list-pending': 'read',
  'look-up': 'read',
  search: 'read',
  'receive-events': 'read',
  'subscription-changed': 'change',
  'find-address': 'read',
  'person-code-created': 'code',
  'person-code-reset': 'code',
  'person-code-locked': 'change',
  'person-code-unlocked': 'change',
  'person-code-disabled': 'change',
  'person-code-expired': 'change',
  'person-code-retired': 'change',
  'person-code-changed': 'change',
  'person-code-moved': 'change',
  'identity-linked': 'code',
  'identity-unlinked': 'code',
  'grant-asked': 'change',
  'grant-given': 'change',
  'grant-refused': 'change',
  'list-person-codes': 'read',
  'list-grant-requests': 'read',
  'list-notices': 'read',
  'take-effect': 'change',
  'list-hearings': 'read',
  'answer-hearing': 'change',
  'hearing-reminded': 'change',
  'hearing-given-up': 'change',
  'protection-reminded': 'change',
  'setting-changed': 'change',
  'list-letters': 'read',
  'settle-letters': 'change',
  'deliver-letter': 'change',
  'own-cases': 'read',
  'own-case': 'read',
  'own-data': 'read',
  'own-letters': 'read',
  'who-looked': 'read',
  'put-deposit': 'change',
  'read-deposit': 'read',
  'remove-deposit': 'change',
  'policy-looked': 'change',
  'policy-listed': 'read',
  'policy-written': 'change',
  'policy-switched': 'change',
  'policy-tried': 'read',
  'draw-review': 'change',
  'list-reviews': 'read',
  'read-review': 'read',
  'read-reviewed-look': 'read',
  'ask-why': 'change',
  'list-asked-looks': 'read',
  'answer-why': 'change',
  'judge-look': 'change',
  'sign-review': 'change',
  'employee-stated': 'change',
  'evidence-cleared': 'change',
}

/** What programs of before have written, and no program writes now: their rows have limits too. */
const keepingOfBefore: { readonly [act: string]: Keeping } = { 'list-decided': 'read' }

const byAct: ReadonlyMap<string, Keeping> = new Map(
  Object.entries({ ...keepingOfBefore, ...keepingOf }),
)

/** The acts of one of them, as PostgreSQL is asked for them. */
export function actsOf(keeping: Keeping): readonly string[] {
  return [...byAct].flatMap(([act, each]) => (each === keeping ? [act] : []))
}

/** Undefined for what is no act: of a row that somebody else has written. */
export function findKeeping(act: string): Keeping | undefined {
  return byAct.get(act)
}
