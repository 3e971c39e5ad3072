/**
 * A6: with the keys that a report of any type was begun with, it goes on. Other ones are refused at
 * every step and leave everything as it was; with its own it goes to its end.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { writeIncidentData, writeIncidentKeys } from '#gctp/incident-fields.ts'
import { actionWords } from '#gctp/values.ts'
import { writeUpdate } from '#gctp/write-request.ts'
import type { Incident } from '#incident/define.ts'
import { catalogue } from '#incidents/catalogue.ts'
import {
  beginAnew,
  furnish,
  instant,
  statusFor,
  subject,
  today,
} from '#test/doors/example-world.ts'
import { sendGctp, signOnGctp } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer({ clock: () => instant })
const { codes, ownerPool } = server
await furnish(ownerPool)
const keys = { pnr: subject, date: today, municipality: '0751' }
const written = writeIncidentKeys(keys)

const changed = (name: string, value: string) =>
  written.map((key) => (key.name === name ? { name, value } : key))

/** The keys with another value in each of them, one left out, and one more. */
const others = [
  ['another number', changed('PNR', '1208993701')],
  ['another day', changed('HDTO', '20260319')],
  ['another municipality', changed('KOMKOD', '0851')],
  ['one key less', written.slice(1)],
  ['somebody who acts for them', [...written, { name: 'FULDMPNR', value: '1208993701' }]],
] as const

async function rows(): Promise<unknown> {
  const found = await ownerPool.script('select * from incident order by id')
  return found.rows
}

async function walk(type: Incident): Promise<void> {
  const { shape, reporters } = type
  const code = reporters === 'citizens' ? codes.citizen : codes.municipality
  const token = await signOnGctp(server, code)
  const ask = { service: shape.code, mk: code.authority, vent: true, st: 'P' } as const
  const tell = async (message: object) =>
    sendGctp(server, writeUpdate({ ...ask, key: written, ...message }), token)
  const begun = await tell({ action: actionWords.initiate })
  const ts = present(/ts="(\d{20})"/.exec(begun.bytes.toString('latin1'))?.[1], 'a conversation')
  const data = writeIncidentData(shape, present(type.examples[0], 'an example'))
  const refuseOthers = async (action: string, more: object = {}) => {
    const before = await rows()
    for (const [what, key] of others) {
      const { receipt } = await tell({ ts, action, ...more, key })
      assert.equal(receipt.number, 5404, `${shape.name}: ${action} with ${what}`)
    }
    assert.deepEqual(await rows(), before)
  }
  await refuseOthers(actionWords.validate, { data })
  const validate = () => tell({ ts, action: actionWords.validate, data })
  // Warnings pass when the same is sent again.
  for (let more = 0; (await validate()).receipt.number !== 0; more += 1) assert.ok(more < 3)
  await refuseOthers(actionWords.save)
  await refuseOthers(actionWords.cancel)
  const saved = await tell({ ts, action: actionWords.save })
  assert.equal(saved.receipt.number, 0, `the control: ${shape.name} goes on with its own keys`)
}

for (const type of catalogue) {
  test(`A6: ${type.shape.name} goes on with the keys that it was begun with, and with no others`, async () => {
    await beginAnew(ownerPool, statusFor(type))
    await walk(type)
  })
}
