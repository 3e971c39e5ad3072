/**
 * The JSON door's questions of persons about themselves, through the provider that has signed them
 * on: my cases, my letters, who looked. Numbers in bodies only.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { readCursor, writeCursor } from '#api/cursor.ts'
import {
  OwnBody,
  OwnCaseAnswer,
  OwnCasesAnswer,
  OwnDataAnswer,
  OwnDataBody,
  OwnLettersAnswer,
  OwnPageBody,
  WhoLookedAnswer,
} from '#api/own-contracts.ts'
import { readDate } from '#base/calendar.ts'
import { listOwnCases, readOwnCase } from '#casework/own-cases.ts'
import { refuse } from '#incident/receipts.ts'
import { findByCode } from '#incidents/catalogue.ts'
import { ownData } from '#search/own-data.ts'
import { ownLetters } from '#search/own-letters.ts'
import { whoLooked } from '#search/who-looked.ts'
import { askerOf, type Doors, readId, sendNotDone, sendProblem } from '#server/api/context.ts'
import { IdParams, problems, secured } from '#server/api/openapi.ts'
import {
  presentLetter,
  presentLook,
  presentOwnCase,
  presentOwnCases,
  presentOwnData,
} from '#server/api/present-own.ts'

const declaration = needs('insight', 'insight')
const list = needs('insight', 'insight', { budget: 'errand' })
const limitDefault = 20

export const ownCaseRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house, own } = options.doors

  app.post(
    '/incidents/lookup',
    {
      config: { declaration: list },
      schema: {
        ...secured(
          'Own',
          'List my cases',
          'Saved incidents that the person is part of, the last first, whoever reported them; and ' +
            'what the person was asked.',
        ),
        body: OwnPageBody,
        response: { 200: OwnCasesAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { pnr, representative, cursor, limit = limitDefault } = request.body
      const before = cursor === undefined ? undefined : readCursor(cursor)
      if (cursor !== undefined && !before) return noCursor(reply)
      const whose = { asker: askerOf(request), pnr, representative }
      const order = { ...whose, before, limit, findType: findByCode }
      const answer = await listOwnCases(house, own.cases, order)
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(presentOwnCases(answer))
    },
  )

  app.post(
    '/incidents/:id/lookup',
    {
      config: { declaration },
      schema: {
        ...secured(
          'Own',
          'Follow my case',
          'As the person may see it: a companion is told of itself alone. For who is no part of it ' +
            'there is no such incident.',
        ),
        params: IdParams,
        body: OwnBody,
        response: { 200: OwnCaseAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { pnr, representative } = request.body
      const order = { asker: askerOf(request), pnr, representative, ...readId(request.params.id) }
      const answer = await readOwnCase(house, order)
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(presentOwnCase(answer))
    },
  )
}

export const ownRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house, own } = options.doors

  app.post(
    '/letters/lookup',
    {
      config: { declaration: list },
      schema: {
        ...secured('Own', 'List my letters', 'Receipts, decisions and reminders, the last first.'),
        body: OwnPageBody,
        response: { 200: OwnLettersAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { pnr, representative, cursor, limit = limitDefault } = request.body
      const place = cursor === undefined ? undefined : readCursor(cursor)
      if (cursor !== undefined && !place) return noCursor(reply)
      const before = place && { at: place.savedAt, id: place.id }
      const order = { asker: askerOf(request), pnr, representative, before, limit }
      const answer = await ownLetters(house, own.letters, order)
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      const { letters, next } = answer
      return reply.send({
        items: letters.map(presentLetter),
        ...(next && { next: writeCursor({ savedAt: next.at, id: next.id }) }),
      })
    },
  )

  app.post(
    '/persons/who-looked',
    {
      config: { declaration: list },
      schema: {
        ...secured(
          'Own',
          'List who looked',
          'When, which authority and why, the last first; never which employee. To ask is a look too.',
        ),
        body: OwnPageBody,
        response: { 200: WhoLookedAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { pnr, representative, cursor: before, limit = limitDefault } = request.body
      if (before !== undefined && !lookForm.test(before)) return noCursor(reply)
      const order = { asker: askerOf(request), pnr, representative, before, limit }
      const answer = await whoLooked(house, own.looks, order)
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      const { looks, next } = answer
      return reply.send({
        items: looks.map(presentLook),
        ...(next !== undefined && { next }),
      })
    },
  )
}

const validOn = { da: 'Gyldighedsdagen', en: 'The day asked about' }

export const ownDataRoute: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house, own } = options.doors

  app.post(
    '/persons/own-data',
    {
      config: { declaration },
      schema: {
        ...secured(
          'Own',
          'Show my data',
          'Everything that is registered about the person, or about a child under 18 of whom the ' +
            'person has custody: item by item, with the authority to ask, and what held on other days.',
        ),
        body: OwnDataBody,
        response: { 200: OwnDataAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { pnr, representative, child, asValidOn: day } = request.body
      const asValidOn = day === undefined ? undefined : readDate(day)
      if (day !== undefined && !asValidOn) {
        return sendProblem(reply, 'refused', [refuse(40, 'asValidOn', validOn)])
      }
      const whose = { asker: askerOf(request), pnr, representative }
      const answer = await ownData(house, own.data, { ...whose, child, asValidOn })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(presentOwnData(answer))
    },
  )
}

/** The id of a row of evidence tells its time and nothing else. */
const lookForm = /^[0-9a-z]{26}$/

function noCursor(reply: Parameters<typeof sendProblem>[0]) {
  return sendProblem(reply, 'malformed', [refuse(9000, 'cursor')])
}
