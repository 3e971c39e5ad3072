/** The code lists: what belongs to what. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isCivilStatusCode,
  isEnded,
  isProtectionType,
  isStatusCode,
  protections,
  statuses,
} from '#register/codes.ts'

test('exactly the statuses 01, 03, 05 and 07 are active, the high roads without an address', () => {
  const rows = Object.entries(statuses)
  const active = rows.filter(([, { group }]) => group === 'active').map(([code]) => code)
  assert.deepEqual(active.sort(), ['01', '03', '05', '07'])
  const homeless = rows.filter(([, row]) => 'withoutAddress' in row).map(([code]) => code)
  assert.deepEqual(homeless.sort(), ['03', '07'])
  for (const [code, row] of rows) assert.equal('residentIn' in row, row.group === 'active', code)
})

test('codes that are not CPR’s are no codes', () => {
  assert.equal(isStatusCode('01'), true)
  for (const code of ['97', '99', '1', 'toString', '']) assert.equal(isStatusCode(code), false)
  assert.equal(isCivilStatusCode('G'), true)
  assert.equal(isCivilStatusCode('g'), false)
  assert.equal(isProtectionType('0001'), true)
  assert.equal(isProtectionType('00001'), false)
})

test('PROT-11: research protection alone can no longer be had', () => {
  const ended = Object.keys(protections).filter((code) => isProtectionType(code) && isEnded(code))
  assert.deepEqual(ended, ['0004'])
})
