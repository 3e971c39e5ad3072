/** What the routes of the JSON door share: who asks, and how an answer becomes a reply. */

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Budgets } from '#access/budgets.ts'
import { endsSoon } from '#access/password-rules.ts'
import { bindToken } from '#access/token.ts'
import { type ProblemKind, problem } from '#api/problem.ts'
import type { Answer } from '#casework/answer.ts'
import type { ClosedStore } from '#casework/closed.ts'
import type { DepositStore } from '#casework/deposits.ts'
import type { DeskStore } from '#casework/desk-ports.ts'
import type { House } from '#casework/house.ts'
import type { OutboxStore } from '#casework/outbox.ts'
import type { FindOwnCases } from '#casework/own-cases.ts'
import type { Asker } from '#casework/ports.ts'
import { askedFrom } from '#http/listener.ts'
import type { Incident } from '#incident/define.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { findByCode } from '#incidents/catalogue.ts'
import type { ReviewStore } from '#review/ports.ts'
import type { FindEvents } from '#search/events.ts'
import type { History } from '#search/look-up.ts'
import type { FindOwnData } from '#search/own-data.ts'
import type { FindLetters } from '#search/own-letters.ts'
import type { FindLooks } from '#search/who-looked.ts'
import { type Acknowledged, presentIncident } from '#server/api/present.ts'
import type { SentIdToken, Verified } from '#server/id-tokens.ts'
import type { Access } from '#store/access.ts'
import type { findDwellings, findRoads, RoadQuestion } from '#store/addresses.ts'

/** Everything the doors stand on; wired once, in the program. */
export type Doors = {
  readonly budgets: Budgets
  readonly house: House
  readonly desk: DeskStore
  readonly reviews: ReviewStore
  readonly outbox: OutboxStore
  readonly closed: ClosedStore
  readonly access: Access
  readonly verifyIdToken: (sent: SentIdToken) => Promise<Verified>
  readonly history: History
  readonly deposits: DepositStore
  readonly own: {
    readonly cases: FindOwnCases
    readonly data: FindOwnData
    readonly letters: FindLetters
    readonly looks: FindLooks
  }
  readonly events: FindEvents
  readonly addresses: {
    readonly roads: (question: RoadQuestion) => ReturnType<typeof findRoads>
    readonly dwellings: (
      question: Parameters<typeof findDwellings>[1],
    ) => ReturnType<typeof findDwellings>
  }
}

export function tokenOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer ([A-Za-z0-9]{1,200})$/i.exec(headers.authorization ?? '')?.[1]
}

export function askerOf(request: FastifyRequest): Asker {
  const onPasswordEnd = (at: Date) => void passwordEnds.set(request, at)
  const onCaller = (personCode: string) => learners.get(request)?.(personCode)
  const { address: source, certificate } = askedFrom(request.raw)
  const shown = tokenOf(request)
  const token = shown === undefined ? undefined : bindToken(shown, certificate)
  return { token, source, certificate, onPasswordEnd, onCaller }
}

/**
 * Of who signs on: where the person is, by whom addresses are listed and guesses counted; and the
 * connection, to which the token is bound.
 */
export function signsOnFrom(request: FastifyRequest) {
  const { address: boundTo, browser: source = boundTo, certificate } = askedFrom(request.raw)
  return { source, boundTo, certificate }
}

/** Whom to tell whose token a request shows, once it is known. */
const learners = new WeakMap<FastifyRequest, (personCode: string) => void>()

export function learnOf(request: FastifyRequest, learn: (personCode: string) => void): void {
  learners.set(request, learn)
}

/** When the password of who asks ends, once it is known. */
const passwordEnds = new WeakMap<FastifyRequest, Date>()

/** On every answer to who signs on with a password that ends within 14 days: an instant. */
export const passwordEndHeader = 'samspil-password-expires'

export function warnOfPasswordEnd(request: FastifyRequest, reply: FastifyReply, now: Date): void {
  const end = passwordEnds.get(request)
  if (end && endsSoon(end, now)) reply.header(passwordEndHeader, end.toISOString())
}

/** The type's code and 26 letters and digits. */
const idForm = /^([a-z0-9-]{1,20})\.[0-9a-z]{26}$/

/** The incident that a path names, and its type; what is no id of ours names none. */
export function readId(text: string): {
  readonly incident: { readonly id: string }
  readonly type: Incident | undefined
} {
  const code = idForm.exec(text)?.[1]
  return { incident: { id: code ? text : '' }, type: code ? findByCode(code) : undefined }
}

export function sendProblem(
  reply: FastifyReply,
  kind: ProblemKind,
  refusals: readonly Refusal[],
  more: Parameters<typeof problem>[2] = {},
): FastifyReply {
  const body = problem(kind, refusals, more)
  if (kind === 'not-signed-on') reply.header('www-authenticate', 'Bearer')
  return reply.code(body.status).type('application/problem+json').send(body)
}

/** The path is not repeated: a number that went astray may stand in it. */
export function sendNoPath({ method }: FastifyRequest, reply: FastifyReply): void {
  void sendProblem(reply, 'unknown', [refuse(9093, undefined, method, contractPath)])
}

/** Where all that can be called is listed. */
const contractPath = '/api/v1/openapi.json'

/** Sends why something was not done: every reason, or the one. */
export function sendNotDone(
  reply: FastifyReply,
  answer:
    | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
    | { readonly kind: Exclude<ProblemKind, 'refused'>; readonly refusal: Refusal },
): FastifyReply {
  return answer.kind === 'refused'
    ? sendProblem(reply, 'refused', answer.refusals)
    : sendProblem(reply, answer.kind, [answer.refusal])
}

/** Sends what a step came to. `good` is the status of success, `acknowledged` what it confirms. */
export function sendAnswer(
  reply: FastifyReply,
  answer: Answer,
  good: 200 | 201 = 200,
  acknowledged?: Acknowledged,
): FastifyReply {
  switch (answer.kind) {
    case 'done':
      return reply
        .code(good)
        .send(presentIncident(answer.standing, answer.warnings, acknowledged, answer.at))
    case 'refused':
      return sendProblem(reply, 'refused', answer.refusals, standsAt(answer.standing))
    case 'not-allowed':
      return sendProblem(reply, 'not-allowed', [answer.refusal], standsAt(answer.standing))
    case 'denied':
    case 'unknown':
    case 'not-signed-on':
      return sendProblem(reply, answer.kind, [answer.refusal])
    default:
      return answer satisfies never
  }
}

function standsAt(standing: Extract<Answer, { kind: 'not-allowed' }>['standing'] | undefined) {
  if (!standing) return {}
  const actions = standing.actions.filter((action) => action !== 'expire')
  return { state: standing.record.state, actions: [...actions] }
}

type WithId = FastifyRequest & { readonly params: { readonly id: string } }

/** A step on the incident that the path names; its type leads its id. */
export function orderOf(request: WithId) {
  return { asker: askerOf(request), ...readId(request.params.id) }
}
