/**
 * Who may do what to an incident, and where it then stands. The only place that knows this:
 * the GCTP header's actions, the JSON door's 409, the pages and the diagram read it.
 */

import type { Text } from '#base/text.ts'

export const states = [
  'initiated',
  'validated',
  'pending',
  'returned',
  'amended',
  'approved',
  'rejected',
  'withdrawn',
  'cancelled',
  'expired',
] as const
export type State = (typeof states)[number]

/** The reporter's side, the authority that decides, and time. */
export type Actor = 'reporter' | 'authority' | 'clock'

/** What people do, in the order in which it is told; `expire` is what time does. */
export const steps = [
  'validate',
  'save',
  'cancel',
  'withdraw',
  'approve',
  'reject',
  'return',
  'forward',
  'undo',
] as const
export type Action = (typeof steps)[number] | 'expire'

export type Transition = {
  readonly to: State
  /** Where it stands when the step is refused, if not where it was. */
  readonly refusedTo?: State
  readonly label: Text
  readonly reason?: 'required'
  readonly while?: Condition
}

/** A decision that is still within its window; nobody of the incident decided on yet. */
export type Condition = 'undoable' | 'undecided'

type Table = {
  readonly [A in Actor]: { readonly [S in State]?: { readonly [K in Action]?: Transition } }
}

const validate: Transition = {
  to: 'validated',
  refusedTo: 'initiated',
  label: { da: 'Kontrollér', en: 'Check' },
}
const cancel: Transition = { to: 'cancelled', label: { da: 'Fortryd', en: 'Cancel' } }
const withdraw: Transition = {
  to: 'withdrawn',
  label: { da: 'Træk tilbage', en: 'Withdraw' },
  while: 'undecided',
}
const amend: Transition = { ...validate, to: 'amended', refusedTo: 'returned' }
const save: Transition = { to: 'pending', label: { da: 'Gem', en: 'Save' } }
const reject: Transition = {
  to: 'rejected',
  label: { da: 'Afvis', en: 'Reject' },
  reason: 'required',
}
const undo: Transition = {
  to: 'pending',
  label: { da: 'Fortryd afgørelsen', en: 'Undo the decision' },
  while: 'undoable',
}
const expire: Transition = { to: 'expired', label: { da: 'Tiden er udløbet', en: 'Time is over' } }

export const transitions: Table = {
  reporter: {
    initiated: { validate, cancel },
    validated: { validate, save, cancel },
    pending: { withdraw },
    returned: { validate: amend, withdraw },
    amended: { validate: amend, save, withdraw },
  },
  authority: {
    pending: {
      approve: { to: 'approved', label: { da: 'Godkend', en: 'Approve' } },
      reject,
      return: {
        to: 'returned',
        label: { da: 'Send tilbage til rettelse', en: 'Return for amendment' },
        reason: 'required',
        while: 'undecided',
      },
      forward: {
        to: 'pending',
        label: { da: 'Send videre', en: 'Forward' },
        reason: 'required',
        while: 'undecided',
      },
      undo,
    },
    returned: { reject },
    amended: { reject },
    approved: { undo },
    rejected: { undo },
  },
  clock: { initiated: { expire }, validated: { expire } },
}

export const stateTexts: { readonly [S in State]: Text } = {
  initiated: { da: 'Påbegyndt', en: 'Initiated' },
  validated: { da: 'Kontrolleret', en: 'Validated' },
  pending: { da: 'Venter på kommunen', en: 'Waiting for the municipality' },
  returned: { da: 'Sendt tilbage til rettelse', en: 'Returned for amendment' },
  amended: { da: 'Rettet og ikke gemt igen', en: 'Amended and not saved again' },
  approved: { da: 'Godkendt', en: 'Approved' },
  rejected: { da: 'Afvist', en: 'Rejected' },
  withdrawn: { da: 'Trukket tilbage', en: 'Withdrawn' },
  cancelled: { da: 'Fortrudt', en: 'Cancelled' },
  expired: { da: 'Udløbet', en: 'Expired' },
}

export function findTransition(actor: Actor, state: State, action: Action): Transition | undefined {
  return transitions[actor][state]?.[action]
}

/** What an actor may do now, in the order of the table, under the conditions that hold. */
export function actionsOf(
  actor: Actor,
  state: State,
  holds: (condition: Condition) => boolean,
): readonly Action[] {
  const row = transitions[actor][state] ?? {}
  return keysOf(row).filter((action) => {
    const condition = row[action]?.while
    return condition === undefined || holds(condition)
  })
}

/** The states in which the report has been received and acknowledged. */
export function isSaved(state: State): boolean {
  return isWaiting(state) || ['approved', 'rejected', 'withdrawn'].includes(state)
}

/** Received and not decided: it lies with the authority, or with the reporter once more. */
export function isWaiting(state: State): boolean {
  return ['pending', 'returned', 'amended'].includes(state)
}

/** Returned, so that its reporter is to amend it. */
export function isReturned(state: State): boolean {
  return state === 'returned' || state === 'amended'
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
  return [
    'stateDiagram-v2',
    '  [*] --> initiated: reporter initiate',
    ...arrows,
    '  approved --> [*]: in effect on its date',
  ].join('\n')
}

function keysOf<Key extends string>(record: { readonly [K in Key]?: unknown }): readonly Key[] {
  return Object.keys(record) as Key[]
}

export function isState(text: string): text is State {
  return Object.hasOwn(stateTexts, text)
}
