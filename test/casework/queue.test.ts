/**
 * The desk's queue over drawn cases: page by page and counted it says what a plain recount of all
 * of them says; and a case that is passed on takes along whom it waits for.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { present } from '#base/assert.ts'
import { danishDate, date } from '#base/calendar.ts'
import { countQueue, readQueue } from '#casework/desk.ts'
import type { QueueFilter, QueueSort } from '#casework/desk-ports.ts'
import { type Flag, flags, flagsOf } from '#casework/flags.ts'
import type { Asker } from '#casework/ports.ts'
import { forward } from '#casework/turns.ts'
import { openDesk } from '#store/desk.ts'
import { countedOf, type Drawn, listedOf } from '#test/casework/queue-law.ts'
import { openStand, orderOf, report } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'

const stand = await openStand({ persons: 400 })
const { server, house } = stand
const { codes, scenario, ownerPool, pool } = server
const colleague = await server.newColleague()
const desk = { house, desk: openDesk(pool) }
await ownerPool.script(`update address set rooms = 9;
  update road set name = 'Ærøvænget' where municipality = '0751' and code = '0001'`)

const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)
const elsewhere = await stand.caller(codes.otherMunicipality)
const [home, other] = [codes.municipality.authority, codes.otherMunicipality.authority]

const data = moveTo(emptyIn(server, home))
const model = (await report(house, citizen, { pnr: scenario.ordinaryAdult, data })).record
/** Nobody's: the drawn ones are copies of it. */
await ownerPool.script(
  `update incident set authority = '0101', municipality = '0101' where id = '${model.id}'`,
)

const { rows: found } = await ownerPool.script(`
  select pnr, concat_ws(' ', current #>> '{name,given}', current #>> '{name,middle}',
      current #>> '{name,surname}') as name,
    current -> 'protections' @> '[{"type": "0001"}]' as hidden
  from person where pnr = (
      select min(pnr) from person where current #>> '{name,surname}' ~ '^[ÆØÅ]')
    or pnr = any('{${[
      scenario.ordinaryAdult,
      scenario.newcomer,
      scenario.protectedAdult,
      scenario.centenarian,
      ...scenario.familyOfFour,
    ].join()}}') order by pnr`)
const people = found.map(({ pnr, name, hidden }) => ({
  ...{ pnr: String(pnr), name: String(name), isProtected: hidden === true },
}))
const { rows: roads } = await ownerPool.script(
  `select code, name from road where municipality = '${home}' order by code limit 3`,
)

const at = stand.now()
const [today, dayMs, goalDays] = [danishDate(at), 86_400_000, 14]
const asked = { authority: home, personCode: codes.municipality.code, at, today, goalDays }
const days = fc.constantFrom('2026-02-20', '2026-03-01', '2026-03-02', '2026-03-03', '2026-04-01')
/** About where being overdue begins, and few of them, so that some are saved at once. */
const savedAt = fc
  .constantFrom(0, 1, 13 * dayMs, goalDays * dayMs, goalDays * dayMs + 1, 30 * dayMs)
  .map((ago) => new Date(at.valueOf() - ago))

const drawnCase = fc.record({
  person: fc.constantFrom(...people),
  code: fc.constantFrom('FLYT-I', 'BESK-N'),
  authority: fc.constantFrom(home, home, home, other),
  state: fc.constantFrom('pending', 'pending', 'returned', 'amended', 'withdrawn'),
  savedAt,
  mark: fc.constantFrom('late' as const, 'child' as const, 'minors-only' as const, undefined),
  warned: fc.subarray([9120, 9121]),
  returnedBy: days,
  asked: fc.array(fc.oneof(days, fc.constant(null)), { maxLength: 2 }),
  answered: fc.boolean(),
  claim: fc.constantFrom(undefined, codes.municipality.code, colleague.code),
  isOver: fc.boolean(),
  road: fc.record({ of: fc.constantFrom(...roads), house: fc.constantFrom('7', '12', '12A') }),
})
type DrawnRow = typeof drawnCase extends fc.Arbitrary<infer T> ? T : never

