import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCertified, readFingerprint } from '#access/certificate.ts'

const plain = '0a1b'.repeat(16)
const paired = Array.from({ length: 16 }, () => '0A:1B').join(':')

test('a fingerprint is read as openssl prints it and as it is kept', () => {
  assert.equal(readFingerprint(plain), plain)
  assert.equal(readFingerprint(plain.toUpperCase()), plain)
  assert.equal(readFingerprint(paired), plain)
})

test('what is shorter, longer or spelt otherwise is no fingerprint', () => {
  const wrong = ['', plain.slice(1), `${plain}0`, ` ${plain}`, `${plain}\n`, paired.slice(0, -1)]
  const odd = [
    `${paired}:`,
    paired.replace(':', ''),
    plain.replace('0', 'g'),
    'sha256:'.concat(plain),
  ]
  // SHA-1, which others print.
  const sha1 = '0a'.repeat(20)
  for (const text of [...wrong, ...odd, sha1]) assert.equal(readFingerprint(text), undefined, text)
})

test('an empty list lets in whatever is shown, another one only what it has', () => {
  const other = 'f'.repeat(64)
  assert.deepEqual(
    [undefined, plain].map((shown) => isCertified([], shown)),
    [true, true],
  )
  const shown = [plain, other, undefined, '']
  assert.deepEqual(
    shown.map((each) => isCertified([plain], each)),
    [true, false, false, false],
  )
})
