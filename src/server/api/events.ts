/** The JSON door's feed of events, for receivers: page by page, at least once, in order. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { EventAnswer, EventQuery } from '#api/event-contracts.ts'
import { refuse } from '#incident/receipts.ts'
import { type FeedEvent, feedStart, receiveEvents } from '#search/events.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'
import { readPlace, writePlace } from '#server/api/feed-place.ts'
import { problems, secured } from '#server/api/openapi.ts'

const pageSizeMax = 1000

export const eventRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house, events } = options.doors

  app.get(
    '/events',
    {
      config: {
        declaration: needs('receive-events', 'events', { fields: 'numbers', budget: 'feed' }),
      },
      schema: {
        ...secured(
          'Events',
          'Receive events',
          'That something happened to a person of a subscribed municipality, and not what. At least ' +
            'once, in an order in which none is missed; `limit` events are looked through, so a page ' +
            'may be empty though `next` has moved. Ask again from `next` until it stays. After a ' +
            'restore a cursor is answered 409 (9063): begin without one, and compare.',
        ),
        querystring: EventQuery,
        response: { 200: EventAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { cursor, limit: size } = request.query
      const from = cursor === undefined ? { after: feedStart } : readPlace(cursor)
      if (!from) return sendProblem(reply, 'malformed', [refuse(9000, 'cursor')])
      const limit = Math.min(Math.max(Number(size ?? pageSizeMax), 1), pageSizeMax)
      const answer = await receiveEvents(house, events, { asker: askerOf(request), ...from, limit })
      if (answer.kind !== 'done') return sendProblem(reply, answer.kind, [answer.refusal])
      const next = writePlace(answer.next, answer.epoch)
      return reply.send({ items: answer.events.map(present), next })
    },
  )
}

function present({ place, pnr, eventNo, kind, type, recordedAt }: FeedEvent) {
  return { id: place.id, pnr, eventNo, kind, type, recordedAt: recordedAt.toISOString() }
}
