/** Bad input over the GCTP door: HTTP 200 and a receipt for all that GCTP can answer, and no trace. */

import assert from 'node:assert/strict'
import { writeNewPassword, writeSignOn } from '#gctp/write-request.ts'
import {
  type Case,
  clerk,
  codes,
  dataOf,
  keyOf,
  latin1,
  scenario,
  server,
  token,
  update,
  validate,
  watched,
} from '#test/doors/bad-gctp-kit.ts'
import { stamp } from '#test/doors/gctp-messages.ts'
import { assertReceipt, refuses } from '#test/doors/refusing.ts'
import { envelope, send, sendGctp } from '#test/doors/talk.ts'

const unreadable: readonly Case[] = [
  ['no body', Buffer.alloc(0), [9000]],
  ['white space', latin1('  \n'), [9000]],
  ['a tag that is not closed', latin1('<root><Gctp v="2.0">'), [9000]],
  ['JSON in place of XML', latin1('{"a":1}'), [9000]],
  ['an attribute that stands twice', envelope('<Sik function="signon" function="x"/>'), [9000]],
  ['a DOCTYPE', latin1('<!DOCTYPE root [<!ENTITY a "b">]><root>&a;</root>'), [9000]],
  ['an entity that nobody defined', envelope('<Sik function="&x;"/>'), [9000]],
  ['UTF-16', Buffer.from('\ufeff<root/>', 'utf16le'), [9000]],
  [
    'an encoding that is none of ours',
    latin1('<?xml version="1.0" encoding="UTF-7"?><root/>'),
    [9000],
  ],
  [
    'bytes that are not the UTF-8 they declare',
    latin1('<?xml version="1.0" encoding="UTF-8"?><root>\xe6</root>'),
    [9000],
  ],
  ['a number of no character', envelope('<Sik function="&#0;"/>'), [9000]],
  ['half a character as a reference', envelope('<Sik function="&#xD800;"/>'), [9000]],
  ['elements two hundred deep', latin1('<a>'.repeat(200) + '</a>'.repeat(200)), [9000]],
  ['an unknown security function', envelope('<Sik function="delete"/>'), [9000]],
  [
    'an unknown version',
    latin1('<root><Gctp v="3.0"><Sik function="signon"/></Gctp></root>'),
    [9000],
  ],
  ['two messages in one', envelope('<Sik function="signoff"/><Sik function="signoff"/>'), [9000]],
  [
    'an element that the protocol has not',
    envelope('<System r="CprSoeg"><Extra/></System>'),
    [9000],
  ],
  [
    'a service that its header does not name',
    envelope(
      '<System r="CprSoeg"><Service r="STAMP"><CprServiceHeader r="X"><Key/></CprServiceHeader></Service></System>',
    ),
    [9000],
  ],
]

const service = (system: string, name: string) =>
  envelope(
    `<System r="${system}"><Service r="${name}"><CprServiceHeader r="${name}"><Key/></CprServiceHeader></Service></System>`,
  )

const keyed: readonly Case[] = [
  ['an unknown system', service('CprSlet', 'STAMP'), [9001]],
  ['an unknown search', service('CprSoeg', 'ADRESSE9'), [9001]],
  ['an unknown incident code', update({ service: 'SKAT-I' }), [9001]],
  ['an unknown action', update({ action: 'SLET' }), [9028]],
  ['an authority that is none', update({ mk: '9876' }), [4]],
  ['an authority with a digit too many', update({ mk: '00421' }), [4]],
  ['an authority with no access to the service', update({ mk: '5104' }), [5]],
  ["another's authority", update({ mk: '0751' }), [184]],
  ['the municipality as a citizen', update({ mk: '0042' }), [184], clerk],
  [
    'an old country key',
    update({ key: keyOf(scenario.ordinaryAdult, { LANDEKOD: '5100' }) }),
    [4599, 16],
  ],
  [
    'a key that the service has not',
    update({ key: keyOf(scenario.ordinaryAdult, { CPR: 'x' }) }),
    [16],
  ],
  [
    'a key that stands twice',
    update({ key: [...keyOf(scenario.ordinaryAdult), ...keyOf(scenario.dead)] }),
    [16, 16, 16],
  ],
  ['data at the initiation', update({ data: dataOf() }), [16]],
  ['a malformed number', update({ key: keyOf('12') }), [52]],
  ['letters for a number', update({ key: keyOf('abcdefghij') }), [52]],
  ['a number of nobody', update({ key: keyOf('1208993701') }), [172]],
  ['no keys at all', update({ key: [] }), [9010, 9010, 9010]],
  [
    'a date with hyphens',
    update({ key: keyOf(scenario.ordinaryAdult, { HDTO: '2026-02-20' }) }),
    [40],
  ],
  [
    'a date that is none',
    update({ key: keyOf(scenario.ordinaryAdult, { HDTO: '20260230' }) }),
    [40],
  ],
  [
    'every key wrong at once, in the order of the keys',
    update({ key: keyOf('x', { HDTO: 'x', KOMKOD: 'x' }) }),
    [52, 40, 37],
  ],
  ['STAMP of a malformed number', stamp([{ name: 'PNR', value: '1' }]), [52]],
  ['STAMP of nobody', stamp([{ name: 'PNR', value: '0000000000' }]), [172]],
  ['STAMP without a number', stamp([]), [52]],
  [
    'STAMP with a field that it has not',
    stamp([...keyOf(scenario.ordinaryAdult).slice(0, 1), { name: 'KOMKOD', value: '0751' }]),
    [16],
  ],
]

