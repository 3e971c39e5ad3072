/** The JSON door's steps of the reporter: initiate, validate, save, cancel, follow. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { IncidentAnswer, InitiateBody, ValidateBody } from '#api/contracts.ts'
import { follow } from '#casework/follow.ts'
import { initiate } from '#casework/initiate.ts'
import { cancel, save, validate } from '#casework/report.ts'
import { withdraw } from '#casework/turns.ts'
import { noTexts, readData, readKeys, type Sent } from '#incident/read.ts'
import { findByName } from '#incidents/catalogue.ts'
import { askerOf, type Doors, orderOf, sendAnswer } from '#server/api/context.ts'
import { problems, secured, stepSchema } from '#server/api/openapi.ts'
import { unknownType } from '#server/api/unknown-type.ts'

export const incidentRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { doors } = options
  const { house } = doors

  app.post(
    '/incidents',
    {
      config: { declaration: needs('initiate', 'report') },
      schema: {
        ...secured('Incidents', 'Initiate an incident', 'Keys in, master data back.'),
        body: InitiateBody,
        response: { 201: IncidentAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { type: name, representative, ...keys } = request.body
      const type = findByName(name)
      if (!type) return unknownType(doors, request, reply)
      const asker = askerOf(request)
      const answer = await initiate(house, { asker, type, keys: readKeys(keys), representative })
      return sendAnswer(reply, answer, 201)
    },
  )

  app.post(
    '/incidents/:id/validate',
    {
      config: { declaration: needs('validate', 'report') },
      schema: {
        ...stepSchema(
          'Validate an incident',
          'Data are controlled and translated. As often as wanted.',
        ),
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
}

/** What needs no body: save, cancel, follow. */
export const outcomeRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house } = options.doors

  app.post(
    '/incidents/:id/save',
    {
      config: { declaration: needs('save', 'report') },
      schema: stepSchema('Save in the pending register', 'Repeated, it answers the same receipt.'),
    },
    async (request, reply) =>
      sendAnswer(reply, await save(house, orderOf(request)), 200, {
        at: 'savedAt',
        text: { da: 'Anmeldelsen er modtaget', en: 'The report has been received' },
      }),
  )

  app.post(
    '/incidents/:id/cancel',
    {
      config: { declaration: needs('cancel', 'report') },
      schema: stepSchema('Cancel an incident', 'Possible until it is saved.'),
    },
    async (request, reply) =>
      sendAnswer(reply, await cancel(house, orderOf(request)), 200, {
        at: 'closedAt',
        text: { da: 'Anmeldelsen er fortrudt', en: 'The report has been cancelled' },
      }),
  )

  app.post(
    '/incidents/:id/withdraw',
    {
      config: { declaration: needs('withdraw', 'report') },
      schema: stepSchema(
        'Withdraw an incident',
        'Possible until it is decided. Those who were asked are told that they need not answer.',
      ),
    },
    async (request, reply) =>
      sendAnswer(reply, await withdraw(house, orderOf(request)), 200, {
        at: 'closedAt',
        text: { da: 'Anmeldelsen er trukket tilbage', en: 'The report has been withdrawn' },
      }),
  )

  app.get(
    '/incidents/:id',
    {
      config: { declaration: needs('read-incident', 'report') },
      schema: stepSchema('Follow an incident', 'Its state, its timeline, and what happens next.'),
    },
    async (request, reply) => sendAnswer(reply, await follow(house, orderOf(request))),
  )
}

/** What is neither a text nor a list of texts is marked as such, so that the field refuses it. */
function readSent(data: object): Sent {
  const sent: Record<string, Sent[string]> = Object.create(null)
  for (const [name, value] of Object.entries(data)) {
    sent[name] = typeof value === 'string' || isTexts(value) ? value : noTexts
  }
  return sent
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
