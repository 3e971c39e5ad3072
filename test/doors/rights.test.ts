/** Who may do what over both doors: every caller, action and incident, against an oracle. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { fieldsOf, messagesFor, stamp } from '#test/doors/gctp-messages.ts'
import {
  type Begun,
  beginPending,
  beginValidated,
  emptyIn,
  moveTo,
  step,
} from '#test/doors/incidents.ts'
import { at, type Reply, send, sendGctp, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
await server.ownerPool.script('update address set rooms = 9')
const { scenario, codes } = server
const { keyOf, dataOf, update } = messagesFor(server)
const members = ['citizen', 'municipality', 'otherMunicipality', 'office'] as const
type Member = (typeof members)[number]
type Caller = Member | 'nobody'
const callers: readonly Caller[] = [...members, 'nobody']
const tokens = new Map<Caller, string>()
for (const member of members) tokens.set(member, await signOn(server, codes[member]))

const actions = [
  'validate',
  'save',
  'cancel',
  'withdraw',
  'approve',
  'reject',
  'return',
  'forward',
  'undo',
  'follow',
] as const
type Action = (typeof actions)[number]
const deciding: readonly string[] = ['approve', 'reject', 'return', 'forward', 'undo']

/** An incident as the oracle sees it: who reported it, and whom it waits for, if it does. */
type Kind = { readonly by: Member; readonly lies: 'nowhere' | 'municipality' | 'otherMunicipality' }
const kinds: readonly Kind[] = members.flatMap((by) =>
  (['nowhere', 'municipality', 'otherMunicipality'] as const).map((lies) => ({ by, lies })),
)

/** The receipt of one cell, told from the incident's side: who is its reporter, reader, decider. */
function expected(caller: Caller, action: Action, kind: Kind | 'unknown'): number {
  if (caller === 'nobody') return 901
  const decides = deciding.includes(action)
  if (decides && caller === 'citizen') return 5
  if (kind === 'unknown') return 9003
  const reporters: readonly Caller[] = [kind.by]
  const deciders: readonly Caller[] = kind.lies === 'nowhere' ? [] : [kind.lies]
  // Nothing is decided yet, so that there is nothing to undo.
  if (decides) return deciders.includes(caller) ? (action === 'undo' ? 9045 : 0) : 9003
  if (action === 'follow') {
    return [...reporters, ...deciders, 'office'].includes(caller) ? 0 : 9003
  }
  if (!reporters.includes(caller)) return 9003
  if (action === 'withdraw') return kind.lies === 'nowhere' ? 9002 : 0
  return kind.lies !== 'nowhere' && action !== 'save' ? 9002 : 0
}

const municipalityOf = ({ lies }: Kind) => (lies === 'otherMunicipality' ? '0851' : '0751')
const persons: { readonly [M in Member]: string } = {
  citizen: scenario.ordinaryAdult,
  municipality: scenario.centenarian,
  otherMunicipality: scenario.newcomer,
  office: scenario.noFixedAddress,
}
let moves = 0

/** Tries the next dwelling where the person lives in the last one already, after an approval. */
async function make(kind: Kind, triesLeft = 4): Promise<Begun> {
  const token = present(tokens.get(kind.by), 'a token')
  const municipality = municipalityOf(kind)
  const data = moveTo(emptyIn(server, municipality, moves++ % 4))
  const keys = { pnr: persons[kind.by], municipality, data }
  const begin = kind.lies === 'nowhere' ? beginValidated : beginPending
  return await begin(server, token, keys).catch((error: unknown) => {
    if (triesLeft === 0) throw error
    return make(kind, triesLeft - 1)
  })
}

type Speech = (caller: Caller, action: Action, kind: Kind, begun: Begun) => Promise<Reply>

