/** Bad steps over the GCTP door: out of their order, without a right, or with what they have not. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeNewPassword } from '#gctp/write-request.ts'
import {
  along,
  type Case,
  cancelled,
  clerk,
  codes,
  dataOf,
  father,
  initiated,
  keyOf,
  mother,
  pending,
  scenario,
  server,
  token,
  update,
  validate,
  validated,
  watched,
} from '#test/doors/bad-gctp-kit.ts'
import { companions, fieldsOf } from '#test/doors/gctp-messages.ts'
import { assertReceipt, refuses } from '#test/doors/refusing.ts'
import { sendGctp } from '#test/doors/talk.ts'

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

for (const [name, bytes, receipts, by] of stepped) {
  refuses(`${name} is refused by ${receipts.join(', ')}`, watched, async () => {
    const reply = await sendGctp(server, bytes, by ?? token)
    assert.equal(reply.status, 200)
    assert.equal(reply.headers['set-cookie'], undefined)
    assertReceipt(reply, receipts)
  })
}

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
