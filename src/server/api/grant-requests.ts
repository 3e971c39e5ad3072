/** The JSON door of the second administrator: what waits, granted or refused. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { needs } from '#access/declaration.ts'
import {
  GrantedAnswer,
  GrantRequestsAnswer,
  ReasonBody,
  RequestParams,
} from '#api/administration-contracts.ts'
import { refuse } from '#incident/receipts.ts'
import {
  admit,
  type Ground,
  noteListed,
  refusalOf,
  refuseAdministration,
} from '#server/api/administration.ts'
import { type Doors, sendNotDone, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'
import {
  findGrantRequest,
  type GrantRequest,
  grant,
  listGrantRequests,
  refuseGrant,
} from '#store/grant-requests.ts'

const declaration = needs('administer', 'administration', { fields: 'accounts', budget: 'control' })
const tag = 'Administration'

export const grantRequestRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  const { access } = doors

  app.get(
    '/grant-requests',
    {
      config: { declaration },
      schema: {
        ...secured(tag, 'List what waits to be granted', 'Within reach, the oldest first.'),
        response: { 200: GrantRequestsAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const order = { act: 'list-grant-requests', reason: 'administration' } as const
      const ground = await admit(doors, request, order)
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      const found = await listGrantRequests(access.pool, ground.reach)
      await noteListed(doors, ground.by, order.act)
      return reply.send({ items: found.map(presentRequest) })
    },
  )

  app.post(
    '/grant-requests/:id/refuse',
    {
      config: { declaration },
      schema: {
        ...secured(tag, 'Refuse a request', 'Also by the one who asked, who so takes it back.'),
        params: RequestParams,
        body: ReasonBody,
        response: { 200: GrantRequestsAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const act = 'grant-refused'
      const { id } = request.params
      const [found, ground] = await admitTo(doors, request, { act, id, ...request.body })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      if (!found) return sendProblem(reply, 'unknown', [refuse(902)])
      const done = await refuseGrant(access, found, ground.by)
      if (done.kind === 'refused') {
        const left = await listGrantRequests(access.pool, ground.reach)
        return reply.send({ items: left.map(presentRequest) })
      }
      const refusals = [refuse(9067, 'id')]
      return refuseAdministration(doors, ground, reply, { act, kind: 'not-allowed' }, refusals)
    },
  )
}

export const grantRoute: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, { doors }) => {
  const { access } = doors

  app.post(
    '/grant-requests/:id/grant',
    {
      config: { declaration },
      schema: {
        ...secured(tag, 'Grant a request', 'By another administrator than the one who asked.'),
        params: RequestParams,
        body: ReasonBody,
        response: { 200: GrantedAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const act = 'grant-given'
      const { id } = request.params
      const [found, ground] = await admitTo(doors, request, { act, id, ...request.body })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      if (!found) return sendProblem(reply, 'unknown', [refuse(902)])
      const done = await grant(access, found, ground.by)
      switch (done.kind) {
        case 'granted':
          return reply.send({
            code: done.code,
            ...(done.created?.oneTimePassword && {
              oneTimePassword: done.created.oneTimePassword,
              passwordExpiresAt: done.created.passwordExpiresAt.toISOString(),
            }),
          })
        case 'same-person':
          return refuseAdministration(doors, ground, reply, { act, kind: 'denied' }, [refuse(9068)])
        case 'gone':
        case 'refused':
          return refuseAdministration(doors, ground, reply, { act, kind: 'not-allowed' }, [
            refuse(9067, 'id'),
          ])
        default:
          return refuseAdministration(doors, ground, reply, { act, kind: 'refused' }, [
            refusalOf(done),
          ])
      }
    },
  )
}

/** The request, and the administrator within whose reach the wish is; to others it is unknown. */
async function admitTo(
  doors: Doors,
  request: FastifyRequest,
  order: {
    readonly act: 'grant-given' | 'grant-refused'
    readonly id: string
    readonly reason: string
  },
): Promise<readonly [GrantRequest | undefined, Ground]> {
  const found = await findGrantRequest(doors.access.pool, order.id)
  const { act, reason } = order
  const code = found?.wish.isNew ? undefined : found?.wish.code
  const wanted = found && { group: found.wish.group, authority: found.wish.authority }
  const about = { request: order.id }
  return [found, await admit(doors, request, { act, reason, wanted, about, ...(code && { code }) })]
}

function presentRequest({ id, wish, askedBy, askedAt, reason }: GrantRequest) {
  const { isNew, code, group, authority, name = '' } = wish
  return {
    ...{ id, isNew, ...(code && { code }), group, authority, name, askedBy },
    ...{ askedAt: askedAt.toISOString(), reason },
  }
}
