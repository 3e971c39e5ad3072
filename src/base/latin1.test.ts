import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { firstOutside, isLatin1, readLatin1, readUtf8, writeLatin1 } from '#base/latin1.ts'

const fitting = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((n) => n < 0x80 || n > 0x9f)
    .map(letter),
})

function letter(code: number): string {
  return String.fromCharCode(code)
}

test('text that fits comes back as it was, one byte a character', () => {
  fc.assert(
    fc.property(fitting, (text) => {
      const bytes = writeLatin1(text)
      equal(bytes.length, text.length)
      equal(readLatin1(bytes), text)
    }),
  )
})

test('a text is written exactly when no character is outside', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      if (firstOutside(text) === undefined) equal(readLatin1(writeLatin1(text)), text)
      else throws(() => writeLatin1(text))
      equal(isLatin1(text), firstOutside(text) === undefined)
    }),
  )
})

test('the first character outside is named with its code point and its place', () => {
  deepEqual(firstOutside('Łódź'), { character: 'Ł', codePoint: 'U+0141', index: 0 })
  deepEqual(firstOutside('pris 5 €'), { character: '€', codePoint: 'U+20AC', index: 7 })
  deepEqual(firstOutside('a😀'), { character: '😀', codePoint: 'U+1F600', index: 1 })
  equal(firstOutside('Ærøskøbing, Århus, Müller, Þór\t\r\n'), undefined)
})

test('the control characters of Windows-1252 and of C0 are outside', () => {
  equal(firstOutside(readLatin1(Uint8Array.of(0x93)))?.codePoint, 'U+0093')
  equal(firstOutside('\0')?.codePoint, 'U+0000')
  equal(firstOutside('\u001b')?.codePoint, 'U+001B')
})

test('a lone surrogate is outside', () => {
  equal(firstOutside('\ud800')?.codePoint, 'U+D800')
})

test('UTF-8 is read strictly', () => {
  equal(readUtf8(Buffer.from('Ærø €', 'utf8')), 'Ærø €')
  equal(readUtf8(Uint8Array.of(0xc6, 0x72, 0xf8)), undefined, 'ISO-8859-1 bytes')
  equal(readUtf8(Uint8Array.of(0xc0, 0xbc)), undefined, 'an overlong <')
  equal(readUtf8(Uint8Array.of(0xed, 0xa0, 0x80)), undefined, 'a surrogate')
  equal(readUtf8(Uint8Array.of(0xe2, 0x82)), undefined, 'cut off')
})

test('bytes that are a window on a larger buffer are read from the window only', () => {
  equal(readLatin1(Buffer.from('xxabcxx', 'latin1').subarray(2, 5)), 'abc')
})
