/** A decision is written as a whole or not at all, and what happened is never rewritten. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approve, reject } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import { codeOf } from '#store/outages.ts'
import { assertRegisterSound } from '#test/casework/register-checks.ts'
import { openStand, orderOf, refusalsOf, report, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'
import { auditCount, storedIn } from '#test/doors/stored.ts'
import { listAt } from '#test/doors/talk.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool, pool } = server
const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)
const elsewhere = await stand.caller(codes.otherMunicipality)
const reason = { reasonCode: 'DUPLICATE', text: 'Allerede anmeldt' }

/** Fails the statement that writes to one table, from within the database. */
async function withFaultIn(table: string, work: () => Promise<void>): Promise<void> {
  await ownerPool.script(
    `create function broken() returns trigger language plpgsql as
       $$ begin raise exception 'broken on purpose'; end $$;
     create trigger broken before insert or update on ${table}
       for each row execute function broken()`,
  )
  try {
    await work()
  } finally {
    await ownerPool.script(`drop trigger broken on ${table}; drop function broken()`)
  }
}

for (const table of ['incident', 'event', 'fact', 'person', 'audit']) {
  test(`when ${table} cannot be written, nothing of an approval is`, async () => {
    const [mother, father] = scenario.familyOfFour
    const data = { ...moveTo(emptyIn(server, '0751')), companions: [father] }
    const pending = await report(house, citizen, { pnr: mother, data })
    const stored = await storedIn(ownerPool)
    const rows = await auditCount(ownerPool)
    await withFaultIn(table, async () => {
      await assert.rejects(approve(house, orderOf(clerk, pending)), /broken on purpose/)
    })
    assert.deepEqual(await storedIn(ownerPool), stored)
    assert.equal(await auditCount(ownerPool), rows)
    standingOf(await reject(house, { ...orderOf(clerk, pending), ...reason }))
    assert.notDeepEqual(await storedIn(ownerPool), stored)
  })
}

test('an approval writes the facts, events and persons of all movers, and one row of evidence', async () => {
  const [mother, father, older] = scenario.familyOfFour
  const to = emptyIn(server, '0751', 1)
  const data = { ...moveTo(to), companions: [father, older] }
  const pending = await report(house, citizen, { pnr: mother, data })
  const rows = await auditCount(ownerPool)
  const { record } = standingOf(await approve(house, orderOf(clerk, pending)))
  assert.equal(await auditCount(ownerPool), rows + 1)
  const written = await ownerPool.script(
    `select e.pnr, e.type, e.xid::text as xid, p.address_key as home,
       (select count(*)::int from fact f where f.pnr = e.pnr and f.event_no = e.event_no) as facts
     from event e join person p on p.pnr = e.pnr and p.event_no = e.event_no
     where e.incident_id = '${record.id}' order by e.pnr`,
  )
  assert.deepEqual(
    written.rows.map(({ pnr }) => pnr),
    [mother, father, older].toSorted(),
  )
  const key = `0751-${to.road}-${to.house}-${to.floor}-${to.door}`
  for (const row of written.rows) {
    assert.deepEqual(
      { ...row, pnr: '', xid: '' },
      { pnr: '', type: 'A01', xid: '', home: key, facts: 1 },
    )
  }
  assert.equal(new Set(written.rows.map(({ xid }) => xid)).size, 1)
  const evidence = await ownerPool.script(
    `select xid::text as xid, actor, authority, outcome, purpose, persons::text[] as persons
     from audit where incident_id = '${record.id}' and act = 'approve'`,
  )
  const { code, authority } = codes.municipality
  const [row] = evidence.rows
  assert.equal(evidence.rows.length, 1)
  assert.equal(row?.['xid'], written.rows[0]?.['xid'])
  assert.deepEqual(
    [row?.['actor'], row?.['authority'], row?.['outcome']],
    [code, authority, 'done'],
  )
  assert.equal(row?.['purpose'], `incident ${record.id}`)
  assert.deepEqual(listAt(row, 'persons').toSorted(), [mother, father, older].toSorted())
})

