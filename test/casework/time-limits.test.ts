/**
 * Every time limit of the table is kept: by the keeper that it names, alone, with a clock that is
 * moved to just before the limit, where all is there, and to just after it, where it is gone.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Command } from 'commander'
import { purposes } from '#access/purposes.ts'
import {
  type EndingLimit,
  keptSince,
  limitNames,
  limitOf,
  timeLimits,
} from '#access/time-limits.ts'
import { timedId } from '#base/ids.ts'
import { cancel, validate } from '#casework/report.ts'
import { addEvidenceCommands } from '#cli/evidence.ts'
import { readData } from '#incident/read.ts'
import { drawReviews } from '#review/drawing.ts'
import { takeTurn, timeWork } from '#server/time-work.ts'
import { clearEndedReports, clearReviews } from '#store/clearing.ts'
import { keepTime } from '#store/clock-mark.ts'
import { clearEvidence } from '#store/evidence-clearing.ts'
import { openDraw } from '#store/review-draw.ts'
import { sealEvidence } from '#store/seals.ts'
import { begin, openStand, orderOf, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'
import { send, signOn } from '#test/doors/talk.ts'
import { until } from '#test/patience.ts'
import { freeTimeWork, holdTimeWork } from '#test/time-work.ts'

const stand = await openStand({ persons: 400 })
const { server, house, now } = stand
const { scenario, pool, ownerPool } = server
const pnr = scenario.ordinaryAdult

const rowsOf = async (sql: string) => (await ownerPool.script(sql)).rows
const count = async (from: string) =>
  Number((await rowsOf(`select count(*)::int as count from ${from}`))[0]?.['count'])
const at = () => `'${now().toISOString()}'`

/** Something that is kept from now on; gives how much of it is left. */
type Plant = () => Promise<() => Promise<number>>

/** Passwords end as time passes; that of a new code does not yet. */
const newCitizen = () => server.newCode('citizen', '0042')

async function beginUnsaved() {
  const code = await newCitizen()
  const citizen = await stand.caller(code)
  const begun = await begin(house, citizen, { pnr, data: {} })
  const data = readData(begun.type.shape, moveTo(emptyIn(server, '0751')))
  standingOf(await validate(house, { ...orderOf(citizen, begun), data }))
  return { citizen, code: code.code, begun, id: begun.record.id }
}

async function sealWhole(): Promise<void> {
  const waiting = () =>
    count(`audit where (epoch, xid, id collate "C") > all (
      select epoch, xid, id collate "C" from audit_seal order by no desc limit 1)`)
  await until('sealed', async () => {
    await sealEvidence(pool, now, () => {})
    return (await waiting()) === 0
  })
}

const evidenceOf =
  (act: string): Plant =>
  async () => {
    const id = timedId(now(), randomBytes)
    await pool.script(`insert into audit (id, at, act, outcome, receipt, purpose, persons)
      values ('${id}', ${at()}, '${act}', 'done', 0, 'x', '{${pnr}}')`)
    await sealWhole()
    return () => count(`audit where id = '${id}'`)
  }

const depositOf =
  (kind: string, concerns: readonly string[]): Plant =>
  async () => {
    const token = await signOn(server, await newCitizen())
    const key = randomBytes(16).toString('base64url')
    const content = randomBytes(16).toString('base64url')
    const path = `/api/v1/deposits/${kind}/${key}`
    const { status } = await send(server, {
      method: 'PUT',
      path,
      token,
      body: { content, concerns },
    })
    assert.equal(status, 200)
    return () => count(`deposit where key = '${key}'`)
  }

