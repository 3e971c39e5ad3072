/**
 * The second wall around what stands beside incidents: letters, deposits, policies, claims, notes,
 * evidence, subscriptions. PostgreSQL gives each to whose it is, whatever a statement asks.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { putDeposit } from '#casework/deposits.ts'
import { addNote, claim } from '#casework/desk.ts'
import { writePolicy } from '#casework/policies.ts'
import { returnForAmendment } from '#casework/turns.ts'
import { catalogue as types } from '#incidents/catalogue.ts'
import { actorStatement, timeStatement } from '#store/caller.ts'
import { openDeposits } from '#store/deposits.ts'
import { openDesk } from '#store/desk.ts'
import { addSubscription } from '#store/feed.ts'
import { openStand, orderOf, report, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'
import { examplePolicy } from '#test/policy-kit.ts'

const stand = await openStand()
const { server, house } = stand
const { scenario, codes, ownerPool, pool } = server
const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)
const [mother, father] = scenario.familyOfFour
const receiver = await server.newCode('receiver', '0011')
const otherReceiver = await server.newCode('receiver', '0011')
const otherProvider = await server.newCode('citizen', '0042')

// Something in every table, all of it of 0751, of one provider and of one receiver.
const data = { ...moveTo(emptyIn(server, '0751')), companions: [father] }
const pending = await report(house, citizen, { pnr: mother, data })
const desk = { house, desk: openDesk(pool) }
const order = orderOf(clerk, pending)
assert.equal((await claim(desk, order)).kind, 'done')
assert.equal((await addNote(desk, { ...order, text: 'Ringet' })).kind, 'done')
const amendment = { fields: ['house'], text: 'Husnummeret mangler et bogstav.' }
standingOf(await returnForAmendment(house, { ...order, ...amendment }))
const policy = { asker: clerk, name: 'aarhus', document: examplePolicy('aarhus'), types }
assert.equal((await writePolicy(house, policy)).kind, 'done')
await ownerPool.script(
  `insert into policy_switch (municipality, name, no, at, by_whom)
   values ('0751', 'aarhus', 1, now(), 'test')`,
)
const stored = await putDeposit(
  { house, deposits: openDeposits(pool) },
  {
    ...{ asker: citizen, kind: 'draft', key: 'k', concerns: [mother] },
    content: new Uint8Array([1]),
    expiresAt: new Date(stand.now().valueOf() + 3_600_000),
  },
)
assert.equal(stored.kind, 'done', JSON.stringify(stored))
const subscriber = { actor: 'test', purpose: 'test', now: stand.now(), random: randomBytes }
const subscription = { personCode: receiver.code, municipality: '0751', type: '' }
await addSubscription(ownerPool, subscription, subscriber)
await ownerPool.script(`insert into deposit_count values ('${codes.citizen.code}', 1, now())`)

/** Whose the rows of each table are, and who is nearest to them without having a part in them. */
const tables = {
  letter: { whose: codes.municipality, nearest: codes.otherMunicipality },
  note: { whose: codes.municipality, nearest: codes.otherMunicipality },
  claim: { whose: codes.municipality, nearest: codes.otherMunicipality },
  milestone: { whose: codes.municipality, nearest: codes.otherMunicipality },
  policy_version: { whose: codes.municipality, nearest: codes.otherMunicipality },
  policy_switch: { whose: codes.municipality, nearest: codes.otherMunicipality },
  deposit: { whose: codes.citizen, nearest: otherProvider },
  deposit_count: { whose: codes.citizen, nearest: otherProvider },
  event_subscription: { whose: receiver, nearest: otherReceiver },
} as const
type Table = keyof typeof tables

async function seenBy(table: string, code: string, incident?: string): Promise<number> {
  const led = actorStatement(
    `walls-${table}`,
    `select count(*)::int as n from ${table} where $1::text <> ''`,
    { audit: 1 },
  )
  const audit = JSON.stringify({ actor: code, ...(incident && { incident_id: incident }) })
  return Number((await pool.run(led, [audit])).rows[0]?.['n'])
}

for (const [table, { whose, nearest }] of Object.entries(tables)) {
  test(`${table}: given to whose it is, and to nobody beside`, async () => {
    assert.ok((await seenBy(table, whose.code)) > 0)
    assert.equal(await seenBy(table, nearest.code), 0)
  })
}

test('nobody writes in another’s name: neither a policy, a deposit nor a claim', async () => {
  const attempts = {
    policy_version: `insert into policy_version
      select municipality, 'theirs', version, document, made_at, made_by from ours`,
    deposit: `insert into deposit
      select depositor, kind, 'theirs', concerns, version, content, stored_at, expires_at from ours`,
    claim: `insert into claim select incident_id || 'x', authority, person_code, claimed_at, until
      from ours`,
  } as const satisfies { readonly [T in Table]?: string }
  for (const [table, sql] of Object.entries(attempts)) {
    const { nearest } = tables[table as keyof typeof attempts]
    const led = actorStatement(
      `walls-write-${table}`,
      `with ours as (select r.* from jsonb_populate_record(null::${table}, $2) r
         where $1::text <> '') ${sql}`,
      { audit: 1 },
    )
    const { rows } = await ownerPool.script(`select to_jsonb(t) as row from ${table} t limit 1`)
    const row = JSON.stringify(rows[0]?.['row'])
    const audit = JSON.stringify({ actor: nearest.code })
    await assert.rejects(pool.run(led, [audit, row]), { code: '42501' }, table)
  }
})

test('a table behind the wall shows a statement on nobody’s behalf no row', async () => {
  const { rows } = await ownerPool.script(
    `select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace`,
  )
  assert.ok(rows.length >= Object.keys(tables).length)
  for (const { relname } of rows) {
    const seen = await pool.script(`select count(*)::int as n from ${String(relname)}`)
    assert.equal(seen.rows[0]?.['n'], 0, String(relname))
  }
})

test('evidence is shown as who looked at whom a provider vouches for, and otherwise to time alone', async () => {
  for (const { code } of [codes.citizen, codes.municipality, codes.office, receiver]) {
    assert.equal(await seenBy('audit', code, pending.record.id), 0, code)
  }
  const looked = actorStatement(
    'walls-looks',
    `select persons::text[] as persons from looks_at_vouched('{}', null, 1000)
     where $1::text <> '' and $2::text <> ''`,
    { audit: 1, vouched: 2 },
  )
  const looksAt = async (code: string, pnr: string) =>
    (await pool.run(looked, [JSON.stringify({ actor: code }), pnr])).rows
  const own = await looksAt(codes.citizen.code, mother)
  assert.ok(own.length > 0)
  assert.ok(own.every(({ persons }) => Array.isArray(persons) && persons.includes(mother)))
  assert.deepEqual(await looksAt(codes.municipality.code, mother), [])
  const byTime = timeStatement('walls-time', 'select count(*)::int as n from audit')
  assert.ok(Number((await pool.run(byTime)).rows[0]?.['n']) > 0)
})

test('the control: with the wall away another’s rows come through', async () => {
  for (const [table, { nearest }] of Object.entries(tables)) {
    await ownerPool.script(`alter table ${table} disable row level security`)
    assert.ok((await seenBy(table, nearest.code)) > 0, table)
    await ownerPool.script(`alter table ${table} enable row level security`)
  }
})
