/** Deciding a case: what must be said is asked for, what has changed meanwhile is shown first. */

import type { FastifyRequest } from 'fastify'
import type { Case, Incident, Problem, Result } from '#client/index.ts'
import { caseContent } from '#desk/case-content.ts'
import { undecidedOf } from '#desk/case-people.ts'
import { idOf, toCase } from '#desk/case-way.ts'
import { type Decision, decidable, decisionsNow, isDecision } from '#desk/decision-forms.ts'
import { decisionContent, faultsIn, isAsking } from '#desk/decision-page.ts'
import { paths, routes } from '#desk/paths.ts'
import { receiverIn } from '#desk/receiver.ts'
import { changesSince } from '#desk/seen.ts'
import { queryOf, viewOf } from '#desk/view.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import { isRejectionReason } from '#incident/rejection.ts'
import type { Form } from '#web/form.ts'
import { formOf } from '#web/pages.ts'
import type { Fault } from '#web/parts/messages.ts'

export function decisionPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.decision, ask)
  pages.post(routes.decision, decide, {
    names: ['reason', 'fields', 'suggested', 'authority', 'text'],
    beside: ['seen', 'persons'],
  })
}

const unknown = { status: 404, type: '', title: '', receipt: 9001, refusals: [] } as const

/** The page that asks for what a decision must say; one that asks nothing is taken on the case. */
const ask: Handler = async (worker, request) => {
  const decision = decisionOf(request)
  if (decision === undefined) return { kind: 'problem', problem: unknown }
  const found = await worker.client.desk.case(idOf(request))
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const { incident } = found.value
  if (!isAsking(decision)) return toCase(worker, incident.id)
  if (!decisionsNow(incident).includes(decision)) return changed(worker, found.value, '')
  const form = worker.unsent()
  if (form === undefined) {
    return { kind: 'page', content: decisionContent(worker, decision, found.value, {}) }
  }
  const what = changesSince(form.one('seen'), incident)
  const given = { form, changed: what, isUnsent: true }
  return { kind: 'page', content: decisionContent(worker, decision, found.value, given) }
}

const decide: Handler = async (worker, request) => {
  const decision = decisionOf(request)
  if (decision === undefined) return { kind: 'problem', problem: unknown }
  const form = formOf(request)
  const found = await worker.client.desk.case(idOf(request))
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const { incident } = found.value
  const seen = form.one('seen')
  if (changesSince(seen, incident).length > 0) {
    return changed(worker, found.value, seen, { decision, form })
  }
  const faults = faultsIn(worker.say, decision, found.value, form)
  if (faults.length > 0) return again(worker, decision, found.value, form, faults)
  const decided = await carryOut(worker, decision, found.value, form)
  if (!decided.ok) return refused(worker, decision, form, incident.id, decided.problem)
  const { language } = worker
  // What was forwarded lies with somebody else, and is as unknown here as any other of theirs.
  if (decision === 'forward') {
    const to = paths.queue(language, { ...queryOf(viewOf(request)), note: 'forwarded' })
    return { kind: 'go', to }
  }
  return toCase(worker, incident.id, decision)
}

/** Of the version that was looked at a moment ago: whoever comes between is not overwritten. */
function carryOut(
  { client: { desk } }: Worker,
  decision: Decision,
  whole: Case,
  form: Form,
): Promise<Result<Incident>> {
  const { id, version } = whole.incident
  const text = form.one('text')
  const some = personsIn(form, whole, decision)
  switch (decision) {
    case 'approve':
      return desk.approve(id, { version, ...some })
    case 'undo':
      return desk.undo(id, { version, ...some })
    case 'reject': {
      const reason = form.one('reason')
      const reasonCode = isRejectionReason(reason) ? reason : 'CONDITIONS_NOT_MET'
      return desk.reject(id, { version, reasonCode, text, ...some })
    }
    case 'return':
      return desk.return(id, { version, fields: form.all('fields'), text })
    case 'forward':
      return desk.forward(id, { version, authority: receiverIn(form), text })
    default:
      return decision satisfies never
  }
}

/** Left out where it is about all who are not decided on; one alone is not asked about. */
function personsIn(
  form: Form,
  whole: Case,
  decision: Decision,
): { readonly persons?: readonly string[] } {
  const all = decidable(whole, decision)
  const chosen = all.length === 1 ? all : all.filter((pnr) => form.all('persons').includes(pnr))
  const everyone = decision === 'undo' ? all : undecidedOf(whole.incident)
  return chosen.length === 0 || chosen.length === everyone.length ? {} : { persons: chosen }
}

/** The CPR server is the judge: what it refuses is said, and what it stands at now is shown. */
async function refused(
  worker: Worker,
  decision: Decision,
  form: Form,
  id: string,
  problem: Problem,
): Promise<Shown> {
  if (problem.status === 401 || problem.status === 404) return { kind: 'problem', problem }
  const found = await worker.client.desk.case(id)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const seen = form.one('seen')
  const isStale = changesSince(seen, found.value.incident).length > 0
  if (problem.status === 409 && isStale)
    return changed(worker, found.value, seen, { decision, form })
  const faults = problem.refusals.map(({ text }): Fault => ({ text: worker.say(text) }))
  return again(worker, decision, found.value, form, faults)
}

function again(
  worker: Worker,
  decision: Decision,
  whole: Case,
  form: Form,
  faults: readonly Fault[],
): Shown {
  const content = isAsking(decision)
    ? decisionContent(worker, decision, whole, { form, faults })
    : caseContent(worker, whole, { faults })
  return { kind: 'page', status: 422, content }
}

type Sent = { readonly decision: Decision; readonly form: Form }

/** What was written for the decision is kept, where it can still be made. */
function changed(worker: Worker, whole: Case, seen: string, sent?: Sent): Shown {
  const what = changesSince(seen, whole.incident)
  if (sent && isAsking(sent.decision) && decisionsNow(whole.incident).includes(sent.decision)) {
    const content = decisionContent(worker, sent.decision, whole, {
      form: sent.form,
      changed: what,
    })
    return { kind: 'page', status: 409, content }
  }
  return { kind: 'page', status: 409, content: caseContent(worker, whole, { changed: what }) }
}

function decisionOf({ params }: FastifyRequest): Decision | undefined {
  const given = typeof params === 'object' && params !== null && 'decision' in params
  const text = given ? String(params.decision) : ''
  return isDecision(text) ? text : undefined
}
