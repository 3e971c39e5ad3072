/** Withdrawn, returned and amended, forwarded, undone: over a real register, and when they meet. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import type { Answer, Standing } from '#casework/answer.ts'
import { approve, reject } from '#casework/decide.ts'
import { follow, listPending } from '#casework/follow.ts'
import { listAsked } from '#casework/hear.ts'
import { save, validate } from '#casework/report.ts'
import { timelineOf } from '#casework/timeline.ts'
import { forward, returnForAmendment, withdraw } from '#casework/turns.ts'
import { undo } from '#casework/undo.ts'
import { readData, type Sent } from '#incident/read.ts'
import type { Row } from '#store/pool.ts'
import { passDeadlines } from '#store/reminders.ts'
import { assertRegisterSound } from '#test/casework/register-checks.ts'
import { openStand, orderOf, refusalsOf, report, standingOf } from '#test/casework/stand.ts'
import { storedIn } from '#test/doors/stored.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool } = server
const second = await server.newColleague()
let citizen = await stand.caller(codes.citizen)
let clerk = await stand.caller(codes.municipality)
let elsewhere = await stand.caller(codes.otherMunicipality)
const reason = { reasonCode: 'DUPLICATE', text: 'Allerede anmeldt' }
const amendment = { fields: ['house'], text: 'Husnummeret mangler et bogstav.' }
await ownerPool.script('update address set rooms = 9')

async function rowsOf(sql: string) {
  return (await ownerPool.script(sql)).rows
}

/** Where somebody lives, as the data of a move: whoever moves there has a host. */
async function homeOf(pnr: string) {
  const [row] = await rowsOf(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${pnr}'`,
  )
  return dwelling(present(row, 'a home'))
}

function dwelling(row: Row) {
  const part = (name: string) => {
    const value = row[name]
    return typeof value === 'string' && value !== '' ? { [name]: value } : {}
  }
  return { ...part('road'), ...part('house'), ...part('floor'), ...part('door') }
}

/** Somewhere in 0751 where nobody lives at the moment. */
async function empty(nth = 0) {
  const [row] = await rowsOf(
    `select road, house, floor, door from address a
     where municipality = '0751' and not exists (select from person p where p.address_key = a.key)
     order by key offset ${nth} limit 1`,
  )
  return dwelling(present(row, 'an empty dwelling'))
}
const kindsOf = (answer: Answer) => timelineOf(standingOf(answer)).map(({ kind }) => kind)
const lettersOf = async (id: string, kind: string) =>
  (
    await rowsOf(`select recipient from letter where incident_id = '${id}' and kind = '${kind}'`)
  ).map(({ recipient }) => recipient)

/** Past its warnings. */
async function amend(it: Standing, data: Sent) {
  const order = { ...orderOf(citizen, it), data: readData(it.type.shape, data) }
  const first = await validate(house, order)
  return first.kind === 'done' ? first : validate(house, order)
}

test('a withdrawn report is gone from the queue, the register stands, and the host need not answer', async () => {
  const host = scenario.ordinaryAdult
  const data = await homeOf(host)
  const pending = await report(house, citizen, { pnr: scenario.newcomer, data, unheard: true })
  const stored = await storedIn(ownerPool)
  const gone = standingOf(await withdraw(house, orderOf(citizen, pending)))
  assert.deepEqual([gone.record.state, gone.actions], ['withdrawn', []])
  const after = await storedIn(ownerPool)
  for (const table of ['event', 'fact', 'person']) assert.equal(after[table], stored[table])
  assert.deepEqual(await lettersOf(gone.record.id, 'hearing-ended'), [host])
  const asked = await listAsked(house, { asker: citizen, pnr: host })
  assert.ok(asked.kind === 'done' && asked.items.length === 0)
  const queue = await listPending(house, { asker: clerk, limit: 100 })
  assert.ok(
    queue.kind === 'done' && queue.items.every(({ record }) => record.id !== gone.record.id),
  )
  assert.deepEqual(refusalsOf(await approve(house, orderOf(clerk, pending))), [9002])
  assert.deepEqual(refusalsOf(await withdraw(house, orderOf(citizen, pending))), [9002])
  assert.ok(kindsOf(await follow(house, orderOf(citizen, pending))).includes('withdrawn'))
})

