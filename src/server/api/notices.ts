/** The JSON door's feed for those who hold person codes: what happened to them, and what will. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { byToken } from '#access/declaration.ts'
import { type Notice, type NoticePlace, noticeKinds } from '#access/notices.ts'
import { NoticeAnswer, NoticeQuery } from '#api/contracts.ts'
import { auditor } from '#casework/step.ts'
import { refuse } from '#incident/receipts.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'
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
            'within 14 days. Each once, in an order in which none is missed.',
        ),
        querystring: NoticeQuery,
        response: { 200: NoticeAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { after: sent, limit: size } = request.query
      const after = sent === undefined ? undefined : readPlace(sent)
      if (sent !== undefined && after === undefined) {
        return sendProblem(reply, 'malformed', [refuse(9000, 'after')])
      }
      const limit = Math.min(Math.max(Number(size ?? pageSizeMax), 1), pageSizeMax)
      const [asker, at] = [askerOf(request), house.clock()]
      const { caller, items } = await listNotices(access.pool, { asker, at, after, limit })
      const audit = auditor(house, { act: 'list-notices', at, asker })
      if (!caller) {
        await house.store.note(audit({ outcome: 'denied', receipt: 901 }))
        return sendProblem(reply, 'not-signed-on', [refuse(901)])
      }
      await house.store.note(audit({ caller, outcome: 'done', receipt: 0 }))
      const last = items.at(-1)?.place ?? after
      return reply.send({ items: items.map(present), next: last ? writePlace(last) : '' })
    },
  )
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

function writePlace({ xid, id }: NoticePlace): string {
  return Buffer.from(`${xid} ${id}`).toString('base64url')
}

/** Undefined for what `writePlace` never wrote; the empty text is the place before the first. */
function readPlace(text: string): NoticePlace | undefined {
  if (text === '') return { xid: '0', id: '' }
  const read = Buffer.from(text, 'base64url').toString('latin1')
  const [, xid, id] = /^(\d{1,18}) ([A-Za-z0-9.-]{1,100})$/.exec(read) ?? []
  return xid === undefined || id === undefined ? undefined : { xid, id }
}
