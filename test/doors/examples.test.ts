/**
 * Every example conversation of the documentation, played against a live server over both doors;
 * `--write` records them anew. Identifiers are normalised in one way: a GCTP `ts` and what follows
 * the type in an incident's id. Left out are the master data, and in JSON all but the named parts.
 */

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Spoken } from '#api/incident-page.ts'
import { present } from '#base/assert.ts'
import { writeIncidentData, writeIncidentKeys } from '#gctp/incident-fields.ts'
import { actionWords } from '#gctp/values.ts'
import { writeUpdate } from '#gctp/write-request.ts'
import type { Incident } from '#incident/define.ts'
import type { Reading } from '#incident/fields.ts'
import { catalogue } from '#incidents/catalogue.ts'
import {
  beginAnew,
  furnish,
  instant,
  statusFor,
  subject,
  today,
} from '#test/doors/example-world.ts'
import { at, type Reply, send, sendGctp, signOn, signOnGctp } from '#test/doors/talk.ts'
import { type Conversation, conversationFile, conversationOf } from '#test/example-conversation.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer({ clock: () => instant })
const { codes, ownerPool } = server
await furnish(ownerPool)
const keys = { pnr: subject, date: today, municipality: '0751' }
const shownTs = '20260320093000000001'
/** What a JSON answer is shortened to. */
const parts = [
  'id',
  'state',
  'actions',
  'data',
  'translations',
  'candidates',
  'warnings',
  'receipt',
]
/** Of a problem. */
const problemParts = ['status', 'receipt', 'refusals', 'state', 'actions']

const reporterOf = ({ reporters }: Incident) =>
  reporters === 'citizens' ? codes.citizen : codes.municipality

function spoken(title: string, bytes: Uint8Array): Spoken {
  const xml = Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/ ts="\d{20}"/g, ` ts="${shownTs}"`)
    .replace(/<Praes r="STAMPNR">.*?<\/Praes>/s, '')
  return { title, language: 'xml', text: inLines(xml) }
}

/** One element a line. '<' is escaped inside values, so that '><' stands between elements only. */
function inLines(xml: string): string {
  let depth = 0
  return xml
    .replaceAll('><', '>\n<')
    .split('\n')
    .map((line) => {
      if (line.startsWith('</')) depth -= 1
      const written = '  '.repeat(depth) + line
      if (/^<[^/?][^>]*[^/]>$/.test(line)) depth += 1
      return written
    })
    .join('\n')
}

async function overGctp(type: Incident, reading: Reading): Promise<readonly Spoken[]> {
  const code = reporterOf(type)
  const token = await signOnGctp(server, code)
  const ask = { service: type.shape.code, mk: code.authority, vent: true, st: 'P' } as const
  const key = writeIncidentKeys(keys)
  const data = writeIncidentData(type.shape, reading)
  const said: Spoken[] = []
  const play = async (title: string, told: string, message: Parameters<typeof writeUpdate>[0]) => {
    const bytes = writeUpdate(message)
    const reply = await sendGctp(server, bytes, token)
    said.push(spoken(title, bytes), spoken(told, reply.bytes))
    return reply
  }
  const opening = { ...ask, action: actionWords.initiate, key }
  const begun = await play('Initiate:', 'The answer, without the master data:', opening)
  const ts = /ts="(\d{20})"/.exec(begun.bytes.toString('latin1'))?.[1]
  const step = { ...ask, ts: present(ts, 'a conversation'), key }
  const validation = { ...step, action: actionWords.validate, data }
  const answered = 'The answer, with a clear text at every code:'
  let checked = await play('Validate:', answered, validation)
  for (let more = 0; checked.receipt.number !== 0 && more < 3; more += 1) {
    checked = await play('A warning passes when the same is sent again:', answered, validation)
  }
  const saved = await play('Save:', 'The receipt:', { ...step, action: actionWords.save })
  assert.equal(saved.receipt.number, 0, `${type.shape.name}: ${saved.bytes.toString('latin1')}`)
  return said
}

function shown(title: string, body: unknown): Spoken {
  return { title, language: 'json', text: JSON.stringify(body, undefined, 2) }
}

function shortened({ status, body }: Reply): unknown {
  const names = status < 300 ? parts : problemParts
  const kept = names.flatMap((name) => {
    const value = at(body, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const text = JSON.stringify(Object.fromEntries(kept))
  return JSON.parse(text.replaceAll(/([a-z]+-i)\.[0-9a-z]{26}/g, '$1.…'))
}

async function overJson(type: Incident, reading: Reading): Promise<readonly Spoken[]> {
  const token = await signOn(server, reporterOf(type))
  const said: Spoken[] = []
  const play = async (title: string, path: string, body?: object) => {
    const reply = await send(server, { method: 'POST', path, token, body })
    if (body) said.push(shown(title, body))
    said.push(shown(body ? `${reply.status}, shortened:` : title, shortened(reply)))
    return reply
  }
  const base = '/api/v1/incidents'
  const begun = await play(`\`POST ${base}\``, base, { type: type.shape.name, ...keys })
  const path = `${base}/${String(at(begun.body, 'id'))}`
  const title = `\`POST ${base}/{id}/validate\``
  let checked = await play(title, `${path}/validate`, { data: reading })
  for (let more = 0; checked.status !== 200 && more < 3; more += 1) {
    checked = await play(`${title}, the same again`, `${path}/validate`, { data: reading })
  }
  const told = `\`POST ${base}/{id}/save\` without a body answers, shortened:`
  const saved = await play(told, `${path}/save`)
  assert.equal(saved.status, 200, `${type.shape.name}: ${saved.bytes.toString()}`)
  return said
}

for (const type of catalogue) {
  test(`${type.shape.name}: what its page shows is what the server answers`, async () => {
    const reading = present(type.examples[0], 'an example')
    await beginAnew(ownerPool, statusFor(type))
    const gctp = await overGctp(type, reading)
    await beginAnew(ownerPool, statusFor(type))
    const json = await overJson(type, reading)
    const played: Conversation = { gctp, json }
    if (process.argv.includes('--write')) {
      writeFileSync(conversationFile(type), `${JSON.stringify(played, undefined, 2)}\n`)
    }
    assert.deepEqual(
      conversationOf(type),
      played,
      'node set-up/run.mjs test/doors/examples.test.ts --write',
    )
  })
}
