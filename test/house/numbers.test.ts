/** No civil registration number of a person stands in the repository: invented ones only. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundaryVectors, isFictional, readPnr } from '#register/pnr.ts'
import { textOf, tracked } from '#test/house/tracked.ts'

const numberLike = /(?<![0-9])[0-9]{6}[- ]?[0-9]{4}(?![0-9])/g

/** Their long digests are made by machines and hold any digits. */
const digests = /(^|\/)package-lock\.json$/

const isEdge = (digits: string) => boundaryVectors.some((vector) => vector.digits === digits)

/** The numbers in a text that may be somebody's. */
function suspectsIn(text: string): readonly string[] {
  return [...text.matchAll(numberLike)].flatMap(([found]) => {
    const digits = found.replace(/[- ]/, '')
    return readPnr(digits) === undefined || isFictional(digits) || isEdge(digits) ? [] : [found]
  })
}

test('FIX-1: every number in the repository is of the invented range or an edge without a person', () => {
  const suspects = tracked
    .filter((path) => !digests.test(path))
    .map((path) => ({ path, text: textOf(path) }))
    .filter(({ text }) => !text.includes('\0'))
    .flatMap(({ path, text }) => suspectsIn(text).map((found) => `${path}: ${found}`))
  assert.deepEqual(suspects, [])
})

test('a number outside the range is found with and without its hyphen, and only whole', () => {
  // Put together here, so that this file holds none.
  const [day, serial] = ['010190', '1234']
  assert.deepEqual(suspectsIn(`a ${day}${serial} b`), [`${day}${serial}`])
  assert.deepEqual(suspectsIn(`"${day}-${serial}"`), [`${day}-${serial}`])
  assert.deepEqual(suspectsIn(`${day} ${serial}`), [`${day} ${serial}`])
  assert.deepEqual(suspectsIn(`7${day}${serial} ${day}${serial}7 3213901234`), [])
})