const idOf = (nth: number) => `flyt-i.${String(nth).padStart(26, '0')}`

/** What the law asks of a case. */
function lawful({ person, claim, isOver, road, ...row }: DrawnRow, nth: number): Drawn {
  const isBack = row.state === 'returned' || row.state === 'amended'
  return {
    ...{ ...row, ...person, id: idOf(nth) },
    returnedBy: isBack ? row.returnedBy : undefined,
    claim: isOver ? undefined : claim,
    road: { name: String(road.of['name']), house: road.house },
  }
}

async function fill(drawn: readonly DrawnRow[]): Promise<readonly Drawn[]> {
  const copies = drawn.map((row, nth) => inserted(row, lawful(row, nth), nth))
  await ownerPool.script(
    ['delete from claim', 'delete from hearing', `delete from incident where id <> '${model.id}'`]
      .concat(copies.flat())
      .join(';'),
  )
  return drawn.map(lawful)
}

function inserted(row: DrawnRow, { id, mark, warned, ...each }: Drawn, nth: number): string[] {
  const marks = mark ? [{ code: mark, text: { da: mark, en: mark } }] : []
  const copy = {
    ...{ id, ts: String(nth).padStart(20, '0'), code: each.code, pnr: each.pnr },
    ...{ authority: each.authority, municipality: home, state: each.state },
    ...{ marks, warned, flags: flagsOf({ marks, warned }), saved_at: each.savedAt },
    addresses: [`${String(row.road.of['code'])}-${each.road.house}--`],
    returned: each.returnedBy ? { fields: [], text: 'Prøve', by: each.returnedBy } : null,
    closed_at: each.state === 'withdrawn' ? each.savedAt : null,
  }
  const deadline = (day: string | null) => (day === null ? 'null' : `'${day}'`)
  const asks = [
    ...row.asked.map((day) => [day, 'null']),
    ...(row.answered ? [[null, 'now()']] : []),
  ]
  return [
    `insert into incident select n.* from incident i,
      jsonb_populate_record(i, '${JSON.stringify(copy)}') n where i.id = '${model.id}'`,
    ...asks.map(
      ([day = null, answeredAt], of) => `
      insert into hearing (id, incident_id, authority, kind, about, asked_at, deadline, answered_at,
        answer, answered_by)
      values ('${id}-${of}', '${id}', '${each.authority}', 'host', '{}', now(), ${deadline(day)},
        ${answeredAt}, ${answeredAt === 'null' ? 'null, null' : "'yes', 'x'"})`,
    ),
    ...(row.claim
      ? [
          `insert into claim (incident_id, person_code, claimed_at, until, authority)
          values ('${id}', '${row.claim}', '2026-01-01',
            '${row.isOver ? at.toISOString() : '2027-01-01'}', '${each.authority}')`,
        ]
      : []),
  ]
}

const some = <T>(...values: readonly T[]) => fc.constantFrom(undefined, undefined, ...values)
const surnames = people.map(({ name }) => name.split(' ').at(-1)?.toLowerCase() ?? '')
/** In the locale C, PostgreSQL makes no small letter of it. */
const surname = present(
  surnames.find((each) => /^[æøå]/.test(each)),
  'a name beyond A to Z',
)
const road = String(present(roads[0], 'a road')['name']).toLowerCase()
const filters: fc.Arbitrary<QueueFilter> = fc.record({
  code: some('FLYT-I', 'BESK-N'),
  flag: some(...(Object.keys(flags) as Flag[])),
  waitsFor: some('authority' as const, 'hearing' as const, 'reporter' as const),
  claimed: some('mine' as const, 'free' as const, 'others' as const),
  overdue: some(true, false),
  ids: some([0, 1, 3, 7].map(idOf)),
  words: fc.oneof(
    fc.constant([]),
    fc.subarray([surname, road.split(' ')[0] ?? '', '12', people[1]?.pnr ?? '', 'ingenting']),
  ),
})
const sorts = fc.constantFrom<QueueSort>('received', 'newest', 'deadline')

