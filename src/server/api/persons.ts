/** The JSON door's question about one person. The number is in the body, never in a URL. */

import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { LookUpBody, MasterDataSchema } from '#api/contracts.ts'
import { addDays, danishMidnight, readDate } from '#base/calendar.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { lookUp } from '#search/look-up.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'
import { mutable } from '#server/api/mutable.ts'
import { problems, secured } from '#server/api/openapi.ts'

const validOn = { da: 'Gyldighedsdagen', en: 'The day asked about' }
const knownOn = { da: 'Kendskabsdagen', en: 'The day of what was known' }

export const personRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house, history } = options.doors

  app.post(
    '/persons/lookup',
    {
      config: { declaration: needs('look-up', 'question', { budget: 'question' }) },
      schema: {
        ...secured(
          'Persons',
          'Look a person up',
          'As valid on a day and as known on a day. What is shown follows the right of the caller; ' +
            'the question and its purpose are put on record.',
        ),
        body: LookUpBody,
        response: { 200: MasterDataSchema, ...problems },
      },
    },
    async (request, reply) => {
      const unclear = misreadReason(request.body)
      if (unclear) return sendProblem(reply, 'malformed', [unclear])
      const { pnr, asValidOn, asKnownOn } = request.body
      const valid = asValidOn === undefined ? undefined : readDate(asValidOn)
      const known = asKnownOn === undefined ? undefined : readDate(asKnownOn)
      const misread = [
        ...(asValidOn !== undefined && !valid ? [refuse(40, 'asValidOn', validOn)] : []),
        ...(asKnownOn !== undefined && !known ? [refuse(40, 'asKnownOn', knownOn)] : []),
      ]
      const answer = await lookUp(house, history, {
        asker: askerOf(request),
        act: 'look-up',
        pnr,
        reason: reasonIn(request.body),
        misread,
        asValidOn: valid,
        asKnownAt: known && danishMidnight(addDays(known, 1)),
      })
      if (answer.kind === 'found') return reply.send(mutable(answer.masterData))
      if (answer.kind === 'refused') return sendProblem(reply, 'refused', answer.refusals)
      return sendProblem(reply, answer.kind, [answer.refusal])
    },
  )
}

type Body = Static<typeof LookUpBody>

/** What a program gives is a name, so that no words can pass for it. */
function reasonIn({ purpose = '', given }: Body) {
  return given === undefined ? { purpose } : { given }
}

/** What a schema of one object cannot say: one of the two. */
function misreadReason({ purpose, given }: Body): Refusal | undefined {
  if (purpose !== undefined && given !== undefined) return refuse(9091, 'given')
  const isNone = purpose === undefined && given === undefined
  return isNone ? refuse(9010, 'purpose', 'purpose') : undefined
}