test('DESK-5: a rejection leaves the register as it was; its reason and where to appeal reach the reporter', async () => {
  const data = moveTo(emptyIn(server, '0751'))
  const pending = await report(house, citizen, { pnr: scenario.newcomer, data })
  const { incident: _, letter, ...stored } = await storedIn(ownerPool)
  standingOf(await reject(house, { ...orderOf(clerk, pending), ...reason }))
  const { incident: __, letter: written, ...after } = await storedIn(ownerPool)
  assert.deepEqual(after, stored)
  assert.notEqual(written, letter, 'the reporter gets a letter')
  const { rows } = await ownerPool.script(
    `select recipient, text_da, text_en from letter where incident_id = '${pending.record.id}'`,
  )
  assert.deepEqual([rows.length, rows[0]?.['recipient']], [1, scenario.newcomer])
  for (const [text, appeal] of [
    [String(rows[0]?.['text_da']), 'klage'],
    [String(rows[0]?.['text_en']), 'appeal'],
  ] as const) {
    assert.ok(text.includes(reason.text) && text.includes(appeal), text)
  }
  const { record } = standingOf(await follow(house, orderOf(citizen, pending)))
  assert.deepEqual(record.reason, { code: reason.reasonCode, text: reason.text })
})

test('a case follows a person who has moved, and is decided where the person now lives', async () => {
  const pnr = scenario.flatmates[0]
  const type = 'name-and-address-protection'
  const protection = await report(house, citizen, { type, pnr, data: { action: 'on' } })
  const data = moveTo(emptyIn(server, '0851'))
  const move = await report(house, citizen, { pnr, municipality: '0851', data })
  standingOf(await approve(house, orderOf(elsewhere, move)))

  assert.deepEqual(refusalsOf(await approve(house, orderOf(elsewhere, protection))), [9003])
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, protection))), [9009])
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, protection))), [9003])
  const { record } = standingOf(await approve(house, orderOf(elsewhere, protection)))
  assert.deepEqual([record.authority, record.state], ['0851', 'approved'])
  const { rows } = await ownerPool.script(`select current from person where pnr = '${pnr}'`)
  assert.match(JSON.stringify(rows[0]), /"type":"0001"/)
})

test('a rule is judged again when it is decided, against the register as it then is', async () => {
  const pnr = scenario.ordinaryAdult
  const data = moveTo(emptyIn(server, '0751', 2))
  const twice = [
    await report(house, citizen, { pnr, data }),
    await report(house, citizen, { pnr, data }),
  ] as const
  standingOf(await approve(house, orderOf(clerk, twice[0])))
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, twice[1]))), [9116])
  standingOf(await reject(house, { ...orderOf(clerk, twice[1]), ...reason }))
})

test('the program cannot rewrite evidence, events or facts', async () => {
  const columns = { audit: 'outcome', event: 'kind', fact: 'kind', password_history: 'set_at' }
  for (const [table, column] of Object.entries(columns)) {
    for (const sql of [
      `delete from ${table}`,
      `truncate ${table}`,
      `update ${table} set ${column} = ${column}`,
    ]) {
      await assert.rejects(pool.script(sql), (error) => codeOf(error) === '42501', sql)
    }
  }
  for (const table of ['person', 'person_code', 'address', 'road', 'authority']) {
    await assert.rejects(pool.script(`delete from ${table}`), (error) => codeOf(error) === '42501')
  }
  // What has ended goes as time passes; on anybody's behalf nothing does.
  const incidents = async () => (await ownerPool.script('select id from incident order by id')).rows
  const before = await incidents()
  await pool.script('delete from incident')
  assert.deepEqual(await incidents(), before)
  await assert.rejects(pool.script('alter table audit disable trigger all'))
  await assert.rejects(pool.script('create table mine (a int)'))
})

test('after all of it the register is sound', async () => {
  await assertRegisterSound(ownerPool)
})
