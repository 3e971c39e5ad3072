/** The shipped reference lists: whole, well-formed and as their checksums say. */

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { date } from '#base/calendar.ts'
import { isOpenOn, readReference, referenceFiles } from '#population/reference.ts'

const folder = `${import.meta.dirname}/../../reference`
const textOf = (file: string) => readFileSync(`${folder}/${file}`, 'utf8')
const texts = {
  authorities: textOf(referenceFiles.authorities),
  overlay: textOf(referenceFiles.overlay),
  postcodes: textOf(referenceFiles.postcodes),
}
const today = date('2026-06-01')
const { authorities, postcodes } = readReference(texts, today)
const ofType = (type: string) => authorities.filter((each) => each.type === type)
const byCode = new Map(authorities.map((each) => [each.code, each]))

test('every file has the checksum that SHA256SUMS names, and no file is left out', () => {
  const sums = textOf('SHA256SUMS').trim().split('\n')
  const named = sums.map((line) => line.split('  '))
  assert.deepEqual(named.map(([, file]) => file).sort(), Object.values(referenceFiles).sort())
  for (const [sum, file = ''] of named)
    assert.equal(createHash('sha256').update(textOf(file)).digest('hex'), sum, file)
})

test('there are 98 municipalities, Christiansø, Greenland’s and a test one', () => {
  const open = ofType('05').filter((each) => isOpenOn(each, today))
  const danish = open.filter(({ code }) => code < '0950')
  assert.equal(danish.length, 99)
  assert.equal(byCode.get('0411')?.name, 'Christiansø')
  assert.equal(byCode.get('0751')?.name, 'Aarhus')
  const rest = open.filter(({ code }) => code >= '0950').map(({ code }) => code)
  assert.deepEqual(rest, ['0955', '0956', '0957', '0959', '0960', '0961', '0999'])
})

test('Qaasuitsup was one municipality until 2018 and two after', () => {
  const openOn = (day: string) =>
    ['0958', '0959', '0960'].filter((code) => {
      const found = byCode.get(code)
      return found && isOpenOn(found, date(day))
    })
  assert.deepEqual(openOn('2017-12-31'), ['0958'])
  assert.deepEqual(openOn('2018-01-01'), ['0959', '0960'])
})

test('there are 213 countries, four of them closed', () => {
  assert.equal(ofType('30').length, 213)
  const closed = ofType('30').filter((each) => !isOpenOn(each, today))
  assert.deepEqual(
    closed.map(({ code }) => code),
    ['5129', '5151', '5152', '5162'],
  )
  assert.equal(byCode.get('5100')?.alpha2, 'DK')
  assert.equal(byCode.get('5103')?.alpha2, undefined)
})

test('corrections hold from their date and leave the list itself alone', () => {
  assert.equal(byCode.get('5756')?.name, 'Nordmakedonien')
  const before = readReference(texts, date('2019-02-11')).authorities
  assert.equal(before.find(({ code }) => code === '5756')?.name, 'Makedonien')
  assert.equal(byCode.get('5276')?.alpha2, 'CF')
  assert.equal(byCode.get('5758')?.alpha2, undefined)
})

test('no two open countries share an ISO code', () => {
  const codes = ofType('30').flatMap((each) => (isOpenOn(each, today) ? (each.alpha2 ?? []) : []))
  assert.equal(new Set(codes).size, codes.length)
})

test('authorities have one row each and codes of four digits', () => {
  assert.equal(byCode.size, authorities.length)
  for (const { code, type, name } of authorities) {
    assert.match(code, /^\d{4}$/)
    assert.match(type, /^\d{2}$/)
    assert.equal(name, name.normalize('NFC').trim())
  }
  for (const code of ['0000', '0001', '0041', '0042', '0099', '4001', '4007', '5115', '5999'])
    assert.ok(byCode.has(code), code)
})

test('every open municipality but the test one has a post code, whose district fits CPR’s field', () => {
  const served = new Set(postcodes.map(({ municipality }) => municipality))
  for (const each of ofType('05').filter((row) => isOpenOn(row, today) && row.code !== '0999'))
    assert.ok(served.has(each.code), each.name)
  for (const { code, district, municipality } of postcodes) {
    assert.match(code, /^\d{4}$/)
    assert.ok(district.length <= 20, district)
    assert.equal(byCode.get(municipality)?.type, '05', code)
  }
  assert.equal(new Set(postcodes.map(({ code }) => code)).size, postcodes.length)
})
