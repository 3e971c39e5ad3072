import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSourceReader, type ProxySettings } from '#http/source.ts'

const ours: ProxySettings = {
  proxies: ['10.0.0.1', '10.1.0.0/16', '2001:db8::/32'],
  header: 'x-forwarded-for',
}
const read = (
  peer: string,
  headers: Readonly<Record<string, string>>,
  settings = ours,
  isEncrypted = false,
) => openSourceReader(settings).read({ peer, isEncrypted, headers })

test('without a configured proxy nobody is believed, whatever is said', () => {
  const nobody: ProxySettings = { proxies: [], header: 'x-forwarded-for' }
  const said = {
    'x-forwarded-for': '1.2.3.4',
    forwarded: 'for=1.2.3.4',
    'x-forwarded-proto': 'https',
  }
  assert.deepEqual(read('10.0.0.1', said, nobody), { address: '10.0.0.1', isHttps: false })
})

test('one who is no proxy is not believed, though there are proxies', () => {
  const said = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' }
  assert.deepEqual(read('10.0.0.2', said), { address: '10.0.0.2', isHttps: false })
})

test('the asker is the first from our side who is no proxy of ours; what he says of others is not read', () => {
  const said = { 'x-forwarded-for': '6.6.6.6, 1.2.3.4, 10.1.2.3', 'x-forwarded-proto': 'https' }
  assert.deepEqual(read('10.0.0.1', said), { address: '1.2.3.4', isHttps: true })
  assert.deepEqual(read('::ffff:10.0.0.1', said), { address: '1.2.3.4', isHttps: true })
  assert.deepEqual(read('2001:db8::7', { 'x-forwarded-for': '[2001:db9::1]:4711' }), {
    address: '2001:db9::1',
    isHttps: false,
  })
})

test('a header that is not the configured one is not read', () => {
  const said = { forwarded: 'for=1.2.3.4;proto=https' }
  assert.deepEqual(read('10.0.0.1', said), { address: '10.0.0.1', isHttps: false })
  const other: ProxySettings = { ...ours, header: 'forwarded' }
  assert.deepEqual(read('10.0.0.1', said, other), { address: '1.2.3.4', isHttps: true })
  const both = { forwarded: 'for="[2001:db9::1]:80"; proto=http', 'x-forwarded-for': '6.6.6.6' }
  assert.deepEqual(read('10.0.0.1', both, other), { address: '2001:db9::1', isHttps: false })
})

test('a proxy that says what is no address leaves nobody to answer', () => {
  for (const said of [
    '',
    'unknown',
    '1.2.3.4.5',
    'a\u2028b',
    '1.2.3.4, ',
    '_hidden',
    '1.2.3.4;x',
  ]) {
    assert.equal(read('10.0.0.1', { 'x-forwarded-for': said }), undefined, JSON.stringify(said))
  }
})

test('a chain of nothing but proxies ends at the first of them', () => {
  const said = { 'x-forwarded-for': '10.1.0.9, 10.1.0.8' }
  assert.deepEqual(read('10.0.0.1', said)?.address, '10.1.0.9')
})

test('our own TLS is HTTPS without anybody saying so', () => {
  assert.deepEqual(read('1.2.3.4', {}, ours, true), { address: '1.2.3.4', isHttps: true })
})
