/** The JSON door's word from a provider that somebody was refused a sign-in at it. */

import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { SignInRefusal } from '#api/sign-in-contracts.ts'
import { admitTo } from '#casework/admit.ts'
import { auditor } from '#casework/step.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'

/** What stands on record as the receipt: nobody was answered one. */
const signInRefused = 9082

export const signInRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house } = options.doors

  app.post(
    '/sign-ins/refused',
    {
      config: {
        declaration: needs('deposit', 'sign-on', { fields: 'nothing', budget: 'control' }),
      },
      schema: {
        ...secured(
          'Sessions',
          'Put a refused sign-in on record',
          'Of a person at a provider. Who it was is not told: nothing about them was proved.',
        ),
        body: SignInRefusal,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const asker = askerOf(request)
      const act = 'sign-in-refused'
      const admitted = await admitTo(house, asker, act, 'deposit')
      if (admitted.kind !== 'admitted') return sendProblem(reply, admitted.kind, [admitted.refusal])
      const { caller } = admitted
      const { reason } = request.body
      const audit = auditor(house, { act, at: house.clock(), asker })
      const row = audit({ caller, outcome: 'denied', receipt: signInRefused, detail: { reason } })
      await house.store.note({ ...row, purpose: 'sign-in at a provider' })
      return reply.code(204).send(null)
    },
  )
}
