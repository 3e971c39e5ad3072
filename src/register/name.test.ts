/** Names: rules CHR-1 to CHR-9, as far as they are pure. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addressingName,
  compareDanish,
  compareNames,
  fitName,
  fullName,
  isNameText,
  nameForTable,
} from '#register/name.ts'

const latinLetters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter(
  (letter) => /\p{L}/u.test(letter) && !'ªµº'.includes(letter),
)
const word = fc
  .array(fc.constantFrom(...latinLetters), { minLength: 1, maxLength: 14 })
  .map((letters) => letters.join(''))
const words = (max: number) =>
  fc.array(word, { minLength: 1, maxLength: max }).map((each) => each.join(' '))

test('CHR-1: every letter of ISO-8859-1 may stand in a name and survives the way to it and back', () => {
  for (const letter of latinLetters) {
    assert.equal(isNameText(letter, 1), true, letter)
    assert.deepEqual(fitName(letter, 1), { text: letter, marks: [] })
    assert.equal(Buffer.from(Buffer.from(letter, 'latin1').toString('latin1')).toString(), letter)
  }
  for (const sign of ['×', '÷', '1', '_', ',', '.', '@', 'ª', 'Š', 'я'])
    assert.equal(isNameText(sign, 1), false, sign)
})

test('CHR-2: letters outside ISO-8859-1 are replaced under a mark, and the original is kept', () => {
  assert.deepEqual(fitName('Łukasz', 50), { text: 'Lukasz', marks: ['*'], original: 'Łukasz' })
  assert.deepEqual(fitName('Šárka Çağ', 50)?.text, 'Sárka Çag')
  assert.equal(fitName('Œuvre', 50)?.text, 'OEuvre')
  assert.equal(fitName('Иван', 50), undefined)
})

test('CHR-3: combining forms are composed first', () => {
  assert.deepEqual(fitName('Rene\u0301', 50), { text: 'René', marks: [] })
})

test('CHR-4: 51 characters of first names are shortened under a mark', () => {
  const long = 'a'.repeat(51)
  assert.deepEqual(fitName(long, 50), { text: 'a'.repeat(50), marks: ['+'], original: long })
  assert.deepEqual(fitName('a'.repeat(50), 50), { text: 'a'.repeat(50), marks: [] })
})

test('CHR-5: 34 characters stand whole on the envelope and 35 are shortened', () => {
  const surname = 'Nørgaard'
  const whole = { given: 'Maria Magdalena', middle: 'Katrine', surname: 'Nørgaards' }
  assert.equal(fullName(whole).length, 33)
  assert.equal(
    addressingName({ ...whole, surname: `${surname}er` }),
    'Maria Magdalena Katrine Nørgaarder',
  )
  assert.equal(
    addressingName({ ...whole, surname: `${surname}ers` }),
    'Maria Magdalena K Nørgaarders',
  )
  assert.equal(
    addressingName({ given: 'Abcdefghijklmnopqrstuvwxyz', surname: 'Nørregaard' }),
    'Abcdefghijklmnopqrstuvw Nørregaard',
  )
})

test('CHR-5: an addressing name has at most 34 characters, a first name and the surname', () => {
  fc.assert(
    fc.property(
      words(5),
      fc.option(words(4), { nil: undefined }),
      words(3),
      (given, middle, last) => {
        const name = { given: given.slice(0, 50).trim(), surname: last.slice(0, 40).trim() }
        const full = { ...name, ...(middle && { middle: middle.slice(0, 40).trim() }) }
        const written = addressingName(full)
        assert.ok(written.length <= 34, written)
        if (fullName(full).length <= 34) assert.equal(written, fullName(full))
        assert.equal(written[0], full.given[0])
        if (full.surname.length <= 32) assert.ok(written.endsWith(` ${full.surname}`), written)
      },
    ),
  )
})

test('CHR-6: æ, ø and å count as one character each', () => {
  assert.equal(isNameText('æ'.repeat(40), 40), true)
  assert.equal(isNameText('æ'.repeat(41), 40), false)
})

test('CHR-7: æ, ø and å come last, and aa sorts as å', () => {
  const sorted = ['Åse', 'Ægir', 'Aase', 'Zoe', 'Ørn', 'Anna'].toSorted(compareDanish)
  assert.deepEqual(sorted.slice(0, 4), ['Anna', 'Zoe', 'Ægir', 'Ørn'])
  const [bo, anna] = [
    { given: 'Bo', surname: 'Holm' },
    { given: 'Anna', surname: 'Holm' },
  ]
  assert.ok(compareNames(anna, bo) < 0 && compareNames({ given: 'Bo', surname: 'Abel' }, anna) < 0)
})

test('CHR-8: apostrophe, hyphen and space inside a name are accepted', () => {
  for (const text of ["O'Hara", "D'", 'Hans-Jørgen', 'von der Lühe'])
    assert.equal(isNameText(text, 40), true, text)
})

test('CHR-9: blanks at the ends and double ones are taken away, control characters refused', () => {
  assert.deepEqual(fitName('  Anna   Marie ', 50)?.text, 'Anna Marie')
  for (const text of [' Anna', 'Anna ', 'Anna  Marie', '', '-', 'An\tna'])
    assert.equal(isNameText(text, 50), false, JSON.stringify(text))
  assert.equal(fitName('An\u0000na', 50), undefined)
  assert.equal(fitName('A\nB', 50), undefined)
})

test('names in tables have the surname first', () => {
  const name = { given: 'Petra', middle: 'Test', surname: 'Prøve' }
  assert.equal(nameForTable(name), 'Prøve,Petra Test')
  assert.equal(fullName(name), 'Petra Test Prøve')
})
