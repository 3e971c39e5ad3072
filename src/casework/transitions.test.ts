/** The life of an incident: only the paths of the table, and what follows from them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Action,
  type Actor,
  actionsOf,
  diagram,
  findTransition,
  isSaved,
  isState,
  type State,
  stateTexts,
  transitions,
} from '#casework/transitions.ts'

const actors: readonly Actor[] = ['reporter', 'authority', 'clock']
const actions: readonly Action[] = ['validate', 'save', 'cancel', 'approve', 'reject', 'expire']
const states = Object.keys(stateTexts).filter(isState)

/** Every path there is, written once more by hand: who, from where, does what, to where. */
const paths = [
  'reporter initiated validate validated',
  'reporter initiated cancel cancelled',
  'reporter validated validate validated',
  'reporter validated save pending',
  'reporter validated cancel cancelled',
  'authority pending approve approved',
  'authority pending reject rejected',
  'clock initiated expire expired',
  'clock validated expire expired',
]

const found = actors.flatMap((actor) =>
  states.flatMap((state) =>
    actions.flatMap((action) => {
      const transition = findTransition(actor, state, action)
      return transition ? [`${actor} ${state} ${action} ${transition.to}`] : []
    }),
  ),
)

test('an incident goes the paths of the table and no other', () => {
  assert.deepEqual(found, paths)
  assert.deepEqual(Object.keys(transitions), actors)
})

test('what is decided, cancelled or expired is at rest', () => {
  const resting: readonly State[] = ['approved', 'rejected', 'cancelled', 'expired']
  for (const state of resting) {
    for (const actor of actors) assert.deepEqual(actionsOf(actor, state), [], `${actor} ${state}`)
  }
})

test('every state can be reached from the initiation, and each other leads on to rest', () => {
  const reached = new Set<string>(['initiated'])
  for (let size = 0; size !== reached.size; ) {
    size = reached.size
    for (const [, from = '', , to = ''] of paths.map((path) => path.split(' '))) {
      if (reached.has(from)) reached.add(to)
    }
  }
  assert.deepEqual([...reached].sort(), [...states].sort())
})

test('what was saved waits for the authority alone, and no time ends it', () => {
  assert.deepEqual(actionsOf('authority', 'pending'), ['approve', 'reject'])
  assert.deepEqual(actionsOf('reporter', 'pending'), [])
  assert.deepEqual(actionsOf('clock', 'pending'), [])
  assert.deepEqual(states.filter(isSaved), ['pending', 'approved', 'rejected'])
})

test('actions are told in the order of the table', () => {
  assert.deepEqual(actionsOf('reporter', 'initiated'), ['validate', 'cancel'])
  assert.deepEqual(actionsOf('reporter', 'validated'), ['validate', 'save', 'cancel'])
})

test('a refused validation takes back the one before it, and only a rejection needs a reason', () => {
  assert.equal(findTransition('reporter', 'validated', 'validate')?.refusedTo, 'initiated')
  assert.equal(findTransition('reporter', 'validated', 'save')?.refusedTo, undefined)
  const withReason = paths.filter((path) => {
    const [actor, state, action] = path.split(' ') as [Actor, State, Action]
    return findTransition(actor, state, action)?.reason === 'required'
  })
  assert.deepEqual(withReason, ['authority pending reject rejected'])
})

test('the diagram draws every path, once, and the beginning', () => {
  const lines = diagram().split('\n')
  assert.deepEqual(lines.slice(0, 2), ['stateDiagram-v2', '  [*] --> initiated: reporter initiate'])
  const drawn = paths.map((path) => {
    const [actor, from, action, to] = path.split(' ')
    return `  ${from} --> ${to}: ${actor} ${action}`
  })
  assert.deepEqual(lines.slice(2).sort(), drawn.sort())
})

test('every state and every action has a text in both languages', () => {
  const labels = paths.flatMap((path) => {
    const [actor, state, action] = path.split(' ') as [Actor, State, Action]
    return findTransition(actor, state, action)?.label ?? []
  })
  assert.equal(labels.length, paths.length)
  for (const { da, en } of [...Object.values(stateTexts), ...labels]) {
    assert.ok(da !== '' && en !== '' && da !== en, `${da} / ${en}`)
  }
})

test('a state is one of the table and nothing that every object has', () => {
  assert.equal(isState('pending'), true)
  assert.equal(isState('constructor'), false)
  assert.equal(isState('Pending'), false)
})
