/** Which settings of a PostgreSQL are refused. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOf } from '#store/durability.ts'

const sound = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  data_checksums: 'on',
  data_sync_retry: 'off',
}

function faults(changed: Record<string, string>): readonly string[] {
  return faultsOf(new Map(Object.entries({ ...sound, ...changed }))).map(({ en }) => en)
}

test('a server that keeps what it acknowledges has no fault', () => {
  assert.deepEqual(faults({}), [])
  assert.deepEqual(faults({ synchronous_commit: 'remote_apply' }), [])
})

test('each setting that can lose or hide a loss is named', () => {
  for (const [name, value] of [
    ['fsync', 'off'],
    ['full_page_writes', 'off'],
    ['synchronous_commit', 'off'],
    ['data_checksums', 'off'],
    ['data_sync_retry', 'on'],
    ['zero_damaged_pages', 'on'],
    ['ignore_checksum_failure', 'on'],
  ] as const) {
    const found = faults({ [name]: value })
    assert.equal(found.length, 1, name)
    assert.ok(found[0]?.startsWith(`${name} is ${value}, so `))
  }
})

test('all faults are told at once', () => {
  assert.equal(faults({ fsync: 'off', data_checksums: 'off' }).length, 2)
})

test('a server that does not tell is not trusted', () => {
  const { fsync: _, ...silent } = sound
  const found = faultsOf(new Map(Object.entries(silent)))
  assert.deepEqual(found, [{ da: 'fsync kan ikke ses', en: 'fsync cannot be seen' }])
})