test('what was decided for some of its persons can no longer be withdrawn, returned or forwarded (9049)', async () => {
  const [mother, father] = scenario.familyOfFour
  const data = { ...(await empty(0)), companions: [father] }
  const pending = await report(house, citizen, { pnr: mother, data })
  standingOf(await reject(house, { ...orderOf(clerk, pending), ...reason, persons: [father] }))
  const order = orderOf(clerk, pending)
  for (const answer of [
    await withdraw(house, orderOf(citizen, pending)),
    await returnForAmendment(house, { ...order, ...amendment }),
    await forward(house, { ...order, authority: '0851', text: 'x' }),
  ]) {
    assert.equal(answer.kind, 'not-allowed')
    assert.deepEqual(refusalsOf(answer), [9049])
  }
  const back = standingOf(await undo(house, { ...order, persons: [father] }))
  assert.deepEqual([back.record.state, back.record.outcomes], ['pending', {}])
  standingOf(await withdraw(house, orderOf(citizen, pending)))
})

test('a report is returned with fields and a text, amended under its id, and judged again', async () => {
  const pnr = scenario.flatmates[0]
  const pending = await report(house, citizen, { pnr, data: await empty(0) })
  const order = orderOf(clerk, pending)
  const missing = await returnForAmendment(house, { ...order, fields: ['careOf', 'x'], text: ' ' })
  assert.deepEqual(refusalsOf(missing), [9050, 9008])
  assert.deepEqual(refusalsOf(await returnForAmendment(house, { ...order, text: 'x' })), [9050])

  const returned = standingOf(await returnForAmendment(house, { ...order, ...amendment }))
  assert.deepEqual([returned.record.state, returned.actions], ['returned', ['reject']])
  assert.deepEqual(await lettersOf(returned.record.id, 'returned'), [pnr])
  const mine = standingOf(await follow(house, orderOf(citizen, pending)))
  assert.deepEqual(mine.actions, ['validate', 'withdraw'])
  assert.deepEqual(mine.record.returned?.by, addDays(danishDate(stand.now()), 14))
  const entry = timelineOf(mine).find(({ kind }) => kind === 'returned')
  assert.deepEqual([entry?.said, entry?.fields, entry?.by], [amendment.text, ['house'], undefined])
  assert.deepEqual(refusalsOf(await save(house, orderOf(citizen, pending))), [9002])
  assert.deepEqual(refusalsOf(await approve(house, order)), [9002])

  const wrong = await amend(pending, { ...(await empty(1)), road: '8999' })
  assert.deepEqual(refusalsOf(wrong), [9114])
  const to = await empty(1)
  const amended = standingOf(await amend(pending, to))
  assert.deepEqual(
    [amended.record.state, amended.actions],
    ['amended', ['validate', 'save', 'withdraw']],
  )
  const seen = standingOf(await follow(house, order))
  assert.deepEqual(seen.reading, pending.reading, 'the authority sees what was saved')

  stand.pass({ minutes: 1 })
  const again = standingOf(await save(house, orderOf(citizen, pending)))
  assert.deepEqual([again.record.id, again.record.state], [pending.record.id, 'pending'])
  assert.deepEqual(again.record.savedAt, pending.record.savedAt, 'received when it was first saved')
  assert.deepEqual(again.record.amendedAt, stand.now())
  standingOf(await save(house, orderOf(citizen, pending)))
  const [kept] = await rowsOf(
    `select reading from milestone where incident_id = '${again.record.id}' and kind = 'returned'`,
  )
  assert.deepEqual(kept?.['reading'], JSON.parse(JSON.stringify(pending.reading)))
  standingOf(await approve(house, order))
  const home = await homeOf(pnr)
  assert.deepEqual(home, to)
  const told = kindsOf(await follow(house, orderOf(citizen, pending)))
  const order2 = ['received', 'returned', 'amended', 'decided', 'in-effect']
  assert.deepEqual(
    told.filter((kind) => order2.includes(kind)),
    order2,
  )
})

test('an amended report asks whom it concerns now, and tells the others that it is over', async () => {
  const host = scenario.ordinaryAdult
  const pnr = scenario.newcomer
  const data = await homeOf(host)
  const pending = await report(house, citizen, { pnr, data, unheard: true })
  const order = orderOf(clerk, pending)
  standingOf(await returnForAmendment(house, { ...order, ...amendment }))
  standingOf(await amend(pending, { ...data, careOf: 'Hansen' }))
  const same = standingOf(await save(house, orderOf(citizen, pending)))
  assert.deepEqual(
    same.hearings.map(({ asked, note }) => [asked, note]),
    [[host, undefined]],
    'who is asked the same is not asked again',
  )
  standingOf(await returnForAmendment(house, { ...order, ...amendment }))
  standingOf(await amend(pending, await homeOf(scenario.flatmates[1])))
  const moved = standingOf(await save(house, orderOf(citizen, pending)))
  const [before, now] = moved.hearings
  assert.deepEqual([before?.asked, before?.note], [host, 'amended'])
  assert.ok(now?.asked !== host && now?.note === undefined && moved.hearings.length === 2)
  assert.deepEqual(await lettersOf(pending.record.id, 'hearing-ended'), [host])
  assert.deepEqual(refusalsOf(await approve(house, order)), [9023])
  standingOf(await returnForAmendment(house, { ...order, ...amendment }))
  standingOf(await amend(pending, data))
  const back = standingOf(await save(house, orderOf(citizen, pending)))
  assert.equal(back.hearings.filter(({ asked, note }) => asked === host && !note).length, 1)
  standingOf(await withdraw(house, orderOf(citizen, pending)))
})

