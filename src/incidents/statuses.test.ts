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
  'local-directory-protection': {
    ...{ '01': 'yes', '03': 'yes', '05': 9102, '07': 9102, '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9102, '80': 9102, '90': 9100 },
  },
  'marketing-protection': {
    ...{ '01': 'yes', '03': 'yes', '05': 9102, '07': 9102, '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9102, '80': 9102, '90': 9100 },
  },
  'credit-warning': {
    ...{ '01': 'yes', '03': 'yes', '05': 9102, '07': 9102, '10': 9100, '20': 9102 },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9102, '80': 9102, '90': 9100 },
  },
  'contact-address': {
    ...{ '01': 'yes', '03': 'yes', '05': 'yes', '07': 'yes', '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9102, '80': 'yes', '90': 9100 },
  },
  'foreign-address': {
    ...{ '01': 9240, '03': 9240, '05': 9240, '07': 9240, '10': 9100, '20': 9241 },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9241, '80': 'yes', '90': 9100 },
  },
  emigration: {
    ...{ '01': 'yes', '03': 'yes', '05': 9250, '07': 9250, '10': 9100, '20': 9251 },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9102, '80': 9251, '90': 9100 },
  },
  'return-notice': {
    ...{ '01': 9270, '03': 9270, '05': 9113, '07': 9113, '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9102, '80': 'yes', '90': 9100 },
  },
  immigration: {
    ...{ '01': 9400, '03': 9400, '05': 9113, '07': 9113, '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9401, '80': 'yes', '90': 9100 },
  },
  death: {
    ...{ '01': 'yes', '03': 'yes', '05': 'yes', '07': 'yes', '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 'yes', '80': 'yes', '90': 9290 },
  },
  disappearance: {
    ...{ '01': 'yes', '03': 'yes', '05': 9102, '07': 9102, '10': 9100, '20': 9300 },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 9300, '80': 9300, '90': 9100 },
  },
  'found-again': {
    ...{ '01': 9310, '03': 9310, '05': 9310, '07': 9310, '10': 9100, '20': 9310 },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 'yes', '80': 9310, '90': 9100 },
  },
  'number-change': {
    ...{ '01': 'yes', '03': 'yes', '05': 'yes', '07': 'yes', '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 'yes', '80': 'yes', '90': 'yes' },
  },
  correct: {
    ...{ '01': 'yes', '03': 'yes', '05': 'yes', '07': 'yes', '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 'yes', '80': 'yes', '90': 'yes' },
  },
  annul: {
    ...{ '01': 'yes', '03': 'yes', '05': 'yes', '07': 'yes', '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 'yes', '80': 'yes', '90': 'yes' },
  },
  undo: {
    ...{ '01': 'yes', '03': 'yes', '05': 'yes', '07': 'yes', '10': 9100, '20': 'yes' },
    ...{ '30': 9101, '50': 9101, '60': 9101, '70': 'yes', '80': 'yes', '90': 'yes' },
  },
}

const codes = Object.keys(statuses).filter(isStatusCode)
const forCitizens = catalogue.filter(({ reporters }) => reporters === 'citizens')

test('every status meets every incident type as the matrix says', () => {
  for (const type of catalogue) {
    const row = matrix[type.shape.name]
    // A type that is new may have its row in its own test.
    if (!row) continue
    for (const status of codes) {
      const subject = status < '10' ? person({ status }) : nowhere(status)
      const refusals = type.judgeKeys(situation({ subject })).filter(({ field }) => field === 'pnr')
      const expected: Row[StatusCode] = row[status]
      const told = refusals.map(({ number, field, severity }) => [number, field, severity])
      const name = `${type.shape.name} for ${status}`
      assert.deepEqual(told, expected === 'yes' ? [] : [[expected, 'pnr', 'error']], name)
    }
  }
  assert.ok(Object.keys(matrix).every((name) => findByName(name)))
})

test('ST-1: who is dead cannot be told from a number that was only reserved', () => {
  for (const type of forCitizens) {
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
