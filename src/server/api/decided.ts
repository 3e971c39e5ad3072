/** The JSON door's list of what an authority has decided. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import { needs } from '#access/declaration.ts'
import type { Caller } from '#access/security-groups.ts'
import { readCursor, writeCursor } from '#api/cursor.ts'
import { DecidedAnswer, DecidedBody, type DecidedItemSchema } from '#api/decided-contracts.ts'
import { present } from '#base/assert.ts'
import { type DecidedItem, listDecided } from '#casework/decided.ts'
import { ruleSetAuthority } from '#casework/policy.ts'
import { refuse } from '#incident/receipts.ts'
import { readPnr } from '#register/pnr.ts'
import { askerOf, type Doors, sendNotDone, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'
import { presentHeadOf } from '#server/api/present-desk.ts'

const pageSize = 50

export const decidedRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  app.post(
    '/desk/decided',
    {
      config: { declaration: needs('list-pending', 'decide', { budget: 'list' }) },
      schema: {
        ...secured(
          'Desk',
          'List what is decided',
          'By the own authority, the last decision first: of the last 90 days, or of one person ' +
            'however long ago.',
        ),
        body: DecidedBody,
        response: { 200: DecidedAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { cursor, limit = pageSize, pnr: sent, mine = false } = request.body
      const place = cursor === undefined ? undefined : readCursor(cursor)
      if (cursor !== undefined && !place) {
        return sendProblem(reply, 'malformed', [refuse(9000, 'cursor')])
      }
      const pnr = sent === undefined ? undefined : readPnr(sent)
      const answer = await listDecided(doors, {
        ...{ asker: askerOf(request), pnr, isMine: mine, limit },
        before: place && { at: place.savedAt, id: place.id },
        misread: sent !== undefined && !pnr ? [refuse(52, 'pnr')] : [],
      })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      const { items, next, caller } = answer
      return reply.send({
        items: items.map((item) => presentDecided(item, caller)),
        ...(next && { next: writeCursor({ savedAt: next.at, id: next.id }) }),
      })
    },
  )
}

function presentDecided(
  { record, subject }: DecidedItem,
  caller: Caller,
): Static<typeof DecidedItemSchema> {
  const { state, decidedAt, decidedBy } = record
  const { receivedAt: _, ...head } = presentHeadOf(record, subject, caller)
  return {
    ...head,
    state: state === 'approved' ? 'approved' : 'rejected',
    decidedAt: present(decidedAt, 'when a decided incident was decided').toISOString(),
    ...(decidedBy !== undefined && decidedBy !== ruleSetAuthority && { decidedBy }),
  }
}
