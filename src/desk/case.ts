/** One case: shown, claimed, given back, noted on. */

import type { State } from '#client/index.ts'
import { caseContent } from '#desk/case-content.ts'
import { idOf, toCase } from '#desk/case-way.ts'
import { decisions, isDecision } from '#desk/decision-forms.ts'
import { routes } from '#desk/paths.ts'
import type { Handler, workerPages } from '#desk/worker.ts'
import { formOf } from '#web/pages.ts'

export function casePages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.case, showCase)
  pages.post(routes.claim, claim)
  pages.post(routes.release, release)
  pages.post(routes.notes, note, { names: ['note'] })
}

const showCase: Handler = async (worker, request) => {
  const found = await worker.client.desk.case(idOf(request))
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const done = new URLSearchParams(request.url.split('?', 2)[1] ?? '').get('done') ?? ''
  const unsent = worker.unsent()?.one('note')
  const notes = {
    done: doneText(done, found.value.incident.state),
    ...(unsent !== undefined && { note: unsent, isUnsent: true }),
  }
  return { kind: 'page', content: caseContent(worker, found.value, notes) }
}

function doneText(done: string, state: State) {
  // Of some persons alone: the others still wait.
  if ((done === 'approve' || done === 'reject') && state === 'pending') {
    return {
      da: 'De valgte er afgjort. Resten venter.',
      en: 'Those chosen are decided. The rest are waiting.',
    }
  }
  if (done === 'heard') return { da: 'Svaret er noteret', en: 'The answer has been entered' }
  if (done === 'noted') return { da: 'Notatet er gemt', en: 'The note is saved' }
  return isDecision(done) ? decisions[done].done : undefined
}

/** Somebody else may have it by now; the page says who. */
const claim: Handler = async (worker, request) => {
  const id = idOf(request)
  const claimed = await worker.client.desk.claim(id)
  if (claimed.ok || claimed.problem.status === 409) return toCase(worker, id)
  return { kind: 'problem', problem: claimed.problem }
}

const release: Handler = async (worker, request) => {
  const id = idOf(request)
  const released = await worker.client.desk.release(id)
  return released.ok ? toCase(worker, id) : { kind: 'problem', problem: released.problem }
}

const note: Handler = async (worker, request) => {
  const id = idOf(request)
  const text = formOf(request).one('note')
  const noted = await worker.client.desk.note(id, text)
  if (noted.ok) return toCase(worker, id, 'noted')
  if (noted.problem.status !== 422) return { kind: 'problem', problem: noted.problem }
  const found = await worker.client.desk.case(id)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const faults = noted.problem.refusals.map((each) => ({ id: 'note', text: worker.say(each.text) }))
  const content = caseContent(worker, found.value, { faults, note: text })
  return { kind: 'page', status: 422, content }
}
