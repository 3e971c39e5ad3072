/** The JSON door's outbox: the letters of an authority, and what a person does with them. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import { needs } from '#access/declaration.ts'
import type { Caller } from '#access/security-groups.ts'
import { readCursor, writeCursor } from '#api/cursor.ts'
import {
  OutboxAnswer,
  OutboxBody,
  type OutboxItemSchema,
  SettleAnswer,
  SettleBody,
} from '#api/outbox-contracts.ts'
import type { Delivery } from '#casework/delivery.ts'
import type { LetterKind } from '#casework/hearings.ts'
import { letterTitles } from '#casework/letters.ts'
import { type OutboxItem, readOutbox, type Settling, settleLetters } from '#casework/outbox.ts'
import { refuse } from '#incident/receipts.ts'
import { isProtected } from '#register/person.ts'
import { readPnr } from '#register/pnr.ts'
import { nameOf } from '#search/disclose.ts'
import { askerOf, type Doors, sendNotDone, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'

const pageSize = 50

export const outboxRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, { doors }) => {
  app.post(
    '/desk/letters',
    {
      config: { declaration: needs('send-letters', 'decide', { budget: 'list' }) },
      schema: {
        ...secured(
          'Desk',
          'Read the outbox',
          'The letters of the own authority, the last first, and what became of each. The counts ' +
            'are of all that still ask for something.',
        ),
        body: OutboxBody,
        response: { 200: OutboxAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { cursor, limit = pageSize, pnr: sent, delivery, kind, ids } = request.body
      const place = cursor === undefined ? undefined : readCursor(cursor)
      if (cursor !== undefined && !place) {
        return sendProblem(reply, 'malformed', [refuse(9000, 'cursor')])
      }
      const recipient = sent === undefined ? undefined : readPnr(sent)
      const answer = await readOutbox(doors, {
        ...{ asker: askerOf(request), recipient, ids, limit },
        delivery: delivery as Delivery | undefined,
        kind: kind as LetterKind | undefined,
        before: place && { at: place.savedAt, id: place.id },
        misread: sent !== undefined && !recipient ? [refuse(52, 'pnr')] : [],
      })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      const { items, counts, next, caller, at } = answer
      return reply.send({
        items: items.map((item) => presentMail(item, caller, at)),
        counts,
        ...(next && { next: writeCursor({ savedAt: next.at, id: next.id }) }),
      })
    },
  )

  app.post(
    '/desk/letters/settle',
    {
      config: { declaration: needs('send-letters', 'decide', { fields: 'nothing' }) },
      schema: {
        ...secured(
          'Desk',
          'Settle letters',
          'Says that letters were sent by hand, or has their delivery tried again.',
        ),
        body: SettleBody,
        response: { 200: SettleAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { ids, to } = request.body
      const order = { asker: askerOf(request), ids: [...new Set(ids)], to: to as Settling['to'] }
      const answer = await settleLetters(doors, order)
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send({ settled: [...answer.settled], left: [...answer.left] })
    },
  )
}

function presentMail(
  { mail, recipient }: OutboxItem,
  caller: Caller,
  now: Date,
): Static<typeof OutboxItemSchema> {
  const { id, at, kind, text, incidentId, delivery, tries, settledAt, settledBy, held } = mail
  return {
    ...{ id, at: at.toISOString(), kind, title: letterTitles[kind], text, delivery, tries },
    pnr: mail.recipient,
    ...(recipient && { name: nameOf(recipient, caller) }),
    nameAndAddressProtected: recipient !== undefined && isProtected(recipient),
    ...(incidentId !== undefined && { incident: incidentId }),
    ...(settledAt && { settledAt: settledAt.toISOString() }),
    ...(settledBy !== undefined && { settledBy }),
    ...(held && held.until > now && { held: presentHeld(held) }),
  }
}

function presentHeld({ until, by }: NonNullable<OutboxItem['mail']['held']>) {
  return { until: until.toISOString(), ...(by !== undefined && { by }) }
}
