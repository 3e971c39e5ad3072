/** The rules for new passwords, sign by sign, and the boundaries of a password's life. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  endsSoon,
  isPastLife,
  makeOneTimePassword,
  mayChangePassword,
  passwordEnd,
  refusalsOfPassword,
  specialCharacters,
} from '#access/password-rules.ts'

const code = 'W0000751'
const told = (password: string) => refusalsOfPassword(password, code).map(({ text }) => text.en)

test('a password that meets every rule is not refused', () => {
  for (const password of ['Grus-vej.48', 'aB3~efgh', 'Kx9{}[];:', `aB3~${'efgh'.repeat(31)}`]) {
    assert.deepEqual(told(password), [], password)
  }
})

const broken: readonly (readonly [string, string, RegExp])[] = [
  ['seven characters', 'aB3~efg', /at least 8/],
  ['129 characters', `aB3~e${'efgh'.repeat(31)}`, /at most 128/],
  ['no small letter', 'AB3~EFGH', /small letter/],
  ['no capital letter', 'ab3~efgh', /capital letter/],
  ['no digit', 'aBc~efgh', /digit/],
  ['no special character', 'aB3defgh', /of the characters/],
]

for (const [what, password, expected] of broken) {
  test(`${what}: that rule alone is told`, () => {
    assert.equal(told(password).length, 1)
    assert.match(told(password)[0] ?? '', expected)
  })
}

test('each special character of the list is enough by itself', () => {
  for (const sign of specialCharacters) assert.deepEqual(told(`aB3xefg${sign}`), [], sign)
  assert.equal(specialCharacters.length, 25)
})

test('the back-tick and the backslash may be used, though the published lists differ', () => {
  assert.deepEqual(told('aB3xefg`'), [])
  assert.deepEqual(told('aB3xefg\\'), [])
})

test('the apostrophe may not be used, straight or typographic', () => {
  assert.match(told("aB3~efg'")[0] ?? '', /may only have/)
  assert.match(told('aB3~efg’')[0] ?? '', /may only have/)
})

test('every other forbidden character is refused, beside an allowed one too', () => {
  for (const sign of ['"', '<', '>', '&', '?', 'æ', 'ø', 'å', 'Æ', 'Ø', 'Å', ' ', '\n', '😀']) {
    assert.equal(told(`aB3~efgh${sign}`).length, 1, JSON.stringify(sign))
  }
})

test('all broken rules are told together, in the order of the table', () => {
  const refusals = refusalsOfPassword('æ', code)
  assert.equal(refusals.length, 6)
  assert.ok(refusals.every(({ number, field }) => number === 908 && field === 'newPassword'))
  assert.match(refusals[0]?.text.da ?? '', /mindst 8 tegn/)
})

const guessable = [
  'Password1!',
  'P@ssw0rd2024',
  '123Qwerty!!',
  'Adgangskode#7',
  'Sommer-2026',
  'Vinter26!',
  'Xy.efteraar25',
  'Aarhus.8000',
  'Arhus.8000',
  'Kobenhavn#1',
  'Koebenhavn#1',
  'xx-Hoersholm-7',
  'Min-CPR-kode7',
  'x.w0000751.Y',
  '!QAZ2wsx',
  'Aero-2345!',
]

for (const password of guessable) {
  test(`${password} is too easy to guess`, () => {
    assert.match(told(password).join(), /easy to guess/)
  })
}

test('another person code in a password is no reason to refuse it', () => {
  assert.match(told('x.W0000752.y').join(), /^$/)
})

test('the text of a refusal never repeats what was typed', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 9, maxLength: 20 }), (typed) => {
      fc.pre(!specialCharacters.includes(typed))
      for (const { text } of refusalsOfPassword(typed, code)) {
        assert.ok(!text.da.includes(typed) && !text.en.includes(typed))
      }
    }),
  )
})

// Judged by counting characters instead of patterns.
function meetsComposition(password: string): boolean {
  const kinds = new Set<string>()
  for (const sign of password) {
    if (sign >= 'a' && sign <= 'z') kinds.add('small')
    else if (sign >= 'A' && sign <= 'Z') kinds.add('capital')
    else if (sign >= '0' && sign <= '9') kinds.add('digit')
    else if ('~`!@#$%^*()_-+=,./\\{}[];:'.includes(sign)) kinds.add('special')
    else return false
  }
  return kinds.size === 4 && password.length >= 8 && password.length <= 128
}

test('no password of another composition passes, and only guessable ones of it are refused', () => {
  const sign = fc.constantFrom(...'abzABZ019~`!@\\{}:\'"<>&?æ ')
  fc.assert(
    fc.property(fc.string({ unit: sign, minLength: 5, maxLength: 14 }), (password) => {
      const other = told(password).filter((text) => !text.includes('easy to guess'))
      assert.equal(other.length === 0, meetsComposition(password))
    }),
    { numRuns: 2_000 },
  )
})

test('a one-time password meets the rules and is never the same', () => {
  const made = Array.from({ length: 200 }, () => makeOneTimePassword(randomBytes, code))
  for (const password of made) assert.deepEqual(told(password), [])
  assert.equal(new Set(made).size, made.length)
})

test('a source of chance that gives nothing usable is a bug, not an endless loop', () => {
  assert.throws(() => makeOneTimePassword((bytes) => new Uint8Array(bytes).fill(255), code))
  assert.throws(() => makeOneTimePassword((bytes) => new Uint8Array(bytes), code))
})

const changes = ['2026-01-05T08:00:00Z', '2026-03-01T23:59:59Z', '2026-09-30T01:30:00Z']
for (const changed of changes) {
  test(`a password of ${changed} lives 90 × 24 hours, across summer time too`, () => {
    const end = passwordEnd(new Date(changed), 'lasting')
    assert.equal(end.valueOf() - Date.parse(changed), 7_776_000_000)
    assert.equal(isPastLife(end, new Date(end.valueOf() - 1000)), false)
    assert.equal(isPastLife(end, end), true)
    assert.equal(isPastLife(end, new Date(end.valueOf() + 1000)), true)
    assert.equal(endsSoon(end, new Date(end.valueOf() - 14 * 86_400_000)), true)
    assert.equal(endsSoon(end, new Date(end.valueOf() - 14 * 86_400_000 - 1)), false)
  })
}

test('a change is allowed again after 24 hours, and at once for a one-time password', () => {
  const passwordSetAt = new Date('2026-01-05T08:00:00Z')
  const soon = new Date('2026-01-06T07:59:59Z')
  assert.equal(mayChangePassword({ oneTime: false, passwordSetAt }, soon), false)
  assert.equal(mayChangePassword({ oneTime: true, passwordSetAt }, soon), true)
  const due = new Date('2026-01-06T08:00:00Z')
  assert.equal(mayChangePassword({ oneTime: false, passwordSetAt }, due), true)
})
