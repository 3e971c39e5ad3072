/** Who nobody is, and which folders he may pass. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findNobody, mayEnter } from '#store/embedded/identity.ts'

test('nobody is found by name in the table of users', () => {
  const table = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/usr/sbin/nologin\n'
  assert.deepEqual(findNobody(table), { uid: 65534, gid: 65533 })
})

test('the negative numbers of macOS are the same numbers without sign', () => {
  assert.deepEqual(findNobody('nobody:*:-2:-2:User:/var/empty:/usr/bin/false'), {
    uid: 4294967294,
    gid: 4294967294,
  })
})

test('a table without nobody, or with one that is root, gives none', () => {
  assert.equal(findNobody('root:x:0:0::/root:/bin/sh\nnobodyelse:x:7:7::/:'), undefined)
  assert.equal(findNobody('nobody:x:0:0::/:'), undefined)
})

test('the bit of the owner, of the group or of the others counts, and only that one', () => {
  const identity = { uid: 7, gid: 8 }
  const rows: [mode: number, uid: number, gid: number, enters: boolean][] = [
    [0o700, 7, 0, true],
    [0o077, 7, 0, false],
    [0o070, 0, 8, true],
    [0o707, 0, 8, false],
    [0o701, 0, 0, true],
    [0o770, 0, 0, false],
  ]
  for (const [mode, uid, gid, enters] of rows) {
    assert.equal(mayEnter({ mode, uid, gid }, identity), enters, mode.toString(8))
  }
})
