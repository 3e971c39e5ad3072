/** Decisions without a person: what is on decides what it holds for, once, and says so. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate, danishMidnight } from '#base/calendar.ts'
import type { Standing } from '#casework/answer.ts'
import { runPolicies } from '#casework/automatic.ts'
import { approve, reject } from '#casework/decide.ts'
import { dryRun } from '#casework/dry-run.ts'
import { follow } from '#casework/follow.ts'
import { answerHearing } from '#casework/hear.ts'
import { switchPolicy, writePolicy } from '#casework/policies.ts'
import type { Policy } from '#casework/policy.ts'
import type { House } from '#casework/ports.ts'
import type { Sent } from '#incident/read.ts'
import { catalogue as types } from '#incidents/catalogue.ts'
import { takeTurn } from '#server/time-work.ts'
import { assertDecisionsOnRecord, assertRegisterSound } from '#test/casework/register-checks.ts'
import {
  houseOn,
  openStand,
  orderOf,
  type Report,
  refusalsOf,
  report,
  standingOf,
} from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'
import { examplePolicy, policyWhen } from '#test/policy-kit.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool, pool } = server
const colleagueCode = await server.newColleague()
await ownerPool.script("update address set rooms = 9, kind = 'ordinary'")
/** These tests last longer than a password. */
await ownerPool.script(
  `update person_code set password_expires_at = password_expires_at + interval '3 years'`,
)
const citizen = () => stand.caller(codes.citizen)
const clerk = () => stand.caller(codes.municipality)
const colleague = () => stand.caller(colleagueCode)
const today = () => danishDate(stand.now())

/** A house whose chance takes nothing out, unless it says otherwise. */
const steady = withChance(house, 255)
const other = withChance(houseOn(ownerPool, stand.now), 255)

/** Draws are four bytes; everything else stays unpredictable. */
function withChance(over: House, drawn: number): House {
  const random = (bytes: number) =>
    bytes === 4 ? new Uint8Array([drawn, 0, 0, 0]) : over.random(bytes)
  return { ...over, random }
}

async function switchOn(policy: Policy, samplePercent = 5): Promise<number> {
  const { name } = policy
  const written = await writePolicy(house, { asker: await clerk(), name, document: policy, types })
  assert.ok(written.kind === 'done', JSON.stringify(written))
  const { version } = present(written.policy.versions[0], 'a version')
  const order = { asker: await colleague(), name, version, samplePercent, types }
  const answer = await switchPolicy(house, order)
  assert.equal(answer.kind, 'done', JSON.stringify(answer))
  return version
}

async function switchOff(name: string): Promise<void> {
  const order = { asker: await clerk(), name, version: undefined, types }
  assert.equal((await switchPolicy(house, order)).kind, 'done')
}

/** Dwellings of this test alone: each number is another one, where nobody lives. */
const { road } = emptyIn(server, '0751')
await ownerPool.script(
  `insert into address (key, municipality, road, house, postcode, rooms, valid_from)
   select '0751-${road}-' || n || '--', '0751', '${road}', n, a.postcode, 9, a.valid_from
   from generate_series(501, 560) n,
     (select * from address where municipality = '0751' and road = '${road}' limit 1) a`,
)
let built = 500
function newHome(): Sent {
  built += 1
  return { road, house: String(built) }
}

const reportMove = async (pnr: string, data: Sent = newHome(), more: Partial<Report> = {}) =>
  report(house, await citizen(), { pnr, data, ...more })

async function now(pending: Standing): Promise<Standing> {
  return standingOf(await follow(house, orderOf(await clerk(), pending)))
}

const stateOf = async (pending: Standing) => (await now(pending)).record.state
const lookOf = async (pending: Standing) => (await now(pending)).record.look

async function tidy(...pending: readonly Standing[]): Promise<void> {
  for (const each of pending) {
    const reason = { reasonCode: 'DUPLICATE', text: 'Prøve' }
    standingOf(await reject(house, { ...orderOf(await clerk(), each), ...reason }))
  }
}

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
  const { record } = await now(pending)
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
  assert.match(String(rows[0]?.['text_da']), /maskinelt efter kommunens regelsæt »Enkle flytninger/)
  assert.match(String(rows[0]?.['text_en']), /by machine under the policy “Plain moves/)
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
  stand.pass({ minutes: 60 })
  const turns = await Promise.all(
    Array.from({ length: 4 }, (_, nth) => takeTurn(nth % 2 ? pool : ownerPool, 'policies', steady)),
  )
  assert.equal(turns.filter((each) => each !== undefined).length, 1)
})

test('a dry run says of what waits what the run then does, and writes only that it was asked', async () => {
  await switchOff('aarhus')
  stand.pass({ days: 40 })
  const date = addDays(today(), 5)
  const [mother, father, child] = scenario.familyOfFour
  const shared = newHome()
  const pending = [
    await reportMove(scenario.flatmates[0], shared, { date }),
    await reportMove(scenario.flatmates[1], shared, { date }),
    await reportMove(scenario.ordinaryAdult, newHome(), { date }),
    await reportMove(father, newHome(), { date }),
    await reportMove(mother, { ...newHome(), companions: [child] }, { date }),
  ]
  const count = async () => {
    const { rows } = await ownerPool.script(
      `select (select count(*) from incident where looked_version is not null)::int as looked,
        (select count(*) from event)::int as events, (select count(*) from letter)::int as letters,
        (select count(*) from audit)::int as audits, (select sum(version) from incident)::int as v`,
    )
    return present(rows[0], 'counts')
  }
  const { rows } = await ownerPool.script(
    `select max(version)::int as v from policy_version where name = 'aarhus'`,
  )
  const order = {
    asker: await clerk(),
    name: 'aarhus',
    version: Number(rows[0]?.['v']),
    since: danishMidnight(addDays(today(), -400)),
    limit: 500,
    types,
  }
  const before = await count()
  const dry = await dryRun(house, order)
  assert.ok(dry.kind === 'done')
  assert.deepEqual(await count(), { ...before, audits: Number(before['audits']) + 1 })
  const waiting = dry.cases.filter(({ done }) => done === undefined)
  assert.ok(waiting.length >= pending.length)

  await switchOn(aarhus)
  await runPolicies(steady, types)
  for (const { incident, would, why } of waiting) {
    const each = pending.find(({ record }) => record.id === incident)
    if (!each) continue
    const look = present(await lookOf(each), 'a look')
    assert.equal(look.kind === 'approved' ? 'approve' : look.kind, would)
    assert.deepEqual(look.why ?? [], why)
  }
  const would = waiting.map((each) => each.would)
  assert.ok(would.includes('approve') && would.includes('person'), would.join())
  const after = await dryRun(house, { ...order, asker: await clerk() })
  assert.ok(after.kind === 'done')
  const decided = after.cases.filter(({ done, incident }) => {
    return done?.by === 'policy' && pending.some(({ record }) => record.id === incident)
  })
  assert.ok(decided.length > 0)
  for (const each of decided) {
    assert.equal(each.would, 'approve', 'a past case is judged as it was known at its decision')
  }
})

test('after all of it the register is sound', async () => {
  await assertRegisterSound(ownerPool)
})