const foreign = (message: string) => envelope(message, 'UTF-8')
const outside: readonly Case[] = [
  ['a name of a field outside Latin-1', foreign(asUtf8(validate(dataOf({ '§': 'x' })))), [9000]],
  [
    'a service outside Latin-1',
    foreign(
      '<System r="CprAjour"><Service r="Ł"><CprServiceHeader r="Ł" a="INIT"><Key/></CprServiceHeader></Service></System>',
    ),
    [9000],
  ],
  [
    'a search outside Latin-1',
    foreign(
      '<System r="CprSoeg"><Service r="Ł"><CprServiceHeader r="Ł"><Key/></CprServiceHeader></Service></System>',
    ),
    [9000],
  ],
  ['an authority outside Latin-1', foreign(asUtf8(update({ mk: '§' }))), [9000]],
  ['a name outside Latin-1', foreign(asUtf8(validate(dataOf({ CONVN: 'c/o §ukasz' })))), [60]],
  ['a key outside Latin-1', foreign(asUtf8(update({ key: keyOf('§') }))), [52]],
  [
    'a field of a search outside Latin-1',
    foreign(
      '<System r="CprSoeg"><Service r="STAMP"><CprServiceHeader r="STAMP"><Key><Field r="Ł" v="1"/></Key></CprServiceHeader></Service></System>',
    ),
    [9000],
  ],
  ['an element outside Latin-1', foreign('<Łik/>'), [9000]],
]

const wrong = 'Wrong1!aaaa'
const signing: readonly Case[] = [
  ...['W0000042', 'W9999999', 'w1', ''].map(
    (userId): Case => [
      `a wrong password of "${userId}"`,
      writeSignOn({ userId, password: wrong }),
      [905],
    ],
  ),
  ['a sign-on without anything', envelope('<Sik function="signon"/>'), [905]],
  [
    'a new password with the old one wrong',
    writeNewPassword({ userId: 'W0000042', password: wrong, newPassword: 'Better2!bbb' }),
    [905],
  ],
  [
    'two new passwords that differ',
    writeNewPassword({
      userId: codes.office.code,
      password: codes.office.password,
      newPassword: 'Better2!bbb',
      newPasswordAgain: 'Better3!bbb',
    }),
    [907],
  ],
  [
    'a new password that breaks the rules',
    writeNewPassword({
      userId: codes.office.code,
      password: codes.office.password,
      newPassword: 'short',
    }),
    [908],
  ],
]

/** The message that the writer made, with a letter that it would not write in place of '§'. */
function asUtf8(bytes: Uint8Array): string {
  const message = /<Gctp v="2.0">(.*)<\/Gctp>/s.exec(Buffer.from(bytes).toString('latin1'))
  return (message?.[1] ?? '').replaceAll('§', 'Ł')
}

for (const [name, bytes, receipts, by] of [unreadable, keyed, outside, signing].flat()) {
  refuses(`${name} is refused by ${receipts.join(', ')}`, watched, async () => {
    const reply = await sendGctp(server, bytes, by ?? token)
    assert.equal(reply.status, 200)
    assert.equal(reply.headers['set-cookie'], undefined)
    assertReceipt(reply, receipts)
  })
}

for (const [name, bytes] of [
  ['an initiation', update({})],
  ['a step', validate(dataOf())],
  ['a search', stamp(keyOf(scenario.ordinaryAdult).slice(0, 1))],
  ['an unknown service', service('CprSoeg', 'X')],
  ['an unknown system', service('X', 'X')],
  ['a sign-off', envelope('<Sik function="signoff"/>')],
] as const) {
  refuses(`${name} without a token that opens is refused by 901`, watched, async () => {
    for (const cookie of ['', 'Token=', 'Token=ZZZxxxxxxxx', `Token=${'A'.repeat(43)}`, 'x']) {
      const reply = await sendGctp(server, bytes, undefined, { cookie })
      assert.equal(reply.status, 200)
      assertReceipt(reply, [901])
      assert.equal(reply.answer.kind, 'security')
    }
  })
}

refuses('a body of one megabyte is refused by 413 and 9000', watched, async () => {
  const body = latin1(`<root>${' '.repeat(1_000_000)}</root>`)
  const reply = await sendGctp(server, body, token)
  assert.equal(reply.status, 413)
  assertReceipt(reply, [9000])
  assert.match(reply.receipt.text, /256 KiB/)
})

refuses('another method than POST is refused below GCTP', watched, async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const reply = await send(server, { method, path: '/cpr-online-gctp/gctp' })
    assert.equal(reply.status, 405, method)
    assert.equal(reply.headers['allow'], 'POST', method)
    assert.match(reply.bytes.toString(), /^[^\n]+\n$/, method)
  }
})
