/** A type of incident that is none of ours: told only to a caller who is signed on. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuseUnknown } from '#casework/follow.ts'
import { refuse } from '#incident/receipts.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'

/** 901 comes before 9001 in the order of the checks. */
export async function unknownType(
  { house }: Doors,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refusal = refuse(9001, 'type')
  const stranger = await refuseUnknown(house, askerOf(request), 'initiate', refusal)
  if (stranger) return sendProblem(reply, stranger.kind, [stranger.refusal])
  return sendProblem(reply, 'unknown', [refusal])
}
