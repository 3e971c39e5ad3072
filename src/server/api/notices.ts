/** The JSON door's feed for those who hold person codes: what happened to them, and what will. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { byToken } from '#access/declaration.ts'
import { type Notice, noticeKinds, noticeStart } from '#access/notices.ts'
import { NoticeAnswer, NoticeQuery } from '#api/contracts.ts'
import { auditor } from '#casework/step.ts'
import { refuse } from '#incident/receipts.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'
import { readPlace, writePlace } from '#server/api/feed-place.ts'
import { problems, secured } from '#server/api/openapi.ts'
import { listNotices } from '#store/notices.ts'

const pageSizeMax = 100

export const noticeRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { access, house } = options.doors

  app.get(
    '/notices',
    {
      config: { declaration: { ...byToken, budget: 'feed' } },
      schema: {
        ...secured(
          'Sessions',
          'List notices',
          'What happened to the person codes of the same holder: locked, reset, a password that ends ' +
            'within 14 days. Each once, in an order in which none is missed. After a restore a place ' +
            'is answered 409 (9063): begin without one.',
        ),
        querystring: NoticeQuery,
        response: { 200: NoticeAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { after: sent = '', limit: size } = request.query
      const from =
        sent === '' ? { after: noticeStart } : (readPlace(sent) ?? readEarlierPlace(sent))
      if (!from) return sendProblem(reply, 'malformed', [refuse(9000, 'after')])
      const limit = Math.min(Math.max(Number(size ?? pageSizeMax), 1), pageSizeMax)
      const [asker, at] = [askerOf(request), house.clock()]
      const { caller, items, epoch } = await listNotices(access.pool, {
        asker,
        at,
        after: from.after,
        limit,
      })
      const audit = auditor(house, { act: 'list-notices', at, asker })
      if (!caller) {
        await house.store.note(audit({ outcome: 'denied', receipt: 901 }))
        return sendProblem(reply, 'not-signed-on', [refuse(901)])
      }
      if ('readIn' in from && from.readIn !== epoch) {
        await house.store.note(audit({ caller, outcome: 'refused', receipt: 9063 }))
        return sendProblem(reply, 'not-allowed', [refuse(9063)])
      }
      await house.store.note(audit({ caller, outcome: 'done', receipt: 0 }))
      const next = writePlace(items.at(-1)?.place ?? from.after, epoch)
      return reply.send({ items: items.map(present), next })
    },
  )
}

/** A place as it was told before notices had an epoch: every one of then is of the first. */
function readEarlierPlace(text: string): ReturnType<typeof readPlace> {
  const read = Buffer.from(text, 'base64url').toString('latin1')
  const [, xid, id] = /^(\d{1,18}) ([A-Za-z0-9.-]{0,100})$/.exec(read) ?? []
  if (xid === undefined || id === undefined) return undefined
  return { after: { epoch: 1, xid, id }, readIn: 1 }
}

function present({ place, at, personCode, kind, endsAt }: Notice) {
  return {
    id: place.id,
    at: at.toISOString(),
    personCode,
    kind,
    text: noticeKinds[kind],
    ...(endsAt && { endsAt: endsAt.toISOString() }),
  }
}
