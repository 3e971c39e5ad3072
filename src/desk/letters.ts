/** The letters of the municipality: what became of each, which ask for a hand, and how they are printed. */

import { sayShortInstant } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { LettersSettled, OutboxPage, OutboxQuery } from '#client/index.ts'
import { protectedMark, sayCase } from '#desk/case-words.ts'
import {
  asksForHand,
  type Delivery,
  deliveryTexts,
  heldText,
  isSent,
  type Kind,
  kindTexts,
} from '#desk/letter-words.ts'
import { printContent } from '#desk/letters-print.ts'
import { paths, routes } from '#desk/paths.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import type { Form } from '#web/form.ts'
import { formOf } from '#web/pages.ts'
import { button, form, hidden } from '#web/parts/actions.ts'
import { select, textInput } from '#web/parts/fields.ts'
import { table } from '#web/parts/lists.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

type Letter = OutboxPage['items'][number]

/** As many as are printed or settled at once: a page of the list. */
const pageSize = 50

export function letterPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.letters, (worker, request) => {
    const query = new URLSearchParams(request.url.split('?', 2)[1] ?? '')
    return showLetters(worker, { ...filterIn((name) => query.get(name) ?? ''), pnr: '' })
  })
  // A receiver is a personal number: it is sent, and never stands in a URL.
  pages.ask(routes.letters, (worker, request) => {
    const sent = formOf(request)
    return showLetters(worker, filterIn(sent.one), sent.one('cursor') || undefined)
  })
  pages.post(routes.lettersPrint, printLetters)
  pages.post(routes.lettersSettle, settle)
}

type Filter = { readonly delivery?: Delivery; readonly kind?: Kind; readonly pnr: string }

function filterIn(given: (name: string) => string): Filter {
  const [delivery, kind] = [given('delivery'), given('kind')]
  return {
    ...(isName(deliveryTexts, delivery) && { delivery }),
    ...(isName(kindTexts, kind) && { kind }),
    pnr: given('pnr').trim(),
  }
}

function isName<Name extends string>(
  names: { readonly [N in Name]: Text },
  text: string,
): text is Name {
  return Object.hasOwn(names, text)
}

async function showLetters(
  worker: Worker,
  filter: Filter,
  cursor?: string,
  said: { readonly note?: string; readonly faults?: readonly Fault[] } = {},
): Promise<Shown> {
  const { pnr, ...rest } = filter
  const query: OutboxQuery = {
    ...rest,
    ...(pnr !== '' && { pnr }),
    ...(cursor !== undefined && { cursor }),
    limit: pageSize,
  }
  const found = await worker.client.desk.letters(query)
  if (found.ok) return lettersPage(worker, filter, found.value, said)
  // A number that is none, or a page that is no more.
  const { status, refusals } = found.problem
  if (status !== 422 && status !== 400) return { kind: 'problem', problem: found.problem }
  const faults = refusals.map(({ text }) => ({ id: 'pnr', text: worker.say(text) }))
  const empty = await worker.client.desk.letters({ ...rest, limit: pageSize })
  if (!empty.ok) return { kind: 'problem', problem: empty.problem }
  return lettersPage(worker, filter, { ...empty.value, items: [] }, { faults })
}

function lettersPage(
  worker: Worker,
  filter: Filter,
  { items, counts, next }: OutboxPage,
  { note, faults = [] }: { readonly note?: string; readonly faults?: readonly Fault[] },
): Shown {
  const { say, language } = worker
  const title = say({ da: 'Breve', en: 'Letters' })
  const byHand = counts.undeliverable + counts.failed
  const toSend = alert(say, 'warning', {
    heading: say({
      da: byHand === 1 ? '1 brev skal sendes på papir' : `${byHand} breve skal sendes på papir`,
      en:
        byHand === 1 ? '1 letter must be sent on paper' : `${byHand} letters must be sent on paper`,
    }),
    body: html`<p class="alert-text">${openLinks(worker, counts)}</p>`,
  })
  const more =
    next !== undefined &&
    form(
      paths.letters(language),
      html`${filterFields(filter)}${hidden('cursor', next)}${button({ text: say({ da: 'Ældre breve', en: 'Older letters' }), look: 'secondary' })}`,
    )
  const body = html`${errorSummary(say, faults)}<h1>${title}</h1>
${note && html`<div role="status">${alert(say, 'success', { heading: note })}</div>`}
${byHand > 0 && toSend}
${filterForm(worker, filter, counts, faults)}
${items.length === 0 ? html`<p>${say({ da: 'Ingen breve passer.', en: 'No letters match.' })}</p>` : listForm(worker, filter, items)}${more}`
  const status = faults.length > 0 ? 422 : 200
  return { kind: 'page', status, content: { title, body, hasErrors: faults.length > 0 } }
}

