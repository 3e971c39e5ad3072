/**
 * Who may do what to an incident, and where it then stands. The only place that knows this:
 * the GCTP header's actions, the JSON door's 409, the pages and the diagram read it.
 */

import type { Text } from '#base/text.ts'

export type State =
  | 'initiated'
  | 'validated'
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'cancelled'
  | 'expired'

/** The reporter's side, the authority that decides, and time. */
export type Actor = 'reporter' | 'authority' | 'clock'

export type Action = 'validate' | 'save' | 'cancel' | 'approve' | 'reject' | 'expire'

export type Transition = {
  readonly to: State
  /** Where it stands when the step is refused, if not where it was. */
  readonly refusedTo?: State
  readonly label: Text
  readonly reason?: 'required'
}

type Table = {
  readonly [A in Actor]: { readonly [S in State]?: { readonly [K in Action]?: Transition } }
}

const validate: Transition = {
  to: 'validated',
  refusedTo: 'initiated',
  label: { da: 'Kontrollér', en: 'Check' },
}
const cancel: Transition = { to: 'cancelled', label: { da: 'Fortryd', en: 'Cancel' } }
const expire: Transition = { to: 'expired', label: { da: 'Tiden er udløbet', en: 'Time is over' } }

export const transitions: Table = {
  reporter: {
    initiated: { validate, cancel },
    validated: { validate, save: { to: 'pending', label: { da: 'Gem', en: 'Save' } }, cancel },
  },
  authority: {
    pending: {
      approve: { to: 'approved', label: { da: 'Godkend', en: 'Approve' } },
      reject: { to: 'rejected', label: { da: 'Afvis', en: 'Reject' }, reason: 'required' },
    },
  },
  clock: { initiated: { expire }, validated: { expire } },
}

export const stateTexts: { readonly [S in State]: Text } = {
  initiated: { da: 'Påbegyndt', en: 'Initiated' },
  validated: { da: 'Kontrolleret', en: 'Validated' },
  pending: { da: 'Venter på kommunen', en: 'Waiting for the municipality' },
  approved: { da: 'Godkendt', en: 'Approved' },
  rejected: { da: 'Afvist', en: 'Rejected' },
  cancelled: { da: 'Fortrudt', en: 'Cancelled' },
  expired: { da: 'Udløbet', en: 'Expired' },
}

export function findTransition(actor: Actor, state: State, action: Action): Transition | undefined {
  return transitions[actor][state]?.[action]
}

/** What an actor may do now, in the order of the table. */
export function actionsOf(actor: Actor, state: State): readonly Action[] {
  return keysOf(transitions[actor][state] ?? {})
}

/** The states in which the report has been received and acknowledged. */
export function isSaved(state: State): boolean {
  return state === 'pending' || state === 'approved' || state === 'rejected'
}

/** A state diagram in Mermaid's notation, for the documentation. */
export function diagram(): string {
  const arrows = keysOf(transitions).flatMap((actor) =>
    keysOf(transitions[actor]).flatMap((from) =>
      Object.entries(transitions[actor][from] ?? {}).map(
        ([action, { to }]) => `  ${from} --> ${to}: ${actor} ${action}`,
      ),
    ),
  )
  return ['stateDiagram-v2', '  [*] --> initiated: reporter initiate', ...arrows].join('\n')
}

function keysOf<Key extends string>(record: { readonly [K in Key]?: unknown }): readonly Key[] {
  return Object.keys(record) as Key[]
}

export function isState(text: string): text is State {
  return Object.hasOwn(stateTexts, text)
}
