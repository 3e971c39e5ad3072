import type { Data } from '#gctp/message.ts'
import { type Changes, companions, messagesFor } from '#test/doors/gctp-messages.ts'
import { begin, beginPending, beginValidated } from '#test/doors/incidents.ts'
import { probeOf } from '#test/doors/refusing.ts'
import { signOn } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

export const server = await openTestServer()
export const { scenario, codes } = server
export const token = await signOn(server, codes.citizen)
export const clerk = await signOn(server, codes.municipality)
export const [mother, father] = scenario.familyOfFour
export const initiated = await begin(server, token)
export const validated = await beginValidated(server, token, { pnr: scenario.newcomer })
export const pending = await beginPending(server, token, { pnr: mother })
export const cancelled = await begin(server, token, { pnr: father })
await server.ownerPool.script(
  `update incident set state = 'cancelled', closed_at = now() where id = '${cancelled.id}'`,
)
export const watched = { server, probe: probeOf(server, token) }

export type Case = readonly [
  name: string,
  bytes: Uint8Array,
  receipts: readonly number[],
  token?: string,
]

export const { keyOf, dataOf, update } = messagesFor(server)
export const validate = (data: Data, changes: Changes = {}): Buffer =>
  update({ action: 'VALIDER', ts: initiated.ts, data, ...changes })
export const along = (pnr: string): Data => ({ ...dataOf(), tables: companions([pnr]) })
export const latin1 = (text: string) => Buffer.from(text, 'latin1')
