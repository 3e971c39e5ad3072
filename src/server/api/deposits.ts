/** The JSON door's deposits: what a provider keeps here for its programs. Numbers in bodies only. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import {
  DepositAnswer,
  DepositBody,
  DepositKindParam,
  DepositOwnerBody,
  DepositParams,
  DepositStored,
  DepositsAnswer,
  DepositsRemoved,
} from '#api/deposit-contracts.ts'
import {
  type Deposit,
  type DepositKind,
  depositKinds,
  listDeposits,
  putDeposit,
  readDeposit,
  removeDeposits,
} from '#casework/deposits.ts'
import { refuse, refuseUnreadable } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { askerOf, type Doors, sendNotDone, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'

const kinds = Object.keys(depositKinds).join(', ')
const about = `Kinds: ${kinds}. A provider reaches its own alone, and the server cannot read them.`

const declaration = needs('deposit', 'keeping', { fields: 'nothing' })

const telling = (summary: string, description: string) =>
  secured('Deposits', summary, `${description} ${about}`)

export const depositRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house, deposits } = options.doors
  const depot = { house, deposits }

  app.put(
    '/deposits/:kind/:key',
    {
      config: { declaration },
      schema: {
        ...telling('Store a deposit', 'New, or over the one that has its key.'),
        params: DepositParams,
        body: DepositBody,
        response: { 200: DepositStored, ...problems },
      },
    },
    async (request, reply) => {
      const { kind, key } = request.params
      const { content: sent, concerns, expiresAt: until, replaces } = request.body
      if (!isKind(kind)) return sendProblem(reply, 'unknown', [refuse(9001, 'kind')])
      const content = Buffer.from(sent, 'base64url')
      const expiresAt = until === undefined ? undefined : new Date(until)
      const misread = misreadOf(sent, content, expiresAt)
      if (misread) return sendProblem(reply, 'malformed', [misread])
      const order = { asker: askerOf(request), kind, key, content, concerns, expiresAt, replaces }
      const answer = await putDeposit(depot, order)
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      const { version, expiresAt: end } = answer
      return reply.send({ version, expiresAt: end.toISOString() })
    },
  )

  app.get(
    '/deposits/:kind/:key',
    {
      config: { declaration },
      schema: {
        ...telling('Fetch a deposit', 'The one that has the key, until its time is over.'),
        params: DepositParams,
        response: { 200: DepositAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { kind, key } = request.params
      if (!isKind(kind)) return sendProblem(reply, 'unknown', [refuse(9001, 'kind')])
      const answer = await readDeposit(depot, { asker: askerOf(request), kind, key })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(presentDeposit(answer.deposit))
    },
  )
}

/** Of one person, and their end: whoever removes what is gone already is told the same. */
export const depositEndRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  options,
) => {
  const { house, deposits } = options.doors
  const depot = { house, deposits }
  await app.register(removeAllRoute, options)

  app.delete(
    '/deposits/:kind/:key',
    {
      config: { declaration },
      schema: {
        ...telling('Remove a deposit', 'The one that has the key, if there is one.'),
        params: DepositParams,
        response: { 200: DepositsRemoved, ...problems },
      },
    },
    async (request, reply) => {
      const { kind, key } = request.params
      if (!isKind(kind)) return sendProblem(reply, 'unknown', [refuse(9001, 'kind')])
      const answer = await removeDeposits(depot, { asker: askerOf(request), kind, key })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send({ removed: answer.removed })
    },
  )

  app.post(
    '/deposits/:kind/lookup',
    {
      config: { declaration },
      schema: {
        ...telling('List deposits', 'All that concern a person, the oldest first.'),
        params: DepositKindParam,
        body: DepositOwnerBody,
        response: { 200: DepositsAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { kind } = request.params
      if (!isKind(kind)) return sendProblem(reply, 'unknown', [refuse(9001, 'kind')])
      const { pnr } = request.body
      const answer = await listDeposits(depot, { asker: askerOf(request), kind, pnr })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send({ items: answer.items.map(presentDeposit) })
    },
  )
}

const removeAllRoute: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house, deposits } = options.doors
  const depot = { house, deposits }

  app.post(
    '/deposits/:kind/remove',
    {
      config: { declaration },
      schema: {
        ...telling('Remove deposits', 'All that concern a person, as when logging out everywhere.'),
        params: DepositKindParam,
        body: DepositOwnerBody,
        response: { 200: DepositsRemoved, ...problems },
      },
    },
    async (request, reply) => {
      const { kind } = request.params
      if (!isKind(kind)) return sendProblem(reply, 'unknown', [refuse(9001, 'kind')])
      const { pnr } = request.body
      const answer = await removeDeposits(depot, { asker: askerOf(request), kind, pnr })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send({ removed: answer.removed })
    },
  )
}

function isKind(text: string): text is DepositKind {
  return Object.hasOwn(depositKinds, text)
}

const notCanonical = { da: 'Værdien er ikke base64url', en: 'The value is not base64url' }
const noInstant = { da: 'Værdien er ikke et tidspunkt', en: 'The value is no instant' }

function misreadOf(sent: string, content: Buffer, until: Date | undefined): Refusal | undefined {
  if (content.toString('base64url') !== sent) return refuseUnreadable(notCanonical, 'content')
  const isInstant = until === undefined || !Number.isNaN(until.valueOf())
  return isInstant ? undefined : refuseUnreadable(noInstant, 'expiresAt')
}

function presentDeposit({ key, concerns, version, content, storedAt, expiresAt }: Deposit) {
  return {
    key,
    concerns: [...concerns],
    version,
    content: Buffer.from(content).toString('base64url'),
    storedAt: storedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
