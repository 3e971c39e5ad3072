import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readTokenCookie, readTokenSetCookie, writeTokenCookie } from '#gctp/cookie.ts'

const tokens = fc.stringMatching(/^[A-Za-z0-9]{1,64}$/)
const seconds = fc.integer({ min: 0, max: 4_102_444_799 }).map((second) => new Date(second * 1000))

test('a token comes back from the cookie as it was set', () => {
  fc.assert(
    fc.property(tokens, seconds, (token, expires) => {
      const header = writeTokenCookie(token, expires)
      deepEqual(readTokenSetCookie([header]), { token, expires })
      equal(readTokenCookie(header.slice(0, header.indexOf(';'))), token)
    }),
  )
})

const headers: readonly (readonly [header: string | undefined, token: string | undefined])[] = [
  [undefined, undefined],
  ['', undefined],
  ['Token=A1', 'A1'],
  ['TOKEN=A1', 'A1'],
  ['AlteonP=Bx3; Token=A1', 'A1'],
  ['Token=A1;AlteonP=Bx3', 'A1'],
  ['AlteonP=Bx3', undefined],
  ['MyToken=A1', undefined],
  ['Token', undefined],
  ['Token=', undefined],
  ['Token="A1"', undefined],
  ['Token=A 1', undefined],
  ['Token=A1\u0000', undefined],
  ['Token=; TOKEN=A2', 'A2'],
  ['Token=A1; Token=A2', 'A1'],
  [`Token=${'A'.repeat(129)}`, undefined],
]

for (const [header, token] of headers) {
  test(`of the header ${JSON.stringify(header?.slice(0, 30))} the token is ${token}`, () => {
    equal(readTokenCookie(header), token)
  })
}

test('a caller finds the token among other cookies, with or without its end', () => {
  const alteon = 'AlteonP=A1; path=/; secure; HttpOnly; SameSite=Lax'
  deepEqual(readTokenSetCookie([alteon, 'Token=A1B2; Expires=Thu, 25-Nov-2021 17:29:22 GMT']), {
    token: 'A1B2',
    expires: new Date(Date.UTC(2021, 10, 25, 17, 29, 22)),
  })
  deepEqual(readTokenSetCookie(['Token=A1B2']), { token: 'A1B2', expires: undefined })
  equal(readTokenSetCookie([alteon]), undefined)
})

test('a token that could break out of its cookie cannot be written', () => {
  for (const token of ['', 'a;b', 'a b', 'æ', 'a\r\nSet-Cookie: x']) {
    throws(() => writeTokenCookie(token, new Date(0)), /letters and digits/)
  }
})
