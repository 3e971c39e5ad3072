/** Local-directory protection: on its own, or as a part of name and address protection. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#base/calendar.ts'
import { localDirectoryProtection } from '#incidents/local-directory-protection.ts'
import { bornFor, given, person, protectedUntil, today } from '#test/incident-law.ts'

const protection = (parts: Parameters<typeof given>[1] = {}) =>
  given(localDirectoryProtection, parts)
const on = { action: 'on' }
const off = { action: 'off' }
const kept = person({ protections: [{ type: '0002', from: today }] })

test('PROT-6: who is name and address protected has it already, and cannot end it alone', () => {
  const subject = person(protectedUntil())
  protection({ subject }).expectRefused(on, [9202, 'action'])
  protection({ subject }).expectRefused(off, [9203, 'action'])
})

test('PROT-6: who had it beforehand may end it, and stays protected by the other', () => {
  const { protections } = protectedUntil()
  const subject = person({ protections: [...protections, { type: '0002', from: today }] })
  protection({ subject }).expectAccepted(off)
})

test('it is set where it is not, and removed where it is', () => {
  protection().expectAccepted(on)
  protection().expectRefused(off, [9203, 'action'])
  protection({ subject: kept }).expectAccepted(off)
  protection({ subject: kept }).expectRefused(on, [9202, 'action'])
})

test('it has no age: a parent may set it for a newborn', () => {
  protection({ subject: person(bornFor(0)) }).expectAccepted(on)
})

test('it goes to the municipality where one lives, dated about now', () => {
  protection({ municipality: '0851' }).expectRefused(on, [9200, 'municipality'])
  protection({ date: addDays(today, 29) }).expectRefused(on, [9201, 'date'])
  protection({ date: addDays(today, 28) }).expectAccepted(on)
})

test('its fact stands beside other protections, without an end', () => {
  assert.deepEqual(protection().effect(on)[0]?.facts, [
    { kind: 'protection', slot: '0002', from: today, value: { type: '0002' } },
  ])
})
