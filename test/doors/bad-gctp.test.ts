/** Bad input over the GCTP door: HTTP 200 and a receipt for all that GCTP can answer, and no trace. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Data } from '#gctp/message.ts'
import { writeNewPassword, writeSignOn } from '#gctp/write-request.ts'
import {
  type Changes,
  companions,
  fieldsOf,
  messagesFor,
  stamp,
} from '#test/doors/gctp-messages.ts'
import { begin, beginPending, beginValidated } from '#test/doors/incidents.ts'
import { assertReceipt, probeOf, refuses } from '#test/doors/refusing.ts'
import { envelope, send, sendGctp, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes } = server
const token = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const [mother, father] = scenario.familyOfFour
const initiated = await begin(server, token)
const validated = await beginValidated(server, token, { pnr: scenario.newcomer })
const pending = await beginPending(server, token, { pnr: mother })
const cancelled = await begin(server, token, { pnr: father })
await server.ownerPool.script(
  `update incident set state = 'cancelled', closed_at = now() where id = '${cancelled.id}'`,
)
const watched = { server, probe: probeOf(server, token) }

type Case = readonly [name: string, bytes: Uint8Array, receipts: readonly number[], token?: string]

const { keyOf, dataOf, update } = messagesFor(server)
const validate = (data: Data, changes: Changes = {}): Buffer =>
  update({ action: 'VALIDER', ts: initiated.ts, data, ...changes })
const along = (pnr: string): Data => ({ ...dataOf(), tables: companions([pnr]) })
const latin1 = (text: string) => Buffer.from(text, 'latin1')

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

const stepped: readonly Case[] = [
  ['a step without ts', validate(dataOf(), { ts: undefined }), [9003]],
  ['a ts that nobody has', validate(dataOf(), { ts: '20200101000000000000' }), [9003]],
  ["another's ts", validate(dataOf(), { mk: '0751' }), [9003], clerk],
  ['another service than the ts', validate(dataOf(), { service: 'NAVBESK-I' }), [9003]],
  ['a changed number', validate(dataOf(), { key: keyOf(mother) }), [5404]],
  [
    'a changed date',
    validate(dataOf(), { key: keyOf(scenario.ordinaryAdult, { HDTO: '20260101' }) }),
    [5404],
  ],
  [
    'a changed municipality',
    validate(dataOf(), { key: keyOf(scenario.ordinaryAdult, { KOMKOD: '0851' }) }),
    [5404],
  ],
  [
    'a key left out',
    validate(dataOf(), { key: keyOf(scenario.ordinaryAdult).slice(0, 2) }),
    [5404],
  ],
  [
    'a key added',
    validate(dataOf(), { key: keyOf(scenario.ordinaryAdult, { SPNR: scenario.dead }) }),
    [5404],
  ],
  ['a field that the service has not', validate(dataOf({ APPROVED: 'X' })), [16]],
  [
    'a field that stands twice',
    validate({ fields: [...dataOf().fields, ...dataOf().fields.slice(0, 1)], tables: [] }),
    [16],
  ],
  [
    'a table that the service has not',
    validate({ ...dataOf(), tables: [{ name: 'BOERN', rows: [] }] }),
    [16],
  ],
  [
    'unknown and wrong fields, all at once in a fixed order',
    validate(dataOf({ X: '1', Y: '2', VEJKOD: 'x', HUSNR: '0' })),
    [16, 16, 37, 9015],
  ],
  ['a road in letters', validate(dataOf({ VEJKOD: '99x9' })), [37]],
  ['no data at all', validate({ fields: [], tables: [] }), [9010, 9010]],
  ['a companion who is no number', validate(along('1')), [52]],
  ['a companion nobody knows', validate(along('1208993701')), [172, 9117]],
  ['a companion of another household', validate(along(mother)), [9117]],
  ['save before validate', update({ action: 'GEM', ts: initiated.ts }), [9002]],
  [
    'save with other data than were validated',
    update({
      action: 'GEM',
      ts: validated.ts,
      key: keyOf(scenario.newcomer),
      data: dataOf({ HUSNR: '2' }),
    }),
    [9005],
  ],
  [
    'save again with other data',
    update({
      action: 'GEM',
      ts: pending.ts,
      key: keyOf(mother),
      data: dataOf({ HUSNR: '2' }),
    }),
    [9002],
  ],
  ['cancel after save', update({ action: 'FORTRYD', ts: pending.ts, key: keyOf(mother) }), [9002]],
  ['initiate after save', update({ ts: pending.ts, key: keyOf(mother) }), [9002]],
  ['save after cancel', update({ action: 'GEM', ts: cancelled.ts, key: keyOf(father) }), [9002]],
  ['approve as a citizen', update({ action: 'GODKEND', ts: pending.ts, key: keyOf(mother) }), [5]],
  [
    'approve what is not saved',
    update({ action: 'GODKEND', ts: initiated.ts, mk: '0751' }),
    [9003],
    clerk,
  ],
  [
    'reject without a reason',
    update({ action: 'AFVIS', ts: pending.ts, mk: '0751', key: keyOf(mother) }),
    [9012, 9008],
    clerk,
  ],
  [
    'approve with the data of the incident',
    update({
      action: 'GODKEND',
      ts: pending.ts,
      mk: '0751',
      key: keyOf(mother),
      data: { fields: fieldsOf({ HUSNR: '2' }), tables: [] },
    }),
    [16],
    clerk,
  ],
  [
    'approve with a table of its companions',
    update({
      action: 'GODKEND',
      ts: pending.ts,
      mk: '0751',
      key: keyOf(mother),
      data: { fields: [], tables: companions([father]) },
    }),
    [16],
    clerk,
  ],
  [
    'approve with a second field for a person',
    update({
      action: 'GODKEND',
      ts: pending.ts,
      mk: '0751',
      key: keyOf(mother),
      data: {
        fields: [],
        tables: [
          {
            name: 'PERSONER',
            rows: [{ key: undefined, fields: fieldsOf({ PNR: mother, HUSNR: '2' }) }],
          },
        ],
      },
    }),
    [16],
    clerk,
  ],
  [
    'reject with a reason that stands twice',
    update({
      action: 'AFVIS',
      ts: pending.ts,
      mk: '0751',
      key: keyOf(mother),
      data: {
        fields: [
          ...fieldsOf({ AFVIS_KODE: 'DUPLICATE', AFVIS_TEKST: 'x' }),
          ...fieldsOf({ AFVIS_KODE: 'DUPLICATE' }),
        ],
        tables: [],
      },
    }),
    [16],
    clerk,
  ],
  [
    'cancel with data',
    update({
      action: 'FORTRYD',
      ts: initiated.ts,
      data: { fields: fieldsOf({ HUSNR: '2' }), tables: [] },
    }),
    [16],
  ],
  ['an action that is none', update({ action: 'SLET' }), [9028]],
  ['no action', update({ action: '' }), [9028]],
  [
    'an action that is none, of an authority that is none',
    update({ action: 'X', mk: '9999' }),
    [4],
  ],
  ["an action that is none, in another's name", update({ action: 'X', mk: '0751' }), [184]],
  [
    'an action that is none on what authorities register',
    update({ action: 'X', service: 'DOED-I' }),
    [5],
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

for (const [name, bytes, receipts, by] of [unreadable, keyed, stepped, outside, signing].flat()) {
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
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'TRACE']) {
    const reply = await send(server, { method, path: '/cpr-online-gctp/gctp' })
    assert.equal(reply.status, 405, method)
    assert.equal(reply.headers['allow'], 'POST', method)
    assert.match(reply.bytes.toString(), /^[^\n]+\n$/, method)
  }
})

test('each refusal blames what the wire calls it', async () => {
  const key = keyOf(mother)
  const reject = { action: 'AFVIS', ts: pending.ts, mk: '0751', key }
  const { code: userId, password } = codes.office
  const blames: readonly (readonly [Uint8Array, readonly (string | undefined)[], string?])[] = [
    [update(reject), ['AFVIS_KODE', 'AFVIS_TEKST'], clerk],
    [
      update({
        ...reject,
        action: 'GODKEND',
        data: {
          fields: [],
          tables: companions([scenario.newcomer]).map((each) => ({ ...each, name: 'PERSONER' })),
        },
      }),
      ['PERSONER'],
      clerk,
    ],
    [validate(dataOf(), { key: keyOf(scenario.ordinaryAdult, { SPNR: mother }) }), ['SPNR']],
    [validate(dataOf(), { key: keyOf(scenario.ordinaryAdult).slice(0, 2) }), ['KOMKOD']],
    [update({ action: 'SLET' }), [undefined]],
  ]
  for (const [bytes, fields, by] of blames) {
    const { receipt } = await sendGctp(server, bytes, by ?? token)
    assert.deepEqual(
      receipt.details?.map(({ field }) => field),
      fields,
    )
  }
  const short = writeNewPassword({ userId, password, newPassword: 'short' })
  const { receipt } = await sendGctp(server, short)
  assert.equal(receipt.number, 908)
  assert.ok(receipt.details?.every(({ field }) => field === 'newpass1'))
})

test('an action that is none is on record as that', async () => {
  await sendGctp(server, update({ action: 'SLET' }), token)
  const { rows } = await server.ownerPool.script(
    'select act, outcome, receipt from audit order by at desc, id desc limit 1',
  )
  assert.deepEqual(rows[0], { act: 'unknown-action', outcome: 'refused', receipt: 9028 })
})

test('GEM sent twice answers alike, with data or without, and leaves one row', async () => {
  const key = keyOf(scenario.newcomer)
  const save = update({ action: 'GEM', ts: validated.ts, key })
  const withData = update({ action: 'GEM', ts: validated.ts, key, data: dataOf() })
  const replies = await Promise.all(
    [save, save, withData].map((bytes) => sendGctp(server, bytes, token)),
  )
  for (const { receipt, bytes } of replies) {
    assert.equal(receipt.kind, 'Ok')
    assert.deepEqual(bytes, replies[0]?.bytes)
  }
  const { rows } = await server.ownerPool.script(
    `select count(*)::int as n from audit where incident_id = '${validated.id}' and act = 'save'
       and outcome = 'done'`,
  )
  assert.equal(rows[0]?.['n'], 3)
})