const overJson: Speech = (caller, action, kind, { id }) => {
  const token = tokens.get(caller)
  if (action === 'follow') return send(server, { path: `/api/v1/incidents/${id}`, token })
  const door = deciding.includes(action) ? 'pending' : 'incidents'
  const data = moveTo(emptyIn(server, municipalityOf(kind)))
  const body = {
    validate: { data },
    reject: { reasonCode: 'DUPLICATE', text: 'x' },
    return: { fields: ['road'], text: 'x' },
    forward: { authority: '0101', text: 'x' },
    undo: undefined,
    withdraw: undefined,
    save: undefined,
    cancel: undefined,
    approve: undefined,
  }[action]
  return step(server, token, `${door}/${id}/${action}`, body)
}

const words = {
  validate: 'VALIDER',
  save: 'GEM',
  cancel: 'FORTRYD',
  approve: 'GODKEND',
  reject: 'AFVIS',
  withdraw: 'TRAEKTILBAGE',
  return: 'RETURNER',
  forward: 'VIDERESEND',
  undo: 'OMGOER',
}

const returning = {
  fields: fieldsOf({ RETUR_TEKST: 'x' }),
  tables: [{ name: 'RETUR_FELTER', rows: [{ key: '1', fields: fieldsOf({ FELT: 'VEJKOD' }) }] }],
}

const overGctp: Speech = (caller, action, kind, { ts }) => {
  assert.ok(action !== 'follow')
  const {
    road = '',
    house = '',
    floor = '',
    door = '',
  } = moveTo(emptyIn(server, municipalityOf(kind)))
  const place = { VEJKOD: road, HUSNR: house, ETAGE: floor, SIDEDOER: door }
  const reason = fieldsOf({ AFVIS_KODE: 'DUPLICATE', AFVIS_TEKST: 'x' })
  const data = {
    ...(action === 'validate' && { data: dataOf(place) }),
    ...(action === 'reject' && { data: { fields: reason, tables: [] } }),
    ...(action === 'return' && { data: returning }),
    ...(action === 'forward' && {
      data: { fields: fieldsOf({ VIDERE_MYND: '0101', VIDERE_TEKST: 'x' }), tables: [] },
    }),
  }
  const bytes = update({
    action: words[action],
    ts,
    mk: caller === 'nobody' ? '0042' : codes[caller].authority,
    key: keyOf(persons[kind.by], { KOMKOD: municipalityOf(kind) }),
    ...data,
  })
  return sendGctp(server, bytes, tokens.get(caller))
}

const receiptOf = (reply: Reply): number =>
  'receipt' in reply && reply.receipt !== null && typeof reply.receipt === 'object'
    ? Number(at(reply.receipt, 'number'))
    : reply.status === 200
      ? 0
      : Number(at(reply.body, 'receipt'))

/** What is answered of an id that nobody has, so that another's can be compared with it. */
const nobodys: Begun = {
  id: `flyt-i.${'7'.repeat(26)}`,
  ts: '20200101000000000000',
  reply: await send(server, { path: '/health/live' }),
}

for (const [door, speak] of [
  ['JSON', overJson],
  ['GCTP', overGctp],
] as const) {
  for (const kind of kinds) {
    const where = kind.lies === 'nowhere' ? 'unsaved' : `pending at ${kind.lies}`
    test(`${door}: who may do what to an incident of ${kind.by}, ${where}`, async () => {
      let begun = await make(kind)
      for (const caller of callers) {
        for (const action of actions) {
          if (action === 'follow' && door === 'GCTP') continue
          const name = `${caller} ${action} ${kind.by} ${where}`
          const wanted = expected(caller, action, kind)
          const reply = await speak(caller, action, kind, begun)
          // A rule may refuse what the right allows, or somebody who was asked is still silent
          // (9023): then the caller was let through all the same.
          const receipt = receiptOf(reply)
          const passed = receipt === 0 || receipt === 9023 || receipt >= 9100
          assert.equal(passed ? 0 : receipt, wanted, `${name}: ${reply.bytes.toString('latin1')}`)
          const unknown = await speak(caller, action, kind, nobodys)
          assert.equal(receiptOf(unknown), expected(caller, action, 'unknown'), name)
          if (wanted === 9003) {
            assert.equal(reply.status, unknown.status, name)
            assert.deepEqual(reply.bytes, unknown.bytes, name)
          }
          if (wanted === 0 && action !== 'follow') begun = await make(kind)
        }
      }
    })
  }
}