function openLinks({ say, language }: Worker, counts: OutboxPage['counts']): readonly Part[] {
  return (['undeliverable', 'failed'] as const)
    .filter((delivery) => counts[delivery] > 0)
    .map(
      (delivery) =>
        html`<a href="${paths.letters(language, { delivery })}">${say(deliveryTexts[delivery])} (${counts[delivery]})</a> `,
    )
}

function filterFields({ delivery, kind, pnr }: Filter): Part {
  return html`${hidden('delivery', delivery ?? '')}${hidden('kind', kind ?? '')}${hidden('pnr', pnr)}`
}

function filterForm(
  { say, language }: Worker,
  { delivery, kind, pnr }: Filter,
  counts: OutboxPage['counts'],
  faults: readonly Fault[],
): Html {
  const all = say({ da: 'Alle', en: 'All' })
  const counted: { readonly [name: string]: number } = counts
  const options = (texts: { readonly [name: string]: Text }) =>
    Object.entries(texts).map(([value, text]) => {
      const count = counted[value]
      return { value, text: count === undefined ? say(text) : `${say(text)} (${count})` }
    })
  const choice = (
    name: string,
    label: Text,
    texts: { readonly [name: string]: Text },
    value?: string,
  ) =>
    select(say, {
      ...{ id: name, name, label: say(label), nothing: all, options: options(texts) },
      ...(value !== undefined && { value }),
    })
  const body = html`${choice('delivery', { da: 'Levering', en: 'Delivery' }, deliveryTexts, delivery)}
${choice('kind', { da: 'Slags', en: 'Kind' }, kindTexts, kind)}
${textInput(say, {
  ...{ id: 'pnr', name: 'pnr', value: pnr, lengthMax: 20, error: faultAt(faults, 'pnr') },
  label: say({ da: 'Modtagerens personnummer', en: "The recipient's personal number" }),
})}
${button({ text: say({ da: 'Vis', en: 'Show' }), look: 'secondary' })}`
  return html`<search>${form(paths.letters(language), body, { class: 'desk-filters' })}</search>`
}

function listForm(worker: Worker, filter: Filter, items: readonly Letter[]): Html {
  const { say, language } = worker
  const caption = say({ da: 'Breve, de nyeste først', en: 'Letters, newest first' })
  const head = [
    say({ da: 'Vælg', en: 'Choose' }),
    say({ da: 'Modtager', en: 'Recipient' }),
    say({ da: 'Brev', en: 'Letter' }),
    say({ da: 'Skrevet', en: 'Written' }),
    say({ da: 'Levering', en: 'Delivery' }),
  ]
  const rows = items.map((letter): readonly Part[] => [
    tick(say, letter),
    receiver(say, letter),
    html`${say(kindTexts[letter.kind])}${letter.incident !== undefined && html` · <a href="${paths.case(language, letter.incident)}">${say({ da: 'Sagen', en: 'The case' })}</a>`}<details><summary>${say({ da: 'Læs', en: 'Read' })}</summary><p>${say(letter.text)}</p></details>`,
    html`<span class="desk-when">${say(sayShortInstant(new Date(letter.at)))}</span>`,
    stateOf(say, letter),
  ])
  const all = button({
    text: say({
      da: `Udskriv alle ${items.length} på siden`,
      en: `Print all ${items.length} on the page`,
    }),
    look: 'secondary',
    name: 'all',
    value: 'yes',
  })
  const chosen = button({ text: say({ da: 'Udskriv de valgte', en: 'Print the chosen' }) })
  // Those shown as sent may be asked for as copies; what is sent meanwhile is not.
  const shown = items.flatMap(({ id, delivery }) => [
    hidden('shown', id),
    isSent(delivery) && hidden('sent', id),
  ])
  const buttons = html`<div class="site-actions">${chosen}${items.length > 1 && all}</div>`
  return form(
    paths.lettersPrint(language),
    html`${filterFields(filter)}${shown}${table({ caption, isCaptionSpoken: true, head, rows })}${buttons}`,
  )
}

