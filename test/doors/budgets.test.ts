/**
 * Budgets at both doors: one at ten times its budget is told when to come again, and the others do
 * not notice (A11, A14, A39). Addresses are told apart by a trusted proxy, which the tests are.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { budgets } from '#access/declaration.ts'
import { readTokenSetCookie } from '#gctp/cookie.ts'
import { writeSignOn } from '#gctp/write-request.ts'
import { localListener } from '#http/listener.ts'
import { receiptsOf } from '#test/doors/refusing.ts'
import { type Reply, send, sendGctp, textAt } from '#test/doors/talk.ts'
import { openTestServer, type TestCode } from '#test/server.ts'

/** A fifth, so that ten times as much is a test and not an afternoon. */
const scale = 0.2
const listener = {
  ...localListener,
  proxy: { proxies: ['127.0.0.1'], header: 'x-forwarded-for' },
} as const
const metricsToken = 'a-token-for-scrapers'
/** It stands, so that nothing is worked off but what a test lets pass, however slow the machine. */
let elapsed = 0
const server = await openTestServer({
  parts: {
    ...{ listener, budgets: { scale, processes: 1 }, metricsToken },
    elapsedMs: () => elapsed,
  },
})
const { codes, scenario } = server

const from = (source: string) => ({ 'x-forwarded-for': source })

async function signOnFrom(source: string, { code, password }: TestCode): Promise<string> {
  const body = { personCode: code, password }
  const reply = await send(server, { path: '/api/v1/sessions', headers: from(source), body })
  assert.equal(reply.status, 201, reply.bytes.toString())
  return textAt(reply.body, 'token')
}

/** So many calls, some at once, and what each was answered. */
async function call(
  count: number,
  ask: (nth: number) => Promise<Reply>,
): Promise<readonly Reply[]> {
  const replies: Reply[] = []
  let next = 0
  const work = async () => {
    while (next < count) {
      next += 1
      replies.push(await ask(next))
    }
  }
  await Promise.all(Array.from({ length: 16 }, work))
  return replies
}

const served = (replies: readonly Reply[]) => replies.filter(({ status }) => status < 400).length

function lookUp(source: string, token: string): Promise<Reply> {
  const body = { pnr: scenario.ordinaryAdult, purpose: 'a test' }
  return send(server, { path: '/api/v1/persons/lookup', headers: from(source), token, body })
}

test('one at ten times its budget is told to wait, and all that the others ask is served', async () => {
  const loud = await signOnFrom('192.0.2.1', codes.municipality)
  const quiet = await signOnFrom('192.0.2.2', codes.otherMunicipality)
  const share = budgets.question.perCode * scale
  // From then on it is known whose token it is.
  assert.equal((await lookUp('192.0.2.1', loud)).status, 200)
  const [flood, others] = await Promise.all([
    call(10 * share, () => lookUp('192.0.2.1', loud)),
    call(share, () => lookUp('192.0.2.2', quiet)),
  ])
  assert.equal(served(others), others.length)
  assert.equal(served(flood), share - 1)
  for (const reply of flood.filter(({ status }) => status >= 400)) {
    assert.deepEqual([reply.status, receiptsOf(reply.body)], [429, [9070]])
    assert.match(String(reply.headers['retry-after']), /^\d+$/)
    assert.ok(Number(reply.headers['retry-after']) >= 1)
  }
  // From another address it is still the same person code, once it is known whose token it is.
  const elsewhere = await signOnFrom('192.0.2.3', codes.municipality)
  assert.equal((await lookUp('192.0.2.3', elsewhere)).status, 200)
  const more = await call(20, () => lookUp('192.0.2.3', elsewhere))
  // The one that was asked before it was known whose token it is.
  assert.equal(served(more), 1, 'a person code at its end was served at another address')
  elapsed += 60_000
  assert.equal(served(await call(share + 1, () => lookUp('192.0.2.1', loud))), share)
})

test('without a budget the same flood is served to its end: the control', async () => {
  const open = await openTestServer({ parts: { listener } })
  const { code: personCode, password } = open.codes.municipality
  const signedOn = await send(open, { path: '/api/v1/sessions', body: { personCode, password } })
  const token = textAt(signedOn.body, 'token')
  const body = { pnr: open.scenario.ordinaryAdult, purpose: 'a test' }
  const asked = 5 * budgets.question.perCode * scale
  const flood = await call(asked, () => send(open, { path: '/api/v1/persons/lookup', token, body }))
  assert.equal(served(flood), asked)
})

test('who tries many person codes from one address is told to wait, and so is who tries one', async () => {
  const knock = (source: string) => (nth: number) => {
    const personCode = `W9${String(nth).padStart(6, '0')}`
    const body = { personCode, password: 'Wrong1!aaaa' }
    return send(server, { path: '/api/v1/sessions', headers: from(source), body })
  }
  const perSource = budgets['sign-on'].perSource * scale
  const many = await call(3 * perSource, knock('192.0.2.10'))
  const judged = many.filter(({ status }) => status === 401).length
  assert.equal(judged, perSource)
  const perCode = budgets['sign-on'].perCode * scale
  const one = await call(10, () => knock('192.0.2.11')(900_000))
  assert.equal(one.filter(({ status }) => status === 429).length, 10 - perCode)
  const stranger = await knock('192.0.2.12')(1)
  assert.equal(stranger.status, 401, 'a stranger spent what belongs to another address')
})

test('GCTP answers with a receipt that says when, and its messages count beside those in JSON', async () => {
  const { code, password } = codes.citizen
  const signOn = () =>
    sendGctp(server, writeSignOn({ userId: code, password }), undefined, from('192.0.2.20'))
  const first = await signOn()
  assert.equal(first.receipt.number, 900)
  const rest = await call(10, signOn)
  const spent = rest.filter(({ headers }) => headers['retry-after'] !== undefined)
  assert.equal(spent.length, 10 - budgets['sign-on'].perCode * scale + 1)
  for (const { status, bytes } of spent) {
    assert.equal(status, 200)
    assert.match(bytes.toString('latin1'), /9070|Prøv igen om \d+ sekunder/)
  }
  const json = await send(server, {
    path: '/api/v1/sessions',
    headers: from('192.0.2.20'),
    body: { personCode: code, password },
  })
  assert.equal(json.status, 429)
  const cookies = first.headers['set-cookie']
  assert.ok(Array.isArray(cookies) && readTokenSetCookie(cookies) !== undefined)
})

test('messages that cannot be read are counted too, and at the end nobody reads them', async () => {
  const perSource = budgets.step.perSource * scale
  const noise = () => sendGctp(server, Buffer.from('<noise'), undefined, from('192.0.2.30'))
  const first = await call(perSource, noise)
  assert.ok(first.every(({ headers }) => headers['retry-after'] === undefined))
  const more = await call(100, noise)
  assert.ok(more.every(({ headers }) => headers['retry-after'] !== undefined))
})

test('the flood shows in the figures, which hold no address, person code or number', async () => {
  const stranger = await send(server, { path: '/metrics', headers: from('192.0.2.40') })
  assert.equal(stranger.status, 401)
  const authorization = `Bearer ${metricsToken}`
  const headers = { ...from('192.0.2.40'), authorization }
  const { status, bytes } = await send(server, { path: '/metrics', headers })
  assert.equal(status, 200)
  const figures = bytes.toString()
  assert.match(figures, /samspil_http_refused_total\{reason="budget-question"\} [1-9]/)
  assert.doesNotMatch(figures, /192\.0\.2|W\d{7}|\{[^}]*\d{6}-?\d{4}/)
})
