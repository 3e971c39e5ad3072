/** The JSON door's policies: what a municipality lets the program decide, and trying it first. */

import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { needs, openToAll } from '#access/declaration.ts'
import {
  DryRunAnswer,
  DryRunBody,
  PoliciesAnswer,
  PolicyAnswer,
  PolicyBodySent,
  SwitchOnBody,
  TraitsAnswer,
} from '#api/policy-contracts.ts'
import { addDays, danishDate, danishMidnight, readDate } from '#base/calendar.ts'
import { dryRun } from '#casework/dry-run.ts'
import {
  type PolicyAnswer as Answer,
  listPolicies,
  showPolicy,
  switchPolicy,
  writePolicy,
} from '#casework/policies.ts'
import { refuse } from '#incident/receipts.ts'
import { catalogue as types } from '#incidents/catalogue.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'
import { open, problems, secured } from '#server/api/openapi.ts'
import {
  presentDryRun,
  presentItem,
  presentPolicy,
  presentTraits,
} from '#server/api/present-policies.ts'

const pastDays = 90
const limitPreset = 200
const day = { da: 'Dagen', en: 'The day' }
const params = Type.Object({ name: Type.String({ maxLength: 100 }) })
const nothing = { fields: 'nothing', budget: 'control' } as const

export const policyRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house } = options.doors

  app.get(
    '/policies',
    {
      config: { declaration: needs('list-policies', 'decide', nothing) },
      schema: {
        ...secured('Policies', 'List policies', "The caller's own municipality's."),
        response: { 200: PoliciesAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const answer = await listPolicies(house, askerOf(request))
      if (answer.kind !== 'done') return sendProblem(reply, answer.kind, [answer.refusal])
      return reply.send({ items: answer.policies.map(presentItem) })
    },
  )

  app.get(
    '/policies/:name',
    {
      config: { declaration: needs('list-policies', 'decide', nothing) },
      schema: {
        ...secured('Policies', 'Show a policy', 'Every version as data and in words, and who.'),
        params,
        response: { 200: PolicyAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      return sendPolicy(reply, await showPolicy(house, { asker: askerOf(request), name }))
    },
  )

  app.put(
    '/policies/:name',
    {
      config: { declaration: needs('write-policies', 'decide', nothing) },
      schema: {
        ...secured(
          'Policies',
          'Write a policy',
          'A new version, which is off. Every fault is told; the latest version written again is ' +
            'confirmed again.',
        ),
        params,
        body: PolicyBodySent,
        response: { 200: PolicyAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const order = { asker: askerOf(request), name, document: request.body, types }
      return sendPolicy(reply, await writePolicy(house, order))
    },
  )
}

/** Switching a policy on and off. */
export const policySwitchRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors: { house } },
) => {
  app.post(
    '/policies/:name/switch-on',
    {
      config: { declaration: needs('switch-policies', 'decide', nothing) },
      schema: {
        ...secured(
          'Policies',
          'Switch a policy on',
          'In the version that is named, by somebody else than who wrote it. What waits is looked ' +
            'at anew.',
        ),
        params,
        body: SwitchOnBody,
        response: { 200: PolicyAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const order = { asker: askerOf(request), name, ...request.body }
      return sendPolicy(reply, await switchPolicy(house, order))
    },
  )

  app.post(
    '/policies/:name/switch-off',
    {
      config: { declaration: needs('switch-policies', 'decide', nothing) },
      schema: {
        ...secured('Policies', 'Switch a policy off', 'At once, and by one person.'),
        params,
        response: { 200: PolicyAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const order = { asker: askerOf(request), name, version: undefined }
      return sendPolicy(reply, await switchPolicy(house, order))
    },
  )
}

function sendPolicy(reply: Parameters<typeof sendProblem>[0], answer: Answer) {
  if (answer.kind === 'refused') return sendProblem(reply, 'refused', answer.refusals)
  if (answer.kind !== 'done') return sendProblem(reply, answer.kind, [answer.refusal])
  return reply.send(presentPolicy(answer.policy))
}

/** Trying a policy, and what policies may ask. */
export const policyTrialRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors: { house } },
) => {
  app.post(
    '/policies/:name/dry-run',
    {
      config: { declaration: needs('write-policies', 'decide', nothing) },
      schema: {
        ...secured(
          'Policies',
          'Try a policy',
          'What a version would have done with past cases, as they were known when they were ' +
            'decided, and would do with what waits. Decides nothing.',
        ),
        params,
        body: DryRunBody,
        response: { 200: DryRunAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { version, limit = limitPreset, since: sent } = request.body
      const from =
        sent === undefined ? addDays(danishDate(house.clock()), -pastDays) : readDate(sent)
      if (!from) return sendProblem(reply, 'refused', [refuse(40, 'since', day)])
      const { name } = request.params
      const since = danishMidnight(from)
      const order = { asker: askerOf(request), name, version, since, limit, types }
      const answer = await dryRun(house, order)
      if (answer.kind !== 'done') return sendProblem(reply, answer.kind, [answer.refusal])
      return reply.send(presentDryRun(answer))
    },
  )

  app.get(
    '/policy-traits',
    {
      config: { declaration: openToAll },
      schema: {
        ...open(
          'Policies',
          'List traits',
          'What the conditions of a policy may be about, by type.',
        ),
        response: { 200: TraitsAnswer, ...problems },
      },
    },
    async () => presentTraits(types),
  )
}