const plants: { readonly [L in EndingLimit]: Plant } = {
  'unsaved-report': async () => {
    const { id } = await beginUnsaved()
    return () => count(`incident where id = '${id}' and state <> 'expired' and persons is not null`)
  },
  token: async () => {
    const { token } = await stand.caller(await newCitizen())
    assert.ok(token)
    await ownerPool.script(
      `update token set expires_at = ${at()} ::timestamptz + interval '1 second'
       where issued_at = ${at()}`,
    )
    await ownerPool.script(`insert into stray_attempt (at) values (${at()})`)
    const of = at()
    return async () =>
      (await count(`token where issued_at = ${of}`)) &&
      (await count(`stray_attempt where at = ${of}`))
  },
  'browser-session': depositOf('browser-session', []),
  'saved-views': depositOf('saved-views', []),
  'ended-report': async () => {
    const { citizen, begun, id } = await beginUnsaved()
    standingOf(await cancel(house, orderOf(citizen, begun)))
    return () => count(`incident where id = '${id}'`)
  },
  draft: depositOf('draft', [pnr]),
  'power-of-attorney': depositOf('power-of-attorney', [pnr, scenario.centenarian]),
  employee: async () => {
    const { code } = await server.newCode('municipality', '0751')
    await ownerPool.script(
      `update person_code set active = false, retired_at = ${at()} where code = '${code}';
       insert into employee (person_code, pnr, stated_by, stated_at)
       values ('${code}', '${pnr}', 'Karen', ${at()})`,
    )
    return () => count(`employee where person_code = '${code}'`)
  },
  'read-log': evidenceOf('look-up'),
  'change-log': evidenceOf('approve'),
  'log-review': async () => {
    await ownerPool.script(
      `insert into log_review (authority, week, seed, sample_min, sample_percent, total, tallies,
         unnamed, drawn_at, due)
       values ('0751', '2020-W01', 'x', 1, 1, 1, '[]', '{}', ${at()}, ${at()});
       insert into reviewed_look (authority, week, no, look_id, at, act, person_code, purpose, pnr,
         connection, patterns, by_chance)
       values ('0751', '2020-W01', 1, 'x', ${at()}, 'look-up', 'W0000001', 'x', '${pnr}', 'none',
         '{}', true)`,
    )
    return async () => (await count('log_review')) && (await count('reviewed_look'))
  },
}

const endingLimits = Object.keys(plants) as readonly EndingLimit[]

/** The longest that a keeper may be late by, and be on time. */
function everyMsOf(name: EndingLimit): number {
  const { keeper } = timeLimits[name]
  if ('command' in keeper) return 86_400_000
  return timeWork.find((work) => work.name === keeper.work)?.everyMs ?? 0
}

/** One turn of that work, as a process takes it; the server of this file takes none of its own. */
async function passTurn(work: string): Promise<void> {
  await freeTimeWork(ownerPool, work)
  assert.ok(await takeTurn(pool, work, house), work)
  await holdTimeWork(ownerPool, [work])
}

async function letKeep(name: EndingLimit): Promise<void> {
  const { keeper } = timeLimits[name]
  if ('work' in keeper) {
    await passTurn(keeper.work)
    return
  }
  await keepTime(pool, now())
  const clearing = { at: now(), random: randomBytes, by: 'Karen', reason: 'a test' }
  await clearEvidence(ownerPool, clearing, () => {})
}

for (const name of endingLimits) {
  test(`what is kept of ${name} is there until its limit, and gone a turn of its keeper later`, async () => {
    const left = await plants[name]()
    const begun = now()
    const pass = (ms: number) => stand.pass({ minutes: ms / 60_000 })
    // To the limit and so much short of it; months have no length but from where they begin.
    let ahead = 0
    while (keptSince(name, new Date(begun.valueOf() + ahead + 86_400_000)) <= begun) {
      ahead += 86_400_000
    }
    while (keptSince(name, new Date(begun.valueOf() + ahead + 60_000)) <= begun) ahead += 60_000
    pass(ahead - everyMsOf(name))
    await letKeep(name)
    assert.equal(await left(), 1)
    pass(2 * everyMsOf(name))
    await letKeep(name)
    assert.equal(await left(), 0)
  })
}

test('a report that has ended is emptied of whatever was typed and found', async () => {
  const { citizen, code, begun, id } = await beginUnsaved()
  const { id: lapsing, code: lapsingCode } = await beginUnsaved()
  const held = await rowsOf(`select data, persons, addresses from incident where id = '${id}'`)
  assert.notDeepEqual(held[0]?.['data'], null)
  standingOf(await cancel(house, orderOf(citizen, begun)))
  stand.pass({ minutes: 31 })
  await passTurn('conversations')
  for (const [each, state, by] of [
    [id, 'cancelled', code],
    [lapsing, 'expired', lapsingCode],
  ] as const) {
    const [row] = await rowsOf(
      `select state, pnr, reported_by, data, data_hash, representative, persons, vacant, addresses,
         roads, authorities, marks, flags, warned, outcomes, after_ids, traits, returned, events
       from incident where id = '${each}'`,
    )
    assert.deepEqual(row, {
      ...{ state, pnr, reported_by: by },
      ...{ data: null, data_hash: null, representative: null, traits: null, returned: null },
      ...{ persons: [], vacant: [], addresses: [], roads: [], authorities: [], flags: [] },
      ...{ marks: [], warned: [], outcomes: {}, after_ids: [], events: [] },
    })
  }
})

