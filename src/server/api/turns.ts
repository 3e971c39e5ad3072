/** The JSON door's turns of a saved incident: return for amendment, forward, undo a decision. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { ApproveBody, ForwardBodySent, ReturnBodySent } from '#api/decision-contracts.ts'
import { forward, returnForAmendment } from '#casework/turns.ts'
import { undo } from '#casework/undo.ts'
import { type Doors, orderOf, sendAnswer } from '#server/api/context.ts'
import { stepSchema } from '#server/api/openapi.ts'

export const turnRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house } = options.doors

  app.post(
    '/pending/:id/return',
    {
      config: { declaration: needs('return', 'decide') },
      schema: {
        ...stepSchema(
          'Return for amendment',
          'To its reporter, under the same id: which fields, and why. Both reach the citizen.',
        ),
        body: ReturnBodySent,
      },
    },
    async (request, reply) => {
      const order = { ...orderOf(request), ...request.body }
      return sendAnswer(reply, await returnForAmendment(house, order), 200, {
        at: 'step',
        text: {
          da: 'Anmeldelsen er sendt tilbage til rettelse',
          en: 'The report has been returned for amendment',
        },
      })
    },
  )

  app.post(
    '/pending/:id/forward',
    {
      config: { declaration: needs('forward', 'decide') },
      schema: {
        ...stepSchema(
          'Forward',
          'To the municipality that is to decide; from then on it is that one alone that sees it.',
        ),
        body: ForwardBodySent,
      },
    },
    async (request, reply) => {
      const order = { ...orderOf(request), ...request.body }
      return sendAnswer(reply, await forward(house, order), 200, {
        at: 'step',
        text: {
          da: 'Anmeldelsen er sendt videre',
          en: 'The report has been forwarded',
        },
      })
    },
  )
}

/** Apart from the others, since it answers a decision. */
export const undoRoute: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house } = options.doors

  app.post(
    '/pending/:id/undo',
    {
      config: { declaration: needs('undo', 'decide') },
      schema: {
        ...stepSchema(
          'Undo a decision',
          'Within the window that the municipality has set, while nothing newer stands on it; ' +
            'with `persons`, for these alone. The incident waits as before.',
        ),
        body: ApproveBody,
      },
    },
    async (request, reply) =>
      sendAnswer(reply, await undo(house, { ...orderOf(request), ...request.body }), 200, {
        at: 'step',
        text: { da: 'Afgørelsen er fortrudt', en: 'The decision has been undone' },
      }),
  )
}
