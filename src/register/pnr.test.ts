/** The rules of civil registration numbers, PNR-1 to PNR-9, as far as they are pure. */

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, date, type PlainDate } from '#base/calendar.ts'
import {
  birthDateOf,
  boundaryVectors,
  classifyNumber,
  fictionalPnr,
  hasControlDigit,
  isBornAfter,
  isFictional,
  maskPnr,
  type Pnr,
  readPnr,
  type Sex,
  sexByNumber,
  writePnr,
} from '#register/pnr.ts'

const days = fc
  .integer({ min: 0, max: 73_048 })
  .map((day) => addDays(date('1858-01-01'), day)) as fc.Arbitrary<PlainDate>
const sexes = fc.constantFrom<Sex>('M', 'K')
const invented = fc
  .tuple(days, sexes, fc.integer({ min: 0, max: 59 }))
  .map(([day, sex, index]) => ({ day, sex, index, pnr: made(day, sex, index) }))

function made(bornOn: PlainDate, sex: Sex, index: number): Pnr {
  const pnr = fictionalPnr(bornOn, sex, index)
  assert.ok(pnr, `no number for ${bornOn} ${sex} ${index}`)
  return pnr
}

function pnrOf(text: string): Pnr {
  const pnr = readPnr(text)
  assert.ok(pnr, text)
  return pnr
}

test('PNR-1: a number without a control digit is valid', () => {
  assert.equal(readPnr('010158-5000'), '0101585000')
  assert.equal(hasControlDigit(pnrOf('010158-5000')), false)
  const newYearsDay = made(date('1980-01-01'), 'M', 0)
  assert.equal(readPnr(newYearsDay), newYearsDay)
  assert.equal(hasControlDigit(newYearsDay), false)
})

test('PNR-2: ten zeros are refused as no date, although the control digit fits', () => {
  assert.equal(readPnr('000000-0000'), undefined)
  assert.equal(classifyNumber('000000-0000'), 'unknown')
  assert.equal(readPnr('991299-1234'), undefined)
  assert.equal(classifyNumber('991299-1234'), 'malformed')
})

test('PNR-3: a day raised by 6 is a replacement number, and so are letters after the date', () => {
  assert.equal(classifyNumber('670158-0004'), 'replacement')
  assert.equal(readPnr('670158-0004'), undefined)
  assert.equal(classifyNumber('010158KOT5'), 'replacement')
  assert.equal(classifyNumber('320158KOT5'), 'malformed')
})

test('PNR-4: hyphen, spaces or neither give the same ten digits', () => {
  for (const text of [
    '0101585000',
    '010158-5000',
    ' 010158 5000 ',
    '01 01 58 - 5000',
    '010158\u00a05000',
  ])
    assert.equal(readPnr(text), '0101585000', JSON.stringify(text))
  for (const text of [
    '',
    '010158',
    '01015850001',
    '0101-585000',
    '010158--5000',
    '010158/5000',
    'x101585000',
  ])
    assert.equal(readPnr(text), undefined, JSON.stringify(text))
  assert.equal(readPnr(`${' '.repeat(10_000)}0101585000`), undefined)
})

test('PNR-5: the birth date is the same in every time zone', () => {
  const program =
    "import { birthDateOf, boundaryVectors, readPnr } from '#register/pnr.ts';" +
    'console.log(boundaryVectors.map(({ digits }) => {' +
    ' const pnr = readPnr(digits); return pnr ? birthDateOf(pnr) : "none" }).join())'
  const expected = boundaryVectors.map(({ bornOn }) => bornOn ?? 'none').join()
  for (const zone of ['UTC', 'America/New_York', 'Europe/Copenhagen', 'Pacific/Kiritimati']) {
    const env = { ...process.env, TZ: zone }
    const root = `${import.meta.dirname}/../..`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      env,
      cwd: root,
      encoding: 'utf8',
    })
    assert.equal(said.trim(), expected, zone)
  }
})

test('the century table holds at its edges', () => {
  for (const { digits, bornOn } of boundaryVectors) {
    const pnr = readPnr(digits)
    assert.equal(pnr && birthDateOf(pnr), bornOn, digits)
  }
  assert.ok(hasControlDigit(pnrOf('170359-7994')) && hasControlDigit(pnrOf('040760-5993')))
})

test('PNR-6: the last digit tells a sex, even for women and odd for men', () => {
  assert.equal(sexByNumber(pnrOf('170359-7994')), 'K')
  assert.equal(sexByNumber(pnrOf('040760-5993')), 'M')
})

test('PNR-7: a birth date after today is told', () => {
  assert.equal(isBornAfter(pnrOf('010136-4000'), date('2026-06-01')), true)
  assert.equal(isBornAfter(pnrOf('010136-4000'), date('2036-01-01')), false)
})

test('PNR-9: a masked number shows the date alone', () => {
  assert.equal(maskPnr(pnrOf('0101585000')), '010158-xxxx')
  assert.equal(writePnr(pnrOf('0101585000')), '010158-5000')
})

test('every invented number tells its date and sex, and is known as invented', () => {
  fc.assert(
    fc.property(invented, ({ day, sex, pnr }) => {
      assert.equal(birthDateOf(pnr), day)
      assert.equal(sexByNumber(pnr), sex)
      assert.equal(isFictional(pnr), true)
      assert.equal(hasControlDigit(pnr), false)
      assert.equal(readPnr(writePnr(pnr)), pnr)
      assert.equal(classifyNumber(pnr), 'personal')
    }),
  )
})

test('every date has at least 60 invented numbers of each sex, all different', () => {
  fc.assert(
    fc.property(days, sexes, (day, sex) => {
      const numbers = Array.from({ length: 60 }, (_, index) => made(day, sex, index))
      assert.equal(new Set(numbers).size, 60)
    }),
    { numRuns: 30 },
  )
  assert.equal(fictionalPnr(date('1990-05-05'), 'M', 150), undefined)
})

test('nothing outside the range is invented: no vector, no number with a control digit', () => {
  for (const { digits } of boundaryVectors) assert.equal(isFictional(digits), false, digits)
  fc.assert(
    fc.property(invented, ({ pnr }) => {
      for (let serial = 3700; serial <= 3999; serial += 1) {
        const other = readPnr(`${pnr.slice(0, 6)}${serial}`)
        if (other && hasControlDigit(other)) assert.equal(isFictional(other), false)
      }
      assert.equal(isFictional(`${pnr.slice(0, 6)}3699`), false)
      assert.equal(isFictional(`${pnr.slice(0, 6)}8699`), false)
      assert.equal(isFictional(`${pnr}0`), false)
    }),
    { numRuns: 20 },
  )
  assert.equal(fictionalPnr(date('1857-12-31'), 'M', 0), undefined)
  assert.equal(fictionalPnr(date('2058-01-01'), 'K', 0), undefined)
})
