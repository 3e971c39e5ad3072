/** The JSON door's desk: the queue, how many there are, the next one, and figures for a team. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { readDueCursor, writeDueCursor } from '#api/cursor.ts'
import {
  CountsAnswer,
  CountsBody,
  FiguresAnswer,
  FiguresQuery,
  NextAnswer,
  NextBody,
  QueueAnswer,
  QueueBody,
} from '#api/desk-contracts.ts'
import { countQueue, nextCase, readFigures, readQueue } from '#casework/desk.ts'
import { type QueueFilter, type QueueSort, waits } from '#casework/desk-ports.ts'
import { isFlag } from '#casework/flags.ts'
import { refuse } from '#incident/receipts.ts'
import { findByCode, findByName } from '#incidents/catalogue.ts'
import { closedRoutes } from '#server/api/closed.ts'
import { askerOf, type Doors, sendNotDone, sendProblem } from '#server/api/context.ts'
import { bulkRoutes, caseRoutes, workRoutes } from '#server/api/desk-cases.ts'
import { mutable } from '#server/api/mutable.ts'
import { problems, secured } from '#server/api/openapi.ts'
import { presentCounts, presentItem } from '#server/api/present-desk.ts'
import { unknownType } from '#server/api/unknown-type.ts'

const pageSize = 50
const wordsMax = 8
const daysMax = 366
const list = { budget: 'list' } as const

/** All of the desk. */
export const deskRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  await app.register(queueRoutes, options)
  await app.register(teamRoutes, options)
  await app.register(closedRoutes, options)
  await app.register(caseRoutes, options)
  await app.register(workRoutes, options)
  await app.register(bulkRoutes, options)
}

const queueRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, { doors }) => {
  app.post(
    '/desk/queue',
    {
      config: { declaration: needs('list-pending', 'decide', list) },
      schema: {
        ...secured(
          'Desk',
          'Read the queue',
          'What lies with the own authority and is not decided, page by page: filtered, sorted, ' +
            'searched. Flags say what makes a case more than a plain one; counts, where they are ' +
            'asked for, how many cases there are by each filter on all the pages.',
        ),
        body: QueueBody,
        response: { 200: QueueAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { cursor, limit = pageSize, sort = 'received', counts = false } = request.body
      const filter = readFilter(request.body)
      if (!filter) return unknownType(doors, request, reply)
      const after = cursor === undefined ? undefined : readDueCursor(cursor)
      if (cursor !== undefined && !after) {
        return sendProblem(reply, 'malformed', [refuse(9000, 'cursor')])
      }
      const order = { asker: askerOf(request), filter, sort: sortOf(sort), after, limit }
      const answer = await readQueue(doors, { ...order, withCounts: counts })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      const { items, next, caller } = answer
      return reply.send({
        items: items.map((item) => presentItem(item, caller)),
        ...(next && { next: writeDueCursor(next) }),
        ...(answer.counts && { counts: presentCounts(answer.counts) }),
      })
    },
  )

  app.post(
    '/desk/counts',
    {
      config: { declaration: needs('list-pending', 'decide', { ...list, fields: 'nothing' }) },
      schema: {
        ...secured('Desk', 'Count the queue', 'How many cases there are by each filter.'),
        body: CountsBody,
        response: { 200: CountsAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const filter = readFilter(request.body)
      if (!filter) return unknownType(doors, request, reply)
      const answer = await countQueue(doors, { asker: askerOf(request), filter })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(presentCounts(answer.counts))
    },
  )
}

const teamRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, { doors }) => {
  app.post(
    '/desk/next',
    {
      config: { declaration: needs('claim', 'decide', { ...list, fields: 'nothing' }) },
      schema: {
        ...secured('Desk', 'Take the next case', 'The first that nobody works on, claimed.'),
        body: NextBody,
        response: { 200: NextAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { sort = 'received' } = request.body
      const filter = readFilter(request.body)
      if (!filter) return unknownType(doors, request, reply)
      const order = { asker: askerOf(request), filter, sort: sortOf(sort) }
      const answer = await nextCase(doors, order, findByCode)
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(answer.id === undefined ? {} : { id: answer.id })
    },
  )

  app.get(
    '/desk/figures',
    {
      config: { declaration: needs('read-figures', 'decide', { ...list, fields: 'nothing' }) },
      schema: {
        ...secured(
          'Desk',
          'Read the figures',
          'Of the own authority: what came in and went out by day, how old what waits is, how it ' +
            'ended, how much of it without a person, and how long a decision takes.',
        ),
        querystring: FiguresQuery,
        response: { 200: FiguresAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const days = Math.min(Math.max(Number(request.query.days ?? 30), 1), daysMax)
      const answer = await readFigures(doors, { asker: askerOf(request), days })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(mutable(answer.figures))
    },
  )
}

type Sent = {
  readonly type?: string
  readonly flag?: string
  readonly waitsFor?: string
  readonly claimed?: string
  readonly overdue?: boolean
  readonly text?: string
}

/** Undefined where no such type is reported. */
function readFilter(sent: Sent): QueueFilter | undefined {
  const type = sent.type === undefined ? undefined : findByName(sent.type)
  if (sent.type !== undefined && !type) return undefined
  const { flag, claimed, overdue } = sent
  return {
    code: type?.shape.code,
    flag: flag !== undefined && isFlag(flag) ? flag : undefined,
    waitsFor: waits.find((each) => each === sent.waitsFor),
    claimed: (['mine', 'free', 'others'] as const).find((each) => each === claimed),
    overdue,
    words: wordsOf(sent.text ?? ''),
  }
}

/** In small letters; a number without its hyphen, as it is kept. */
function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (/^\d{6}-\d{1,4}$/.test(word) ? word.replace('-', '') : word))
    .slice(0, wordsMax)
}

function sortOf(sort: string): QueueSort {
  return sort === 'newest' || sort === 'deadline' ? sort : 'received'
}
