/**
 * The cases of a bulk decision before it is made: what would happen to each, what the queue marks
 * of it, and what is left out because a colleague works on it. Sends nothing.
 */

import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { type BulkPreview, incidentTypes, type Refusal } from '#client/index.ts'
import { protectedMark, sayCase, titleOf } from '#desk/case-words.ts'
import { paths } from '#desk/paths.ts'
import type { Worker } from '#desk/worker.ts'
import { table } from '#web/parts/lists.ts'

type Item = BulkPreview['items'][number]

/** Whether somebody else works on it: it is theirs to decide. */
export function isHeld(claim: Item['claim'], personCode: string): boolean {
  return claim !== undefined && !sayCase.isMine(claim, personCode)
}

export function leftOutText(cases: number): Text {
  return {
    da: `Udeladt, fordi kolleger arbejder på dem: ${cases}`,
    en: `Left out because colleagues work on them: ${cases}`,
  }
}

export function bulkTable(worker: Worker, caption: string, items: readonly Item[]): Part {
  const { say } = worker
  const head = [
    say({ da: 'Sag', en: 'Case' }),
    say({ da: 'Det sker', en: 'What happens' }),
    say({ da: 'Bemærk', en: 'Note' }),
  ]
  const rows = items.map((item): readonly Part[] => [
    html`${caseLink(worker, item.id, item.name)}${item.flags.includes('protected') && protectedMark(say)}`,
    happensPart(worker, item),
    html`${sayCase.flags(say, item)}${item.warnings.length > 0 && reasons(worker, item.warnings)}`,
  ])
  return table({ caption, isCaptionSpoken: true, head, rows })
}

function happensPart(worker: Worker, item: Item): Part {
  const { say, session } = worker
  const { claim, approvable, name, effects, refusals } = item
  if (claim && isHeld(claim, session.personCode)) {
    const held = say({
      da: 'Udeladt: en kollega arbejder på den',
      en: 'Left out: a colleague works on it',
    })
    return html`<strong>${held}</strong><br>${sayCase.claim(say, claim, session.personCode)}`
  }
  if (approvable) return effectsPart(worker, name, effects)
  const not = say({ da: 'Godkendes ikke', en: 'Is not approved' })
  return html`<strong>${not}</strong>${reasons(worker, refusals)}`
}

/** Person by person; that nothing would change is said as well. */
function effectsPart({ say }: Worker, of: string | undefined, effects: Item['effects']): Part {
  if (effects.length === 0)
    return say({ da: 'Ændrer intet i registret', en: 'Changes nothing in the register' })
  const isAlone = effects.length === 1 && effects[0]?.name === of
  return listOf(
    effects.map(({ name, text }) => html`${!isAlone && `${name}: `}<mark>${say(text)}</mark>`),
  )
}

export function caseLink({ say, language }: Worker, id: string, name?: string): Html {
  const type = typeOf(id)
  return html`<a href="${paths.case(language, id)}">${name || id}</a>${type && html` <span class="desk-by">${say(titleOf(type))}</span>`}`
}

/** An id is led by the code of its type: 'flyt-i.' and letters and digits. */
function typeOf(id: string): string | undefined {
  const code = id.split('.', 1)[0]?.toUpperCase()
  return Object.entries(incidentTypes).find(([, type]) => type.code === code)?.[0]
}

export function reasons({ say }: Worker, refusals: readonly Refusal[]): Part {
  return listOf(refusals.map(({ text }) => html`${say(text)}`))
}

function listOf(lines: readonly Html[]): Part {
  return html`<ul class="desk-lines">${lines.map((line) => html`<li>${line}</li>`)}</ul>`
}
