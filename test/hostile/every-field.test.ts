/**
 * Every field of every type of incident that can be begun about the named people, over real HTTP
 * and both doors: naughty strings, tricks and SQL are taken as texts or refused (A29).
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUnreadable, readXml } from '#base/xml/read.ts'
import type { Field, Shape } from '#incident/fields.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { messagesFor } from '#test/doors/gctp-messages.ts'
import { initiate, step } from '#test/doors/incidents.ts'
import { receiptsOf } from '#test/doors/refusing.ts'
import { sendGctp, signOn, textAt } from '#test/doors/talk.ts'
import { injections, trace } from '#test/hostile/injections.ts'
import { naughty } from '#test/hostile/material.ts'
import { type Conversation, validationWith } from '#test/hostile/messages.ts'
import { shareOf } from '#test/hostile/size.ts'
import { tricks } from '#test/hostile/tricks.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { codes, ownerPool, scenario } = server
const { keyOf } = messagesFor(server)
const citizen = { token: await signOn(server, codes.citizen), mk: codes.citizen.authority }
const clerk = { token: await signOn(server, codes.municipality), mk: codes.municipality.authority }
const { ordinaryAdult, dead, disappeared, emigrated, centenarian, newcomer } = scenario
const people = [ordinaryAdult, newcomer, centenarian, disappeared, emigrated, dead]

type Begun = { readonly shape: Shape; readonly id: string; readonly token: string } & {
  readonly conversation: Conversation
}

/** The type begun about the first of the people, by the first of the callers, for whom it can be. */
async function beginAny(shape: Shape): Promise<Begun | undefined> {
  for (const { token, mk } of [citizen, clerk]) {
    for (const pnr of people) {
      const reply = await initiate(server, token, { type: shape.name, pnr })
      if (reply.status !== 201) continue
      const id = textAt(reply.body, 'id')
      const { rows } = await ownerPool.script(`select ts from incident where id = '${id}'`)
      const ts = String(rows[0]?.['ts'])
      return { shape, id, token, conversation: { service: shape.code, mk, ts, key: keyOf(pnr) } }
    }
  }
  return undefined
}

const begun: Begun[] = []
for (const { shape } of catalogue) {
  const one = await beginAny(shape)
  if (one) begun.push(one)
}
const places = begun.flatMap((one) =>
  Object.entries(one.shape.fields)
    .filter(([, { kind }]) => kind !== 'persons')
    .map(([name, field]): readonly [Begun, string, Field] => [one, name, field]),
)

test('most types can be begun, and have their fields', () => {
  const names = begun.map(({ shape }) => shape.name)
  assert.ok(names.length >= 10, names.join())
  assert.ok(places.length >= 25, `${places.length} fields`)
})

test('no field of theirs makes a fault of either door, whatever stands in it', async () => {
  for (const [turn, [{ shape, id, token, conversation }, name, field]] of places.entries()) {
    for (const text of shareOf([...naughty, ...tricks, ...injections], 90, turn)) {
      const path = `incidents/${id}/validate`
      const json = await step(server, token, path, { data: { [name]: text } })
      const shown = `${shape.name}.${name} ${JSON.stringify(text)}: ${json.bytes.toString()}`
      assert.ok([200, 400, 422].includes(json.status), shown)
      assert.doesNotMatch(shown, / at .*\.ts:|node_modules|syntax error/)
      if (json.status !== 200) assert.ok(receiptsOf(json.body).length > 0, shown)
      const sent = validationWith(conversation, { [field.wire]: text })
      const { status, receipt } = await sendGctp(server, sent, token)
      assert.equal(status, 200, shown)
      assert.notEqual(receipt.number, 9004, shown)
      // What is no XML is no message; what is one is about the data, which is what is tried here.
      const read = readXml(sent, { namespace: 'http://www.cpr.dk' })
      if (!isUnreadable(read)) assert.notEqual(receipt.number, 9000, shown)
    }
  }
  const { rows } = await ownerPool.script(`select to_regclass('${trace}') is null as clean`)
  assert.equal(rows[0]?.['clean'], true)
})