test("an employee's report stays until its week is drawn, however late, and then goes", async () => {
  const clerk = await stand.caller(await server.newCode('municipality', '0751'))
  const begun = await begin(house, clerk, { pnr, data: {} })
  const { id } = begun.record
  standingOf(await cancel(house, orderOf(clerk, begun)))
  await ownerPool.script(`delete from drawn_until`)
  const left = () => count(`incident where id = '${id}'`)
  stand.pass({ days: 40 })
  await passTurn('conversations')
  assert.equal(await left(), 1)
  await drawReviews(house, openDraw(pool))
  const drawn = await rowsOf(`select pnr, act from reviewed_look where look_id = '${id}'`)
  assert.deepEqual(drawn, [{ pnr, act: 'initiate' }])
  stand.pass({ minutes: 2 })
  await passTurn('conversations')
  assert.equal(await left(), 0)
})

test('a week that cannot be drawn keeps no review from being removed', async () => {
  const left = await plants['log-review']()
  stand.pass({ days: 60 * 31 })
  const clerk = await stand.caller(await server.newCode('municipality', '0751'))
  standingOf(await cancel(house, orderOf(clerk, await begin(house, clerk, { pnr, data: {} }))))
  stand.pass({ days: 14 })
  await ownerPool.script(`
    insert into drawn_until values
      ('0751', to_char(${at()}::timestamptz - interval '21 days', 'IYYY-"W"IW'))
      on conflict (authority) do update set week = excluded.week;
    create function fail_draw() returns trigger language plpgsql as
      $$ begin raise exception 'no draw today'; end $$;
    create trigger fail_draw before insert on log_review execute function fail_draw()`)
  try {
    await assert.rejects(passTurn('log-reviews'), /Cannot draw/)
  } finally {
    await ownerPool.script(
      'drop trigger fail_draw on log_review; drop function fail_draw; delete from drawn_until',
    )
  }
  assert.equal(await left(), 0)
})

test('a clearing that is to stop begins no further batch', async () => {
  const review = await plants['log-review']()
  const report = await plants['ended-report']()
  stand.pass({ days: 60 * 31 })
  const isStopping = () => true
  assert.equal(await clearReviews(pool, now(), isStopping), 0)
  const none = { emptied: 0, removed: 0 }
  assert.deepEqual(await clearEndedReports(pool, now(), isStopping), none)
  assert.deepEqual([await review(), await report()], [1, 1])
  assert.ok((await clearReviews(pool, now())) > 0)
  assert.ok((await clearEndedReports(pool, now())).removed > 0)
  assert.deepEqual([await review(), await report()], [0, 0])
})

test('PostgreSQL lets the program remove what has ended, as time passes, and nothing else', async () => {
  const { id, code } = await beginUnsaved()
  const asTime = `select set_config('samspil.time', 'yes', true)`
  const asReporter = `select set_config('samspil.person_code', '${code}', true)`
  const removed = async (lead: string) =>
    pool.transaction(async (session) => {
      await session.script(lead)
      return (await session.script(`delete from incident where id = '${id}' returning id`)).rows
    })
  assert.deepEqual([await removed(asTime), await removed(asReporter)], [[], []])
  await ownerPool.script(
    `update incident set state = 'cancelled', closed_at = ${at()} where id = '${id}'`,
  )
  assert.deepEqual(await removed(asReporter), [])
  assert.deepEqual(await removed(asTime), [{ id }])
})

test('every time limit that ends has a keeper that there is, and every other one says why not', () => {
  const program = new Command('samspil')
  addEvidenceCommands(program, () => assert.fail('nothing is run'))
  for (const name of limitNames) {
    const { span, keeper } = limitOf(name)
    assert.equal(span === undefined, keeper === undefined, name)
    if (keeper === undefined) continue
    if ('work' in keeper) {
      assert.ok(
        timeWork.some((work) => work.name === keeper.work),
        name,
      )
      continue
    }
    let found: Command | undefined = program
    for (const word of keeper.command.split(' ').slice(1)) {
      found = found?.commands.find((each) => each.name() === word)
    }
    assert.ok(found && found !== program, name)
  }
})

test('every time limit belongs to a purpose, and every purpose with personal data has one', () => {
  const named = new Set<string>(Object.values(purposes).flatMap(({ kept }) => kept))
  assert.deepEqual([...named].toSorted(), [...limitNames].toSorted())
  for (const [name, { kept, persons }] of Object.entries(purposes)) {
    assert.equal(kept.length === 0, persons === 'None', name)
  }
})
