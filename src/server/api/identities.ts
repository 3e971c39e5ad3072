/** The JSON door of administrators: which identities of OpenID providers open a person code. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { noticeKinds } from '#access/notices.ts'
import { CodeParams, DoneAnswer, LinkBody, ReasonBody } from '#api/administration-contracts.ts'
import { present } from '#base/assert.ts'
import { refuse } from '#incident/receipts.ts'
import { admit, refuseAdministration } from '#server/api/administration.ts'
import { type Doors, sendNotDone } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'
import { linkIdentity, unlinkIdentities } from '#store/federated.ts'

const declaration = needs('administer', 'administration', { fields: 'accounts', budget: 'control' })
const tag = 'Administration'

export const identityRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  const { access } = doors

  app.post(
    '/person-codes/:code/link',
    {
      config: { declaration },
      schema: {
        ...secured(tag, 'Link an identity', 'An identity of an OpenID provider then signs on.'),
        params: CodeParams,
        body: LinkBody,
        response: { 200: DoneAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const act = 'identity-linked'
      const { code } = request.params
      const { reason, ...identity } = request.body
      const ground = await admit(doors, request, { act, reason, code })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      const record = present(ground.record, 'the person code that is linked')
      const linked = await linkIdentity(access, record.code, identity, ground.by)
      if (linked === 'linked') return reply.send({ code, text: noticeKinds.changed })
      const order = { act, kind: 'not-allowed' } as const
      return refuseAdministration(doors, ground, reply, order, [refuse(9067, 'subject')])
    },
  )

  app.post(
    '/person-codes/:code/unlink',
    {
      config: { declaration },
      schema: {
        ...secured(tag, 'Unlink identities', 'No identity signs on any more; ends all tokens.'),
        params: CodeParams,
        body: ReasonBody,
        response: { 200: DoneAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const act = 'identity-unlinked'
      const { code } = request.params
      const ground = await admit(doors, request, { act, reason: request.body.reason, code })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      const record = present(ground.record, 'the person code that is unlinked')
      const removed = await unlinkIdentities(access, record.code, ground.by)
      if (removed > 0) return reply.send({ code, text: noticeKinds.changed })
      // Nothing was changed, so nothing would be on record of who wanted it.
      const order = { act, kind: 'not-allowed' } as const
      return refuseAdministration(doors, ground, reply, order, [refuse(9067, 'code')])
    },
  )
}
