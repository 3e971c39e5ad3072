/** Seals: what was closed opens at its own place with its own key, whole, or not at all. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sealWith } from '#web/seal.ts'

const key = randomBytes(32)
const seal = sealWith(key, randomBytes)

test('what was closed opens again, and no two seals of the same are alike', () => {
  const value = { name: 'Ærø', list: [1, 'b'] }
  const [first, second] = [seal.close(value, 'a'), seal.close(value, 'a')]
  assert.deepEqual(seal.open(first, 'a'), value)
  assert.notDeepEqual(first, second)
})

test('at another place, with another key, or with a bit changed it does not open', () => {
  const sealed = seal.close({ a: 1 }, 'draft 1')
  assert.equal(seal.open(sealed, 'draft 2'), undefined)
  assert.equal(sealWith(randomBytes(32), randomBytes).open(sealed, 'draft 1'), undefined)
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Uint8Array.from(sealed, (byte, place) => (place === at ? byte ^ 1 : byte))
    assert.equal(seal.open(changed, 'draft 1'), undefined)
  }
  assert.equal(seal.open(sealed.subarray(0, 20), 'draft 1'), undefined)
})

test('a name is the same for the same value, and another one elsewhere or by another key', () => {
  const name = seal.nameOf('a value', 'citizen')
  assert.equal(sealWith(key, randomBytes).nameOf('a value', 'citizen'), name)
  const others = [
    seal.nameOf('another', 'citizen'),
    seal.nameOf('a value', 'citizens'),
    sealWith(randomBytes(32), randomBytes).nameOf('a value', 'citizen'),
  ]
  assert.ok(!others.includes(name))
  assert.ok(!name.includes('a value'))
})