function tick(say: Say, { id, kind, name, pnr }: Letter): Html {
  const label = `${say({ da: 'Vælg', en: 'Choose' })} ${say(kindTexts[kind])}, ${name ?? sayCase.pnr(pnr)}`
  return html`<div class="form-group-checkbox"><input type="checkbox" class="form-checkbox" id="letter-${id}" name="letter" value="${id}"><label for="letter-${id}"><span class="sr-only">${label}</span></label></div>`
}

function receiver(say: Say, { name, pnr, nameAndAddressProtected }: Letter): Html {
  return html`${name} <span class="desk-pnr">${sayCase.pnr(pnr)}</span>${nameAndAddressProtected && protectedMark(say)}`
}

function stateOf(say: Say, { delivery, tries, settledAt, settledBy, held }: Letter): Part {
  const text = say(deliveryTexts[delivery])
  const marked = asksForHand(delivery)
  const when = settledAt === undefined ? '' : say(sayShortInstant(new Date(settledAt)))
  const tried =
    tries > 0 && delivery === 'waiting'
      ? say({ da: `Forsøgt ${tries} gange`, en: `Tried ${tries} times` })
      : ''
  const inHand = held === undefined ? '' : say(heldText(held))
  const more = [when, settledBy ?? '', tried, inHand].filter((part) => part !== '').join(', ')
  return html`${marked ? html`<strong class="desk-mark desk-mark-warning">${text}</strong>` : text}${more !== '' && html`<br><span class="desk-by">${more}</span>`}`
}

// What is done with them -----------------------------------------------------------------------

const printLetters: Handler = async (worker, request) => {
  const sent = formOf(request)
  const ids = chosenIn(sent)
  if (ids.length === 0) return nothingChosen(worker, sent)
  // First in hand, then read: what is printed here is sent by nobody else.
  const taken = await worker.client.desk.settleLetters({ ids, to: 'printing' })
  if (!taken.ok) return { kind: 'problem', problem: taken.problem }
  const found = await worker.client.desk.letters({ ids, limit: ids.length })
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const { settled: inHand } = taken.value
  // A copy among what is to be sent would be sent again.
  const printed = inHand.length > 0 ? inHand : sent.all('sent')
  const isPrinted = ({ id, delivery }: Letter) =>
    printed.includes(id) && (inHand.length > 0 || isSent(delivery))
  const letters = found.value.items.filter(isPrinted)
  const others = found.value.items.filter((letter) => !isPrinted(letter))
  return { kind: 'page', content: await printContent(worker, { letters, others, taken: inHand }) }
}

const settle: Handler = async (worker, request) => {
  const sent = formOf(request)
  const ids = chosenIn(sent)
  if (ids.length === 0) return nothingChosen(worker, sent)
  const to = sent.one('to') === 'waiting' ? 'waiting' : 'printed'
  const settled = await worker.client.desk.settleLetters({ ids, to })
  if (!settled.ok) return { kind: 'problem', problem: settled.problem }
  return showLetters(worker, { pnr: '' }, undefined, {
    note: worker.say(settledText(settled.value, to)),
  })
}

function settledText({ settled, left }: LettersSettled, to: 'printed' | 'waiting'): Text {
  const [count, rest] = [settled.length, left.length]
  const letters = {
    da: count === 1 ? '1 brev' : `${count} breve`,
    en: count === 1 ? '1 letter' : `${count} letters`,
  }
  return to === 'printed'
    ? {
        da: `${letters.da} er noteret som sendt på papir.${rest === 0 ? '' : ` ${rest} var sendt i forvejen eller er i andres hænder.`}`,
        en: `${letters.en} noted as sent on paper.${rest === 0 ? '' : ` ${rest} had been sent already or are in other hands.`}`,
      }
    : {
        da: `${letters.da} forsøges leveret igen.${rest === 0 ? '' : ` ${rest} var sendt, venter allerede eller er i andres hænder.`}`,
        en: `${letters.en} to be tried again.${rest === 0 ? '' : ` ${rest} had been sent, wait already or are in other hands.`}`,
      }
}

function chosenIn(sent: Form): readonly string[] {
  const ids = sent.all(sent.one('all') === 'yes' ? 'shown' : 'letter')
  return [...new Set(ids)].filter((id) => id.length <= 100).slice(0, pageSize)
}

function nothingChosen(worker: Worker, sent: Form): Promise<Shown> {
  const text = worker.say({
    da: 'Sæt kryds ud for de breve, det gælder',
    en: 'Tick the letters you mean',
  })
  return showLetters(worker, filterIn(sent.one), undefined, { faults: [{ text }] })
}
