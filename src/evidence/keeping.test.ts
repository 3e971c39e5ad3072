import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actsOf, findKeeping } from '#evidence/keeping.ts'

/** What was an act once; one that is renamed or dropped is added here and to the keepings. */
const actsOfBefore = ['list-decided']

test('an act that no program writes any more keeps its time limit, and is cleared by it', () => {
  for (const act of actsOfBefore) {
    const keeping = findKeeping(act)
    assert.ok(keeping, act)
    assert.ok(actsOf(keeping).includes(act))
  }
})

test('what was never an act has none', () => {
  assert.equal(findKeeping('not an act'), undefined)
})
