/** An invented population into an empty register, in one transaction; never into a used one. */

import { danishDate, type PlainDate } from '#base/calendar.ts'
import { type Random, timedId } from '#base/ids.ts'
import type { GeneratedPerson } from '#population/draft.ts'
import type { Population } from '#population/population.ts'
import type { Batch } from '#population/residents.ts'
import type { RecordedFact } from '#register/fact.ts'
import { derive } from '#register/person.ts'
import { personRow } from '#store/person-rows.ts'
import { type Pool, type Session, statement } from '#store/pool.ts'

/** The register holds persons already; a population is loaded into an empty one only. */
export class RegisterNotEmpty extends Error {
  override readonly name = 'RegisterNotEmpty'
}

export type LoadOptions = {
  /** When the facts are recorded; its Danish day is the one that persons are derived on. */
  readonly now: Date
  readonly random: Random
  readonly onProgress?: (done: number, total: number) => void
}

/** The kind and type of the event that brings a loaded person's facts. */
const loaded = { kind: 'loaded', type: 'LOAD' } as const
/** CPR's code of a move; those that lie ahead announce themselves under it on their day. */
const move = { kind: 'changed', type: 'A01' } as const
const peopleAtOnce = 2000

const isUsed = statement('population-used', 'select exists (select from person) as used')
/** Two loads at once: the second waits, and then finds the register used. */
const lockPersons = statement('population-lock', 'lock table person in share row exclusive mode')
/** Each statement is checked when it ends, rather than all rows at the commit. */
const checkAtOnce = statement('population-check', 'set constraints fact_event_fk immediate')

/** So that the first questions are planned by what is there, not by an empty register. */
const analyze = statement('population-analyze', 'analyze road, address, person, event, fact')

const insertRoads = statement(
  'population-roads',
  `
insert into road (municipality, code, name, addressing_name, valid_from)
select n.municipality, n.code, n.name, n.addressing_name, n.valid_from
from json_populate_recordset(null::road, $1) n
`,
)

const insertAddresses = statement(
  'population-addresses',
  `
insert into address (key, municipality, road, house, floor, door, town, postcode, rooms, kind,
  valid_from)
select n.key, n.municipality, n.road, n.house, n.floor, n.door, n.town, n.postcode, n.rooms,
  coalesce(n.kind, 'ordinary'), n.valid_from
from json_populate_recordset(null::address, $1) n
`,
)

const insertEvents = statement(
  'population-events',
  `
insert into event (pnr, event_no, id, kind, type, valid_from, recorded_at)
select n.pnr, n.event_no, n.id, n.kind, n.type, n.valid_from, n.recorded_at
from json_populate_recordset(null::event, $1) n
`,
)

const insertFacts = statement(
  'population-facts',
  `
insert into fact (pnr, event_no, line, kind, slot, valid_from, valid_to, value)
select n.pnr, n.event_no, n.line, n.kind, n.slot, n.valid_from, n.valid_to, n.value
from json_populate_recordset(null::fact, $1) n
`,
)

const insertPersons = statement(
  'population-persons',
  `
insert into person (pnr, event_no, current, status, municipality, address_key, derived_on,
  next_change_on, protected_until, names)
select n.pnr, n.event_no, n.current, n.status, n.municipality, n.address_key, n.derived_on,
  n.next_change_on, n.protected_until, n.names
from json_populate_recordset(null::person, $1) n
`,
)

/** Stores the population as the owner, all of it or nothing, and gives how many persons it has. */
export async function loadPopulation(
  owner: Pool,
  population: Population,
  options: LoadOptions,
): Promise<number> {
  return owner.transaction(async (session) => {
    await session.run(lockPersons)
    const { rows } = await session.run(isUsed)
    if (rows[0]?.['used'] !== false) {
      throw new RegisterNotEmpty('the register holds persons already; take an empty database')
    }
    await session.run(checkAtOnce)
    let done = 0
    for (const batch of inBulk(population.batches())) {
      await insertBatch(session, batch, options)
      done += batch.people.length
      options.onProgress?.(done, population.persons)
    }
    await session.run(analyze)
    return done
  })
}

/** Joins batches until they are worth a round trip. */
function* inBulk(batches: Iterable<Batch>): Generator<Batch, void> {
  let bulk: Batch[] = []
  let people = 0
  for (const batch of batches) {
    bulk.push(batch)
    people += batch.people.length
    if (people < peopleAtOnce) continue
    yield joined(bulk)
    bulk = []
    people = 0
  }
  yield joined(bulk)
}

function joined(batches: readonly Batch[]): Batch {
  return {
    roads: batches.flatMap(({ roads }) => roads),
    addresses: batches.flatMap(({ addresses }) => addresses),
    people: batches.flatMap(({ people }) => people),
  }
}

async function insertBatch(session: Session, batch: Batch, options: LoadOptions): Promise<void> {
  const today = danishDate(options.now)
  const rows = batch.people.map((person) => rowsOf(person, today, options))
  const roads = batch.roads.map(({ addressingName, validFrom, ...road }) => {
    return { ...road, addressing_name: addressingName, valid_from: validFrom }
  })
  const addresses = batch.addresses.map(({ validFrom, floor = '', door = '', ...address }) => {
    return { ...address, floor, door, valid_from: validFrom }
  })
  await session.run(insertRoads, [JSON.stringify(roads)])
  await session.run(insertAddresses, [JSON.stringify(addresses)])
  await session.run(insertEvents, [JSON.stringify(rows.flatMap(({ events }) => events))])
  await session.run(insertFacts, [JSON.stringify(rows.flatMap(({ facts }) => facts))])
  await session.run(insertPersons, [JSON.stringify(rows.map(({ person }) => person))])
}

/**
 * One event brings what is and was; a move that lies ahead is an event of its own, so that it
 * announces itself as a move when its day comes.
 */
function rowsOf(
  { pnr, facts }: GeneratedPerson,
  today: PlainDate,
  { now, random }: LoadOptions,
): {
  readonly events: readonly object[]
  readonly facts: readonly object[]
  readonly person: object
} {
  const recorded = facts.map((fact, at): RecordedFact => {
    return { ...fact, eventNo: fact.from > today ? 2 : 1, line: at + 1 }
  })
  const ahead = recorded.find(({ eventNo }) => eventNo === 2)
  const happened = [{ ...loaded, validFrom: today }]
  const events = ahead ? [...happened, { ...move, validFrom: ahead.from }] : happened
  return {
    events: events.map(({ validFrom, ...event }, at) => {
      const identified = { pnr, event_no: at + 1, id: timedId(now, random), ...event }
      return { ...identified, valid_from: validFrom, recorded_at: now.toISOString() }
    }),
    facts: recorded.map(({ eventNo, from, to, slot = '', ...fact }) => {
      return { pnr, event_no: eventNo, ...fact, slot, valid_from: from, valid_to: to ?? null }
    }),
    person: personRow(pnr, events.length, derive(pnr, recorded, today), today),
  }
}
