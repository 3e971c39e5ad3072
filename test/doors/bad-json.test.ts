/** Bad input over the JSON door: each is refused by its number, and leaves no trace. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begin, beginPending, emptyIn, moveTo, step, today } from '#test/doors/incidents.ts'
import { assertProblem, type Expected, probeOf, refuses } from '#test/doors/refusing.ts'
import { at, listAt, type Request, send, signOn, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes } = server
const token = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const expired = await signOn(server, codes.citizen)
const elsewhere = await signOn(server, codes.citizen)
const [old, away] = await Promise.all([hashOf(expired), hashOf(elsewhere)])
await server.ownerPool.script(
  `update token set issued_at = issued_at - interval '3 hours',
     expires_at = expires_at - interval '3 hours' where hash = '${old}';
   update token set source = '127.0.0.2' where hash = '${away}'`,
)
const [mother, father] = scenario.familyOfFour
const initiated = await begin(server, token)
const pending = await beginPending(server, token, { pnr: mother })
const cancelled = await begin(server, token, { pnr: father })
await step(server, token, `incidents/${cancelled.id}/cancel`)

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Buffer.from(text))
  return `\\x${Buffer.from(digest).toString('hex')}`
}

const keys = {
  type: 'domestic-move',
  pnr: scenario.ordinaryAdult,
  date: today(server),
  municipality: '0751',
}
const data = moveTo(emptyIn(server, '0751'))
const json = { 'content-type': 'application/json' }
const watched = { server, probe: probeOf(server, token) }

type Case = readonly [name: string, request: Request, expected: Expected]

const initiation = (changes: object): Request => ({
  path: '/api/v1/incidents',
  token,
  body: { ...keys, ...changes },
})
const validation = (changes: object, id = initiated.id): Request => ({
  path: `/api/v1/incidents/${id}/validate`,
  token,
  body: { data: { ...data, ...changes } },
})
const post = (path: string, more: Partial<Request> = {}): Request => ({
  method: 'POST',
  path: `/api/v1/${path}`,
  token,
  ...more,
})
const raw = (text: string | Uint8Array, path = '/api/v1/incidents'): Request => ({
  path,
  token,
  headers: json,
  bytes: typeof text === 'string' ? Buffer.from(text) : text,
})
const lookUp = (changes: object): Request => ({
  path: '/api/v1/persons/lookup',
  token,
  body: { pnr: keys.pnr, purpose: 'a test', ...changes },
})
const said = (status: number, ...receipts: readonly number[]): Expected => ({ status, receipts })
const unread = said(400, 9000)

const bodies: readonly Case[] = [
  ['a body that is no JSON', raw('{"type": '), unread],
  ['a body of white space', raw('   '), unread],
  ['an empty body', raw(''), unread],
  ['no body at all', post('incidents'), unread],
  ['no body, though one is announced', post('incidents', { headers: json }), unread],
  ['a body that is a list', raw('[]'), unread],
  ['a body that is a text', raw('"move"'), unread],
  ['a body that is null', raw('null'), unread],
  ['a name that stands twice', raw('{"type":"a","type":"domestic-move"}'), unread],
  ['a name that stands twice, once as an escape', raw('{"type":"a","t\\u0079pe":"b"}'), unread],
  ['__proto__ in a body', raw('{"__proto__":{"polluted":1}}'), unread],
  ['constructor in a body', raw('{"constructor":{"prototype":{"polluted":1}}}'), unread],
  ['brackets a hundred deep', raw('['.repeat(100) + ']'.repeat(100)), unread],
  ['bytes that are no UTF-8', raw(Buffer.from('{"type":"\xe6"}', 'latin1')), unread],
  ['UTF-16 in place of UTF-8', raw(Buffer.from('{"type":"a"}', 'utf16le')), unread],
  ['a body of one megabyte', raw(`{"type":"${'x'.repeat(1_000_000)}"}`), said(413, 9000)],
  [
    'another media type',
    { ...raw('<a/>'), headers: { 'content-type': 'text/xml' } },
    said(415, 9000),
  ],
  ['no media type', { ...raw('{}'), headers: {} }, said(415, 9000)],
  [
    'a media type that is none',
    { ...raw('{}'), headers: { 'content-type': 'application/json/;;' } },
    said(415, 9000),
  ],
]

const asked: readonly Case[] = [
  ['a field that no initiation has', initiation({ state: 'approved' }), said(400, 16)],
  ['a missing key', { ...initiation({}), body: { type: keys.type } }, said(400, 9010, 9010, 9010)],
  ['a number for a text', initiation({ pnr: 1234 }), said(400, 9027)],
  ['an unknown incident type', initiation({ type: 'birth' }), said(404, 9001)],
  ['a type named as part of every object', initiation({ type: 'toString' }), said(404, 9001)],
  ['a malformed number', initiation({ pnr: '3102001234' }), said(422, 52)],
  ['letters for a number', initiation({ pnr: 'abc' }), said(422, 52)],
  ['an empty number', initiation({ pnr: '' }), said(422, 9010)],
  ['a number of nobody', initiation({ pnr: '1208993701' }), said(422, 172)],
  ['ten zeros', initiation({ pnr: '0000000000' }), said(422, 172)],
  ['a date that is none', initiation({ date: '2026-02-30' }), said(422, 40)],
  ['a municipality in letters', initiation({ municipality: 'Aarhus' }), said(422, 37)],
  ['a municipality that is none', initiation({ municipality: '9999' }), said(422, 9020)],
  [
    'every key wrong at once, in the order of the keys',
    initiation({ pnr: 'x', date: 'x', municipality: 'x' }),
    said(422, 52, 40, 37),
  ],
  ['a dead person', initiation({ pnr: scenario.dead }), said(422, 9100)],
  ['NUL in a number', initiation({ pnr: '\u0000' }), unread],
]

const judged: readonly Case[] = [
  ['a field that the type has not', validation({ approvedBy: 'me' }), said(422, 16)],
  ['a key among the data', validation({ pnr: keys.pnr }), said(422, 16)],
  [
    'several unknown fields and a bad one, all at once',
    validation({ a: '1', b: '2', road: 'x' }),
    said(422, 16, 16, 37),
  ],
  ['a number for a road', validation({ road: 12 }), said(422, 9027)],
  ['null for a road', validation({ road: null }), said(422, 9027)],
  ['an object for a road', validation({ road: {} }), said(422, 9027)],
  ['a road in letters', validation({ road: '99x9' }), said(422, 37)],
  ['a road that is none', validation({ road: '9898' }), said(422, 9114)],
  ['a house that is none', validation({ house: '0' }), said(422, 9015)],
  ['a companion who is no number', validation({ companions: ['x'] }), said(422, 52)],
  ['a companion who is a number in JSON', validation({ companions: [7] }), said(422, 9027)],
  ['companions in one text', validation({ companions: mother }), said(422, 9027)],
  ['companions in an empty text', validation({ companions: '' }), said(422, 9027)],
  ['a companion nobody knows', validation({ companions: ['1208993701'] }), said(422, 172, 9117)],
  ['a companion of another household', validation({ companions: [mother] }), said(422, 9117)],
  ['the mover as companion', validation({ companions: [keys.pnr] }), said(422, 9118)],
  ['a name outside Latin-1', validation({ careOf: 'c/o Łukasz' }), said(422, 60)],
  ['NUL in a name', validation({ careOf: 'c/o \u0000' }), unread],
  ['half a character in a name', validation({ careOf: 'c/o \ud800' }), unread],
  ['a name that is too long', validation({ careOf: `c/o ${'a'.repeat(31)}` }), said(422, 9011)],
  ['data that are a list', { ...validation({}), body: { data: [] } }, said(400, 9027)],
  ['data left out', { ...validation({}), body: {} }, said(400, 9010)],
  ['a field beside the data', { ...validation({}), body: { data, state: 'x' } }, said(400, 16)],
]

const out = said(409, 9002)
const none = said(404, 9003)
const steps: readonly Case[] = [
  ['save before validate', post(`incidents/${initiated.id}/save`), out],
  ['cancel after save', post(`incidents/${pending.id}/cancel`), out],
  ['validate after save', validation({}, pending.id), out],
  ['save after cancel', post(`incidents/${cancelled.id}/save`), out],
  ['cancel after cancel', post(`incidents/${cancelled.id}/cancel`), out],
  ['validate an id of nobody', validation({}, `flyt-i.${'0'.repeat(26)}`), none],
  ['validate an id of no type', validation({}, 'x'), none],
  ['an id with NUL', post('incidents/flyt-i.%00/save'), none],
  ['an id of 101 characters', post(`incidents/${'a'.repeat(101)}/save`), unread],
  ['an id that cannot be read', post('incidents/%ff/save'), unread],
  ['approve without the right', post(`pending/${pending.id}/approve`), said(403, 5)],
  [
    'reject without a reason',
    post(`pending/${pending.id}/reject`, { token: clerk, body: {} }),
    said(422, 9012, 9008),
  ],
  [
    'reject for an unknown reason',
    post(`pending/${pending.id}/reject`, { token: clerk, body: { reasonCode: 'X', text: 'x' } }),
    said(422, 9012),
  ],
  [
    'reject in too many words',
    post(`pending/${pending.id}/reject`, {
      token: clerk,
      body: { reasonCode: 'DUPLICATE', text: 'x'.repeat(1001) },
    }),
    said(422, 9008),
  ],
  [
    'reject with a number for a text',
    post(`pending/${pending.id}/reject`, {
      token: clerk,
      body: { reasonCode: 'DUPLICATE', text: 7 },
    }),
    said(400, 9027),
  ],
  [
    'reject in blank words',
    post(`pending/${pending.id}/reject`, {
      token: clerk,
      body: { reasonCode: 'DUPLICATE', text: ' ' },
    }),
    said(422, 9008),
  ],
  [
    'reject with NUL in the reason',
    post(`pending/${pending.id}/reject`, {
      token: clerk,
      body: { reasonCode: 'DUPLICATE', text: 'a\u0000b' },
    }),
    unread,
  ],
]

const gone = said(401, 901)
const persons: readonly Case[] = [
  ['look up without a purpose', lookUp({ purpose: '' }), unread],
  ['look up with a blank purpose', lookUp({ purpose: '  ' }), unread],
  ['look up for no reason', lookUp({ purpose: undefined }), said(400, 9010)],
  ['look up for two reasons', lookUp({ given: 'case' }), said(400, 9091)],
  ['look up as a system', lookUp({ purpose: undefined, given: 'stamp' }), unread],
  ['look up a number of nobody', lookUp({ pnr: '1208993701' }), said(422, 172)],
  ['look up what is no number', lookUp({ pnr: '' }), said(422, 52)],
  ['look up on a day that is none', lookUp({ asValidOn: '2026-13-01' }), said(422, 40)],
  [
    'look up on two days that are none',
    lookUp({ asValidOn: 'x', asKnownOn: 'y' }),
    said(422, 40, 40),
  ],
  ['a purpose with NUL', lookUp({ purpose: 'a\u0000b' }), unread],
  ['a purpose with half a character', lookUp({ purpose: 'a\ud800b' }), unread],
  ['a cursor that is none', { path: '/api/v1/pending?cursor=x', token: clerk }, unread],
  [
    'a cursor with NUL',
    { path: `/api/v1/pending?cursor=${cursor('2026-01-01', '\u0000')}`, token: clerk },
    unread,
  ],
  [
    'a cursor beyond the years of PostgreSQL',
    { path: `/api/v1/pending?cursor=${cursor('-270000-01-01T00:00:00Z', 'a')}`, token: clerk },
    unread,
  ],
  ['a page size in letters', { path: '/api/v1/pending?limit=many', token: clerk }, unread],
  ['a question that no list has', { path: '/api/v1/pending?x=1', token: clerk }, said(400, 16)],
  [
    'the list of an unknown type',
    { path: '/api/v1/pending?type=x', token: clerk },
    said(404, 9001),
  ],
  ['the list without the right', { path: '/api/v1/pending', token }, said(403, 5)],
]

const callers: readonly Case[] = [
  ['no token', { ...initiation({}), token: undefined }, gone],
  ['a token of nobody', { ...initiation({}), token: 'x'.repeat(43) }, gone],
  ['a token that is none', { ...initiation({}), token: '; drop table' }, gone],
  ['an expired token', { ...initiation({}), token: expired }, gone],
  ['a token issued to another address', { ...initiation({}), token: elsewhere }, gone],
  ['a step without token', { ...validation({}), token: undefined }, gone],
  ['an unknown type without token', { ...initiation({ type: 'x' }), token: undefined }, gone],
  ['a sign-off without token', { method: 'DELETE', path: '/api/v1/sessions/current' }, gone],
  ...['W0000042', 'W9999999', 'w0000042', '', "' or 1=1 --"].map(
    (personCode): Case => [
      `a wrong password of ${JSON.stringify(personCode)}`,
      { path: '/api/v1/sessions', body: { personCode, password: 'Wrong1!aaaa' } },
      said(401, 905),
    ],
  ),
  [
    'a new password with the old one wrong',
    {
      path: '/api/v1/password',
      body: { personCode: 'W0000851', password: 'Wrong1!aaaa', newPassword: 'Better2!bbb' },
    },
    said(401, 905),
  ],
  [
    'a sign-on that says its group',
    { path: '/api/v1/sessions', body: { personCode: 'a', password: 'b', group: 'cpr-office' } },
    said(400, 16),
  ],
]

const lost = said(404, 9093)
const roads: readonly Case[] = [
  ['a path that is none', { path: '/api/v1/nothing', token }, lost],
  ['a path beside the door', { path: '/api/nothing' }, lost],
  ['DELETE of an incident', { ...post(`incidents/${initiated.id}`), method: 'DELETE' }, lost],
  ['PUT of an incident', { ...initiation({}), method: 'PUT' }, lost],
  ['GET of a step', { path: `/api/v1/incidents/${initiated.id}/save`, token }, lost],
  ['an unknown type of the catalogue', { path: '/api/v1/incident-types/x' }, said(404, 9001)],
  ['a receipt that is none', { path: '/api/v1/receipts/x' }, said(404, 9001)],
  ['a path that cannot be decoded', { path: '/api/v1/incident-types/%zz' }, unread],
]

test('a path that is none is told where all are listed, and is not repeated', async () => {
  const path = `/api/v1/persons/${keys.pnr}`
  const reply = await send(server, { method: 'POST', path, token, body: {} })
  assert.equal(reply.status, 404)
  assert.equal(
    textAt(reply.body, 'title'),
    'There is nothing to call with POST at this path. All calls are listed in /api/v1/openapi.json',
  )
  assert.doesNotMatch(reply.bytes.toString(), new RegExp(keys.pnr))
})

for (const cases of [bodies, asked, judged, steps, persons, callers, roads]) {
  for (const [name, request, expected] of cases) {
    refuses(`${name} is refused by ${expected.receipts.join(', ')}`, watched, async () => {
      assertProblem(await send(server, request), expected)
    })
  }
}

function cursor(savedAt: string, id: string): string {
  return Buffer.from(JSON.stringify([savedAt, id])).toString('base64url')
}

test('what cannot be read is told why, and nothing of it is repeated', async () => {
  const reasons: readonly (readonly [Request, RegExp])[] = [
    [post('incidents'), /no body/],
    [raw(''), /no body/],
    [raw('{"secret": '), /not valid JSON/],
    [raw('{"secret":1,"secret":2}'), /repeated/],
    [raw('{"__proto__":{}}'), /not allowed/],
    [raw('['.repeat(100) + ']'.repeat(100)), /too deeply/],
    [raw(Buffer.from('{"secret":"\xe6"}', 'latin1')), /not UTF-8/],
    [raw('[]'), /JSON object/],
    [raw(`{"type":"${'x'.repeat(1_000_000)}"}`), /64 KiB/],
    [{ ...raw('{}'), headers: {} }, /content-type: application\/json/],
  ]
  for (const [request, reason] of reasons) {
    const { body } = await send(server, request)
    assert.match(String(at(body, 'refusals', 0, 'text', 'en')), reason)
    assert.match(String(at(body, 'title')), reason)
    assert.doesNotMatch(JSON.stringify(body), /secret/)
  }
})

test('a refused rejection blames what the door calls it, and lists the codes', async () => {
  const path = `pending/${pending.id}/reject`
  const { body } = await step(server, clerk, path, { reasonCode: 'X' })
  const refusals = listAt(body, 'refusals')
  assert.deepEqual(
    refusals.map((each) => at(each, 'field')),
    ['reasonCode', 'text'],
  )
  assert.match(String(at(refusals[0], 'text', 'en')), /ADDRESS_NOT_FOUND.*CONDITIONS_NOT_MET/)
})

test('the contract tells the codes of a rejection and how long its text may be', async () => {
  const { body } = await send(server, { path: '/api/v1/openapi.json' })
  const path = ['paths', '/api/v1/pending/{id}/reject', 'post', 'requestBody', 'content']
  const schema = at(body, ...path, 'application/json', 'schema')
  assert.deepEqual(listAt(schema, 'required'), ['reasonCode', 'text'])
  assert.equal(listAt(schema, 'properties', 'reasonCode', 'enum').length, 10)
  assert.equal(at(schema, 'properties', 'text', 'maxLength'), 1000)
})

test('what waits is marked in its own master data', async () => {
  const { body } = await send(server, { path: `/api/v1/incidents/${pending.id}`, token })
  assert.equal(at(body, 'masterData', 'pending'), true)
  assert.equal(at(initiated.reply.body, 'masterData', 'pending'), false)
})

test('save sent twice answers the same receipt and leaves one row pending', async () => {
  const path = `incidents/${pending.id}/save`
  const stored = await server.ownerPool.script(`select count(*)::int as n from incident`)
  const [second, third] = await Promise.all([step(server, token, path), step(server, token, path)])
  for (const reply of [second, third]) {
    assert.equal(reply.status, 200)
    assert.deepEqual(reply.body, pending.reply.body)
  }
  const after = await server.ownerPool.script(`select count(*)::int as n from incident`)
  assert.deepEqual(after.rows, stored.rows)
})

test('save repeated after the decision still answers the first receipt', async () => {
  const other = await beginPending(server, token, { pnr: scenario.centenarian })
  await step(server, clerk, `pending/${other.id}/approve`)
  const again = await step(server, token, `incidents/${other.id}/save`)
  assert.equal(again.status, 200)
  assert.equal(at(again.body, 'state'), 'approved')
  assert.deepEqual(at(again.body, 'receipt'), at(other.reply.body, 'receipt'))
})
