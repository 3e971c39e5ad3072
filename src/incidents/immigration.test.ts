/** The law of registering an immigration: who, from when, with which data, and what stays behind. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, addMonths } from '#base/calendar.ts'
import { unknown } from '#incident/fields.ts'
import { readData } from '#incident/read.ts'
import { translate } from '#incident/translate.ts'
import { immigration } from '#incidents/immigration.ts'
import { entryFields } from '#incidents/immigration-data.ts'
import { returnNotice } from '#incidents/return-notice.ts'
import { timeline } from '#register/fact.ts'
import { personOn } from '#register/person.ts'
import { statusFrom } from '#register/status.ts'
import { historyOf, recorded } from '#test/incident-history.ts'
import { given, moveData, nowhere, today } from '#test/incident-law.ts'

const left = addDays(today, -1000)
const abroad = { country: '5170', lines: ['3 Example Lane'] }
const emigrated = nowhere('80', { statusFrom: left, foreignAddress: abroad })
const arrival = (parts: Parameters<typeof given>[1] = {}) =>
  given(immigration, { subject: emigrated, ...parts })

/** Every datum of § 20, all of them unknown but the two that decide about a permit. */
const nothingKnown = Object.fromEntries(
  Object.entries(entryFields)
    .filter(([, field]) => 'orUnknown' in field)
    .map(([name]) => [name, unknown]),
)
const nordic = { ...moveData, ...nothingKnown, country: '5170', citizenship: '5110' }
const british = { ...nordic, citizenship: '5170', permitOn: today }

test('ST-3: status 01 and the address from the arrival, under the event of a re-entry (A04)', () => {
  const on = addDays(today, -3)
  const [change] = arrival({ date: on }).effect(nordic)
  assert.deepEqual([change?.pnr, change?.event], [emigrated.pnr, 'A04'])
  assert.deepEqual(change?.facts.slice(0, 3), [
    statusFrom('01', on),
    { kind: 'address', from: on, value: { municipality: '0751', road: '0034', house: '5' } },
    { kind: 'foreign-address', from: on, value: null },
  ])
  assert.equal(change?.facts[3]?.kind, 'entry')
})

test('ST-3: the departure stays in the history, closed by the day and the country of the entry', () => {
  const { facts } = historyOf(emigrated)
  const own = present(facts.get(emigrated.pnr), 'the facts')
  const after = recorded(own, arrival().effect(nordic)[0]?.facts ?? [])
  const rows = timeline(after, 'status').map(({ from, to, value }) => [value.code, from, to])
  assert.deepEqual(rows, [
    ['80', left, today],
    ['01', today, undefined],
  ])
  const away = timeline(after, 'foreign-address')
  assert.deepEqual([away[0]?.from, away[0]?.to, away[0]?.value], [left, today, abroad])
  const [entry] = timeline(after, 'entry')
  assert.deepEqual([entry?.from, entry?.value.country], [today, '5170'])
  assert.equal(personOn(emigrated.pnr, after, addDays(today, -1)).status, '80')
  assert.equal(personOn(emigrated.pnr, after, today).status, '01')
})

test('who has never lived here enters under a number that there is already (P31)', () => {
  const other = nowhere('20', { statusFrom: left })
  assert.equal(arrival({ subject: other }).effect(nordic)[0]?.event, 'P31')
})

test('IMM-2: with a permit issued after the arrival it begins on the day of the permit', () => {
  const date = addDays(today, -30)
  const from = (permitOn: string, time?: string) =>
    arrival({ date }).effect({ ...british, permitOn, ...(time && { time }) })[0]?.facts[0]
  assert.deepEqual(from(addDays(date, -1)), statusFrom('01', date))
  assert.deepEqual(from(date), statusFrom('01', date))
  assert.deepEqual(from(addDays(date, 1)), statusFrom('01', addDays(date, 1)))
  assert.deepEqual(from(date, '11:20'), statusFrom('01', date, { time: '11:20' }))
  assert.deepEqual(from(addDays(date, 1), '11:20'), statusFrom('01', addDays(date, 1)))
  const late = { ...british, permitOn: addDays(date, 1) }
  assert.deepEqual(arrival({ date }).marks(late), ['permit-after-arrival'])
})

test('IMM-2: who is no Nordic citizen shows a permit, which is not one of the future (9409)', () => {
  arrival().expectAccepted(nordic)
  arrival().expectAccepted({ ...nordic, citizenship: '5100' })
  arrival().expectAccepted(british)
  arrival().expectRefused({ ...british, permitOn: '' }, [9409, 'permitOn'])
  arrival().expectRefused({ ...nordic, citizenship: unknown }, [9409, 'permitOn'])
  arrival().expectRefused({ ...british, permitOn: addDays(today, 1) }, [9409, 'permitOn'])
})

test('IMM-3: it is registered under the number that the person has, and on no other', () => {
  const changes = arrival().effect(nordic)
  assert.deepEqual(
    changes.map(({ pnr }) => pnr),
    [emigrated.pnr],
  )
  assert.ok(!Object.values(immigration.shape.fields).some(({ kind }) => kind === 'pnr'))
})

