import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { date } from '#base/calendar.ts'
import { stampFields, stampGroup } from '#gctp/stamp.ts'
import { fictionalPnr } from '#register/pnr.ts'
import type { MasterData } from '#search/master-data.ts'

const pnr = fictionalPnr(date('2000-01-01'), 'M', 0)
ok(pnr)

const master: MasterData = {
  pnr,
  pending: true,
  addressingName: 'Peter Prøve',
  sex: 'M',
  status: { code: '01', text: 'Bopæl i Danmark' },
  statusFrom: date('2020-05-01'),
  statusStartedAt: '202005010830',
  statusUncertain: true,
  bornOn: date('2000-01-01'),
  bornOnUncertain: true,
  nameAndAddressProtected: true,
  careOf: 'c/o Sørensen',
  address: {
    municipality: { code: '0851', name: 'Aalborg' },
    road: { code: '0012', name: 'Prøvevej' },
    house: '8B',
    floor: '2',
    door: 'tv',
    locality: 'Prøvested',
    town: 'Prøveby',
    postcode: { code: '9000', district: 'Aalborg' },
  },
  foreignAddress: { country: { code: '5180', name: 'Tyskland' }, lines: ['Musterweg 1', 'Muster'] },
  standardAddress: 'Prøvevej 8B, 2. tv',
}

/** As it comes to one who has no right to protected data. */
const hidden: MasterData = {
  pnr,
  pending: false,
  sex: 'M',
  status: { code: '01', text: 'Bopæl i Danmark' },
  bornOn: date('2000-01-01'),
  bornOnUncertain: false,
  nameAndAddressProtected: true,
}

/** The order of recorded answers; what they do not have comes after it. */
const names = (
  'PNR I_VENT_MRK ADRNVN KOEN STATUS STARTDATOSTATUS PNRGAELD FOEDDATO FOEDDATOUSM BESKYT CONVN ' +
  'ETAGE HUSNR SIDEDOER BNR KOMKOD VEJKOD BYNVN LOKALITET POSTNR UDR_LANDEKOD UDLANDSADR1 ' +
  'UDLANDSADR2 UDLANDSADR3 UDLANDSADR4 UDLANDSADR5 STADR STATUSHAENSTART STATUSHAENSTARTUSM'
).split(' ')

test('all fields are there, in order, whatever is known of the person', () => {
  const bare: MasterData = {
    pnr,
    pending: false,
    sex: 'K',
    status: { code: '90', text: 'Død' },
    bornOnUncertain: false,
    nameAndAddressProtected: false,
  }
  for (const each of [master, hidden, bare]) {
    deepEqual(
      stampFields(each).map(({ name }) => name),
      names,
    )
  }
  equal(stampGroup(bare).name, 'STAMPNR')
})

test('ST-5: values have the forms of the wire, a status its minute, and codes their texts', () => {
  const filled = new Map(stampFields(master).map(({ name, ...told }) => [name, told]))
  const told = (name: string) => filled.get(name)
  deepEqual(told('I_VENT_MRK'), { value: 'X' })
  deepEqual(told('STATUS'), { value: '01', text: 'Bopæl i Danmark' })
  deepEqual(told('STARTDATOSTATUS'), { value: '20200501' })
  deepEqual(told('STATUSHAENSTART'), { value: '202005010830' })
  deepEqual(told('STATUSHAENSTARTUSM'), { value: '*' })
  deepEqual(told('FOEDDATOUSM'), { value: '*' })
  deepEqual(told('HUSNR'), { value: '008B' })
  deepEqual(told('ETAGE'), { value: '02' })
  deepEqual(told('SIDEDOER'), { value: '  tv' })
  deepEqual(told('KOMKOD'), { value: '0851', text: 'Aalborg', longText: 'Aalborg' })
  deepEqual(told('VEJKOD'), { value: '0012', text: 'Prøvevej', furtherText: 'Prøvevej' })
  deepEqual(told('POSTNR'), { value: '9000', text: 'Aalborg' })
  deepEqual(told('UDR_LANDEKOD'), { value: '5180', text: 'Tyskland' })
  deepEqual(told('UDLANDSADR2'), { value: 'Muster' })
  deepEqual(told('UDLANDSADR3'), {})
})

test('a protected person keeps number, sex, status, birth and the mark, and no more', () => {
  deepEqual(
    stampFields(hidden).filter(({ value }) => value !== undefined),
    [
      { name: 'PNR', value: pnr },
      { name: 'KOEN', value: 'M' },
      { name: 'STATUS', value: '01', text: 'Bopæl i Danmark' },
      { name: 'FOEDDATO', value: '20000101' },
      { name: 'BESKYT', value: '1', text: 'Navne- og adresse beskyttelse', shortText: 'Beskyt' },
    ],
  )
})
