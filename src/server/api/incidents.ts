/** The JSON door's steps of an incident: initiate, validate, save, cancel, follow, decide. */

import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import {
  IncidentAnswer,
  InitiateBody,
  PendingAnswer,
  PendingQuery,
  RejectBody,
  ValidateBody,
} from '#api/contracts.ts'
import { readCursor, writeCursor } from '#api/cursor.ts'
import { approve, reject } from '#casework/decide.ts'
import { follow, listPending } from '#casework/follow.ts'
import { initiate } from '#casework/initiate.ts'
import { rejectionReasons } from '#casework/record.ts'
import { cancel, save, validate } from '#casework/report.ts'
import { readData, readKeys, type Sent } from '#incident/read.ts'
import { refuse } from '#incident/receipts.ts'
import { findByCode, findByName } from '#incidents/catalogue.ts'
import { addressingName } from '#register/name.ts'
import { isProtected } from '#register/person.ts'
import { askerOf, type Doors, readId, sendAnswer, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'
import { unknownType } from '#server/api/unknown-type.ts'

const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })
const pageSizeMax = 100

export const incidentRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { doors } = options
  const { house } = doors
  const step = (summary: string, description: string) => ({
    ...secured('Incidents', summary, description),
    params: Id,
    response: { 200: IncidentAnswer, ...problems },
  })

  app.post(
    '/incidents',
    {
      schema: {
        ...secured('Incidents', 'Initiate an incident', 'Keys in, master data back.'),
        body: InitiateBody,
        response: { 201: IncidentAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { type: name, ...keys } = request.body
      const type = findByName(name)
      if (!type) return unknownType(doors, request, reply)
      const answer = await initiate(house, { asker: askerOf(request), type, keys: readKeys(keys) })
      return sendAnswer(reply, answer, 201)
    },
  )

  app.post(
    '/incidents/:id/validate',
    {
      schema: {
        ...step('Validate an incident', 'Data are controlled and translated. As often as wanted.'),
        body: ValidateBody,
      },
    },
    async (request, reply) => {
      const order = orderOf(request)
      const { type } = order
      const data = type
        ? readData(type.shape, readSent(request.body.data))
        : ({ ok: true, value: {} } as const)
      return sendAnswer(reply, await validate(house, { ...order, data }))
    },
  )

  app.post(
    '/incidents/:id/save',
    { schema: step('Save in the pending register', 'Repeated, it answers the same receipt.') },
    async (request, reply) =>
      sendAnswer(reply, await save(house, orderOf(request)), 200, {
        at: 'savedAt',
        text: { da: 'Anmeldelsen er modtaget', en: 'The report has been received' },
      }),
  )

  app.post(
    '/incidents/:id/cancel',
    { schema: step('Cancel an incident', 'Possible until it is saved.') },
    async (request, reply) =>
      sendAnswer(reply, await cancel(house, orderOf(request)), 200, {
        at: 'closedAt',
        text: { da: 'Anmeldelsen er fortrudt', en: 'The report has been cancelled' },
      }),
  )

  app.get(
    '/incidents/:id',
    { schema: step('Follow an incident', 'Its state, its timeline, and what happens next.') },
    async (request, reply) => sendAnswer(reply, await follow(house, orderOf(request))),
  )

  app.post(
    '/pending/:id/approve',
    { schema: step('Approve', 'The incident is registered, at once and as a whole.') },
    async (request, reply) =>
      sendAnswer(reply, await approve(house, orderOf(request)), 200, {
        at: 'decidedAt',
        text: { da: 'Hændelsen er godkendt', en: 'The incident has been approved' },
      }),
  )

  app.post(
    '/pending/:id/reject',
    {
      schema: {
        ...step('Reject', `Reason codes: ${Object.keys(rejectionReasons).join(', ')}.`),
        body: RejectBody,
      },
    },
    async (request, reply) => {
      const answer = await reject(house, { ...orderOf(request), ...request.body })
      return sendAnswer(reply, answer, 200, {
        at: 'decidedAt',
        text: { da: 'Hændelsen er afvist', en: 'The incident has been rejected' },
      })
    },
  )

  app.get(
    '/pending',
    {
      schema: {
        ...secured('Incidents', 'List what waits', "The caller's own municipality, oldest first."),
        querystring: PendingQuery,
        response: { 200: PendingAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { type: name, cursor, limit } = request.query
      const type = name === undefined ? undefined : findByName(name)
      if (name !== undefined && !type) return unknownType(doors, request, reply)
      const after = cursor === undefined ? undefined : readCursor(cursor)
      if (cursor !== undefined && !after) {
        return sendProblem(reply, 'malformed', [refuse(9000, 'cursor')])
      }
      const answer = await listPending(house, {
        asker: askerOf(request),
        code: type?.shape.code,
        after,
        limit: Math.min(Math.max(Number(limit ?? 50), 1), pageSizeMax),
      })
      if (answer.kind !== 'done') return sendProblem(reply, answer.kind, [answer.refusal])
      return reply.send({
        items: answer.items.map(({ record, subject }) => {
          const shape = findByCode(record.code)?.shape
          return {
            id: record.id,
            type: shape?.name ?? record.code,
            title: shape?.title ?? { da: record.code, en: record.code },
            keys: record.keys,
            name: addressingName(subject.name),
            nameAndAddressProtected: isProtected(subject),
            savedAt: (record.savedAt ?? record.initiatedAt).toISOString(),
            marks: [...record.marks],
          }
        }),
        ...(answer.next && { next: writeCursor(answer.next) }),
      })
    },
  )
}

type WithId = Parameters<typeof askerOf>[0] & { readonly params: { readonly id: string } }

function orderOf(request: WithId) {
  return { asker: askerOf(request), ...readId(request.params.id) }
}

/** What is neither a text nor a list of texts is kept as a list, so that the field refuses it. */
function readSent(data: object): Sent {
  const sent: Record<string, string | readonly string[] | undefined> = Object.create(null)
  for (const [name, value] of Object.entries(data)) {
    sent[name] = typeof value === 'string' ? value : textsOf(value)
  }
  return sent
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((each) => (typeof each === 'string' ? each : '?')) : ['?']
}