test('IMM-5: every datum of § 20 is given or said to be unknown, and left out by nobody', () => {
  const names = Object.keys(nothingKnown)
  assert.deepEqual(names, [
    ...['country', 'line1', 'citizenship', 'birthRegisteredIn', 'civilStatus', 'civilStatusOn'],
    ...['civilStatusAuthority', 'church', 'spouse', 'parents', 'children'],
  ])
  for (const name of names) {
    for (const left of [undefined, '']) {
      const read = readData(immigration.shape, { ...nordic, [name]: left })
      assert.ok(!read.ok && read.refusals[0]?.number === 9033, name)
      assert.equal(read.refusals[0]?.field, name)
    }
    const read = readData(immigration.shape, { ...nordic, [name]: unknown })
    assert.ok(read.ok && read.value[name] === unknown, name)
    const texts = translate(immigration.shape, read.value, arrival().situation)
    assert.deepEqual(texts[name], { da: 'Ukendt', en: 'Unknown' })
  }
})

test('IMM-5: the register keeps what was told, and what nobody knew as unknown', () => {
  const told = { ...nordic, civilStatus: 'G', civilStatusOn: '2010-05-15', church: 'member' }
  const fact = arrival().effect(told)[0]?.facts[3]
  assert.ok(fact?.kind === 'entry' && fact.value)
  assert.deepEqual(fact.value, {
    country: '5170',
    lastAddress: ['?'],
    citizenship: '5110',
    birthRegisteredIn: '?',
    civilStatus: 'G',
    civilStatusOn: '2010-05-15',
    civilStatusAuthority: '?',
    church: 'member',
    spouse: '?',
    parents: '?',
    children: '?',
  })
})

test('IMM-5: from a Nordic country also the number and the municipality there (9411, 9412)', () => {
  const from = { ...nordic, country: '5110' }
  arrival().expectRefused(from, [9411, 'nordicNumber'], [9412, 'formerMunicipality'])
  arrival().expectRefused({ ...from, nordicNumber: '?' }, [9412, 'formerMunicipality'])
  arrival().expectAccepted({ ...from, nordicNumber: '?', formerMunicipality: 'Prøveby' })
})

test('it lies after the departure and not ahead (9403)', () => {
  arrival({ date: addDays(left, 1) }).expectAccepted(nordic)
  arrival({ date: left }).expectRefused(nordic, [9403, 'date'])
  arrival({ date: addDays(today, 1) }).expectRefused(nordic, [9403, 'date'])
})

test('IMM-1: a stay of exactly three months is not registered, a day more is (9408)', () => {
  const end = addMonths(today, 3)
  arrival().expectRefused({ ...nordic, leavesOn: end }, [9408, 'leavesOn'])
  arrival().expectAccepted({ ...nordic, leavesOn: addDays(end, 1) })
})

test('countries that nobody comes from or is citizen of are refused, unknown ones are not', () => {
  arrival().expectRefused({ ...nordic, country: '5100' }, [9404, 'country'])
  arrival().expectAccepted({ ...nordic, country: unknown })
  arrival().expectRefused({ ...british, citizenship: '1081' }, [9405, 'citizenship'])
})

test('a civil status begins between birth and today (9410)', () => {
  const { bornOn } = emigrated
  arrival().expectAccepted({ ...nordic, civilStatusOn: bornOn })
  arrival().expectRefused({ ...nordic, civilStatusOn: addDays(bornOn, -1) }, [
    9410,
    'civilStatusOn',
  ])
  arrival().expectAccepted({ ...nordic, civilStatusOn: today })
  arrival().expectRefused({ ...nordic, civilStatusOn: addDays(today, 1) }, [9410, 'civilStatusOn'])
})

test('it is for a Danish municipality and an address of the register (9402, 9406, 9407)', () => {
  arrival({ municipality: '0957' }).expectRefused(nordic, [9402, 'municipality'])
  arrival().expectRefused({ ...nordic, road: '0099' }, [9406, 'road'])
  arrival().expectRefused({ ...nordic, house: '6' }, [9407, 'house'])
})

test('what a return notice has told is offered, and the case worker sees that there was one', () => {
  const { code } = returnNotice.shape
  const reading = { country: '5110', citizenship: '5110', road: '0034', house: '5' }
  const earlier = [{ id: 'x', code, date: today, state: 'pending' as const, reading }]
  const there = arrival({ earlier })
  assert.deepEqual(there.candidates('country'), ['5110'])
  assert.deepEqual(there.candidates('house'), ['5'])
  assert.deepEqual(there.marks(nordic), ['return-notice'])
  const other = arrival({ earlier: [{ ...earlier[0], code: 'FLYT-I' } as (typeof earlier)[0]] })
  assert.deepEqual([other.candidates('country'), other.marks(nordic)], [[], []])
})
