/** Address parts and keys: rules ADR-1 to ADR-7 and the forms that CPR and DAR write. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type AddressParts,
  addressKey,
  isHighRoad,
  isMunicipalHighRoad,
  isSameAddress,
  partsOfKey,
  readAddressKey,
  readBuilding,
  readCode,
  readDoor,
  readFloor,
  readHouse,
  readKvhx,
  readRecordParts,
  writeKvhx,
  writeRecordParts,
} from '#register/address.ts'
import { readOneLine, standardAddress, writeOneLine } from '#register/one-line.ts'

const house = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('', 'A', 'B', 'Z'))
  .map(([number, letter]) => `${number}${letter}`)
const floor = fc.oneof(
  fc.constantFrom('st', 'kl', 'k2', 'k9'),
  fc.integer({ min: 1, max: 99 }).map(String),
)
const door = fc.oneof(
  fc.constantFrom('th', 'tv', 'mf', 'a1', '1-2', 'b/c', '9999'),
  fc.integer({ min: 1, max: 9999 }).map(String),
)
const code = fc.integer({ min: 1, max: 9999 }).map((n) => String(n).padStart(4, '0'))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const parts: fc.Arbitrary<AddressParts> = fc
  .record({ municipality: code, road: code, house, floor: maybe(floor), door: maybe(door) })
  .map(({ floor: f, door: d, ...rest }) => ({
    ...rest,
    ...(f && { floor: f }),
    ...(d && { door: d }),
  }))

test('ADR-1: a one-line address is read as it was written, with every part there or not', () => {
  const town = fc.constantFrom('Komdrup', 'Gl. Skagen', 'Nørre Åby', 'Ry')
  const road = fc.constantFrom('Strandvejen', 'Gammel Kongevej', '10. Februar Vej', 'Ørnevej')
  fc.assert(
    fc.property(parts, maybe(town), road, (address, t, name) => {
      const { house: number, floor: f, door: d } = address
      const written = writeOneLine({
        ...{ road: name, house: number, postcode: '9293', district: 'Kongerslev' },
        ...(f && { floor: f }),
        ...(d && { door: d }),
        ...(t && { town: t }),
      })
      const read = readOneLine(written)
      assert.ok(read, written)
      assert.equal(writeOneLine(read), written)
      assert.deepEqual([read.floor, read.door, read.town], [f, d, t], written)
      assert.deepEqual([read.road, read.house], [name, number])
    }),
  )
})

test('a lone part that begins with a capital is a town, however short', () => {
  assert.equal(readOneLine('Lærkevej 9, Ry, 8680 Ry')?.town, 'Ry')
  assert.equal(readOneLine('Lærkevej 9, tv, 8680 Ry')?.door, 'tv')
  assert.equal(readOneLine('Lærkevej 9, St. By, 8680 Ry')?.town, 'St. By')
})

test('one line is written as CPR has done since 2023', () => {
  const place = { postcode: '2900', district: 'Hellerup' }
  const strand = { road: 'Strandvejen', house: '123A' }
  assert.equal(
    writeOneLine({ ...strand, floor: 'st', door: 'tv', ...place }),
    'Strandvejen 123A, st. tv, 2900 Hellerup',
  )
  assert.equal(
    writeOneLine({ ...strand, floor: '2', ...place }),
    'Strandvejen 123A, 2., 2900 Hellerup',
  )
  assert.equal(
    writeOneLine({ ...strand, door: 'tv', ...place }),
    'Strandvejen 123A, tv, 2900 Hellerup',
  )
  assert.equal(
    writeOneLine({
      road: 'Lærkevej',
      house: '9C',
      floor: '1',
      door: 'tv',
      town: 'Komdrup',
      ...place,
    }),
    'Lærkevej 9C, 1. tv, Komdrup, 2900 Hellerup',
  )
  for (const text of [
    '',
    'Lærkevej',
    'Lærkevej 9',
    'Lærkevej 1000, 2900 Hellerup',
    'Lærkevej 9, x, y, z, 2900 B',
  ])
    assert.equal(readOneLine(text), undefined, text)
})

test('the standard address is the part of the street in 34 characters', () => {
  const long = {
    road: 'Professor Olaf Andersens Minde Allé',
    house: '123A',
    floor: '12',
    door: '1234',
  }
  assert.equal(standardAddress({ road: 'Ågade', house: '1' }, 'Ågade'), 'Ågade 1')
  assert.equal(standardAddress(long, 'Prof O Andersens Al'), 'Prof O Andersens Al 123A, 12. 1234')
  assert.equal(standardAddress(long, 'Prof Olaf AndersensA'), 'Prof Olaf Andersens 123A, 12. 1234')
  assert.equal(standardAddress(long, 'Prof Olaf AndersensA').length, 34)
})

test('ADR-2 and ADR-5: a house number is 1 to 999 with at most one letter, without zeros', () => {
  assert.equal(readHouse('0123A'), '123A')
  assert.equal(readHouse('016 '), '16')
  assert.equal(readHouse('12 b'), '12B')
  for (const text of ['1000', '0', '000', '', 'A', '12AA', '-1', '1.5', '１２'])
    assert.equal(readHouse(text), undefined, text)
})

test('ADR-3 and ADR-7: floors are st, kl and 1 to 99, and deeper cellars fit two characters', () => {
  assert.deepEqual(['', '01', '1.', 'st.', 'KL', 'kl2', 'k2', 'kl1', '99'].map(readFloor), [
    ...['', '1', '1', 'st', 'kl', 'k2', 'k2', 'kl', '99'],
  ])
  for (const text of ['0', '00', '100', 'sal', 'kl10', '-1', '1..'])
    assert.equal(readFloor(text), undefined, text)
})

test('ADR-6: capitals in floor and door become small', () => {
  assert.equal(readFloor('St'), 'st')
  assert.equal(readDoor('TH'), 'th')
  assert.equal(readDoor('  tv'), 'tv')
  assert.equal(readDoor('0012'), '12')
  for (const text of ['0', '0000', '10000', '--', 't h', 'abcde'])
    assert.equal(readDoor(text), undefined)
})

test('a key is its parts, both ways', () => {
  assert.equal(addressKey({ municipality: '0751', road: '0012', house: '12A' }), '0751-0012-12A--')
  fc.assert(
    fc.property(parts, (address) => {
      const key = addressKey(address)
      assert.deepEqual(partsOfKey(key), address)
      assert.equal(readAddressKey(key), key)
    }),
  )
  for (const text of [
    '0751-0012-12A',
    '751-0012-12A--',
    '0751-0012-012A--',
    '0751-0012--st-',
    '0751-0012-1-ST-',
  ])
    assert.equal(readAddressKey(text), undefined, text)
})

test('ADR-4: roads of one code in two municipalities give different addresses', () => {
  const here = { municipality: '0751', road: '0012', house: '1' }
  assert.equal(isSameAddress(here, { ...here, municipality: '0101' }), false)
  assert.equal(isSameAddress(here, { ...here, floor: '', door: '' }), true)
})

test('a key is made of canonical parts only', () => {
  assert.throws(() => addressKey({ municipality: '0751', road: '0012', house: '012' }))
  assert.throws(() => addressKey({ municipality: '0751', road: '0012', house: '' }))
  assert.equal(addressKey({ municipality: '0751', road: '9900', house: '' }), '0751-9900---')
})

test('CPR keeps house, floor, door and B-number in 4, 2, 4 and 4 characters', () => {
  const written = (address: Omit<AddressParts, 'municipality' | 'road'>) =>
    Object.values(writeRecordParts(address)).join('|')
  assert.equal(written({ house: '12A', floor: '1', door: 'tv' }), '012A|01|  tv|')
  assert.equal(written({ house: '16' }), '016|||')
  assert.equal(written({ house: '123', floor: 'k2', door: '1233' }), '123|k2|1233|')
  assert.equal(written({ house: 'B12' }), '|||0012')
  fc.assert(
    fc.property(parts, ({ municipality, road, ...rest }) => {
      const record = writeRecordParts(rest)
      assert.ok(record.house.length <= 4 && record.floor.length <= 2 && record.door.length <= 4)
      assert.deepEqual(
        { municipality, road, ...readRecordParts(record) },
        { municipality, road, ...rest },
      )
    }),
  )
  assert.equal(readRecordParts({ house: '1000', floor: '', door: '', building: '' }), undefined)
  assert.deepEqual(readRecordParts({ house: '002 ', floor: '  ', door: '    ', building: '' }), {
    house: '2',
  })
})

test('KVHX has 19 characters and reads back', () => {
  const parts999 = { municipality: '0999', road: '0001', house: '12A', floor: 'st', door: 'tv' }
  assert.equal(writeKvhx(parts999), '09990001_12A_st__tv')
  fc.assert(
    fc.property(parts, (address) => {
      assert.equal(writeKvhx(address).length, 19)
      assert.deepEqual(readKvhx(writeKvhx(address)), address)
    }),
  )
  assert.equal(readKvhx('0999'), undefined)
})

test('road codes 9900 to 9999 are high, the first forty the municipality’s own', () => {
  assert.deepEqual(['9899', '9900', '9939', '9940', '9999'].map(isHighRoad), [
    false,
    true,
    true,
    true,
    true,
  ])
  assert.deepEqual(['9899', '9900', '9939', '9940'].map(isMunicipalHighRoad), [
    false,
    true,
    true,
    false,
  ])
  assert.equal(readCode('751'), '0751')
  assert.equal(readCode('07511'), undefined)
})

test('a B-number is told in Greenland alone, and never together with a house number', () => {
  for (const text of ['1234', 'B1234', 'B-1234', 'b-01234', ' 1234 ']) {
    assert.equal(readBuilding(text), 'B1234', text)
  }
  for (const text of ['0', '12345', 'B', '12A', '-1']) assert.equal(readBuilding(text), undefined)
  const nuuk = { municipality: '0956', road: '0001', house: 'B1234' }
  assert.equal(readAddressKey(addressKey(nuuk)), '0956-0001-B1234--')
  assert.equal(readAddressKey('0751-0001-B1234--'), undefined)
  const both = { house: '012 ', floor: '', door: '', building: '1234' }
  assert.equal(readRecordParts(both), undefined)
})

test('a B-number survives the record, the key and the one line; a KVHX has no place for it', () => {
  const numbers = fc.integer({ min: 1, max: 9999 })
  fc.assert(
    fc.property(numbers, maybe(floor), maybe(door), (number, f, d) => {
      const within = { house: `B${number}`, ...(f && { floor: f }), ...(d && { door: d }) }
      assert.deepEqual(readRecordParts(writeRecordParts(within)), within)
      const address = { municipality: '0956', road: '0012', ...within }
      assert.deepEqual(partsOfKey(addressKey(address)), address)
      const line = { road: 'Aqqusineq', ...within, postcode: '3900', district: 'Nuuk' }
      assert.deepEqual(readOneLine(writeOneLine(line)), line)
      assert.throws(() => writeKvhx(address), /B-number/)
    }),
  )
})
