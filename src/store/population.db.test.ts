/** The reference lists and an invented population in a real PostgreSQL. */

import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { danishDate, date } from '#base/calendar.ts'
import { generatePopulation, wholePopulation } from '#population/population.ts'
import { openPersonOn } from '#register/person.ts'
import { readPnr } from '#register/pnr.ts'
import { takeEffect } from '#store/effects.ts'
import { type FactRow, factJson, groupFacts } from '#store/facts.ts'
import { type Pool, statement } from '#store/pool.ts'
import { loadPopulation, RegisterNotEmpty } from '#store/population.ts'
import {
  loadReference,
  readReferenceFiles,
  referenceFolder,
  WrongReference,
} from '#store/reference.ts'
import { openTestDatabase } from '#test/database.ts'

const now = new Date('2026-06-15T08:00:00Z')
const today = danishDate(now)
const random = (bytes: number) => randomBytes(bytes)
const reference = readReferenceFiles(today)
const options = { seed: 3, persons: 2000, today, reference }
const { ownerPool, pool } = await openTestDatabase()

async function value(from: Pool, text: string): Promise<unknown> {
  const { rows } = await from.run(statement(text.slice(0, 60), text))
  return rows[0]?.['value']
}

/** A copy of the shipped lists, with one of them changed. */
function folderWith(file: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'samspil-reference-'))
  after(() => rmSync(folder, { recursive: true }))
  cpSync(referenceFolder, folder, { recursive: true })
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')))
  return folder
}

test('lists that were loaded are loaded again without any change', async () => {
  const { authorities, postcodes } = reference
  assert.equal(await loadReference(ownerPool, reference), authorities.length + postcodes.length)
  assert.equal(await loadReference(ownerPool, reference), 0)
  const renamed = authorities.map((each) => (each.code === '0751' ? { ...each, name: 'X' } : each))
  assert.equal(await loadReference(ownerPool, { authorities: renamed, postcodes }), 1)
  assert.equal(await loadReference(ownerPool, reference), 1)
  const named = `select name as value from authority where code = '0411'`
  assert.equal(await value(pool, named), 'Christiansø')
  const closed = `select valid_to as value from authority where code = '0958'`
  assert.equal(await value(pool, closed), '2018-01-01')
})

test('a list that is not what its checksum says is refused', () => {
  const folder = folderWith('postcodes.csv', (text) => text.replace('Aarhus C', 'Aarhus D'))
  assert.throws(() => readReferenceFiles(today, folder), WrongReference)
  rmSync(join(folder, 'postcodes.csv'))
  assert.throws(() => readReferenceFiles(today, folder), /postcodes.csv is missing/)
})

test('a list with its checksum and another form is refused too', () => {
  const folder = folderWith('postcodes.csv', () => 'code;district\n')
  const sum = createHash('sha256').update('code;district\n').digest('hex')
  const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
  writeFileSync(
    join(folder, 'SHA256SUMS'),
    sums.replace(/^.* {2}postcodes.csv$/m, `${sum}  postcodes.csv`),
  )
  assert.throws(() => readReferenceFiles(today, folder), /cannot be read/)
})

test('a population that fails halfway leaves nothing behind', async () => {
  const population = generatePopulation(options)
  function* broken() {
    for (const batch of population.batches()) {
      yield batch
      yield { ...batch, people: [...batch.people, ...batch.people] }
    }
  }
  await assert.rejects(
    loadPopulation(ownerPool, { ...population, batches: broken }, { now, random }),
  )
  assert.equal(await value(pool, 'select count(*) as value from road'), 0)
})

test('a population is loaded whole, with one event for each person and one for each move ahead', async () => {
  const told: number[] = []
  const onProgress = (done: number, total: number) => {
    assert.equal(total, 2000)
    told.push(done)
  }
  const population = generatePopulation(options)
  assert.equal(await loadPopulation(ownerPool, population, { now, random, onProgress }), 2000)
  assert.equal(told.at(-1), 2000)
  const whole = wholePopulation(options)
  const count = (table: string) => value(pool, `select count(*) as value from ${table}`)
  assert.equal(await count('person'), 2000)
  assert.equal(await count('road'), whole.roads.length)
  assert.equal(await count('address'), whole.addresses.length)
  assert.equal(await count('fact'), whole.people.flatMap(({ facts }) => facts).length)
  const ahead = whole.people.filter(({ facts }) => facts.some(({ from }) => from > today))
  assert.ok(ahead.length > 0)
  assert.equal(await count(`event where kind = 'loaded' and event_no = 1`), 2000)
  assert.equal(await count(`event where kind = 'changed' and event_no = 2`), ahead.length)
})

test('a second population is refused', async () => {
  const again = loadPopulation(ownerPool, generatePopulation(options), { now, random })
  await assert.rejects(again, RegisterNotEmpty)
})

test('every stored person is what the stored facts fold to', async () => {
  const { rows } = await pool.run(
    statement(
      'all',
      `select p.pnr, p.current, p.status, p.municipality, p.address_key,
         (select json_agg(${factJson}) from fact f where f.pnr = p.pnr) as facts from person p`,
    ),
  )
  for (const row of rows) {
    const pnr = readPnr(String(row['pnr']))
    assert.ok(pnr)
    const facts = groupFacts(row['facts'] as readonly FactRow[]).get(pnr) ?? []
    const folded = openPersonOn(pnr, facts, today)
    assert.deepEqual(row['current'], JSON.parse(JSON.stringify(folded)))
    assert.equal(row['status'], folded.status)
    assert.equal(row['municipality'], folded.address?.municipality ?? null)
  }
})

test('everyone in an ordinary dwelling lives at an address of the register', async () => {
  const lost = `select count(*) as value from person p
    where address_key is not null and not exists (select from address where key = address_key)`
  assert.equal(await value(pool, lost), 0)
  const without = `select count(*) as value from person where status = '01' and address_key is null`
  assert.equal(await value(pool, without), 0)
})

test('a move that lies ahead takes effect on its day, and announces itself as a move', async () => {
  const at = new Date('2026-07-20T08:00:00Z')
  const moment = { at, today: date('2026-07-20'), random }
  assert.ok((await takeEffect(pool, moment)) > 0)
  const moved = `select count(*) as value from event where kind = 'in-effect' and type = 'A01'`
  assert.ok(Number(await value(pool, moved)) > 0)
  const due = `select count(*) as value from person where next_change_on <= '2026-07-20'`
  assert.equal(await value(pool, due), 0)
})
