/** The JSON door's hearings: what a person is asked, and the answer. Numbers in bodies only. */

import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import type { Caller } from '#access/security-groups.ts'
import {
  AskedAnswer,
  HearingAnswerBody,
  HearingAnswered,
  HearingLookUpBody,
} from '#api/hearing-contracts.ts'
import { answerHearing, listAsked } from '#casework/hear.ts'
import type { HearingItem } from '#casework/ports.ts'
import { hearings as kinds } from '#incident/hearing.ts'
import { isProtected } from '#register/person.ts'
import { nameOf } from '#search/disclose.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'

const received = { da: 'Svaret er modtaget', en: 'The answer has been received' }

export const hearingRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house } = options.doors

  app.post(
    '/hearings/lookup',
    {
      config: { declaration: needs('hear', 'hear') },
      schema: {
        ...secured(
          'Hearings',
          'List what a person is asked',
          'Open questions only. A provider asks for the person it has signed on; an authority sees ' +
            'what lies with it.',
        ),
        body: HearingLookUpBody,
        response: { 200: AskedAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { pnr, representative } = request.body
      const answer = await listAsked(house, { asker: askerOf(request), pnr, representative })
      if (answer.kind === 'refused') return sendProblem(reply, 'refused', answer.refusals)
      if (answer.kind !== 'done') return sendProblem(reply, answer.kind, [answer.refusal])
      return reply.send({ items: answer.items.map((item) => presentItem(answer.caller, item)) })
    },
  )

  app.post(
    '/hearings/:id/answer',
    {
      config: { declaration: needs('hear', 'hear', { fields: 'nothing' }) },
      schema: {
        ...secured(
          'Hearings',
          'Answer a hearing',
          'Once: the same answer again is confirmed again, another one is refused. Neither answer ' +
            'decides the incident. An authority may answer for what came on paper, and answers ' +
            'without `pnr` where nobody is asked.',
        ),
        params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
        body: HearingAnswerBody,
        response: { 200: HearingAnswered, ...problems },
      },
    },
    async (request, reply) => {
      const { pnr, representative, ...sent } = request.body
      const asker = askerOf(request)
      const order = { asker, hearing: request.params.id, pnr, representative, sent }
      const answer = await answerHearing(house, order)
      if (answer.kind === 'refused') return sendProblem(reply, 'refused', answer.refusals)
      if (answer.kind !== 'done') return sendProblem(reply, answer.kind, [answer.refusal])
      const { hearing, answeredAt } = answer
      const parties = {
        ...(pnr !== undefined && { pnr }),
        ...(representative !== undefined && { representative }),
      }
      const receipt = { number: 0, text: received, at: answeredAt.toISOString(), ...parties }
      return reply.send({ state: 'answered', receipt: { ...receipt, hearing: hearing.id } })
    },
  )
}

function presentItem(caller: Caller, { hearing, record, about, authorityName }: HearingItem) {
  const { title, question, answers } = kinds[hearing.kind]
  return {
    id: hearing.id,
    kind: hearing.kind,
    title,
    question,
    answers,
    askedAt: hearing.askedAt.toISOString(),
    ...(hearing.deadline !== undefined && { deadline: hearing.deadline }),
    about: about.map((person) => ({
      name: nameOf(person, caller),
      nameAndAddressProtected: isProtected(person),
    })),
    authority: { code: record.authority, name: authorityName },
  }
}
