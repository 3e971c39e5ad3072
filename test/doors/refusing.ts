/**
 * What every bad request must leave behind: a clear refusal in both languages, a register in which
 * nothing was lost or changed, and a server that answers the next one as if it had not been.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storedIn } from '#test/doors/stored.ts'
import { at, type GctpReply, listAt, type Reply, send } from '#test/doors/talk.ts'
import type { TestServer } from '#test/server.ts'

export type Expected = { readonly status: number; readonly receipts: readonly number[] }

/** The numbers of a problem's refusals, in their order. */
export function receiptsOf(body: unknown): readonly number[] {
  return listAt(body, 'refusals').map((each) => Number(at(each, 'number')))
}

/** A problem of RFC 9457 whose every reason is told in Danish and in English. */
export function assertProblem(reply: Reply, expected: Expected): void {
  const shown = `${reply.status} ${reply.bytes.toString()}`
  assert.equal(reply.status, expected.status, shown)
  assert.match(reply.type, /^application\/problem\+json/, shown)
  assert.deepEqual(receiptsOf(reply.body), expected.receipts, shown)
  assert.equal(at(reply.body, 'status'), expected.status)
  assert.equal(at(reply.body, 'receipt'), expected.receipts[0])
  for (const refusal of listAt(reply.body, 'refusals')) {
    const [da, en] = [at(refusal, 'text', 'da'), at(refusal, 'text', 'en')]
    assert.ok(typeof da === 'string' && da.length > 5, shown)
    assert.ok(typeof en === 'string' && en.length > 5 && en !== da, shown)
    assert.doesNotMatch(da + en, /%\d%|undefined|null|\[object/, shown)
  }
  assert.doesNotMatch(reply.bytes.toString(), / at .*\.ts:|node_modules|Error:|select /i, shown)
}

/** A receipt with a detail row for every reason; GCTP speaks Danish alone. */
export function assertReceipt(reply: GctpReply, expected: readonly number[]): void {
  const shown = reply.bytes.toString('latin1')
  assert.equal(reply.type, 'text/xml;charset=ISO-8859-1')
  assert.equal(reply.receipt.number, expected[0], shown)
  const details = reply.receipt.details ?? []
  const isSecurity = expected.every((number) => number >= 900 && number <= 908)
  if (!isSecurity) {
    assert.deepEqual(
      details.map(({ number }) => number),
      expected,
      shown,
    )
  }
  assert.ok(reply.receipt.text.length > 5, shown)
  for (const { text } of details) assert.ok(text.length > 5, shown)
  assert.doesNotMatch(shown, / at .*\.ts:|node_modules|Error:/, shown)
}

export type Probe = () => Promise<unknown>

/** The same question before and after: the register still answers it, and the same. */
export function probeOf(server: TestServer, token: string): Probe {
  return async () => {
    const body = { pnr: server.scenario.ordinaryAdult, purpose: 'probe' }
    const reply = await send(server, { path: '/api/v1/persons/lookup', token, body })
    assert.equal(reply.status, 200, reply.bytes.toString())
    return reply.body
  }
}

export type Watched = { readonly server: TestServer; readonly probe: Probe }

/** A test named by the bad request, which must change nothing at all. */
export function refuses(name: string, watched: Watched, request: () => Promise<void>): void {
  const { server, probe } = watched
  test(name, async () => {
    const stored = await storedIn(server.ownerPool)
    const answer = await probe()
    await request()
    assert.deepEqual(await storedIn(server.ownerPool), stored)
    assert.deepEqual(await probe(), answer)
    assert.equal(at({}, 'polluted'), undefined)
  })
}