test('nobody is reminded of a report that is with its reporter', async () => {
  const pnr = scenario.newcomer
  const data = await homeOf(scenario.ordinaryAdult)
  const pending = await report(house, citizen, { pnr, data, unheard: true })
  standingOf(await returnForAmendment(house, { ...orderOf(clerk, pending), ...amendment }))
  const moment = {
    at: stand.now(),
    today: addDays(danishDate(stand.now()), 20),
    random: house.random,
  }
  assert.deepEqual(await passDeadlines(ownerPool, moment), { reminded: 0, givenUp: 0 })
  const gone = await reject(house, { ...orderOf(clerk, pending), ...reason })
  assert.deepEqual(standingOf(gone).actions, [], 'what its reporter was amending is not undone')
  assert.deepEqual(refusalsOf(await undo(house, orderOf(clerk, pending))), [9045])
})

test('a forwarded report is the receiver’s alone, wherever the register says the person lives', async () => {
  const type = 'name-and-address-protection'
  const pnr = scenario.flatmates[1]
  const pending = await report(house, citizen, { type, pnr, data: { action: 'on' } })
  const order = orderOf(clerk, pending)
  for (const authority of ['0751', '0042', '0001', '9999', 'x', undefined]) {
    const answer = await forward(house, { ...order, authority, text: 'Hører til hos jer' })
    assert.deepEqual(refusalsOf(answer), [9051], authority)
  }
  assert.deepEqual(refusalsOf(await forward(house, { ...order, authority: '0851' })), [9008])
  const text = 'Personen bor hos jer'
  standingOf(await forward(house, { ...order, authority: '0851', text }))
  assert.deepEqual(refusalsOf(await approve(house, order)), [9003])
  assert.deepEqual(refusalsOf(await follow(house, order)), [9003])
  const told = timelineOf(standingOf(await follow(house, orderOf(citizen, pending))))
  const entry = told.find(({ kind }) => kind === 'forwarded')
  assert.match(entry?.text.en ?? '', /Aalborg/)
  assert.equal(entry?.said, text)
  assert.deepEqual(await lettersOf(pending.record.id, 'forwarded'), [pnr])
  const { record } = standingOf(await approve(house, orderOf(elsewhere, pending)))
  assert.deepEqual([record.state, record.authority], ['approved', '0851'])
})

test('what an authority registers itself is forwarded to nobody', async () => {
  const pending = await report(house, clerk, {
    type: 'disappearance',
    pnr: scenario.flatmates[0],
    date: addDays(danishDate(stand.now()), -1),
    data: {},
  })
  const order = { ...orderOf(clerk, pending), authority: '0851', text: 'x' }
  assert.deepEqual(refusalsOf(await forward(house, order)), [9051])
  standingOf(await withdraw(house, orderOf(clerk, pending)))
})

