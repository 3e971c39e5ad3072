/** What an ID token may say of its own signature. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeHeader } from '#access/id-token.ts'

test('only the three algorithms of the list pass', () => {
  for (const alg of ['RS256', 'PS256', 'ES256']) assert.equal(judgeHeader({ alg }), undefined, alg)
  const others = ['none', 'None', 'HS256', 'HS512', 'RS1', 'RS384', 'ES256K', 'EdDSA', 'rs256', '']
  for (const alg of [...others, undefined, ['RS256']]) {
    assert.equal(judgeHeader({ alg }), 'algorithm', String(alg))
  }
})
