/** One case on one page: what was reported beside what the register has, and what can be done. */

import { caseContent } from '#desk/case-content.ts'
import { decisions, isDecision } from '#desk/decision-forms.ts'
import { routes } from '#desk/paths.ts'
import type { Handler, workerPages } from '#desk/worker.ts'

export function casePages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.case, showCase)
}

const showCase: Handler = async (worker, request) => {
  const found = await worker.client.follow(idOf(request))
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const done = new URLSearchParams(request.url.split('?', 2)[1] ?? '').get('done') ?? ''
  const notes = isDecision(done) ? { done: decisions[done].done } : {}
  return { kind: 'page', content: caseContent(worker, found.value, notes) }
}

export function idOf({ params }: { readonly params: unknown }): string {
  const given = typeof params === 'object' && params !== null && 'id' in params
  return given ? String(params.id) : ''
}
