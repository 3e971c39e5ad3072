/** The JSON door's sign-on of people: an ID token of a configured provider for a token of ours. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { byCredentials } from '#access/declaration.ts'
import { rightsOf } from '#access/rights.ts'
import { FederatedAnswer, FederatedBody } from '#api/contracts.ts'
import { refuse } from '#incident/receipts.ts'
import { type Doors, sendProblem, signsOnFrom } from '#server/api/context.ts'
import { mutable } from '#server/api/mutable.ts'
import { open, problems } from '#server/api/openapi.ts'
import { noteFederatedDenial, signOnFederated } from '#store/federated.ts'

export const federatedRoute: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  const { access, house, verifyIdToken } = doors

  app.post(
    '/sessions/federated',
    {
      config: { declaration: { ...byCredentials, budget: 'list' } },
      schema: {
        ...open(
          'Sessions',
          'Sign on with an identity',
          'For the desk, once for each ID token. The nonce of the ID token must be the SHA-256 of ' +
            '`proof`, as base64url: so only the one who began the sign-in can hand it in.',
        ),
        body: FederatedBody,
        response: { 201: FederatedAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const from = { ...signsOnFrom(request), now: house.clock() }
      const verified = await verifyIdToken(request.body)
      if (verified.kind === 'fault') {
        const { fault } = verified
        const isOutage = fault === 'keys-unreachable'
        const number = isOutage ? 9022 : 9066
        await noteFederatedDenial(access, fault, number, from)
        return sendProblem(reply, isOutage ? 'outage' : 'not-signed-on', [refuse(number)])
      }
      const signed = await signOnFederated(access, verified.identity, from)
      if (signed.kind !== 'signed-on') {
        const number = signed.kind === 'replayed' ? 9066 : 902
        await noteFederatedDenial(access, signed.kind, number, from)
        return sendProblem(reply, 'not-signed-on', [refuse(number)])
      }
      const { token, expiresAt, personCode, group, authority } = signed
      const body = {
        token,
        expiresAt: expiresAt.toISOString(),
        personCode,
        group,
        authority,
        rights: mutable(rightsOf(group)),
      }
      return reply.code(201).send(body)
    },
  )
}
