/** Deciding a case: what must be said is asked for, what has changed meanwhile is shown first. */

import type { FastifyRequest } from 'fastify'
import type { Incident, Problem, Rejection, Result } from '#client/index.ts'
import { idOf } from '#desk/case.ts'
import { caseContent } from '#desk/case-content.ts'
import { type Decision, decisions, decisionsNow, isDecision } from '#desk/decision-forms.ts'
import { paths, routes } from '#desk/paths.ts'
import { isReason, rejectContent, rejectionFaults } from '#desk/reject.ts'
import { changesSince } from '#desk/seen.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import type { Form } from '#web/form.ts'
import { formOf } from '#web/pages.ts'
import type { Fault } from '#web/parts/messages.ts'

export function decisionPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.decision, ask)
  pages.post(routes.decision, decide)
}

const unknown = { status: 404, type: '', title: '', receipt: 9001, refusals: [] } as const

/** The page that asks for what a decision must say. */
const ask: Handler = async (worker, request) => {
  const decision = decisionOf(request)
  if (decision === undefined || !decisions[decision].asks) {
    return { kind: 'problem', problem: unknown }
  }
  const found = await worker.client.follow(idOf(request))
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  if (!decisionsNow(found.value).includes(decision)) return changed(worker, found.value, '')
  return { kind: 'page', content: rejectContent(worker, found.value, {}) }
}

const decide: Handler = async (worker, request) => {
  const decision = decisionOf(request)
  if (decision === undefined) return { kind: 'problem', problem: unknown }
  const form = formOf(request)
  const found = await worker.client.follow(idOf(request))
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const incident = found.value
  const seen = form.one('seen')
  if (changesSince(seen, incident).length > 0) return changed(worker, incident, seen)
  const faults = decision === 'reject' ? rejectionFaults(worker.say, form) : []
  if (faults.length > 0) return again(worker, incident, form, faults)
  const decided = await carryOut(worker, decision, incident.id, form)
  if (decided.ok) {
    const to = paths.case(worker.language, incident.id, { done: decision })
    return { kind: 'go', to }
  }
  return refused(worker, decision, form, incident, decided.problem)
}

function carryOut(
  { client }: Worker,
  decision: Decision,
  id: string,
  form: Form,
): Promise<Result<Incident>> {
  switch (decision) {
    case 'approve':
      return client.approve(id)
    case 'reject':
      return client.reject(id, rejectionOf(form))
    default:
      return decision satisfies never
  }
}

function rejectionOf(form: Form): Rejection {
  const reasonCode = form.one('reason')
  return {
    reasonCode: isReason(reasonCode) ? reasonCode : 'CONDITIONS_NOT_MET',
    text: form.one('text'),
  }
}

/** The CPR server is the judge: what it refuses is said, and what it stands at now is shown. */
async function refused(
  worker: Worker,
  decision: Decision,
  form: Form,
  before: Incident,
  problem: Problem,
): Promise<Shown> {
  if (problem.status === 401 || problem.status === 404) return { kind: 'problem', problem }
  const found = await worker.client.follow(before.id)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  if (problem.status === 409) return changed(worker, found.value, form.one('seen'))
  const faults = problem.refusals.map(({ text }): Fault => ({ text: worker.say(text) }))
  if (decisions[decision].asks) return again(worker, found.value, form, faults)
  return { kind: 'page', status: 422, content: caseContent(worker, found.value, { faults }) }
}

function again(worker: Worker, incident: Incident, form: Form, faults: readonly Fault[]): Shown {
  const given = { reason: form.one('reason'), text: form.one('text'), faults }
  return { kind: 'page', status: 422, content: rejectContent(worker, incident, given) }
}

function changed(worker: Worker, incident: Incident, seen: string): Shown {
  const what = changesSince(seen, incident)
  return { kind: 'page', status: 409, content: caseContent(worker, incident, { changed: what }) }
}

function decisionOf({ params }: FastifyRequest): Decision | undefined {
  const given = typeof params === 'object' && params !== null && 'decision' in params
  const text = given ? String(params.decision) : ''
  return isDecision(text) ? text : undefined
}
