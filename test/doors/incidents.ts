/** Incidents brought to a state over the JSON door, for tests that begin there. */

import { assert, present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import type { ReadyAddress } from '#population/scenario-addresses.ts'
import { at, type Reply, send, textAt } from '#test/doors/talk.ts'
import type { TestServer } from '#test/server.ts'

export type Begun = { readonly id: string; readonly ts: string; readonly reply: Reply }

export type Keys = {
  readonly type: string
  readonly pnr: string
  readonly date: string
  readonly municipality: string
}

export function today(server: TestServer): string {
  return danishDate(server.clock())
}

/** The nth empty dwelling of a municipality. */
export function emptyIn(server: TestServer, municipality: string, nth = 0): ReadyAddress {
  const found = server.addresses.filter(
    (each) => each.municipality === municipality && each.residents === 0,
  )
  return present(found[nth], `an empty dwelling ${nth} in ${municipality}`)
}

/** An address as the data of a move: without the parts that it has not. */
export function moveTo(address: ReadyAddress): Readonly<Record<string, string>> {
  const { road, house, floor, door } = address
  return { road, house, ...(floor && { floor }), ...(door && { door }) }
}

export function initiate(server: TestServer, token: string, keys: Partial<Keys>): Promise<Reply> {
  const body = {
    type: 'domestic-move',
    pnr: server.scenario.ordinaryAdult,
    date: today(server),
    municipality: '0751',
    ...keys,
  }
  return send(server, { path: '/api/v1/incidents', body, token })
}

export async function begin(
  server: TestServer,
  token: string,
  keys: Partial<Keys> = {},
): Promise<Begun> {
  const reply = await initiate(server, token, keys)
  assert(reply.status === 201, `not initiated: ${reply.bytes.toString()}`)
  const id = textAt(reply.body, 'id')
  const { rows } = await server.ownerPool.script(`select ts from incident where id = '${id}'`)
  return { id, ts: String(rows[0]?.['ts']), reply }
}

export function step(
  server: TestServer,
  token: string | undefined,
  path: string,
  body?: unknown,
): Promise<Reply> {
  return send(server, { method: 'POST', path: `/api/v1/${path}`, token, body })
}

/** Validated, past its warnings. */
export async function beginValidated(
  server: TestServer,
  token: string,
  { data, ...keys }: Partial<Keys> & { readonly data?: unknown } = {},
): Promise<Begun> {
  const begun = await begin(server, token, keys)
  const body = { data: data ?? moveTo(emptyIn(server, keys.municipality ?? '0751')) }
  const path = `incidents/${begun.id}/validate`
  const first = await step(server, token, path, body)
  const reply = first.status === 422 ? await step(server, token, path, body) : first
  assert(reply.status === 200, `not validated: ${reply.bytes.toString()}`)
  assert(at(reply.body, 'state') === 'validated', 'a validated incident')
  return { ...begun, reply }
}

/** Saved in the pending register. */
export async function beginPending(
  server: TestServer,
  token: string,
  keys: Partial<Keys> & { readonly data?: unknown } = {},
): Promise<Begun> {
  const begun = await beginValidated(server, token, keys)
  const reply = await step(server, token, `incidents/${begun.id}/save`)
  assert(reply.status === 200, `not saved: ${reply.bytes.toString()}`)
  return { ...begun, reply }
}
