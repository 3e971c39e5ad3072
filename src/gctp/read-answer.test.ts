import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { readAnswer } from '#gctp/read-answer.ts'

const gctp = (inside: string, version = '2.0') =>
  readAnswer(
    Buffer.from(`<root xmlns="http://www.cpr.dk"><Gctp v="${version}">${inside}</Gctp></root>`),
  )
const update = (inside: string) =>
  gctp(`<System r="CprAjour"><Service r="FLYT-I">${inside}</Service></System>`)
const done = '<Kvit r="Ok" t="" v="0"/>'

test('the order of elements does not matter, and what is unknown is passed over', () => {
  const read = update(
    `${done}<Nyt/><CprData><Rolle><Nyt/><Field r="A" v="1" ny="2"/></Rolle></CprData>` +
      '<CprServiceHeader r="FLYT-I" a="GEMT" ny="1"/>',
  )
  deepEqual(read, {
    kind: 'update',
    version: '2.0',
    service: 'FLYT-I',
    header: { state: 'GEMT' },
    data: { fields: [{ name: 'A', value: '1' }] },
    receipt: { kind: 'Ok', number: 0, text: '' },
  })
})

test('heading rows are skipped, in data and in the table of actions', () => {
  const rows =
    '<Row u="B"><Field r="AKTION" v="OVERSKRIFT"/></Row><Row><Field r="AKTION" v="GEM"/></Row>'
  const read = update(
    `<CprServiceHeader r="FLYT-I"><Table r="AKTIONER">${rows}</Table></CprServiceHeader>` +
      `<CprData><Rolle><Table r="LISTE" aia="1">${rows}</Table></Rolle></CprData>${done}`,
  )
  ok(read.kind === 'update')
  deepEqual(read.header.actions, ['GEM'])
  deepEqual(read.data?.tables, [
    { name: 'LISTE', count: '1', rows: [{ fields: [{ name: 'AKTION', value: 'GEM' }] }] },
  ])
})

test('fields behind the tables are read with those before them', () => {
  const read = update(
    '<CprData><Rolle><Field r="BEMAERK"/><Table r="ADRSOEG"/><Field r="SEARCH_ID" v="1"/>' +
      `</Rolle></CprData>${done}`,
  )
  ok(read.kind === 'update')
  deepEqual(read.data?.fields, [{ name: 'BEMAERK' }, { name: 'SEARCH_ID', value: '1' }])
})

test('a kind of receipt that we do not know is never a success', () => {
  const read = update('<Kvit r="Nyt" t="x" v="1234"/>')
  ok(read.kind === 'update')
  deepEqual(read.receipt, { kind: 'Fejl', number: 1234, text: 'x' })
})

const notAnswers: { readonly [what: string]: ReturnType<typeof readAnswer> } = {
  'a request': gctp('<Sik function="signoff"/>'),
  'no receipt': update('<CprServiceHeader r="FLYT-I"/>'),
  'a receipt without a number': update('<Kvit r="Ok" t=""/>'),
  'a receipt whose number is none': update('<Kvit r="Ok" t="" v="0x0"/>'),
  'an unknown version': gctp('<Sik><Kvit r="returKode" t="" v="900"/></Sik>', '9.9'),
  'an unknown system': gctp(`<System r="X"><Service r="A">${done}</Service></System>`),
  'a page of a proxy': readAnswer(Buffer.from('<html><body>502</body></html>')),
  nothing: readAnswer(Buffer.alloc(0)),
}

for (const [what, read] of Object.entries(notAnswers)) {
  test(`not an answer: ${what}`, () => equal(read.kind, 'unreadable'))
}
