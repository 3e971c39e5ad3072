/** Whoever looks for numbers that belong to somebody is seen, whichever door they come by (A11). */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { usualLimits } from '#casework/house.ts'
import { writeSearch } from '#gctp/write-request.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { begin, emptyIn, initiate, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, send, sendGctp, signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const logged: string[] = []
const log = watchedLog((line) => void logged.push(line))
const limits = { ...usualLimits, missesPerHourMax: 6 }
const server = await openTestServer({ parts: { limits, log } })
const { codes, scenario } = server
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)

/** Well formed, and the register's people have others. */
const ofNobody = '1208993701'

async function report(pnr: string): Promise<unknown> {
  const type = 'name-and-address-protection'
  const { status, body } = await initiate(server, citizen, { pnr, type })
  return status === 201 ? 'begun' : at(listAt(body, 'refusals')[0], 'number')
}

async function lookUp(pnr: string): Promise<number> {
  const body = { pnr, purpose: 'a test' }
  return (await send(server, { path: '/api/v1/persons/lookup', token: clerk, body })).status
}

const alarms = () =>
  logged.flatMap((line) => (line.includes('alarm: many numbers of nobody') ? [line] : []))

test('who asks for people that are there raises no alarm', async () => {
  for (let nth = 0; nth < 12; nth += 1) assert.equal(await lookUp(scenario.ordinaryAdult), 200)
  assert.deepEqual(alarms(), [])
})

test('numbers of nobody, asked for by either door, are an alarm and a figure, and told to no log', async () => {
  for (let nth = 0; nth < 3; nth += 1) assert.equal(await report(ofNobody), 172)
  const key = [{ name: 'PNR', value: ofNobody }]
  for (let nth = 0; nth < 2; nth += 1) {
    await sendGctp(server, writeSearch({ service: 'STAMP', key }), citizen)
  }
  assert.equal(await lookUp(ofNobody), 422)
  assert.deepEqual(alarms(), [], 'the clerk’s are none of the provider’s')
  assert.equal(await report(ofNobody), 172)
  const [alarm = ''] = alarms()
  assert.equal(alarms().length, 1)
  assert.ok(alarm.includes(codes.citizen.code))
  assert.ok(!alarm.includes(ofNobody))
  const metrics = await send(server, { path: '/metrics', method: 'GET' })
  assert.match(metrics.bytes.toString(), /samspil_http_refused_total\{reason="numbers-tried"\} 1\n/)
})

test('so are numbers of nobody that are named as companions, one after the other', async () => {
  const before = alarms().length
  const { id } = await begin(server, citizen)
  const data = { ...moveTo(emptyIn(server, '0751')), companions: [ofNobody] }
  for (let nth = 0; nth < 6; nth += 1) {
    const { body } = await step(server, citizen, `incidents/${id}/validate`, { data })
    assert.equal(at(listAt(body, 'refusals')[0], 'number'), 172)
  }
  assert.equal(alarms().length, before + 1)
})
