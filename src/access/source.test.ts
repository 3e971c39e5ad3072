/** Network addresses: one spelling each, and nothing that only looks like one. */

import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { isListed, readSource, sourceOf } from '#access/source.ts'

test('an address has one spelling', () => {
  const spelt: readonly (readonly [string, string])[] = [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:C000:0207', '192.0.2.7'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8::0001', '2001:db8::1'],
    ['::1', '::1'],
    ['0:0:0:0:0:0:0:0', '::'],
  ]
  for (const [text, address] of spelt) assert.equal(readSource(text), address)
})

test('a range, a name, a port, a zone and an octal number are no addresses', () => {
  const none = [
    '192.0.2.0/24',
    '2001:db8::/32',
    'localhost',
    '192.0.2.7:80',
    '[::1]',
    'fe80::1%eth0',
  ]
  for (const text of [...none, '', '192.0.2', '192.0.02.7', '256.0.0.1', ' ::1', '1:2', ':::']) {
    assert.equal(readSource(text), undefined, JSON.stringify(text))
    assert.equal(sourceOf(text), text)
  }
})

test('whatever is read is an address that is read the same again', () => {
  const part = fc.constantFrom('0', '1', 'ff', 'FFFF', '::', ':', '.', '255', '256', '/', '7')
  const texts = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.array(part, { maxLength: 12 }).map((p) => p.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const read = readSource(text)
      assert.equal(read !== undefined, isIP(text) !== 0, text)
      if (read !== undefined) assert.equal(readSource(read), read)
    }),
    { numRuns: 2_000 },
  )
})

test('an empty list lets in everybody, any other one only whom it names', () => {
  assert.equal(isListed([], '192.0.2.7'), true)
  assert.equal(isListed(['192.0.2.7'], '192.0.2.7'), true)
  assert.equal(isListed(['192.0.2.7'], '192.0.2.70'), false)
})
