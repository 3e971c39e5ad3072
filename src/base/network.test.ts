import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { networkOf, siteOf } from '#base/network.ts'

test('an IPv4 address is a network of its own, in whatever clothes it comes', () => {
  assert.equal(networkOf('192.0.2.7'), '192.0.2.7')
  assert.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7')
  assert.notEqual(networkOf('192.0.2.7'), networkOf('192.0.2.8'))
})

test('all addresses of a /64 are one network, however they are spelt', () => {
  const network = '2001:db8:0:7'
  const spellings = ['2001:db8:0:7::1', '2001:0DB8::7:aaaa:0:0:1', '2001:db8:0:7:1:2:3:4']
  for (const address of spellings) assert.equal(networkOf(address), network, address)
  assert.notEqual(networkOf('2001:db8:0:8::1'), network)
  assert.equal(networkOf('::1'), '0:0:0:0')
  assert.equal(networkOf('2001:db8::'), '2001:db8:0:0')
})

test('all networks of a /48 are one site; an IPv4 address is a site of its own', () => {
  for (const address of ['2001:db8:7::1', '2001:db8:7:ff::1', '2001:0DB8:7:ffff:1:2:3:4']) {
    assert.equal(siteOf(address), '2001:db8:7', address)
  }
  assert.notEqual(siteOf('2001:db8:8::1'), siteOf('2001:db8:7::1'))
  assert.equal(siteOf('::ffff:192.0.2.7'), '192.0.2.7')
  assert.notEqual(siteOf('192.0.2.8'), siteOf('192.0.2.7'))
})

test('what is behind the network tells nothing of it', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16))
  const four = fc.array(group, { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(four, four, four, (network, one, other) => {
      const at = (host: readonly string[]) => networkOf([...network, ...host].join(':'))
      assert.equal(at(one), at(other))
      assert.equal(at(one), network.join(':'))
    }),
  )
})

test('what is no address stays what it is', () => {
  assert.equal(networkOf('test'), 'test')
  assert.equal(networkOf(''), '')
})
