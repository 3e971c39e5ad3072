/**
 * Guessing over real HTTP: passwords from many addresses and at many person codes (A14), and ids of
 * incidents (A2). Addresses are told apart by a trusted proxy, which the tests are.
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { budgets } from '#access/declaration.ts'
import { randomId } from '#base/ids.ts'
import { localListener } from '#http/listener.ts'
import { beginPending } from '#test/doors/incidents.ts'
import { at, type Reply, send, signOn } from '#test/doors/talk.ts'
import { sized } from '#test/hostile/size.ts'
import { openTestServer, type TestServer } from '#test/server.ts'

const listener = {
  ...localListener,
  proxy: { proxies: ['127.0.0.1'], header: 'x-forwarded-for' },
} as const
const scale = 0.2
/** Nothing is worked off while it guesses, however slow the machine. */
const strict = await openTestServer({
  parts: { listener, budgets: { scale, processes: 1 }, elapsedMs: () => 0 },
})
const generous = await openTestServer({ parts: { listener } })

/** The nth address of a network that is for documents only. */
const sourceOf = (nth: number) =>
  `2001:db8:${(nth >> 8).toString(16)}:${(nth & 255).toString(16)}::1`

async function call(count: number, ask: (nth: number) => Promise<Reply>): Promise<Reply[]> {
  const replies: Reply[] = []
  let next = 0
  const work = async () => {
    while (next < count) {
      const mine = next
      next += 1
      replies.push(await ask(mine))
    }
  }
  await Promise.all(Array.from({ length: 16 }, work))
  return replies
}

function knock(server: TestServer, source: string, personCode: string, password: string) {
  const headers = { 'x-forwarded-for': source }
  return send(server, { path: '/api/v1/sessions', headers, body: { personCode, password } })
}

/** How many passwords were compared for a person code, by the evidence. */
async function evaluated(server: TestServer, code: string): Promise<number> {
  const { rows } = await server.ownerPool.script(
    `select count(*)::int as n from audit where actor = '${code}' and act = 'sign-on'
     and detail->>'cause' = 'wrong-password'`,
  )
  return Number(rows[0]?.['n'])
}

test('hundreds of addresses with a guess each lock one person code at the fifth', async () => {
  const { code, password } = generous.codes.office
  const replies = await call(sized(200, 1_000), (nth) =>
    knock(generous, sourceOf(nth), code, `Forkert-${nth}`),
  )
  assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([401]))
  assert.equal(await evaluated(generous, code), 5)
  // The control: from the same many addresses, another code whose password is right is let in.
  const other = generous.codes.otherMunicipality
  assert.equal((await knock(generous, sourceOf(1), other.code, other.password)).status, 201)
  assert.equal((await knock(generous, sourceOf(1_001), code, password)).status, 401)
})

test('one address that tries hundreds of person codes is told to wait; without a budget it is not', async () => {
  const tried = sized(600, 10_000)
  const codeOf = (nth: number) => `W9${String(nth).padStart(6, '0')}`
  const perSource = budgets['sign-on'].perSource * scale
  const replies = await call(tried, (nth) => knock(strict, '192.0.2.10', codeOf(nth), 'Forkert-1'))
  const judged = replies.filter(({ status }) => status === 401).length
  const told = replies.filter(({ status }) => status === 429)
  assert.equal(judged + told.length, tried)
  assert.equal(judged, perSource)
  for (const { headers } of told) assert.match(String(headers['retry-after']), /^[1-9]\d*$/)
  // The control: where the budget is away, each of them is judged.
  const free = await call(perSource * 2, (nth) => knock(generous, '192.0.2.10', codeOf(nth), 'x'))
  assert.deepEqual(new Set(free.map(({ status }) => status)), new Set([401]))
})

const citizen = await signOn(generous, generous.codes.citizen)
const clerk = await signOn(generous, generous.codes.municipality)
const stranger = await signOn(generous, generous.codes.otherMunicipality)
const { id } = await beginPending(generous, citizen, { pnr: generous.scenario.newcomer })
const [type = ''] = id.split('.')
const nobody = () => `${type}.${randomId(randomBytes)}`

/** What is said of an incident, at every route of it that a municipality may ask. */
const questions: readonly (readonly [path: string, body?: object])[] = [
  ['incidents/{id}'],
  ['desk/cases/{id}'],
  ['desk/cases/{id}/claim', {}],
  ['desk/cases/{id}/release', {}],
  ['desk/cases/{id}/notes', { text: 'x' }],
  ['pending/{id}/approve', {}],
  ['pending/{id}/reject', { reasonCode: 'DUPLICATE', text: 'x' }],
  ['pending/{id}/return', { fields: ['road'], text: 'x' }],
  ['pending/{id}/forward', { authority: '0851', text: 'x' }],
  ['pending/{id}/undo', {}],
  ['hearings/{id}/answer', { pnr: generous.scenario.ordinaryAdult, answer: 'yes' }],
]

async function said(token: string, path: string, of: string, body?: object): Promise<string> {
  const filled = `/api/v1/${path.replace('{id}', of)}`
  const { status, headers, bytes } = await send(generous, { path: filled, token, body })
  const { date: _, ...rest } = headers
  return JSON.stringify([status, rest, bytes.toString().replaceAll(of, '')])
}

test('whatever is asked of another’s incident is answered with the same bytes as of none', async () => {
  for (const [path, body] of questions) {
    assert.equal(
      await said(stranger, path, id, body),
      await said(stranger, path, nobody(), body),
      path,
    )
  }
})

test('the control: the one with whom it lies is answered otherwise than of none', async () => {
  for (const [path, body] of questions.slice(0, 5)) {
    assert.notEqual(
      await said(clerk, path, id, body),
      await said(clerk, path, nobody(), body),
      path,
    )
  }
})

test('of thousands of guessed ids none is found, and all are answered with the same bytes', async () => {
  const answers = new Set<string>()
  const replies = await call(sized(1_000, 10_000), async () => {
    const guess = nobody()
    const reply = await send(generous, { path: `/api/v1/incidents/${guess}`, token: clerk })
    answers.add(`${reply.status} ${reply.bytes.toString().replaceAll(guess, '')}`)
    return reply
  })
  assert.equal(answers.size, 1, [...answers].join('\n'))
  assert.ok(
    replies.every(({ status, body }) => status === 404 && at(body, 'masterData') === undefined),
  )
})
