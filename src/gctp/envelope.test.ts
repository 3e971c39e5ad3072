import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { findValue, readRequest, repeatedNames } from '#gctp/envelope.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const gctp = (inside: string, version = '2.0') =>
  readRequest(
    latin1(`<root xmlns="http://www.cpr.dk"><Gctp v="${version}">${inside}</Gctp></root>`),
  )
const search = (key: string, attributes = '') =>
  gctp(
    `<System r="CprSoeg"><Service r="STAMP"><CprServiceHeader r="STAMP"${attributes}>` +
      `<Key>${key}</Key></CprServiceHeader></Service></System>`,
  )
const update = (header: string, data = '') =>
  gctp(
    `<System r="CprAjour"><Service r="FLYT-I"><CprServiceHeader r="FLYT-I" ${header}/>` +
      `${data}</Service></System>`,
  )

test('a field that is missing, without v, and with an empty v mean the same', () => {
  const read = search('<Field r="A"/><Field r="B" v=""/><Field r="C" v="1"/>')
  ok(read.kind === 'search')
  equal(findValue(read.key, 'A'), undefined)
  equal(findValue(read.key, 'B'), undefined)
  equal(findValue(read.key, 'C'), '1')
  equal(findValue(read.key, 'D'), undefined)
})

test('order and repetition of fields stay visible', () => {
  const read = search('<Field r="B" v="1"/><Field r="A"/><Field r="B" v="2"/><Field r="B"/>')
  ok(read.kind === 'search')
  deepEqual(
    read.key.map(({ name, value }) => [name, value]),
    [
      ['B', '1'],
      ['A', undefined],
      ['B', '2'],
      ['B', undefined],
    ],
  )
  deepEqual(repeatedNames(read.key), ['B'])
})

test('a service is known in any letter case and kept as it was sent', () => {
  const read = gctp(
    '<System r="CprSoeg"><Service r="Familie+"><CprServiceHeader r="FAMILIE+"/></Service></System>',
  )
  ok(read.kind === 'search')
  equal(read.service, 'Familie+')
  equal(read.serviceKey, 'FAMILIE+')
  deepEqual(read.key, [])
})

test('header and data may stand in any order', () => {
  const read = gctp(
    '<System r="CprAjour"><Service r="FLYT-I"><CprData><Rolle><Table r="MEDFLYT"/>' +
      '<Field r="VEJKOD" v="1"/></Rolle></CprData>' +
      '<CprServiceHeader r="FLYT-I"/></Service></System>',
  )
  ok(read.kind === 'update')
  deepEqual(read.data, {
    fields: [{ name: 'VEJKOD', value: '1' }],
    tables: [{ name: 'MEDFLYT', rows: [] }],
  })
})

test('an update without CprData is told from one whose data are empty', () => {
  const without = update('a="GEM"')
  const empty = update('a="GEM"', '<CprData u="O"><Rolle r="HovedRolle"/></CprData>')
  ok(without.kind === 'update' && empty.kind === 'update')
  equal(without.data, undefined)
  deepEqual(empty.data, { fields: [], tables: [] })
})

test('what the header leaves out or leaves empty is undefined', () => {
  const read = update('mk="" a="" st="" ts="" u=""')
  ok(read.kind === 'update')
  const { mk, action, st, ts, vent } = read
  deepEqual(
    { mk, action, st, ts, vent },
    {
      mk: undefined,
      action: undefined,
      st: undefined,
      ts: undefined,
      vent: false,
    },
  )
})

test('a country key or "on behalf of" is seen, wherever it stands', () => {
  const sees = (read: ReturnType<typeof readRequest>) =>
    read.kind === 'update' && read.countryOrOnBehalf
  equal(sees(update('a="INIT"')), false)
  equal(sees(update('a="INIT" pt="1"')), true)
  equal(sees(update('a="INIT" pv="0751"')), true)
  const withKey = gctp(
    '<System r="CprAjour"><Service r="FLYT-I"><CprServiceHeader r="FLYT-I">' +
      '<Key><Field r="LANDEKOD" v="5100"/></Key></CprServiceHeader></Service></System>',
  )
  equal(sees(withKey), true)
})

test('a missing user id or password is an empty one', () => {
  deepEqual(gctp('<Sik function="signon"/>'), {
    kind: 'sign-on',
    version: '2.0',
    userId: '',
    password: '',
  })
})

