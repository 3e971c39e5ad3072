/** The life of an incident: only the paths of the table, and what follows from them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Action,
  type Actor,
  actionsOf,
  type Condition,
  diagram,
  findTransition,
  isSaved,
  isState,
  isWaiting,
  type State,
  stateTexts,
  steps,
  transitions,
} from '#casework/transitions.ts'

const actors: readonly Actor[] = ['reporter', 'authority', 'clock']
const actions: readonly Action[] = [...steps, 'expire']
const always = () => true
const states = Object.keys(stateTexts).filter(isState)

/** Every path there is, written once more by hand: who, from where, does what, to where. */
const paths = [
  'reporter initiated validate validated',
  'reporter initiated cancel cancelled',
  'reporter validated validate validated',
  'reporter validated save pending',
  'reporter validated cancel cancelled',
  'reporter pending withdraw withdrawn',
  'reporter returned validate amended',
  'reporter returned withdraw withdrawn',
  'reporter amended validate amended',
  'reporter amended save pending',
  'reporter amended withdraw withdrawn',
  'authority pending approve approved',
  'authority pending reject rejected',
  'authority pending return returned',
  'authority pending forward pending',
  'authority pending undo pending',
  'authority returned reject rejected',
  'authority amended reject rejected',
  'authority approved undo pending',
  'authority rejected undo pending',
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

test('what is withdrawn, cancelled or expired is at rest, and what is decided once its window is over', () => {
  const resting: readonly State[] = ['withdrawn', 'cancelled', 'expired']
  for (const actor of actors) {
    for (const state of resting) assert.deepEqual(actionsOf(actor, state, always), [], state)
    for (const state of ['approved', 'rejected'] as const) {
      assert.deepEqual(actionsOf(actor, state, always), actor === 'authority' ? ['undo'] : [])
      assert.deepEqual(
        actionsOf(actor, state, () => false),
        [],
      )
    }
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

test('what was saved waits for its authority or its reporter, and no time ends it', () => {
  const plain = (condition: Condition) => condition === 'undecided'
  assert.deepEqual(actionsOf('authority', 'pending', plain), [
    'approve',
    'reject',
    'return',
    'forward',
  ])
  assert.deepEqual(actionsOf('reporter', 'pending', plain), ['withdraw'])
  const inPart = (condition: Condition) => condition === 'undoable'
  assert.deepEqual(actionsOf('authority', 'pending', inPart), ['approve', 'reject', 'undo'])
  assert.deepEqual(actionsOf('reporter', 'pending', inPart), [])
  for (const state of states.filter(isSaved))
    assert.deepEqual(actionsOf('clock', state, always), [])
  assert.deepEqual(states.filter(isWaiting), ['pending', 'returned', 'amended'])
  assert.deepEqual(states.filter(isSaved), [
    'pending',
    'returned',
    'amended',
    'approved',
    'rejected',
    'withdrawn',
  ])
})

test('actions are told in the order of the table', () => {
  assert.deepEqual(actionsOf('reporter', 'initiated', always), ['validate', 'cancel'])
  assert.deepEqual(actionsOf('reporter', 'validated', always), ['validate', 'save', 'cancel'])
})

test('a refused validation takes back the one before it, and what reaches the citizen needs a reason', () => {
  assert.equal(findTransition('reporter', 'validated', 'validate')?.refusedTo, 'initiated')
  assert.equal(findTransition('reporter', 'validated', 'save')?.refusedTo, undefined)
  const withReason = paths.filter((path) => {
    const [actor, state, action] = path.split(' ') as [Actor, State, Action]
    return findTransition(actor, state, action)?.reason === 'required'
  })
  assert.deepEqual(withReason, [
    'authority pending reject rejected',
    'authority pending return returned',
    'authority pending forward pending',
    'authority returned reject rejected',
    'authority amended reject rejected',
  ])
  assert.equal(findTransition('reporter', 'amended', 'validate')?.refusedTo, 'returned')
})

test('the diagram draws every path, once, and the beginning', () => {
  const lines = diagram().split('\n')
  assert.deepEqual(lines.slice(0, 2), ['stateDiagram-v2', '  [*] --> initiated: reporter initiate'])
  const drawn = paths.map((path) => {
    const [actor, from, action, to] = path.split(' ')
    return `  ${from} --> ${to}: ${actor} ${action}`
  })
  assert.deepEqual(lines.slice(2, -1).sort(), drawn.sort())
  assert.equal(lines.at(-1), '  approved --> [*]: in effect on its date')
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
