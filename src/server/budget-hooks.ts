/**
 * Holds the routes of the JSON door to the budget that each declares, before a body is read and
 * before the database is asked. The door of GCTP does it by message, in `server/gctp/budget.ts`.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Budgets } from '#access/budgets.ts'
import { type Budget, openToAll } from '#access/declaration.ts'
import { refuse } from '#incident/receipts.ts'
import { learnOf, sendProblem, signsOnFrom, tokenOf } from '#server/api/context.ts'

/** To be called before the first route. `onSpent` is told of every call that has to wait. */
export function holdToBudgets(
  app: FastifyInstance,
  budgets: Budgets,
  onSpent: (budget: Budget) => void,
): void {
  const hold = (reply: FastifyReply, budget: Budget, caller: Parameters<Budgets['spend']>[1]) => {
    const waitMs = budgets.spend(budget, caller)
    if (waitMs === 0) return undefined
    onSpent(budget)
    const seconds = secondsOf(waitMs)
    reply.header('retry-after', seconds)
    return sendProblem(reply, 'busy', [refuse(9070, undefined, seconds)])
  }

  app.addHook('onRequest', async (request, reply) => {
    const { calls, declaration = openToAll } = request.routeOptions.config
    if (calls) return undefined
    const { boundTo, source } = signsOnFrom(request)
    const token = tokenOf(request)
    learnOf(request, (code) => budgets.learn(token, boundTo, code))
    const code = budgets.codeOf(token, boundTo)
    const isSigningOn = declaration.policy === 'credentials'
    return hold(reply, declaration.budget, { source: isSigningOn ? source : boundTo, code })
  })

  // Who has no token yet says a name. By name and address: a stranger does not spend the owner's.
  app.addHook('preHandler', async (request, reply) => {
    const { declaration } = request.routeOptions.config
    if (declaration?.policy !== 'credentials') return undefined
    const code = nameAt(signsOnFrom(request).source, personCodeIn(request))
    return hold(reply, declaration.budget, { code })
  })
}

export function secondsOf(waitMs: number): string {
  return String(Math.ceil(waitMs / 1000))
}

const nameLengthMax = 20

export function nameAt(source: string, name: string): string {
  return `${name.slice(0, nameLengthMax)} ${source}`
}

function personCodeIn({ body }: FastifyRequest): string {
  if (typeof body !== 'object' || body === null || !('personCode' in body)) return ''
  return String(body.personCode)
}
