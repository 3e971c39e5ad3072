/** The JSON door's list of what an authority is done with. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import { needs } from '#access/declaration.ts'
import type { Caller } from '#access/security-groups.ts'
import { ClosedAnswer, ClosedBody, type ClosedItemSchema } from '#api/closed-contracts.ts'
import { readCursor, writeCursor } from '#api/cursor.ts'
import { present } from '#base/assert.ts'
import { type ClosedItem, type Ending, endings, listClosed } from '#casework/closed.ts'
import { ruleSetAuthority } from '#casework/policy.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { refuse } from '#incident/receipts.ts'
import { findByCode } from '#incidents/catalogue.ts'
import { readPnr } from '#register/pnr.ts'
import { askerOf, type Doors, sendNotDone, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'
import { presentHeadOf } from '#server/api/present-desk.ts'

const pageSize = 50

export const closedRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, { doors }) => {
  app.post(
    '/desk/closed',
    {
      config: { declaration: needs('list-pending', 'decide', { budget: 'list' }) },
      schema: {
        ...secured(
          'Desk',
          'List what is done with',
          'Decided by the own authority, or withdrawn from it, the last first: of the last 90 days, ' +
            'or of one person however long ago.',
        ),
        body: ClosedBody,
        response: { 200: ClosedAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { cursor, limit = pageSize, pnr: sent, mine, state, counts } = request.body
      const place = cursor === undefined ? undefined : readCursor(cursor)
      if (cursor !== undefined && !place) {
        return sendProblem(reply, 'malformed', [refuse(9000, 'cursor')])
      }
      const pnr = sent === undefined ? undefined : readPnr(sent)
      const answer = await listClosed(doors, {
        ...{ asker: askerOf(request), pnr, limit, ending: state },
        ...{ isMine: mine === true, withCounts: counts === true },
        before: place && { at: place.savedAt, id: place.id },
        misread: sent !== undefined && !pnr ? [refuse(52, 'pnr')] : [],
      })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      const { items, next, caller, counts: counted } = answer
      return reply.send({
        items: items.map((item) => presentClosed(item, caller)),
        ...(next && { next: writeCursor({ savedAt: next.at, id: next.id }) }),
        ...(counted && { counts: { ...counted } }),
      })
    },
  )
}

function presentClosed(
  { record, subject }: ClosedItem,
  caller: Caller,
): Static<typeof ClosedItemSchema> {
  const { closedAt } = record
  const by = closedBy(record)
  const { receivedAt: _, ...head } = presentHeadOf(record, subject, caller)
  return {
    ...head,
    state: endingOf(record),
    closedAt: present(closedAt, 'when a closed incident was closed').toISOString(),
    ...(by !== undefined && { closedBy: by }),
  }
}

function endingOf({ state }: IncidentRecord): Ending {
  return present(
    endings.find((ending) => ending === state),
    'how a closed incident ended',
  )
}

/** A citizen withdraws through a provider, whose code says nothing; an employee by their own. */
function closedBy({ state, code, decidedBy, reportedBy }: IncidentRecord): string | undefined {
  if (state === 'withdrawn') {
    return findByCode(code)?.reporters === 'citizens' ? undefined : reportedBy
  }
  return decidedBy === ruleSetAuthority ? undefined : decidedBy
}
