/** Every request that reads a person, decides, is denied or signs on leaves one row of evidence. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeSignOff, writeSignOn } from '#gctp/write-request.ts'
import { fieldsOf, messagesFor, stamp } from '#test/doors/gctp-messages.ts'
import { emptyIn, initiate, moveTo, step } from '#test/doors/incidents.ts'
import { envelope, type Reply, send, sendGctp, signOn, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { scenario, codes, ownerPool } = server
const { keyOf, dataOf, update } = messagesFor(server)
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const [mother, father, ...children] = scenario.familyOfFour
const nobody = '1208993701'

type Row = {
  readonly act: string
  readonly outcome: string
  readonly receipt: number
  readonly actor: string | null
  readonly authority: string | null
  readonly persons: readonly string[]
}

/** What was there before: the making of the person codes. */
const before = await ownerPool.script('select id from audit')
const seen = before.rows.map(({ id }) => String(id))

async function takeRows(): Promise<readonly Row[]> {
  const { rows } = await ownerPool.script(
    `select act, outcome, receipt, actor, authority, persons::text[] as persons, source, purpose, id
     from audit where id <> all (array[${seen.map((id) => `'${id}'`).join(', ')}]::text[])
     order by xid, id`,
  )
  return rows.map(({ id, source, purpose, ...row }) => {
    seen.push(String(id))
    assert.equal(source, '127.0.0.1')
    assert.ok(typeof purpose === 'string' && purpose.length > 3)
    return row as Row
  })
}

const by = (code: keyof typeof codes) => ({
  actor: codes[code].code,
  authority: codes[code].authority,
})
const none = { actor: null, authority: null }

/** The request leaves exactly this row, and its persons are those that it was about. */
async function leaves(
  name: string,
  ask: () => Promise<Reply>,
  row: Partial<Row> & Pick<Row, 'act'>,
): Promise<Reply> {
  await takeRows()
  const reply = await ask()
  const rows = await takeRows()
  const expected = { outcome: 'done', receipt: 0, ...by('citizen'), persons: [], ...row }
  const sorted = (each: Row) => ({ ...each, persons: each.persons.toSorted() })
  assert.deepEqual(rows.map(sorted), [sorted(expected)], `${name}: ${reply.bytes.toString()}`)
  return reply
}

const session = (body: object) => () => send(server, { path: '/api/v1/sessions', body })
const lookUp = (pnr: string, token: string | undefined) => () =>
  send(server, { path: '/api/v1/persons/lookup', token, body: { pnr, purpose: 'a case' } })

test('each sign-on and each denial of one leaves its row', async () => {
  const { code: personCode, password } = codes.office
  const good = { act: 'sign-on', receipt: 900, ...by('office') }
  await leaves('sign-on', session({ personCode, password }), good)
  const bytes = writeSignOn({ userId: personCode, password })
  await leaves('sign-on over GCTP', () => sendGctp(server, bytes), good)
  const denied = { act: 'sign-on', outcome: 'denied', receipt: 905 }
  const wrong = { personCode, password: 'Wrong1!aaaa' }
  await leaves('wrong password', session(wrong), { ...denied, ...by('office') })
  const stranger = { personCode: 'W9999999', password: 'Wrong1!aaaa' }
  await leaves('unknown code', session(stranger), { ...denied, ...none })
  const malformed = { personCode: 'x', password: 'Wrong1!aaaa' }
  await leaves('malformed code', session(malformed), { ...denied, ...none })

  const token = await signOn(server, codes.office)
  const end = () => send(server, { method: 'DELETE', path: '/api/v1/sessions/current', token })
  await leaves('sign-off', end, { act: 'sign-off', receipt: 900, ...by('office') })
  const again = { act: 'sign-off', outcome: 'denied', receipt: 901, ...none }
  await leaves('sign-off again', end, again)
  await leaves('sign-off over GCTP', () => sendGctp(server, writeSignOff(), token), again)
})

test('a change of password leaves its row, also when it is refused', async () => {
  const { code: personCode, password } = codes.otherMunicipality
  const change = (body: object) => () => send(server, { path: '/api/v1/password', body })
  const row = { act: 'new-password', ...by('otherMunicipality') }
  const weak = { personCode, password, newPassword: 'short' }
  await leaves('weak', change(weak), { ...row, outcome: 'refused', receipt: 908 })
  const wrong = { personCode, password: 'Wrong1!aaaa', newPassword: 'Better2!bbb' }
  await leaves('wrong', change(wrong), { ...row, outcome: 'denied', receipt: 905 })
})

test('each look-up names the person asked for, also when nobody was found (AUD-1, AUD-4)', async () => {
  const { ordinaryAdult: pnr, changedNumber } = scenario
  await leaves('look-up', lookUp(pnr, citizen), { act: 'look-up', persons: [pnr] })
  const unknown = { act: 'look-up', outcome: 'refused', receipt: 172, persons: [nobody] }
  await leaves('nobody', lookUp(nobody, citizen), unknown)
  await leaves('no number', lookUp('x', citizen), { ...unknown, receipt: 52, persons: [] })
  const stranger = { act: 'look-up', outcome: 'denied', receipt: 901, ...none }
  await leaves('no token', lookUp(pnr, undefined), stranger)
  const search = stamp(fieldsOf({ PNR: pnr }))
  const row = { act: 'search', persons: [pnr], ...by('municipality') }
  await leaves('STAMP', () => sendGctp(server, search, clerk), row)
  await leaves('STAMP without token', () => sendGctp(server, search), {
    ...stranger,
    act: 'search',
  })

  await takeRows()
  await lookUp(changedNumber, clerk)()
  const [old] = await takeRows()
  assert.equal(old?.persons.length, 2)
  assert.ok(old.persons.includes(changedNumber))
})

