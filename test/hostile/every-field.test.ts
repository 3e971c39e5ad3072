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
import { dealt, shareOf } from '#test/hostile/size.ts'
import { tricks } from '#test/hostile/tricks.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { codes, ownerPool, scenario } = server
const { keyOf } = messagesFor(server)
const { ordinaryAdult, dead, disappeared, emigrated, centenarian, newcomer } = scenario
const people = [ordinaryAdult, newcomer, centenarian, disappeared, emigrated, dead]

type Begun = { readonly shape: Shape; readonly id: string; readonly token: string } & {
  readonly conversation: Conversation
}

/**
 * The type begun about the first of the people, by the first of the callers, for whom it can be. At
 * its turn, for all of it takes longer than a conversation and a token live.
 */
async function beginAny(shape: Shape): Promise<Begun | undefined> {
  for (const code of [codes.citizen, codes.municipality]) {
    const token = await signOn(server, code)
    for (const pnr of people) {
      const reply = await initiate(server, token, { type: shape.name, pnr })
      if (reply.status !== 201) continue
      const id = textAt(reply.body, 'id')
      const { rows } = await ownerPool.script(`select ts from incident where id = '${id}'`)
      const ts = String(rows[0]?.['ts'])
      const conversation = { service: shape.code, mk: code.authority, ts, key: keyOf(pnr) }
      return { shape, id, token, conversation }
    }
  }
  return undefined
}

async function tryText(begun: Begun, name: string, field: Field, text: string): Promise<void> {
  const { shape, id, token, conversation } = begun
  const json = await step(server, token, `incidents/${id}/validate`, { data: { [name]: text } })
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

/** More than there are fields: each text stands in one of them within as many days. */
const oneIn = 90

test(`no field of most types makes a fault of either door, whatever stands in it (${dealt})`, async () => {
  const names: string[] = []
  let turn = 0
  for (const { shape } of catalogue) {
    const begun = await beginAny(shape)
    if (!begun) continue
    names.push(shape.name)
    for (const [name, field] of Object.entries(shape.fields)) {
      if (field.kind === 'persons') continue
      const texts = shareOf([...naughty, ...tricks, ...injections], oneIn, turn)
      for (const text of texts) await tryText(begun, name, field, text)
      turn += 1
    }
  }
  assert.ok(names.length >= 10, names.join())
  assert.ok(turn >= 25, `${turn} fields`)
  const { rows } = await ownerPool.script(`select to_regclass('${trace}') is null as clean`)
  assert.equal(rows[0]?.['clean'], true)
})
