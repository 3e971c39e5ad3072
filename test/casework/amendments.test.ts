/**
 * What a reporter is amending is the reporter's alone until it is saved: those whom it newly names,
 * its addresses and its marks are shown to nobody else, and stand in nobody else's evidence.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reject } from '#casework/decide.ts'
import { readCase } from '#casework/desk.ts'
import { follow } from '#casework/follow.ts'
import { listOwnCases, readOwnCase } from '#casework/own-cases.ts'
import type { Asker } from '#casework/ports.ts'
import { save, validate } from '#casework/report.ts'
import { returnForAmendment } from '#casework/turns.ts'
import { readData } from '#incident/read.ts'
import { findByCode } from '#incidents/catalogue.ts'
import { presentIncident } from '#server/api/present.ts'
import { presentCase } from '#server/api/present-desk.ts'
import { openDesk } from '#store/desk.ts'
import { openOwnCases } from '#store/own-cases.ts'
import { openStand, orderOf, report, standingOf } from '#test/casework/stand.ts'
import { emptyIn, moveTo } from '#test/doors/incidents.ts'

const stand = await openStand()
const { house, server } = stand
const { scenario, codes, ownerPool, pool } = server
await ownerPool.script('update address set rooms = 9')
const citizen = await stand.caller(codes.citizen)
const clerk = await stand.caller(codes.municipality)
const [mother, father] = scenario.familyOfFour
const saved = moveTo(emptyIn(server, '0751', 0))
/** With somebody who lives there, and who is told of nothing yet. */
const host = scenario.ordinaryAdult
const address = await homeOf(host)
const amended = { ...address, companions: [father] }

const pending = await report(house, citizen, { pnr: mother, data: saved })
const amendment = { fields: ['house'], text: 'Husnummeret mangler et bogstav.' }
const returned = { ...orderOf(clerk, pending), ...amendment }
standingOf(await returnForAmendment(house, returned))

async function homeOf(pnr: string): Promise<Readonly<Record<string, string>>> {
  const { rows } = await ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${pnr}'`,
  )
  const parts = Object.entries(rows[0] ?? {}).filter(([, value]) => value !== '')
  return Object.fromEntries(parts.map(([name, value]) => [name, String(value)]))
}

async function amend() {
  const order = { ...orderOf(citizen, pending), data: readData(pending.type.shape, amended) }
  const first = await validate(house, order)
  return standingOf(first.kind === 'done' ? first : await validate(house, order))
}

const ownCases = (pnr: string) =>
  listOwnCases(house, openOwnCases(pool), {
    ...{ asker: citizen, pnr, limit: 10 },
    findType: findByCode,
  })

const ownCase = (pnr: string) =>
  readOwnCase(house, {
    ...{ asker: citizen, pnr, type: pending.type },
    incident: { id: pending.record.id },
  })

async function caseOf(asker: Asker) {
  const desk = { house, desk: openDesk(pool) }
  const answer = await readCase(desk, orderOf(asker, pending))
  assert.ok(answer.kind === 'done')
  return answer
}

/** Whom the last row of evidence of an actor names. */
async function lastNamed(act: string): Promise<readonly string[]> {
  const { rows } = await ownerPool.script(
    `select persons from audit where act = '${act}' order by xid desc limit 1`,
  )
  return rows[0]?.['persons'] as readonly string[]
}

const before = await caseOf(clerk)

test('the authority sees what was saved: persons, addresses and marks, and nobody newly named', async () => {
  await amend()
  const { standing, surroundings } = await caseOf(clerk)
  const shown = presentCase(standing, surroundings, new Date())
  const first = presentCase(before.standing, before.surroundings, new Date())
  assert.deepEqual(shown.dwellings, first.dwellings)
  assert.deepEqual(shown.incident.data, first.incident.data)
  assert.deepEqual(shown.incident.marks, first.incident.marks)
  assert.deepEqual(shown.household, first.household)
  assert.ok(!(await lastNamed('read-case')).includes(host))
  const followed = standingOf(await follow(house, orderOf(clerk, pending)))
  assert.ok(!JSON.stringify(presentIncident(followed, [])).includes(father))
  assert.ok(!(await lastNamed('read-incident')).includes(father))
})

test('its reporter sees what is being amended, and whom it asks about is on record', async () => {
  const mine = presentIncident(await amend(), [])
  assert.deepEqual(mine.data['companions'], [father])
  assert.ok((await lastNamed('validate')).includes(father))
  const followed = presentIncident(standingOf(await follow(house, orderOf(citizen, pending))), [])
  assert.deepEqual(followed.data, mine.data)
  assert.deepEqual(followed.marks, mine.marks)
})

test('who is newly named is no party until it is saved, and then is', async () => {
  const isParty = async () => {
    const list = await ownCases(father)
    assert.ok(list.kind === 'done')
    const one = await ownCase(father)
    return [list.items.some(({ record }) => record.id === pending.record.id), one.kind]
  }
  assert.deepEqual(await isParty(), [false, 'unknown'])
  const again = standingOf(await save(house, orderOf(citizen, pending)))
  assert.deepEqual(again.record.question.persons, [father])
  assert.equal(again.record.returned, undefined)
  assert.deepEqual(await isParty(), [true, 'done'])
})

test('a companion is told what was saved, and not what is being amended', async () => {
  standingOf(await returnForAmendment(house, returned))
  const data = { ...moveTo(emptyIn(server, '0751', 2)), companions: [father] }
  const order = { ...orderOf(citizen, pending), data: readData(pending.type.shape, data) }
  const first = await validate(house, order)
  standingOf(first.kind === 'done' ? first : await validate(house, order))
  const seen = await ownCase(father)
  assert.ok(seen.kind === 'done')
  assert.deepEqual(seen.standing.reading?.['house'], address['house'])
})

test('what was rejected while it was being amended is what was saved', async () => {
  const rejection = { reasonCode: 'DUPLICATE', text: 'Allerede anmeldt' }
  const { record } = standingOf(await reject(house, { ...orderOf(clerk, pending), ...rejection }))
  assert.equal(record.reading?.['house'], address['house'])
  const { rows } = await ownerPool.script(
    `select returned ? 'amendment' as kept from incident where id = '${record.id}'`,
  )
  assert.deepEqual(rows, [{ kept: false }])
})