test('an unknown system is told apart from a message that is none', () => {
  deepEqual(
    gctp('<System r="CprAndet"><Service r="X"><CprServiceHeader r="X"/></Service></System>'),
    { kind: 'unknown-system', version: '2.0', system: 'CprAndet', service: 'X' },
  )
})

test('a value may hold what the wire cannot carry back; what an answer repeats may not', () => {
  const utf8 = (text: string) =>
    readRequest(Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`, 'utf8'))
  const service = (name: string, field: string, value: string) =>
    `<Gctp v="2.0"><System r="CprSoeg"><Service r="${name}"><CprServiceHeader r="${name}"><Key>` +
    `<Field r="${field}" v="${value}"/></Key></CprServiceHeader></Service></System></Gctp>`
  const read = utf8(service('STAMP', 'NVN', 'Łucja'))
  ok(read.kind === 'search')
  equal(findValue(read.key, 'NVN'), 'Łucja')
  equal(utf8(service('ŁUK', 'NVN', 'x')).kind, 'unreadable')
  equal(utf8(service('STAMP', 'ŁUK', 'x')).kind, 'unreadable')
})

const header = '<CprServiceHeader r="A"/>'
const one = `<Service r="A">${header}</Service>`
const nameless = '<CprServiceHeader r="A"><Key><Field v="1"/></Key></CprServiceHeader>'
const strange = `${header}<constructor/>`
const wrongMark = '<Service r="A"><CprServiceHeader r="A" u="x"/></Service>'
const service = (inside: string) =>
  `<System r="CprSoeg"><Service r="A">${inside}</Service></System>`
const notMessages: { readonly [what: string]: string } = {
  'another document': '<html/>',
  'a root without Gctp': '<root/>',
  'two messages': '<root><Gctp v="2.0"><Sik function="signoff"/></Gctp><Gctp v="2.0"/></root>',
  'both Sik and System': `<Gctp v="2.0"><Sik function="signoff"/>${service(header)}</Gctp>`,
  'neither Sik nor System': '<Gctp v="2.0"/>',
  'no version': '<Gctp><Sik function="signoff"/></Gctp>',
  'version 3.0': '<Gctp v="3.0"><Sik function="signoff"/></Gctp>',
  'an unknown security function': '<Gctp v="2.0"><Sik function="grant"/></Gctp>',
  'no security function': '<Gctp v="2.0"><Sik userid="a" password="b"/></Gctp>',
  'a receipt in a request': `<Gctp v="2.0">${service(`${header}<Kvit r="Ok" t="" v="0"/>`)}</Gctp>`,
  'two services': `<Gctp v="2.0"><System r="CprSoeg">${one}${one}</System></Gctp>`,
  'no header': `<Gctp v="2.0">${service('')}</Gctp>`,
  'two headers': `<Gctp v="2.0">${service(header + header)}</Gctp>`,
  'a header for another service': `<Gctp v="2.0">${service('<CprServiceHeader r="B"/>')}</Gctp>`,
  'data in a search': `<Gctp v="2.0">${service(`${header}<CprData><Rolle/></CprData>`)}</Gctp>`,
  'a field without a name': `<Gctp v="2.0">${service(nameless)}</Gctp>`,
  'an unknown attribute': `<Gctp v="2.0">${service('<CprServiceHeader r="A" x="1"/>')}</Gctp>`,
  'an unknown element': `<Gctp v="2.0">${service(`${header}<Ekstra/>`)}</Gctp>`,
  'an element named as a property of objects': `<Gctp v="2.0">${service(strange)}</Gctp>`,
  'another mark than v': `<Gctp v="2.0"><System r="CprAjour">${wrongMark}</System></Gctp>`,
  'another namespace': '<Gctp xmlns="http://www.cpr.dk/2" v="2.0"><Sik function="signoff"/></Gctp>',
}

for (const [what, text] of Object.entries(notMessages)) {
  test(`not a message: ${what}`, () => {
    const read = readRequest(latin1(text))
    equal(read.kind, 'unreadable', JSON.stringify(read))
  })
}

test('a refusal never holds what was sent', () => {
  for (const inside of [
    '<Sik function="signon" userid="W0000001" password="Hemmeligt1!" more="Hemmeligt1!"/>',
    '<Sik function="grant" userid="W0000001" password="Hemmeligt1!"/>',
    '<Sik function="signon" password="Hemmeligt1!" password="Hemmeligt1!"/>',
    '<Hemmeligt1/>',
  ]) {
    const read = gctp(inside)
    equal(read.kind, 'unreadable')
    ok(!JSON.stringify(read).includes('Hemmeligt'), JSON.stringify(read))
  }
})
