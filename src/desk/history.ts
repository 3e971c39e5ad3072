/** The person of a case as the register had it on a day, as it was known then. Put on record. */

import { sayDay } from '#base/day-words.ts'
import { html, type Part } from '#base/html.ts'
import { registeredRows } from '#desk/case-reported.ts'
import { idOf } from '#desk/case-way.ts'
import { paths, routes } from '#desk/paths.ts'
import { queryOf, viewOf } from '#desk/view.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import { dayOfParts, isBlankDay, noDay, readDayParts } from '#web/day-parts.ts'
import { formOf } from '#web/pages.ts'
import { backLink, button, form } from '#web/parts/actions.ts'
import { type DayParts, dateInput } from '#web/parts/fields.ts'
import { summaryList } from '#web/parts/lists.ts'
import { errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'

export function historyPages(pages: ReturnType<typeof workerPages>): void {
  pages.ask(routes.history, showHistory)
}

type Given = {
  readonly valid?: DayParts
  readonly known?: DayParts
  readonly faults?: readonly Fault[]
  readonly isAlone?: boolean
}

export function historyForm(worker: Worker, id: string, given: Given = {}): Part {
  const { say, language, here } = worker
  const { valid = noDay, known = noDay, faults = [], isAlone } = given
  const to = paths.ofCase(language, id, 'history', queryOf(viewOf({ url: here })))
  const title = isAlone ? { da: 'En anden dag', en: 'Another day' } : heading
  return html`<section class="d-print-none" aria-labelledby="history"><h2 id="history">${say(title)}</h2>${form(
    to,
    html`<div class="desk-days">${dateInput(say, {
      id: 'valid',
      name: 'valid',
      label: say({ da: 'Gældende den', en: 'As valid on' }),
      error: faultAt(faults, 'valid'),
      value: valid,
    })}${dateInput(say, {
      id: 'known',
      name: 'known',
      label: say({ da: 'Som registret så ud den', en: 'As the register stood on' }),
      hint: say({ da: 'Tomt felt: som det ser ud i dag', en: 'Leave empty: as it stands today' }),
      optional: true,
      error: faultAt(faults, 'known'),
      value: known,
    })}</div><div class="site-actions">${button({ text: say({ da: 'Vis registreringen', en: 'Show the registration' }), look: 'secondary' })}</div>`,
  )}</section>`
}

const heading = { da: 'Registreret på en bestemt dag', en: 'Registered on a certain day' }

const showHistory: Handler = async (worker, request) => {
  const { client, say, language, here } = worker
  const id = idOf(request)
  const found = await client.desk.case(id)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const sent = formOf(request)
  const one = (name: string) => sent.one(name)
  const [valid, known] = [readDayParts(one, 'valid'), readDayParts(one, 'known')]
  const [asValidOn, asKnownOn] = [dayOfParts(valid), dayOfParts(known)]
  const back = backLink(say, paths.case(language, id, queryOf(viewOf({ url: here }))))
  const again = (faults: readonly Fault[]): Shown => {
    const body = html`${back}${errorSummary(say, faults)}<h1>${say(heading)}</h1>${historyForm(worker, id, { valid, known, faults, isAlone: true })}`
    return { kind: 'page', status: 422, content: { title: say(heading), hasErrors: true, body } }
  }
  const faults = [
    ...(asValidOn ? [] : [{ id: 'valid', text: say(noSuchDay) }]),
    ...(asKnownOn || isBlankDay(known) ? [] : [{ id: 'known', text: say(noSuchDay) }]),
  ]
  if (asValidOn === undefined || faults.length > 0) return again(faults)
  const days = { asValidOn, ...(asKnownOn && { asKnownOn }) }
  const { pnr } = found.value.incident.keys
  const looked = await client.lookUp({ pnr, given: 'case', ...days })
  if (!looked.ok) {
    const { problem } = looked
    if (problem.status !== 422) return { kind: 'problem', problem }
    return again(
      problem.refusals.map(({ number, text }) => ({
        id: 'valid',
        text: say(number === 172 ? notThen : text),
      })),
    )
  }
  const title = `${say(heading)}: ${say(sayDay(days.asValidOn))}`
  const when = days.asKnownOn && say(knownOn(say(sayDay(days.asKnownOn))))
  const body = html`${back}<h1>${title}</h1>${when && html`<p class="font-lead">${when}</p>`}${summaryList(say, registeredRows(say, looked.value))}${historyForm(worker, id, { valid, known, isAlone: true })}`
  return { kind: 'page', content: { title, body } }
}

const noSuchDay = { da: 'Skriv en dag, der findes', en: 'Enter a day that exists' }
const notThen = {
  da: 'Der var intet registreret om personen den dag',
  en: 'Nothing was registered about the person on that day',
}

function knownOn(day: string) {
  return { da: `Som registret så ud den ${day}`, en: `As the register stood on ${day}` }
}
