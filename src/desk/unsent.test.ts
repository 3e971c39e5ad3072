import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { openUnsent, unsentMinutes } from '#desk/unsent.ts'
import { readForm } from '#web/form.ts'
import { sealWith } from '#web/seal.ts'

let nowMs = Date.parse('2026-03-02T09:00:00Z')
const clock = () => new Date(nowMs)
const seal = sealWith(randomBytes(32), randomBytes)
const unsent = openUnsent(seal, clock)
const typist = { by: 'W0000751', page: '/da/cases/flyt-i.x/decide/reject' }

function formOf(pairs: Readonly<Record<string, string>>) {
  const form = readForm(new URLSearchParams(pairs).toString())
  assert.ok(form)
  return form
}

/** What a browser sends back of what it was told to keep. */
function backOf(cookies: readonly string[] | undefined): string {
  assert.ok(cookies)
  return cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ')
}

test('what was typed comes back on its page, to whoever typed it, and nothing beside it', () => {
  const sent = formOf({ reason: 'DUPLICATE', text: 'Æblegrød & <b>', secret: 'no' })
  const cookies = backOf(unsent.keep(typist, sent, ['reason', 'text']))
  assert.doesNotMatch(cookies, /DUPLICATE/)
  const found = unsent.find(cookies, typist)
  assert.deepEqual(found?.pairs, [
    ['reason', 'DUPLICATE'],
    ['text', 'Æblegrød & <b>'],
  ])
})

test('nobody else, no other page and no later hour is shown it', () => {
  const cookies = backOf(unsent.keep(typist, formOf({ text: 'x' }), ['text']))
  assert.equal(unsent.find(cookies, { ...typist, by: 'W0000752' }), undefined)
  assert.equal(unsent.find(cookies, { ...typist, page: '/da/cases/flyt-i.y' }), undefined)
  assert.equal(unsent.find(undefined, typist), undefined)
  assert.equal(unsent.find('__Host-desk-unsent=AAAA', typist), undefined)
  const foreign = openUnsent(sealWith(randomBytes(32), randomBytes), clock)
  assert.equal(foreign.find(cookies, typist), undefined)
  nowMs += unsentMinutes * 60_000 - 1
  assert.ok(unsent.find(cookies, typist))
  nowMs += 1
  assert.equal(unsent.find(cookies, typist), undefined)
})

test('the longest text that a form takes is kept, and a longer one is not half kept', () => {
  const long = 'æ'.repeat(2000)
  const kept = unsent.keep(typist, formOf({ note: long }), ['note'])
  assert.equal(unsent.find(backOf(kept), typist)?.one('note'), long)
  assert.ok(
    kept?.every((cookie) => cookie.length < 4_096),
    'as long as browsers keep',
  )
  assert.equal(unsent.keep(typist, formOf({ note: 'x'.repeat(9_000) }), ['note']), undefined)
})
