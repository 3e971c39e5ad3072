/** A type of incident that is none of ours: told only to a caller who is signed on. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import { follow } from '#casework/follow.ts'
import { refuse } from '#incident/receipts.ts'
import { askerOf, type Doors, sendAnswer, sendProblem } from '#server/api/context.ts'

/** 901 comes before 9001 in the order of the checks, and the question is put on record. */
export async function unknownType(
  { house }: Doors,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const order = { asker: askerOf(request), incident: { id: '' }, type: undefined }
  const answer = await follow(house, order)
  if (answer.kind === 'not-signed-on' || answer.kind === 'denied') return sendAnswer(reply, answer)
  return sendProblem(reply, 'unknown', [refuse(9001, 'type')])
}
