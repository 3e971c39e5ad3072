/**
 * What of a question somebody had on the screen, as a digest in its form: an answer that another
 * window has given since is never overwritten unseen. Knows no HTML and asks nobody.
 */

import { createHash } from 'node:crypto'
import type { Answers } from '#self-service/report/draft.ts'
import { besideAddress, type PlannedPage } from '#self-service/report/plan.ts'

/** By name, what the answers to a page are kept as. */
function namesOf(page: PlannedPage): readonly string[] {
  if (page.kind === 'date' || page.kind === 'municipality') return [page.kind]
  if (page.kind === 'fields') return page.fields.map(([name]) => name)
  const beside = besideAddress(page).map(([name]) => name)
  return ['municipality', 'addressText', 'road', 'house', 'floor', 'door', ...beside]
}

/** For a hidden field of the form. An empty answer and none are the same: both show nothing. */
export function writeSeen(page: PlannedPage, answers: Answers): string {
  const shown = namesOf(page)
    .map((name) => answers[name] ?? '')
    .map(nothingAsText)
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 22)
}

function nothingAsText(answer: string | readonly string[]) {
  return answer.length === 0 ? '' : answer
}

/**
 * Whether what was sent would overwrite an answer that its page never showed. The same answer given
 * twice overwrites nothing; a form that says nothing of ours has shown nothing.
 */
export function overwrites(
  page: PlannedPage,
  seen: string,
  { kept, sent }: { readonly kept: Answers; readonly sent: Answers },
): boolean {
  const now = writeSeen(page, kept)
  const shown = seen === '' ? writeSeen(page, {}) : seen
  return now !== shown && now !== writeSeen(page, { ...kept, ...sent })
}
