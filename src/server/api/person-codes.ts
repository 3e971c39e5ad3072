/** The JSON door of administrators: person codes listed, made, changed and ended. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { needs } from '#access/declaration.ts'
import { noticeKinds } from '#access/notices.ts'
import { type PersonCodeRecord, readPersonCode, stateOf } from '#access/person-code.ts'
import {
  AccountsAnswer,
  AccountsQuery,
  AskedAnswer,
  ChangeBody,
  CodeParams,
  CreateBody,
  DoneAnswer,
  MoveBody,
  OneTimeAnswer,
  ReasonBody,
} from '#api/administration-contracts.ts'
import { present } from '#base/assert.ts'
import { refuse } from '#incident/receipts.ts'
import {
  admit,
  type Ground,
  isRefusal,
  noSuchGroup,
  noteListed,
  readGroup,
  readSettings,
  refusalOf,
  refuseAdministration,
} from '#server/api/administration.ts'
import { type Doors, sendNotDone, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'
import { listAdministered } from '#store/administration.ts'
import { askForGrant } from '#store/grant-requests.ts'
import {
  changePersonCode,
  describeMove,
  isMoveName,
  movePersonCode,
} from '#store/person-code-moves.ts'
import { createPersonCode, resetPersonCode } from '#store/person-codes.ts'

export const declaration = needs('administer', 'administration', {
  fields: 'accounts',
  budget: 'control',
})
const MoveParams = Type.Object({
  ...CodeParams.properties,
  act: Type.String({ maxLength: 20 }),
})
const tag = 'Administration'
const pageSizeMax = 100

const wait = 'What gives administrator rights or more than before waits for another administrator.'

export const personCodeRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  const { access } = doors

  app.get(
    '/person-codes',
    {
      config: { declaration },
      schema: {
        ...secured(tag, 'List person codes', "Those within the administrator's reach, in order."),
        querystring: AccountsQuery,
        response: { 200: AccountsAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const order = { act: 'list-person-codes', reason: 'administration' } as const
      const ground = await admit(doors, request, order)
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      const { after, limit: size } = request.query
      const limit = Math.min(Math.max(Number(size ?? pageSizeMax), 1), pageSizeMax)
      const authority = ground.reach
      const found = await listAdministered(access.pool, { authority, after, limit: limit + 1 })
      await noteListed(doors, ground.by, order.act)
      const items = found.slice(0, limit)
      const last = found.length > limit ? items.at(-1) : undefined
      return reply.send({
        items: items.map((record) => presentAccount(record, ground.by.now)),
        ...(last && { next: last.code }),
      })
    },
  )
}

export const newPersonCodeRoute: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  const { access } = doors

  app.post(
    '/person-codes',
    {
      config: { declaration },
      schema: {
        ...secured(tag, 'Create a person code', `With a one-time password, told once. ${wait}`),
        body: CreateBody,
        response: { 201: OneTimeAnswer, 202: AskedAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { group: sent, authority, code: wished, name, reason } = request.body
      const act = 'person-code-created'
      const [group, settings] = [readGroup(sent), readSettings(request.body)]
      const code = wished === undefined ? undefined : readPersonCode(wished)
      const wanted = group && { group, authority }
      const about = code && { personCode: code }
      const ground = await admit(doors, request, { act, reason, wanted, ...(about && { about }) })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      const misread = [
        ...(group ? [] : [noSuchGroup]),
        ...(wished !== undefined && !code ? [refuse(904, 'code')] : []),
        ...(isRefusal(settings) ? [settings] : []),
      ]
      if (!wanted || isRefusal(settings) || misread.length > 0) {
        return refuseAdministration(doors, ground, reply, { act, kind: 'refused' }, misread)
      }
      const wish = { ...wanted, code, name, ...settings }
      const made = await createPersonCode(access, wish, ground.by)
      if (made.kind === 'created') {
        return reply.code(201).send(oneTime(made.code, made.oneTimePassword, made))
      }
      if (made.kind === 'needs-second') {
        const asked = await askForGrant(access, { ...wish, isNew: true }, ground.by)
        if (asked.kind === 'asked') return reply.code(202).send({ request: asked.id })
      }
      const refusals = [made.kind === 'needs-second' ? refuse(9067, 'code') : refusalOf(made)]
      return refuseAdministration(doors, ground, reply, { act, kind: 'refused' }, refusals)
    },
  )
}

function oneTime(
  code: string,
  password: string | undefined,
  { passwordExpiresAt }: { readonly passwordExpiresAt: Date },
) {
  return {
    code,
    oneTimePassword: present(password, 'a one-time password'),
    passwordExpiresAt: passwordExpiresAt.toISOString(),
  }
}

function presentAccount(record: PersonCodeRecord, now: Date) {
  const { code, group, authority, name, holder, sources, certificates, overlapMinutes } = record
  const { previousUntil, passwordExpiresAt, lastSignOnAt } = record
  return {
    ...{ code, group, authority, name, state: stateOf(record, now) },
    ...(holder !== undefined && { holder }),
    ...{ sources: [...sources], certificates: [...certificates], overlapMinutes },
    ...(previousUntil && { previousUntil: previousUntil.toISOString() }),
    passwordExpiresAt: passwordExpiresAt.toISOString(),
    ...(lastSignOnAt && { lastSignOnAt: lastSignOnAt.toISOString() }),
  }
}

/** What is given and set anew for a person code that exists. */
export const personCodeChangeRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  const { access } = doors
  const params = CodeParams

  app.post(
    '/person-codes/:code/reset',
    {
      config: { declaration },
      schema: {
        ...secured(tag, 'Reset a person code', 'A new one-time password; unlocks and re-enables.'),
        params,
        body: ReasonBody,
        response: { 200: OneTimeAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const act = 'person-code-reset'
      const { code } = request.params
      const ground = await admit(doors, request, { act, reason: request.body.reason, code })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      const reset = await resetPersonCode(access, recordOf(ground).code, ground.by)
      if (reset.kind === 'reset') return reply.send(oneTime(code, reset.oneTimePassword, reset))
      return refuseAdministration(doors, ground, reply, { act, kind: 'not-allowed' }, [notNow])
    },
  )

  app.post(
    '/person-codes/:code/change',
    {
      config: { declaration },
      schema: {
        ...secured(
          tag,
          'Change what is set',
          'What is left out stays. Other addresses end tokens.',
        ),
        params,
        body: ChangeBody,
        response: { 200: DoneAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const act = 'person-code-changed'
      const { code } = request.params
      const ground = await admit(doors, request, { act, reason: request.body.reason, code })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      const settings = readSettings(request.body)
      if (isRefusal(settings)) {
        return refuseAdministration(doors, ground, reply, { act, kind: 'refused' }, [settings])
      }
      const changed = await changePersonCode(access, recordOf(ground).code, settings, ground.by)
      if (changed.kind === 'done') return reply.send({ code, text: noticeKinds.changed })
      return refuseAdministration(doors, ground, reply, { act, kind: 'not-allowed' }, [notNow])
    },
  )
}

/** To another position, and the acts that open and end it. */
export const personCodeActRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  const { access } = doors
  const params = CodeParams

  app.post(
    '/person-codes/:code/move',
    {
      config: { declaration },
      schema: {
        ...secured(tag, 'Move a person code', `To another group or authority. ${wait}`),
        params,
        body: MoveBody,
        response: { 202: AskedAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const act = 'person-code-moved'
      const { code } = request.params
      const { group: sent, authority, reason } = request.body
      const group = readGroup(sent)
      const wanted = group && { group, authority }
      const ground = await admit(doors, request, { act, reason, code, wanted })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      if (!wanted) {
        return refuseAdministration(doors, ground, reply, { act, kind: 'refused' }, [noSuchGroup])
      }
      const record = recordOf(ground)
      const wish = { ...wanted, code: record.code, name: record.name, isNew: false }
      const asked = await askForGrant(access, wish, ground.by)
      if (asked.kind === 'asked') return reply.code(202).send({ request: asked.id })
      return refuseAdministration(doors, ground, reply, { act, kind: 'not-allowed' }, [notNow])
    },
  )

  app.post(
    '/person-codes/:code/:act',
    {
      config: { declaration },
      schema: {
        ...secured(
          tag,
          'Lock and end a person code',
          'The act is lock, unlock, disable, expire (the password opens only its change) or ' +
            'retire (for ever). Each but unlock ends all its tokens.',
        ),
        params: MoveParams,
        body: ReasonBody,
        response: { 200: DoneAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { code, act: name } = request.params
      if (!isMoveName(name)) return sendProblem(reply, 'unknown', [refuse(9028, 'act', name)])
      const { act, notice } = describeMove(name)
      const ground = await admit(doors, request, { act, reason: request.body.reason, code })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      const moved = await movePersonCode(access, name, recordOf(ground).code, ground.by)
      if (moved.kind === 'done') return reply.send({ code, text: noticeKinds[notice] })
      return refuseAdministration(doors, ground, reply, { act, kind: 'not-allowed' }, [notNow])
    },
  )
}

/** Whoever is admitted to a person code was shown that it exists. */
function recordOf({ record }: Extract<Ground, { kind: 'admitted' }>): PersonCodeRecord {
  return present(record, 'the person code that is administered')
}

/** It is retired, or disabled where an unlock was asked for, or something waits to be granted. */
const notNow = refuse(9067, 'code')
