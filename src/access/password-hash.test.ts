/** Hashing: its cost, its queue, and that nobody is let in without a stored hash. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { PasswordHasher } from '#access/password-hash.ts'

test('a hash is Argon2id with 19 MiB, two passes and one lane', async () => {
  const hash = await new PasswordHasher(randomBytes).hash('Grus-vej.48')
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('only the same password matches, and its hash differs each time', async () => {
  const hasher = new PasswordHasher(randomBytes)
  const hash = await hasher.hash('Grus-vej.48')
  assert.equal(await hasher.matches('Grus-vej.48', hash), true)
  assert.equal(await hasher.matches('Grus-vej.49', hash), false)
  assert.notEqual(await hasher.hash('Grus-vej.48'), hash)
})

test('nothing matches the hash of nobody, which costs as much as a real one', async () => {
  const hasher = new PasswordHasher(randomBytes)
  for (const password of ['', 'Grus-vej.48']) {
    assert.equal(await hasher.matches(password, undefined), false)
  }
})

test('a password beyond the limit never matches, not even the hash of its own start', async () => {
  const hasher = new PasswordHasher(randomBytes)
  assert.equal(await hasher.matches('x'.repeat(129), await hasher.hash('')), false)
  await assert.rejects(hasher.hash('x'.repeat(129)), /beyond the limit/)
})

test('more hashes than may run wait, and all are made', async () => {
  const hasher = new PasswordHasher(randomBytes)
  const hashes = await Promise.all(Array.from({ length: 7 }, () => hasher.hash('Grus-vej.48')))
  assert.equal(new Set(hashes).size, 7)
})
