/** Codes in clear text, in both languages; a protected name is in none of them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { translate } from '#incident/translate.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { domesticMove } from '#incidents/domestic-move.ts'
import { nameAndAddressProtection } from '#incidents/name-and-address-protection.ts'
import { readings } from '#test/arbitraries.ts'
import { opened, person, protectedUntil, situation, textsIn } from '#test/incident-law.ts'

const protectedText = { da: 'Navne- og adressebeskyttet', en: 'Name and address protected' }

function moveTo(parts: { readonly [name: string]: string | readonly string[] }) {
  return translate(domesticMove.shape, { companions: [], ...parts }, situation())
}

test('a road has its name, and what is clear already has no other text', () => {
  assert.deepEqual(moveTo({ road: '0034', house: '14', careOf: 'c/o Sørensen' }), {
    road: { da: 'Prøvegade', en: 'Prøvegade' },
    companions: [],
  })
  assert.deepEqual(moveTo({ road: '0099' }), { companions: [] })
})

test('every floor there is has its words in both languages, and so has every side', () => {
  for (const [floor, da, en] of [
    ['st', 'Stuen', 'Ground floor'],
    ['kl', 'Kælderen', 'Basement'],
    ['k2', '2. kælder', 'Basement 2'],
    ['3', '3. sal', 'Floor 3'],
    ['99', '99. sal', 'Floor 99'],
  ] as const) {
    assert.deepEqual(moveTo({ floor })['floor'], { da, en })
  }
  assert.deepEqual(moveTo({ door: 'mf' })['door'], { da: 'Midtfor', en: 'In the middle' })
  assert.equal(moveTo({ door: '12' })['door'], undefined)
})

test('a date and a choice are told as people say them', () => {
  const reading = { action: 'extend', until: '2027-03-09', children: [] }
  const told = translate(nameAndAddressProtection.shape, reading, situation())
  assert.deepEqual(told['until'], { da: '9. marts 2027', en: '9 March 2027' })
  assert.deepEqual(told['action'], { da: 'Forlæng beskyttelsen', en: 'Extend the protection' })
})

test('PROT-4: persons have one text each in their order, and a protected one has no name', () => {
  const [open, hidden] = [person(), person(protectedUntil())]
  const stranger = person()
  const there = situation({ household: [open, hidden] })
  const reading = { companions: [hidden.pnr, open.pnr, stranger.pnr] }
  const name = `Petra ${opened(open).name.surname}`
  assert.deepEqual(translate(domesticMove.shape, reading, there)['companions'], [
    protectedText,
    { da: name, en: name },
    { da: stranger.pnr, en: stranger.pnr },
  ])
})

for (const { shape } of catalogue) {
  test(`PROT-4: ${shape.name}: no translation holds the name of a protected person`, () => {
    const secret = { given: 'Hemmelig', surname: 'Skjult' }
    fc.assert(
      fc.property(readings(shape), (reading) => {
        const named = Object.values(reading).flatMap((value) => (Array.isArray(value) ? value : []))
        const hidden = named.map((pnr) => person({ ...protectedUntil(), pnr, name: secret }))
        const texts = textsIn(translate(shape, reading, situation({ household: hidden })))
        for (const text of texts) assert.doesNotMatch(text, /Hemmelig|Skjult/)
        const told = texts.filter((text) => text === protectedText.da)
        assert.equal(told.length, named.length)
      }),
      { numRuns: 200 },
    )
  })
}