const routes: readonly (readonly [
  name: string,
  ask: (token: string | undefined) => Promise<Reply>,
  may: readonly Caller[],
])[] = [
  [
    'list what is pending',
    (token) => send(server, { path: '/api/v1/pending', token }),
    ['municipality', 'otherMunicipality', 'office'],
  ],
  [
    'look a person up',
    (token) => {
      const body = { pnr: scenario.ordinaryAdult, purpose: 'a test' }
      return send(server, { path: '/api/v1/persons/lookup', token, body })
    },
    members,
  ],
  [
    'ask STAMP',
    (token) => sendGctp(server, stamp(fieldsOf({ PNR: scenario.ordinaryAdult })), token),
    members,
  ],
  [
    'read the catalogue',
    (token) => send(server, { path: '/api/v1/incident-types', token }),
    callers,
  ],
  ['read the receipts', (token) => send(server, { path: '/api/v1/receipts', token }), callers],
]

for (const [name, ask, may] of routes) {
  test(`who may ${name}`, async () => {
    for (const caller of callers) {
      const receipt = receiptOf(await ask(tokens.get(caller)))
      const wanted = may.includes(caller) ? 0 : caller === 'nobody' ? 901 : 5
      assert.equal(receipt, wanted, caller)
    }
  })
}

test('a municipality lists its own pending incidents and no other', async () => {
  for (const member of ['municipality', 'otherMunicipality', 'office'] as const) {
    const seen: string[] = []
    for (let path = '/api/v1/pending?limit=2'; path !== ''; ) {
      const { body } = await send(server, { path, token: tokens.get(member) })
      const items = at(body, 'items')
      assert.ok(Array.isArray(items) && items.length <= 2)
      seen.push(...items.map((each) => String(at(each, 'id'))))
      const next = at(body, 'next')
      path = typeof next === 'string' ? `/api/v1/pending?limit=2&cursor=${next}` : ''
    }
    const { authority } = codes[member]
    const { rows } = await server.ownerPool.script(
      `select id from incident where state = 'pending' and authority = '${authority}'
       order by saved_at, id`,
    )
    assert.deepEqual(
      seen,
      rows.map(({ id }) => id),
    )
    assert.equal(seen.length > 2, member !== 'office')
  }
})

test('the authority in a message is compared with the token, never believed (A1)', async () => {
  const pending = await make({ by: 'citizen', lies: 'municipality' })
  const key = keyOf(persons.citizen)
  for (const mk of ['0751', '0851', '0001', '0042']) {
    const bytes = update({ action: 'GODKEND', ts: pending.ts, mk, key })
    const reply = await sendGctp(server, bytes, tokens.get('otherMunicipality'))
    const wanted = { '0851': 9003, '0042': 5 }[mk] ?? 184
    assert.equal(reply.receipt.number, wanted, mk)
  }
})

test('a right that was taken away is gone with the next request', async () => {
  const token = await signOn(server, codes.office)
  const ask = () => send(server, { path: '/api/v1/pending', token })
  assert.equal((await ask()).status, 200)
  const code = codes.office.code
  await server.ownerPool.script(`update person_code set active = false where code = '${code}'`)
  assert.equal((await ask()).status, 401)
  await server.ownerPool.script(`update person_code set active = true where code = '${code}'`)
  await server.ownerPool.script(`update person_code set authority = '0851' where code = '${code}'`)
  assert.equal((await ask()).status, 403)
})
