/** What authorities are called in full. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullAuthorityName } from '#register/authority-name.ts'

test('a municipality is called by its name and what it is', () => {
  assert.equal(fullAuthorityName({ code: '0751', name: 'Aarhus' }), 'Aarhus Kommune')
  assert.equal(fullAuthorityName({ code: '0480', name: 'Nordfyns' }), 'Nordfyns Kommune')
})

test('those that are called otherwise are called so', () => {
  assert.equal(fullAuthorityName({ code: '0101', name: 'København' }), 'Københavns Kommune')
  assert.equal(fullAuthorityName({ code: '0400', name: 'Bornholm' }), 'Bornholms Regionskommune')
  assert.equal(fullAuthorityName({ code: '0411', name: 'Christiansø' }), 'Christiansø')
  assert.equal(fullAuthorityName({ code: '0957', name: 'Qeqqata' }), 'Qeqqata Kommunia')
})

test('what is no municipality keeps its name', () => {
  assert.equal(fullAuthorityName({ code: '0001', name: 'CPR-kontoret' }), 'CPR-kontoret')
  assert.equal(fullAuthorityName({ code: '5120', name: 'Sverige' }), 'Sverige')
})
