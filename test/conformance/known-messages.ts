/** What the messages under `messages/` say, as values. Their persons are placeholders. */

import type { AnswerField, GctpAnswer, GctpRequest } from '#gctp/message.ts'

const version = '2.0'
const ts = '20260102030405000001'
const key = [
  { name: 'PNR', value: '0000009999' },
  { name: 'HDTO', value: '20260220' },
  { name: 'KOMKOD', value: '0851' },
]
const update = {
  kind: 'update',
  version,
  service: 'FLYT-I',
  serviceKey: 'FLYT-I',
  mk: '0042',
  vent: true,
  st: 'P',
  key,
  countryOrOnBehalf: false,
} as const

export const requests: { readonly [name: string]: GctpRequest } = {
  'sign-on': { kind: 'sign-on', version, userId: 'PERSONKODE', password: 'PASSWORD' },
  'new-password': {
    kind: 'new-password',
    version: '1.0',
    userId: 'PERSONKODE',
    password: 'OLD',
    newPassword: 'NEW',
    newPasswordAgain: undefined,
  },
  'sign-off': { kind: 'sign-off', version },
  'search-stamp': {
    kind: 'search',
    version,
    service: 'STAMP',
    serviceKey: 'STAMP',
    key: [{ name: 'PNR', value: '0000009999' }],
  },
  initiate: { ...update, action: 'INIT', ts: undefined, data: undefined },
  validate: {
    ...update,
    action: 'VALIDER',
    ts,
    data: {
      fields: [
        { name: 'VEJKOD', value: '99x9' },
        { name: 'HUSNR', value: '012A' },
        { name: 'ETAGE', value: undefined },
        { name: 'CONVN', value: 'c/o Prøve & Søn' },
      ],
      tables: [
        {
          name: 'MEDFLYT',
          rows: [{ key: '1', fields: [{ name: 'PNR', value: '0000009998' }] }],
        },
      ],
    },
  },
  save: { ...update, action: 'GEM', ts, data: undefined },
}

const header = { mk: '0042', vent: true, st: 'P', ts } as const

/** STAMP of a protected person, as told to one who may not see name and address (observed). */
const protectedPerson: readonly AnswerField[] = [
  { name: 'PNR', value: '0000009999' },
  { name: 'I_VENT_MRK' },
  { name: 'ADRNVN' },
  { name: 'KOEN', value: 'M' },
  { name: 'STATUS', value: '01' },
  { name: 'STARTDATOSTATUS' },
  { name: 'PNRGAELD' },
  { name: 'FOEDDATO', value: '20000101' },
  { name: 'FOEDDATOUSM' },
  { name: 'BESKYT', value: '1', text: 'Navne- og adresse beskyttelse', shortText: 'Beskyt' },
  ...'CONVN ETAGE HUSNR SIDEDOER BNR KOMKOD VEJKOD BYNVN LOKALITET POSTNR UDR_LANDEKOD'
    .split(' ')
    .map((name) => ({ name })),
  ...[1, 2, 3, 4, 5].map((line) => ({ name: `UDLANDSADR${line}` })),
  { name: 'STADR' },
]

const security = { kind: 'security', version } as const
const returned = { kind: 'returKode' } as const

export const answers: { readonly [name: string]: GctpAnswer } = {
  'sign-on-good': { ...security, receipt: { ...returned, number: 900, text: 'Signon udført' } },
  'sign-on-bad': {
    ...security,
    receipt: { ...returned, number: 905, text: 'Ugyldig kodeord indtastet' },
  },
  'token-unknown': {
    ...security,
    env: 'Demo',
    receipt: { ...returned, number: 901, text: 'Token kendes ikke' },
  },
  unreadable: {
    ...security,
    receipt: { kind: 'Fejl', number: 9000, text: 'Meddelelsen kan ikke læses' },
  },
  'search-stamp-protected': {
    kind: 'search',
    version,
    env: 'Demo',
    service: 'STAMP',
    ts,
    data: { group: { name: 'STAMPNR', fields: protectedPerson } },
    receipt: { kind: 'Ok', number: 0, text: '' },
  },
  'search-nobody': {
    kind: 'search',
    version,
    service: 'stamp',
    ts,
    receipt: {
      kind: 'Fejl',
      number: 172,
      text: 'Personen findes ikke i CPR',
      details: [{ text: 'Personen findes ikke i CPR', field: 'PNR', number: 172 }],
    },
  },
  initiated: {
    kind: 'update',
    version,
    service: 'FLYT-I',
    header: { ...header, state: 'INITIERET', actions: ['VALIDER', 'FORTRYD'] },
    data: {
      group: { name: 'STAMPNR', fields: protectedPerson },
      fields: [{ name: 'VEJKOD' }, { name: 'HUSNR' }],
    },
    receipt: { kind: 'Ok', number: 0, text: '' },
  },
  'validate-refused': {
    kind: 'update',
    version,
    service: 'FLYT-I',
    header: { ...header, state: 'INITIERET', actions: ['VALIDER', 'FORTRYD'] },
    receipt: {
      kind: 'Fejl',
      number: 37,
      text: 'Vejkoden skal være numerisk',
      details: [{ text: 'Vejkoden skal være numerisk', field: 'VEJKOD', number: 37 }],
    },
  },
  validated: {
    kind: 'update',
    version,
    service: 'FLYT-I',
    header: { ...header, state: 'VALIDERET', actions: ['VALIDER', 'GEM', 'FORTRYD'] },
    data: {
      fields: [
        { name: 'VEJKOD', value: '9990', text: 'Prøvevej', furtherText: 'Prøvevej' },
        { name: 'KOMKOD', value: '0851', text: 'Aalborg', longText: 'Aalborg' },
        { name: 'ETAGE' },
      ],
      tables: [
        {
          name: 'MEDFLYT',
          rows: [{ key: '1', fields: [{ name: 'PNR', value: '0000009998', text: 'Petra Prøve' }] }],
        },
      ],
    },
    receipt: {
      kind: 'Advarsel',
      number: 9100,
      text: 'Der ligger allerede en flytning i vent',
      details: [{ text: 'Der ligger allerede en flytning i vent', number: 9100 }],
    },
  },
  'init-refused': {
    kind: 'update',
    version,
    service: 'FLYT-I',
    header: { mk: '0042', vent: true, st: 'P' },
    receipt: { kind: 'Fejl', number: 184, text: 'Myndigheden 0042 har ikke adgang til hændelsen' },
  },
}
