/** Decisions without a person: what is on decides what it holds for, once, and says so. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays } from '#base/calendar.ts'
import type { Standing } from '#casework/answer.ts'
import { runPolicies } from '#casework/automatic.ts'
import { approve, reject } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import { answerHearing } from '#casework/hear.ts'
import { writePolicy } from '#casework/policies.ts'
import { undo } from '#casework/undo.ts'
import { catalogue as types } from '#incidents/catalogue.ts'
import { takeTurn } from '#server/time-work.ts'
import {
  caseNow,
  citizen,
  clerk,
  lookOf,
  newHome,
  other,
  reportMove,
  stand,
  stateOf,
  steady,
  switchOff,
  switchOn,
  tidy,
  today,
  withChance,
} from '#test/casework/policy-stand.ts'
import { assertDecisionsOnRecord, assertRegisterSound } from '#test/casework/register-checks.ts'
import { orderOf, refusalsOf, report, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'
import { examplePolicy, policyWhen } from '#test/policy-kit.ts'
import { freeTimeWork, holdTimeWork } from '#test/time-work.ts'

const { house, server } = stand
const { scenario, codes, ownerPool, pool } = server
const aarhus = examplePolicy('aarhus')

test('DESK-8: policies are off: nothing is looked at and nothing decided', async () => {
  const pending = await reportMove(scenario.ordinaryAdult)
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 0 })
  await writePolicy(house, { asker: await clerk(), name: 'aarhus', document: aarhus, types })
  assert.deepEqual(
    await runPolicies(steady, types),
    { decided: 0, leftToPeople: 0 },
    'written only',
  )
  await switchOn(aarhus)
  await switchOff('aarhus')
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 0 }, 'off again')
  assert.equal(await lookOf(pending), undefined)
  await tidy(pending)
})

test('MOVE-4, DESK-7: what its clause holds for is decided, and the log names policy and version', async () => {
  const version = await switchOn(aarhus)
  const pending = await reportMove(scenario.ordinaryAdult)
  assert.deepEqual(await runPolicies(steady, types), { decided: 1, leftToPeople: 0 })
  const { record } = await caseNow(pending)
  assert.deepEqual([record.state, record.decidedBy], ['approved', '0099'])
  assert.deepEqual(record.look, {
    at: stand.now(),
    kind: 'approved',
    by: { policy: 'aarhus', version, clause: 'empty-dwelling' },
  })
  const { rows } = await ownerPool.script(
    `select actor, authority, outcome, detail from audit
     where incident_id = '${record.id}' and act = 'approve'`,
  )
  const detail = { municipality: '0751', policy: 'aarhus', version, clause: 'empty-dwelling' }
  assert.deepEqual(rows, [{ actor: '0099', authority: '0099', outcome: 'done', detail }])
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 0 }, 'and once')
})

test('EMI-3, DESK-7: the reporter is told in Danish and English that a machine decided', async () => {
  const pending = await report(house, await citizen(), {
    type: 'emigration',
    pnr: scenario.protectedAdult,
    date: addDays(today(), 7),
    data: { country: '5170' },
  })
  assert.equal((await runPolicies(steady, types)).decided, 1)
  const { rows } = await ownerPool.script(
    `select recipient, kind, text_da, text_en from letter where incident_id = '${pending.record.id}'`,
  )
  assert.equal(rows.length, 1)
  assert.deepEqual(
    [rows[0]?.['recipient'], rows[0]?.['kind']],
    [scenario.protectedAdult, 'approved'],
  )
  assert.match(
    String(rows[0]?.['text_da']),
    /automatisk efter kommunens regelsæt »Enkle flytninger/,
  )
  assert.match(
    String(rows[0]?.['text_en']),
    /automatically under the municipality’s policy “Plain moves/,
  )
})

test('MOVE-6: of two cases to one address in one run the second is left to a person', async () => {
  const date = addDays(today(), 3)
  const data = newHome()
  const [first, second] = [
    await reportMove(scenario.flatmates[0], data, { date }),
    await reportMove(scenario.flatmates[1], data, { date }),
  ]
  const [one, two] = await Promise.all([runPolicies(steady, types), runPolicies(other, types)])
  assert.equal(one.decided + two.decided, 1)
  const states = await Promise.all([first, second].map(stateOf))
  assert.deepEqual(states.toSorted(), ['approved', 'pending'])
  const left = states[0] === 'pending' ? first : second
  const look = present(await lookOf(left), 'a look')
  assert.deepEqual(
    [look.kind, look.why?.map(({ condition, found }) => [condition.trait, found])],
    ['person', [['arriving', 1]]],
  )
  stand.pass({ days: 1 })
  const third = await reportMove(scenario.newcomer, data, { date })
  assert.equal((await runPolicies(steady, types)).decided, 0, 'nor in a later run')
  await tidy(left, third)
})

test('MOVE-7: who is registered as leaving by the date is no host, and the move needs no person', async () => {
  const odense = examplePolicy('odense')
  await switchOn(odense)
  const home = newHome()
  const movesIn = await reportMove(scenario.ordinaryAdult, home)
  await runPolicies(steady, types)
  assert.equal(await stateOf(movesIn), 'approved')
  stand.pass({ days: 1 })
  const leaves = await reportMove(scenario.ordinaryAdult, newHome(), { date: addDays(today(), 4) })
  const soon = addDays(today(), 3)
  const early = await reportMove(scenario.newcomer, home, { date: soon, unheard: true })
  assert.equal(early.hearings.length, 1, 'while nobody has decided that the resident leaves')
  assert.equal((await runPolicies(steady, types)).decided, 1)
  assert.equal(await stateOf(leaves), 'approved')
  const onTheDay = await reportMove(scenario.flatmates[0], home, { date: addDays(today(), 4) })
  assert.equal(onTheDay.hearings.length, 0, 'on the day of leaving there is nobody to ask')
  const dayBefore = await reportMove(scenario.flatmates[1], home, { date: soon, unheard: true })
  assert.equal(dayBefore.hearings.length, 1)
  assert.equal((await runPolicies(steady, types)).decided, 1)
  assert.equal(await stateOf(onTheDay), 'approved')
  await tidy(early, dayBefore)
  await switchOff('odense')
})

test('DESK-8: a policy that is switched off meanwhile decides nothing any more', async () => {
  const stale = await house.policies.on()
  assert.ok(stale.length > 0)
  await switchOff('aarhus')
  const pending = await reportMove(scenario.centenarian)
  const late = { ...steady, policies: { ...steady.policies, on: async () => stale } }
  assert.equal((await runPolicies(late, types)).decided, 0)
  assert.equal(await stateOf(pending), 'pending')
  await tidy(pending)
  await switchOn(aarhus)
})

test('a decision that was undone is left to people, and frees its address', async () => {
  const home = newHome()
  const pending = await reportMove(scenario.centenarian, home, { date: addDays(today(), 2) })
  assert.equal((await runPolicies(steady, types)).decided, 1)
  const order = orderOf(await clerk(), pending)
  assert.deepEqual(refusalsOf(await undo(house, order)), [])
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 1 })
  assert.equal((await lookOf(pending))?.kind, 'taken-up')
  const other = await reportMove(scenario.newcomer, home, { date: addDays(today(), 2) })
  assert.equal((await runPolicies(steady, types)).decided, 1)
  assert.equal(await stateOf(other), 'approved')
  await tidy(pending)
})

test('MOVE-9: after the answer of the host it is looked at again, and only then', async () => {
  const { rows } = await ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${scenario.centenarian}'`,
  )
  const home = present(rows[0], 'a home') as Record<string, string>
  const reported = async (pnr: string) =>
    report(house, await citizen(), { pnr, data: home, unheard: true })
  const pending = await reported(scenario.ordinaryAdult)
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 0 })
  assert.equal((await lookOf(pending))?.kind, 'waits')
  const { id, asked } = present(pending.hearings[0], 'a hearing')
  const sent = { answer: 'yes', fromDate: today() }
  await answerHearing(house, { asker: await citizen(), hearing: id, pnr: asked, sent })
  assert.equal((await runPolicies(steady, types)).decided, 1)
  assert.equal((await lookOf(pending))?.by?.clause, 'host-agrees')
  stand.pass({ days: 1 })
  const another = await reported(scenario.withPending)
  const question = present(another.hearings[0], 'a hearing')
  const differs = { answer: 'yes', fromDate: addDays(today(), 1) }
  const { id: hearing, asked: pnr } = question
  await answerHearing(house, { asker: await citizen(), hearing, pnr, sent: differs })
  assert.equal((await runPolicies(steady, types)).leftToPeople, 1)
  const why = (await lookOf(another))?.why?.map(({ condition }) => condition.trait)
  assert.ok(why?.includes('hostDate'), JSON.stringify(why))
  await tidy(another)
})

test('DESK-8: what chance takes out is left to a person, however often it is looked at', async () => {
  const pending = await reportMove(scenario.ordinaryAdult)
  const drawing = withChance(house, 0)
  assert.deepEqual(await runPolicies(drawing, types), { decided: 0, leftToPeople: 1 })
  const look = await lookOf(pending)
  assert.deepEqual([look?.kind, look?.by?.clause], ['sampled', 'empty-dwelling'])
  await switchOff('aarhus')
  await switchOn(aarhus)
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 1 })
  assert.equal((await lookOf(pending))?.kind, 'sampled')
  await tidy(pending)
})

test('DESK-8: a share of a hundred sends everything to people', async () => {
  await switchOn(aarhus, 100)
  const pending = await reportMove(scenario.ordinaryAdult)
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 1 })
  await tidy(pending)
  await switchOn(aarhus)
})

test('what a person has decided on in part is left to people', async () => {
  const [mother, father] = scenario.familyOfFour
  const data = { ...newHome(), companions: [father] }
  const pending = await report(house, await citizen(), { pnr: mother, data })
  const order = { ...orderOf(await clerk(), pending), persons: [mother] }
  const reason = { reasonCode: 'IDENTITY_DOUBT', text: 'Uklart' }
  assert.equal((await reject(house, { ...order, ...reason })).kind, 'done')
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 1 })
  assert.equal((await lookOf(pending))?.kind, 'taken-up')
  stand.pass({ minutes: 1 })
  assert.deepEqual(refusalsOf(await approve(house, { ...order, persons: [father] })), [])
})

test('another municipality has policies of its own', async () => {
  const date = addDays(today(), 1)
  const pending = await report(house, await citizen(), {
    pnr: scenario.ordinaryAdult,
    date,
    municipality: '0851',
    data: moveTo(emptyIn(server, '0851')),
  })
  assert.deepEqual(await runPolicies(steady, types), { decided: 0, leftToPeople: 0 })
  const theirs = orderOf(await stand.caller(codes.otherMunicipality), pending)
  assert.equal(standingOf(await follow(house, theirs)).record.state, 'pending')
})

test('many cases and many processes: each is decided exactly once, also after a standstill', async () => {
  const all = policyWhen([{ trait: 'marks', test: 'without', value: ['child'] }])
  await switchOff('aarhus')
  await switchOn(all)
  const people = [...scenario.flatmates, scenario.ordinaryAdult, scenario.centenarian]
  const pending: Standing[] = []
  const homes = [newHome(), newHome(), newHome()]
  for (const [nth, pnr] of people.entries()) {
    for (const ahead of [2, 9]) {
      const date = addDays(today(), ahead)
      pending.push(await reportMove(pnr, homes[(nth + ahead) % 3], { date }))
    }
  }
  stand.pass({ days: 1 })
  const runs = Array.from({ length: 6 }, (_, nth) => runPolicies(nth % 2 ? steady : other, types))
  const tallies = await Promise.all(runs)
  const decided = tallies.reduce((sum, each) => sum + each.decided, 0)
  const states = await Promise.all(pending.map(stateOf))
  assert.equal(states.filter((state) => state === 'approved').length, decided)
  assert.ok(decided > 0 && decided < pending.length, `${decided} of ${pending.length}`)
  const left = pending.filter((_, nth) => states[nth] === 'pending')
  for (const each of left) assert.equal((await lookOf(each))?.kind, 'person')
  await assertDecisionsOnRecord(ownerPool)
  await tidy(...left)
  await switchOff('trial')
  await switchOn(aarhus)
})

test('a case worker and a policy at once: one of them decides', async () => {
  for (let round = 0; round < 6; round += 1) {
    stand.pass({ days: 1 })
    const pending = await reportMove(scenario.newcomer)
    const order = { ...orderOf(await clerk(), pending), reasonCode: 'DUPLICATE', text: 'Prøve' }
    const [answer, tally] = await Promise.all([
      reject(house, order),
      runPolicies(round % 2 ? steady : other, types),
    ])
    assert.equal(Number(answer.kind === 'done') + tally.decided, 1)
  }
  await assertDecisionsOnRecord(ownerPool)
})

test('it runs as scheduled work, in one process at a time', async () => {
  await freeTimeWork(ownerPool, 'policies')
  const turns = await Promise.all(
    Array.from({ length: 4 }, (_, nth) => takeTurn(nth % 2 ? pool : ownerPool, 'policies', steady)),
  )
  assert.equal(turns.filter((each) => each !== undefined).length, 1)
  await holdTimeWork(ownerPool, ['policies'])
})

test('after all of it the register is sound', async () => {
  await assertRegisterSound(ownerPool)
})
