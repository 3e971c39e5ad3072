/** Which status may be the subject of which incident: the whole matrix, beside the catalogue's. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue, findByCode, findByName } from '#incidents/catalogue.ts'
import { isStatusCode, type StatusCode, statuses } from '#register/codes.ts'
import { nowhere, person, situation, textsIn } from '#test/incident-law.ts'

type Row = { readonly [Code in StatusCode]: 'yes' | number }

/** Rules 4.2, written once more by hand: 'yes', or the number of what one is told instead. */
const matrix: { readonly [type: string]: Row } = {
  'domestic-move': {
    ...{ '01': 'yes', '03': 'yes', '05': 9113, '07': 9113, '10': 9100, '20': 9112 },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9102, '80': 9112, '90': 9100 },
  },
  'name-and-address-protection': {
    ...{ '01': 'yes', '03': 'yes', '05': 9150, '07': 9150, '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9102, '80': 9102, '90': 9100 },
  },
}

const codes = Object.keys(statuses).filter(isStatusCode)

test('every status meets every incident type as the matrix says', () => {
  for (const type of catalogue) {
    const row = matrix[type.shape.name]
    assert.ok(row, `${type.shape.name} has a row`)
    for (const status of codes) {
      const subject = status < '10' ? person({ status }) : nowhere(status)
      const refusals = type.judgeKeys(situation({ subject }))
      const expected: Row[StatusCode] = row[status]
      const told = refusals.map(({ number, field, severity }) => [number, field, severity])
      const name = `${type.shape.name} for ${status}`
      assert.deepEqual(told, expected === 'yes' ? [] : [[expected, 'pnr', 'error']], name)
    }
  }
  assert.deepEqual(
    Object.keys(matrix),
    catalogue.map(({ shape }) => shape.name),
  )
})

test('ST-1: who is dead cannot be told from a number that was only reserved', () => {
  for (const type of catalogue) {
    const [dead, reserved] = (['90', '10'] as const).map((status) =>
      type.judgeKeys(situation({ subject: nowhere(status) })),
    )
    assert.deepEqual(dead, reserved)
    for (const text of textsIn(dead)) assert.doesNotMatch(text, /død|dead|death|decease/i)
  }
})

test('ST-2: a number no longer in use is refused with a word of the current one (9101)', () => {
  for (const type of catalogue) {
    const [refusal] = type.judgeKeys(situation({ subject: nowhere('60') }))
    assert.equal(refusal?.number, 9101)
    assert.match(refusal?.text.en ?? '', /current number/)
  }
})

test('a type is found by its code in any letter case and by its name as it is', () => {
  for (const type of catalogue) {
    assert.equal(findByCode(type.shape.code.toLowerCase()), type)
    assert.equal(findByName(type.shape.name), type)
  }
  assert.equal(findByCode('UKENDT'), undefined)
  assert.equal(findByName('constructor'), undefined)
})