test('an undone approval leaves the person as before, says so in the feed, and can be decided anew', async () => {
  const [mother, father] = scenario.familyOfFour
  const before = await rowsOf(
    `select current from person where pnr in ('${mother}', '${father}') order by pnr`,
  )
  const to = await empty()
  const data = { ...to, companions: [father] }
  const pending = await report(house, citizen, { pnr: mother, data })
  const order = orderOf(clerk, pending)
  assert.deepEqual(refusalsOf(await undo(house, order)), [9045])
  const decided = standingOf(await approve(house, order))
  assert.deepEqual(decided.actions, ['undo'])
  stand.pass({ minutes: 59 })
  const undone = standingOf(await undo(house, order))
  assert.deepEqual([undone.record.state, undone.record.events], ['pending', []])
  assert.deepEqual(undone.actions, ['approve', 'reject', 'return', 'forward'])
  assert.deepEqual(
    await rowsOf(`select current from person where pnr in ('${mother}', '${father}') order by pnr`),
    before,
  )
  const feed = await rowsOf(
    `select kind, type from event where incident_id = '${undone.record.id}' and pnr = '${father}'
     order by event_no`,
  )
  assert.deepEqual(feed, [
    { kind: 'changed', type: 'A01' },
    { kind: 'undone', type: 'A01' },
  ])
  assert.deepEqual(await lettersOf(undone.record.id, 'undone'), [mother])
  const told = kindsOf(await follow(house, orderOf(citizen, pending)))
  assert.deepEqual(told.slice(-4), ['decided', 'letter', 'undone', 'letter'])
  standingOf(await approve(house, order))
  assert.deepEqual(await homeOf(father), to)
  stand.pass({ minutes: 60 })
  citizen = await stand.caller(codes.citizen)
  clerk = await stand.caller(codes.municipality)
  elsewhere = await stand.caller(codes.otherMunicipality)
  const now = orderOf(clerk, pending)
  const late = await undo(house, now)
  assert.equal(late.kind, 'not-allowed')
  assert.deepEqual(refusalsOf(late), [9045])
  assert.deepEqual(standingOf(await follow(house, now)).actions, [])
})

test('a decision is not undone once something newer stands on it (9046)', async () => {
  const [mother, father] = scenario.familyOfFour
  const data = { ...(await empty(3)), companions: [father] }
  const first = await report(house, citizen, { pnr: mother, data })
  const second = await report(house, citizen, { pnr: father, data: await empty(4) })
  standingOf(await approve(house, orderOf(clerk, first)))
  standingOf(await approve(house, orderOf(clerk, second)))
  assert.deepEqual(refusalsOf(await undo(house, orderOf(clerk, first))), [9046])
  assert.deepEqual(
    refusalsOf(await undo(house, { ...orderOf(clerk, first), persons: ['x'] })),
    [9047],
  )
  standingOf(await undo(house, orderOf(clerk, second)))
  // The undoing itself is newer: the first decision stands.
  assert.deepEqual(refusalsOf(await undo(house, orderOf(clerk, first))), [9046])
  standingOf(await reject(house, { ...orderOf(clerk, second), ...reason }))
})

test('the window is the municipality’s own, and none where it is set to nothing', async () => {
  const set = (minutes: number) =>
    ownerPool.script(
      `insert into municipality_setting values ('0751', 'undoMinutes', ${minutes})
       on conflict (municipality, name) do update set value = excluded.value`,
    )
  const pending = await report(house, citizen, { pnr: scenario.newcomer, data: await empty(5) })
  await set(0)
  const decided = standingOf(await reject(house, { ...orderOf(clerk, pending), ...reason }))
  assert.deepEqual(decided.actions, [])
  assert.deepEqual(refusalsOf(await undo(house, orderOf(clerk, pending))), [9045])
  await set(30)
  const { record } = standingOf(await undo(house, orderOf(clerk, pending)))
  assert.deepEqual(
    [record.state, record.reason, record.decidedBy],
    ['pending', undefined, undefined],
  )
  standingOf(await withdraw(house, orderOf(citizen, pending)))
})

test('where one was decided on long before the other, the other alone is undone', async () => {
  const [mother, father] = scenario.familyOfFour
  const data = { ...(await empty()), companions: [father] }
  const pending = await report(house, citizen, { pnr: mother, data })
  const order = orderOf(clerk, pending)
  standingOf(await reject(house, { ...order, ...reason, persons: [father] }))
  stand.pass({ minutes: 61 })
  const decided = standingOf(await approve(house, order))
  assert.deepEqual(Object.keys(decided.record.outcomes).toSorted(), [mother, father].toSorted())
  assert.deepEqual(refusalsOf(await undo(house, { ...order, persons: [father] })), [9045])
  const undone = standingOf(await undo(house, order))
  assert.deepEqual(Object.keys(undone.record.outcomes), [father])
  standingOf(await reject(house, { ...order, ...reason }))
})

test('a death that is undone gives the spouse back', async () => {
  const [mother, father] = scenario.familyOfFour
  const colleague = await stand.caller(second)
  const before = await rowsOf(`select current from person where pnr = '${mother}'`)
  const pending = await report(house, clerk, { type: 'death', pnr: father, data: {} })
  standingOf(await approve(house, orderOf(colleague, pending)))
  assert.notDeepEqual(await rowsOf(`select current from person where pnr = '${mother}'`), before)
  standingOf(await undo(house, orderOf(clerk, pending)))
  assert.deepEqual(await rowsOf(`select current from person where pnr = '${mother}'`), before)
})

test('after all of it the register is sound', async () => {
  await assertRegisterSound(ownerPool)
})
