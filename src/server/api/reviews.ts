/** The JSON door's control of the log: reviews of weeks, and what case workers are asked. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import {
  AskedLooksAnswer,
  JudgeBody,
  LookParams,
  ReviewAnswer,
  ReviewChanged,
  ReviewedLookAnswer,
  ReviewsAnswer,
  ReviewsQuery,
  SignBody,
  WeekParams,
  WhyBody,
} from '#api/review-contracts.ts'
import { answerWhy, listAsked } from '#review/asked.ts'
import {
  askWhy,
  type ChangeAnswer,
  judgeLook,
  listReviews,
  readLook,
  readReview,
  signReview,
} from '#review/reviews.ts'
import { askerOf, type Doors, sendNotDone } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'
import {
  presentAsked,
  presentHead,
  presentLook,
  presentReview,
} from '#server/api/present-reviews.ts'

const tag = 'Log reviews'
const control = { fields: 'log', budget: 'control' } as const
const review = needs('review-log', 'log-control', control)
const explain = needs('explain-look', 'log-control', control)
/** More than half a year at once. */
const pageSize = 30

/** What reviewers see. */
export const reviewRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, { doors }) => {
  app.get(
    '/log-reviews',
    {
      config: { declaration: review },
      schema: {
        ...secured(tag, 'List log reviews', 'Of the own authority, the latest week first.'),
        querystring: ReviewsQuery,
        response: { 200: ReviewsAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const order = { asker: askerOf(request), limit: pageSize, ...request.query }
      const answer = await listReviews(doors, order)
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      const { reviews, today, next } = answer
      const items = reviews.map((each) => presentHead(each, today))
      return reply.send({ items, ...(next !== undefined && { next }) })
    },
  )

  app.get(
    '/log-reviews/:week',
    {
      config: { declaration: review },
      schema: {
        ...secured(
          tag,
          'Read a log review',
          'What was drawn of a week, by chance and for patterns, and how far it is judged.',
        ),
        params: WeekParams,
        response: { 200: ReviewAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const order = { asker: askerOf(request), week: request.params.week }
      const answer = await readReview(doors, order)
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(presentReview(answer.whole, answer.today))
    },
  )

  app.get(
    '/log-reviews/:week/look-ups/:number',
    {
      config: { declaration: review },
      schema: {
        ...secured(tag, 'Read a reviewed look-up', 'Who, when, why, whose number; no name.'),
        params: LookParams,
        response: { 200: ReviewedLookAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const answer = await readLook(doors, { asker: askerOf(request), ...placeOf(request) })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(presentLook(answer))
    },
  )
}

/** What reviewers do. */
export const reviewStepRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  app.post(
    '/log-reviews/:week/look-ups/:number/ask',
    {
      config: { declaration: review },
      schema: {
        ...secured(tag, 'Ask why', 'The case worker is asked for the reason of the look-up.'),
        params: LookParams,
        body: WhyBody,
        response: { 200: ReviewChanged, ...problems },
      },
    },
    async (request, reply) => {
      const order = { asker: askerOf(request), ...placeOf(request), ...request.body }
      return sendChanged(reply, await askWhy(doors, order))
    },
  )

  app.post(
    '/log-reviews/:week/look-ups/:number/judge',
    {
      config: { declaration: review },
      schema: {
        ...secured(
          tag,
          'Judge a look-up',
          'By nobody whose look-up it is. Until somebody has signed the review off it may be ' +
            'judged anew.',
        ),
        params: LookParams,
        body: JudgeBody,
        response: { 200: ReviewChanged, ...problems },
      },
    },
    async (request, reply) => {
      const { note = '', verdict, version } = request.body
      const order = { asker: askerOf(request), ...placeOf(request), note, verdict, version }
      return sendChanged(reply, await judgeLook(doors, order))
    },
  )

  app.post(
    '/log-reviews/:week/sign-off',
    {
      config: { declaration: review },
      schema: {
        ...secured(
          tag,
          'Sign off a log review',
          'Once everything is judged, by two different persons with no look-up of their own in it. ' +
            'What is signed is the version that was seen (9088).',
        ),
        params: WeekParams,
        body: SignBody,
        response: { 200: ReviewChanged, ...problems },
      },
    },
    async (request, reply) => {
      const { version } = request.body
      const order = { asker: askerOf(request), week: request.params.week, version }
      return sendChanged(reply, await signReview(doors, order))
    },
  )
}

/** What those who looked are asked, and their answers. */
export const askedLookRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  app.get(
    '/asked-look-ups',
    {
      config: { declaration: explain },
      schema: {
        ...secured(tag, 'List what one is asked', 'Own look-ups that a reviewer asks about.'),
        response: { 200: AskedLooksAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const answer = await listAsked(doors, askerOf(request))
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(presentAsked(answer.looks))
    },
  )

  app.post(
    '/asked-look-ups/:week/:number/answer',
    {
      config: { declaration: explain },
      schema: {
        ...secured(tag, 'Answer why', 'Until it is judged, the answer may be another one.'),
        params: LookParams,
        body: WhyBody,
        response: { 200: ReviewChanged, ...problems },
      },
    },
    async (request, reply) => {
      const order = { asker: askerOf(request), ...placeOf(request), ...request.body }
      return sendChanged(reply, await answerWhy(doors, order))
    },
  )
}

type WithPlace = { readonly params: { readonly week: string; readonly number: string } }

/** What is no number is the number of no look-up. */
function placeOf({ params: { week, number } }: WithPlace) {
  return { week, number: /^[1-9][0-9]{0,5}$/.test(number) ? Number(number) : 0 }
}

function sendChanged(reply: Parameters<typeof sendNotDone>[0], answer: ChangeAnswer) {
  if (answer.kind !== 'done') return sendNotDone(reply, answer)
  const { week, number } = answer
  return reply.send({ week, ...(number !== undefined && { number }) })
}