/** All pages, and what was counted with each of them. */
async function readAll(asker: Asker, filter: QueueFilter, sort: QueueSort, limit: number) {
  const ids: string[] = []
  const counts: unknown[] = []
  let after: Parameters<typeof readQueue>[1]['after']
  do {
    const order = { asker, filter, sort, after, limit, withCounts: true }
    const page = await readQueue(desk, order)
    assert.ok(page.kind === 'done')
    ids.push(...page.items.map(({ record }) => record.id))
    counts.push(page.counts)
    after = page.next
  } while (after)
  return { ids, counts }
}

test('whatever waits, filtered and in order, page by page and counted, is as counted by hand', async () => {
  const worlds = fc.tuple(
    fc.array(drawnCase, { maxLength: 14 }),
    fc.array(fc.tuple(filters, sorts, fc.integer({ min: 1, max: 6 })), {
      minLength: 6,
      maxLength: 6,
    }),
  )
  await fc.assert(
    fc.asyncProperty(worlds, async ([drawn, questions]) => {
      const all = await fill(drawn)
      for (const [filter, sort, limit] of questions) {
        const counted = countedOf(all, asked, filter)
        const { ids, counts } = await readAll(clerk, filter, sort, limit)
        assert.deepEqual(ids, listedOf(all, asked, filter, sort))
        for (const each of counts) assert.deepEqual(each, counted)
        const alone = await countQueue(desk, { asker: clerk, filter })
        assert.ok(alone.kind === 'done')
        assert.deepEqual(alone.counts, counted)
      }
    }),
    { numRuns: 40 },
  )
})

test('each case is shown with what it is found and counted by', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawnCase, { maxLength: 10 }), async (drawn) => {
      const all = await fill(drawn)
      const page = { sort: 'received', after: undefined, limit: 50, withCounts: false } as const
      const read = await readQueue(desk, { asker: clerk, filter: { words: [] }, ...page })
      assert.ok(read.kind === 'done')
      for (const { record, waitsFor, isOverdue, isSimilar, due, claim } of read.items) {
        const claimed = claim === undefined ? 'free' : 'others'
        const isMine = claim?.personCode === codes.municipality.code
        const shown = { waitsFor, overdue: isOverdue, claimed: isMine ? 'mine' : claimed } as const
        assert.ok(listedOf(all, asked, { ...shown, words: [] }, 'received').includes(record.id))
        const similar = listedOf(all, asked, { flag: 'similar', words: [] }, 'received')
        assert.equal(similar.includes(record.id), isSimilar)
        const { asked: open, returnedBy } = present(
          all.find(({ id }) => id === record.id),
          'a drawn case',
        )
        const days = [...open, returnedBy].filter((day) => typeof day === 'string')
        assert.equal(due, days.length > 0 ? date(days.sort()[0] ?? '') : undefined)
      }
    }),
    { numRuns: 20 },
  )
})

test('a case that is passed on takes along whom it waits for, and counts here no more', async () => {
  await fill([])
  const { rows } = await ownerPool.script(
    `select json_build_object('road', a.road, 'house', a.house, 'floor', a.floor, 'door', a.door)::text
       as home from person p join address a on a.key = p.address_key
     where p.pnr = '${scenario.ordinaryAdult}'`,
  )
  const hosted = await report(house, citizen, {
    ...{ pnr: scenario.newcomer, data: JSON.parse(String(rows[0]?.['home'])), unheard: true },
  })
  const heardAt = async (asker: Asker) => {
    const answer = await countQueue(desk, { asker, filter: { waitsFor: 'hearing', words: [] } })
    assert.ok(answer.kind === 'done')
    return answer.counts.all
  }
  assert.deepEqual([await heardAt(clerk), await heardAt(elsewhere)], [1, 0])
  const order = { ...orderOf(clerk, hosted), authority: other, text: 'Rette kommune' }
  assert.equal((await forward(house, order)).kind, 'done')
  assert.deepEqual([await heardAt(clerk), await heardAt(elsewhere)], [0, 1])
})
