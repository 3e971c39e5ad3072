/** The law of addresses abroad: for who has emigrated, through the last municipality. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import { readData } from '#incident/read.ts'
import { foreignAddress } from '#incidents/foreign-address.ts'
import { shut } from '#register/person.ts'
import { given, nowhere, opened, person, textsIn, today } from '#test/incident-law.ts'

const gone = nowhere('80', { statusFrom: addDays(today, -90), lastMunicipality: '0751' })
const abroad = (parts: Parameters<typeof given>[1] = {}) =>
  given(foreignAddress, { subject: gone, ...parts })
const london = { country: '5170', line1: '1 High Street', line2: 'London' }

test('EMI-7: five lines of at most 34 characters and a country code of four digits', () => {
  const read = (parts: object) => readData(foreignAddress.shape, { ...london, ...parts })
  const full = 'x'.repeat(34)
  assert.equal(read({ line3: full, line4: full, line5: full }).ok, true)
  const wrong: readonly (readonly [object, number, string])[] = [
    [{ line5: `${full}x` }, 9011, 'line5'],
    [{ country: '517' }, 9019, 'country'],
    [{ country: 'GB' }, 37, 'country'],
    [{ line6: 'x' }, 16, 'line6'],
  ]
  for (const [parts, number, field] of wrong) {
    const refused = read(parts)
    assert.ok(!refused.ok)
    const told = refused.refusals.map((each) => [each.number, each.field])
    assert.deepEqual(told, [[number, field]])
  }
})

test('EMI-7: the country is one outside Denmark (9244)', () => {
  for (const country of ['5100', '5999', '0751', '9999']) {
    abroad().expectRefused({ ...london, country }, [9244, 'country'])
  }
  abroad().expectAccepted(london)
})

test('it is written from its day, and not before the departure', () => {
  const written = (days: number) => abroad({ date: addDays(today, days) }).effect(london)[0]
  assert.deepEqual(written(-10), {
    pnr: gone.pnr,
    event: 'A08',
    facts: [
      {
        kind: 'foreign-address',
        from: addDays(today, -10),
        value: { country: '5170', lines: ['1 High Street', 'London'] },
      },
    ],
  })
  assert.equal(written(-100)?.facts[0]?.from, addDays(today, -90))
})

test('it goes through the last Danish municipality, which the refusal names (9242)', () => {
  abroad({ municipality: '0851' }).expectRefused(london, [9242, 'municipality'])
  const [refusal] = abroad({ municipality: '0851' }).refusals(london)
  assert.ok(textsIn(refusal?.text).every((text) => text.includes('0751')))
  const { lastMunicipality: _, ...unknown } = gone
  abroad({ subject: unknown, municipality: '0851' }).expectAccepted(london)
})

test('it is reported on its day at the earliest (9243)', () => {
  abroad({ date: today }).expectAccepted(london)
  abroad({ date: addDays(today, 1) }).expectRefused(london, [9243, 'date'])
})

test('it has a line, and is another than the one there is (9245, 9246)', () => {
  abroad().expectRefused({ country: '5170' }, [9245, 'line1'])
  const known = { country: '5170', lines: ['1 High Street', 'London'] }
  const subject = shut({ ...opened(gone), foreignAddress: known })
  abroad({ subject }).expectRefused(london, [9246, 'line1'])
  abroad({ subject }).expectAccepted({ ...london, line2: 'Leeds' })
  abroad({ subject }).expectAccepted({ ...london, country: '5110' })
})

test('who lives here has none, and is shown the way (9240)', () => {
  given(foreignAddress, { subject: person() }).expectRefused(london, [9240, 'pnr'])
})