test('each step of an incident leaves its row, with all whom it showed or named', async () => {
  const shown = [mother, father, ...children]
  const keys = { pnr: mother }
  const row = { act: 'initiate', persons: shown }
  const begun = await leaves('initiate', () => initiate(server, citizen, keys), row)
  const path = `incidents/${textAt(begun.body, 'id')}`
  const data = { ...moveTo(emptyIn(server, '0751')), companions: [father] }
  const ask = (action: string, token?: string, body?: unknown) => () =>
    step(server, token, `${path}/${action}`, body)
  const bad = { data: { ...data, road: 'x' } }
  const refused = { act: 'validate', outcome: 'refused', receipt: 37, persons: [mother] }
  await leaves('refused', ask('validate', citizen, bad), refused)
  const early = { act: 'save', outcome: 'refused', receipt: 9002, persons: [mother] }
  await leaves('save too early', ask('save', citizen), early)
  const both = [mother, father]
  await leaves('validate', ask('validate', citizen, { data }), { act: 'validate', persons: both })
  const stranger = { act: 'save', outcome: 'denied', receipt: 901, ...none }
  await leaves('save without token', ask('save'), stranger)
  const foreign = { act: 'save', outcome: 'refused', receipt: 9003, ...by('municipality') }
  await leaves("another's save", ask('save', clerk), foreign)
  await leaves('save', ask('save', citizen), { act: 'save', persons: both })
  await leaves('save again', ask('save', citizen), { act: 'save', persons: both })
  const late = { act: 'cancel', outcome: 'refused', receipt: 9002, persons: both }
  await leaves('cancel too late', ask('cancel', citizen), late)
  const follow = () => send(server, { path: `/api/v1/${path}`, token: clerk })
  await leaves('follow', follow, { act: 'read-incident', persons: both, ...by('municipality') })
})

test('each decision, list and denial leaves its row', async () => {
  const list = (token?: string) => () => send(server, { path: '/api/v1/pending', token })
  const row = { act: 'list-pending', persons: [mother], ...by('municipality') }
  await leaves('list', list(clerk), row)
  await leaves('list denied', list(citizen), { act: 'list-pending', outcome: 'denied', receipt: 5 })
  const { rows } = await ownerPool.script(`select id, ts from incident where state = 'pending'`)
  const [pending] = rows
  const path = `pending/${String(pending?.['id'])}`
  const denied = { act: 'approve', outcome: 'denied', receipt: 5 }
  await leaves('denied', () => step(server, citizen, `${path}/approve`), denied)
  const reason = { reasonCode: 'X', text: 'x' }
  const both = { persons: [mother, father], ...by('municipality') }
  const refused = { act: 'reject', outcome: 'refused', receipt: 9012, ...both }
  await leaves('no reason', () => step(server, clerk, `${path}/reject`, reason), refused)
  const key = keyOf(mother)
  const bytes = update({ action: 'GODKEND', ts: String(pending?.['ts']), mk: '0751', key })
  const approve = () => sendGctp(server, bytes, clerk)
  await leaves('approve', approve, { act: 'approve', ...both })
  const late = { act: 'approve', outcome: 'refused', receipt: 9002, ...both }
  await leaves('approve again', approve, late)
})

test('each initiation that is refused leaves its row', async () => {
  const row = { act: 'initiate', outcome: 'refused', persons: [nobody] }
  const keys = { pnr: nobody }
  await leaves('nobody', () => initiate(server, citizen, keys), { ...row, receipt: 172 })
  const dead = { ...row, receipt: 9100, persons: [scenario.dead] }
  await leaves('dead', () => sendGctp(server, update({ key: keyOf(scenario.dead) }), citizen), dead)
  const foreign = { act: 'initiate', outcome: 'denied', receipt: 184 }
  await leaves('mk', () => sendGctp(server, update({ mk: '0751' }), citizen), foreign)
  const ts = '20200101000000000000'
  const unknown = { act: 'validate', outcome: 'refused', receipt: 9003 }
  const bytes = update({ action: 'VALIDER', ts, data: dataOf() })
  await leaves('ts', () => sendGctp(server, bytes, citizen), unknown)
  const type = { act: 'initiate', outcome: 'refused', receipt: 9001 }
  await leaves('type', () => initiate(server, citizen, { type: 'birth' }), type)
  const service = update({ service: 'SKAT-I' })
  await leaves('service', () => sendGctp(server, service, citizen), type)
  const action = update({ action: 'SLET' })
  await leaves('action', () => sendGctp(server, action, citizen), {
    ...type,
    act: 'unknown-action',
    receipt: 9028,
  })
})

test('what is not read as a message, and what is open to all, leaves no row', async () => {
  await takeRows()
  await send(server, { path: '/api/v1/incident-types' })
  await send(server, { path: '/api/v1/openapi.json' })
  await send(server, { path: '/health/ready' })
  await sendGctp(server, envelope('<Sik function="x"/>'), citizen)
  await send(server, { path: '/api/v1/incidents', token: citizen, body: {} })
  assert.deepEqual(await takeRows(), [])
})
