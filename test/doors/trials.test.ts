/**
 * What a citizens' provider can find out about a protected person by trial (A9): every question
 * whose answer hangs on where they live, or with whom, is asked until the server says no more.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualLimits } from '#casework/house.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { begin, emptyIn, initiate, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, type Reply, send, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const logged: string[] = []
const log = watchedLog((line) => void logged.push(line))
const server = await openTestServer({ parts: { limits: usualLimits, log } })
const { scenario, codes, ownerPool } = server
const { protectedAdult, protectedFamily, ordinaryAdult } = scenario
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)

const numbersOf = ({ body }: Reply) => listAt(body, 'refusals').map((each) => at(each, 'number'))
const municipalities = [
  '0101',
  '0147',
  '0153',
  '0155',
  '0157',
  '0159',
  '0161',
  '0163',
  '0165',
].concat(['0167', '0169', '0173', '0175', '0183', '0185', '0187', '0190', '0201', '0751'])

/** The numbers of each answer until the bound, and of what comes after it. */
async function tryAll(questions: readonly (() => Promise<Reply>)[]) {
  const answers: unknown[][] = []
  for (const ask of questions) answers.push([...numbersOf(await ask())])
  const first = answers.findIndex((numbers) => numbers.includes(9060))
  return { told: first < 0 ? answers : answers.slice(0, first), after: answers.slice(first), first }
}

test('in which municipality a protected person lives is not found by asking each (9151)', async () => {
  const { told, after, first } = await tryAll(
    municipalities.map(
      (municipality) => () =>
        initiate(server, citizen, {
          pnr: protectedAdult,
          type: 'name-and-address-protection',
          municipality,
        }),
    ),
  )
  assert.equal(first, 10)
  for (const numbers of told) assert.deepEqual(numbers, [9151])
  // Also where they do live: nothing but that no more is answered.
  for (const numbers of after) assert.deepEqual(numbers, [9060])
})

test('it is an alarm, a figure and a row of the evidence, and tells no number', async () => {
  const alarms = logged.filter((line) => line.includes('alarm'))
  assert.equal(alarms.length, 1, 'one for a day, however often it is tried on')
  assert.ok(alarms[0]?.includes(codes.citizen.code))
  assert.ok(!alarms[0]?.includes(protectedAdult))
  const metrics = await send(server, { path: '/metrics', method: 'GET' })
  const figure = /samspil_http_refused_total\{reason="protected-trials"\} (\d+)/.exec(
    metrics.bytes.toString(),
  )
  assert.ok(Number(figure?.[1]) >= 9)
  const { rows } = await ownerPool.script(
    `select actor, persons from audit where receipt = 9060 and act = 'initiate'`,
  )
  assert.ok(rows.length >= 9)
  assert.deepEqual(rows[0], { actor: codes.citizen.code, persons: [protectedAdult] })
})

test('with whom a protected person lives is not found by naming each (9117)', async () => {
  const [, child] = protectedFamily
  const begun = await begin(server, citizen)
  const data = { ...moveTo(emptyIn(server, '0751')), companions: [child] }
  const { told, after, first } = await tryAll(
    Array.from(
      { length: 14 },
      () => () => step(server, citizen, `incidents/${begun.id}/validate`, { data }),
    ),
  )
  assert.equal(first, 10)
  for (const numbers of told) assert.deepEqual(numbers, [9117])
  for (const numbers of after) assert.deepEqual(numbers, [9060])
  // Whoever names nobody protected goes on in the same conversation.
  const alone = moveTo(emptyIn(server, '0751'))
  const reply = await step(server, citizen, `incidents/${begun.id}/validate`, { data: alone })
  assert.equal(reply.status, 200)
})

test('whether a protected person lives at an address is not found by trying them (9116)', async () => {
  const [pnr] = protectedFamily
  const begun = await begin(server, citizen, { pnr })
  const answers: number[] = []
  for (let nth = 0; nth < 45; nth += 1) {
    const data = moveTo(emptyIn(server, '0751', nth % 4))
    const reply = await step(server, citizen, `incidents/${begun.id}/validate`, { data })
    answers.push(reply.status)
  }
  const first = answers.indexOf(422)
  assert.ok(first > 20 && first < 40, `${first}`)
  assert.deepEqual(new Set(answers.slice(first)), new Set([422]))
})

test('about an ordinary person, and for a municipality, nothing is counted', async () => {
  for (let time = 0; time < 25; time += 1) {
    const type = 'name-and-address-protection'
    const order = { pnr: ordinaryAdult, type, municipality: '0101' }
    assert.deepEqual(numbersOf(await initiate(server, citizen, order)), [9151])
    const byClerk = { pnr: protectedAdult, type, municipality: '0101' }
    assert.deepEqual(numbersOf(await initiate(server, clerk, byClerk)), [9151])
  }
})
