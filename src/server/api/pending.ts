/** The JSON door of the authority that decides: what waits, approve, reject. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import type { Caller } from '#access/security-groups.ts'
import { readCursor, writeCursor } from '#api/cursor.ts'
import {
  ApproveBody,
  PendingAnswer,
  PendingQuery,
  RejectBodySent,
} from '#api/decision-contracts.ts'
import { approve, reject } from '#casework/decide.ts'
import { listPending } from '#casework/follow.ts'
import type { PendingItem } from '#casework/ports.ts'
import { refuse } from '#incident/receipts.ts'
import { findByCode, findByName } from '#incidents/catalogue.ts'
import { isProtected } from '#register/person.ts'
import { nameOf } from '#search/disclose.ts'
import { askerOf, type Doors, orderOf, sendAnswer, sendProblem } from '#server/api/context.ts'
import { problems, secured, stepSchema } from '#server/api/openapi.ts'
import { unknownType } from '#server/api/unknown-type.ts'

const pageSizeMax = 100

export const pendingRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house } = options.doors

  app.post(
    '/pending/:id/approve',
    {
      config: { declaration: needs('approve', 'decide') },
      schema: {
        ...stepSchema(
          'Approve',
          'Registered at once and as a whole; with `persons`, for these of its persons alone.',
        ),
        body: ApproveBody,
      },
    },
    async (request, reply) =>
      sendAnswer(reply, await approve(house, { ...orderOf(request), ...request.body }), 200, {
        at: 'decidedAt',
        text: { da: 'Hændelsen er godkendt', en: 'The incident has been approved' },
      }),
  )

  app.post(
    '/pending/:id/reject',
    {
      config: { declaration: needs('reject', 'decide') },
      schema: {
        ...stepSchema(
          'Reject',
          'With a reason that reaches the citizen; with `persons`, for these alone.',
        ),
        body: RejectBodySent,
      },
    },
    async (request, reply) => {
      const answer = await reject(house, { ...orderOf(request), ...request.body })
      return sendAnswer(reply, answer, 200, {
        at: 'decidedAt',
        text: { da: 'Hændelsen er afvist', en: 'The incident has been rejected' },
      })
    },
  )
}

/** What waits for the caller's own municipality, page by page. */
export const pendingListRoute: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  const { house } = doors

  app.get(
    '/pending',
    {
      config: { declaration: needs('list-pending', 'decide', { budget: 'list' }) },
      schema: {
        ...secured('Incidents', 'List what waits', "The caller's own municipality, oldest first."),
        querystring: PendingQuery,
        response: { 200: PendingAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { type: name, cursor, limit } = request.query
      const type = name === undefined ? undefined : findByName(name)
      if (name !== undefined && !type) return unknownType(doors, request, reply)
      const after = cursor === undefined ? undefined : readCursor(cursor)
      if (cursor !== undefined && !after) {
        return sendProblem(reply, 'malformed', [refuse(9000, 'cursor')])
      }
      const answer = await listPending(house, {
        asker: askerOf(request),
        code: type?.shape.code,
        after,
        limit: Math.min(Math.max(Number(limit ?? 50), 1), pageSizeMax),
      })
      if (answer.kind !== 'done') return sendProblem(reply, answer.kind, [answer.refusal])
      return reply.send({
        items: answer.items.map((item) => presentItem(item, answer.caller)),
        ...(answer.next && { next: writeCursor(answer.next) }),
      })
    },
  )
}

function presentItem({ record, subject }: PendingItem, caller: Caller) {
  const shape = findByCode(record.code)?.shape
  return {
    id: record.id,
    type: shape?.name ?? record.code,
    title: shape?.title ?? { da: record.code, en: record.code },
    keys: record.keys,
    name: nameOf(subject, caller),
    nameAndAddressProtected: isProtected(subject),
    savedAt: (record.savedAt ?? record.initiatedAt).toISOString(),
    marks: [...record.marks],
  }
}
