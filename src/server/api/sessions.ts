/** The JSON door's sessions: person code and password for a token, sign-off, a new password. */

import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { byCredentials, byToken } from '#access/declaration.ts'
import { rightsOf } from '#access/rights.ts'
import { PasswordAnswer, PasswordBody, SessionAnswer, SessionBody } from '#api/contracts.ts'
import { refuse } from '#incident/receipts.ts'
import { askerOf, type Doors, sendProblem, signsOnFrom } from '#server/api/context.ts'
import { mutable } from '#server/api/mutable.ts'
import { open, problems, secured } from '#server/api/openapi.ts'
import { type Unjudged, unjudged } from '#server/unjudged.ts'
import { type SignedOn, signOff, signOffEverywhere, signOn } from '#store/access.ts'
import { changePassword } from '#store/password-change.ts'

export const sessionRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { access, house } = options.doors

  app.post(
    '/sessions',
    {
      config: { declaration: byCredentials },
      schema: {
        ...open('Sessions', 'Sign on', 'One answer, 905, for whatever is wrong with it.'),
        body: SessionBody,
        response: { 201: SessionAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { personCode: userId, password } = request.body
      const credentials = { userId, password, ...signsOnFrom(request) }
      const answer = await signOn(access, credentials, house.clock())
      if (answer.kind === 'busy' || answer.kind === 'throttled') {
        return sendUnjudged(reply, unjudged(answer, house.clock()))
      }
      if (answer.kind === 'denied') {
        return sendProblem(reply, 'not-signed-on', [refuse(answer.receipt)])
      }
      askerOf(request).onPasswordEnd?.(answer.passwordExpiresAt)
      return reply.code(201).send(sessionOf(answer))
    },
  )

  app.delete(
    '/sessions/current',
    {
      config: { declaration: byToken },
      schema: {
        ...secured('Sessions', 'Sign off', 'The token ends.'),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { token, source } = askerOf(request)
      const number = await signOff(access, token ?? '', source, house.clock())
      if (number === 901) return sendProblem(reply, 'not-signed-on', [refuse(901)])
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/sessions',
    {
      config: { declaration: byToken },
      schema: {
        ...secured('Sessions', 'Sign off everywhere', 'Every token of the person code ends.'),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { token, source } = askerOf(request)
      const number = await signOffEverywhere(access, token ?? '', source, house.clock())
      if (number === 901) return sendProblem(reply, 'not-signed-on', [refuse(901)])
      return reply.code(204).send(null)
    },
  )
}

function sessionOf({ token, expiresAt, passwordExpiresAt, ...answer }: SignedOn) {
  return {
    token,
    expiresAt: expiresAt.toISOString(),
    passwordExpiresAt: passwordExpiresAt.toISOString(),
    passwordEndsSoon: answer.passwordEndsSoon,
    authority: answer.authority,
    group: answer.group,
    rights: mutable(rightsOf(answer.group)),
  }
}

/** A route of its own: a password is changed also when nobody can sign on with it any more. */
export const passwordRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { access, house } = options.doors

  app.post(
    '/password',
    {
      config: { declaration: byCredentials },
      schema: {
        ...open('Sessions', 'Change the password', 'At most once a day; it then lives 90 days.'),
        body: PasswordBody,
        response: { 200: PasswordAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { personCode: userId, password, newPassword, endOldNow } = request.body
      const { source, certificate } = askerOf(request)
      const change = { userId, password, newPassword, endOldNow, source, certificate }
      const answer = await changePassword(access, change, house.clock())
      switch (answer.kind) {
        case 'busy':
        case 'throttled':
          return sendUnjudged(reply, unjudged(answer, house.clock()))
        case 'denied':
          return sendProblem(reply, 'not-signed-on', [refuse(answer.receipt)])
        case 'refused':
          return sendProblem(reply, 'refused', answer.refusals)
        case 'changed':
          return reply.send({
            passwordExpiresAt: answer.passwordExpiresAt.toISOString(),
            ...(answer.previousUntil && { previousUntil: answer.previousUntil.toISOString() }),
          })
        default:
          return answer satisfies never
      }
    },
  )
}

function sendUnjudged(reply: FastifyReply, { number, until, seconds }: Unjudged): FastifyReply {
  reply.header('retry-after', seconds)
  return sendProblem(reply, 'busy', [refuse(number, undefined, until)])
}
