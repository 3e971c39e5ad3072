/** `Client-Cert`: one whole certificate in one spelling, and nothing else. */

import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { fingerprintOf, readClientCert } from '#http/certificate.ts'
import { issue, makeAuthority } from '#test/certificates.ts'

const { certificate: pem } = await issue(await makeAuthority('Authority of the test'), 'client')
const der = new X509Certificate(pem).raw
const base64 = der.toString('base64')
const bytes = (content: Uint8Array | string) => `:${Buffer.from(content).toString('base64')}:`

test('a certificate that is told is known by its SHA-256, as openssl prints it', () => {
  const printed = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()
  assert.equal(readClientCert(`:${base64}:`), printed)
  assert.equal(fingerprintOf(der), printed)
})

const malformed: Readonly<Record<string, string>> = {
  nothing: '',
  'no bytes': '::',
  'no colons': base64,
  'one colon': `:${base64}`,
  'two certificates': `:${base64}:, :${base64}:`,
  'two in one': bytes(Buffer.concat([der, der])),
  'a byte behind it': bytes(Buffer.concat([der, Buffer.from([0])])),
  'a byte too few': bytes(der.subarray(0, -1)),
  'a parameter': `:${base64}:;a=1`,
  'a space within': `:${base64.slice(0, 8)} ${base64.slice(8)}:`,
  PEM: bytes(pem),
  'PEM that is escaped, as nginx tells it': encodeURIComponent(pem),
  'the letters of URLs': `:${base64.replaceAll('+', '-').replaceAll('/', '_')}-_:`,
  'a fingerprint': bytes(fingerprintOf(der)),
  'a string': `"${base64}"`,
}
for (const [name, text] of Object.entries(malformed)) {
  test(`no certificate: ${name}`, () => assert.equal(readClientCert(text), undefined))
}

test('whatever else is sent is none, and nothing throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.uint8Array()), (sent) => {
      const text = typeof sent === 'string' ? sent : bytes(sent)
      assert.equal(readClientCert(text), undefined)
      assert.equal(readClientCert(`:${text}:`), undefined)
    }),
  )
})
