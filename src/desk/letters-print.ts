/** Letters as they are printed: one on each sheet, in both languages, with the receiver's address. */

import { danishDate } from '#base/calendar.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { MasterData, OutboxPage } from '#client/index.ts'
import { authorityName } from '#desk/authorities.ts'
import { paths } from '#desk/paths.ts'
import type { Worker } from '#desk/worker.ts'
import type { Content } from '#web/layout.ts'
import { backLink, button, form, hidden } from '#web/parts/actions.ts'
import { sayDay } from '#web/say.ts'

type Letter = OutboxPage['items'][number]

/** Addresses are looked up one by one: each is on record with why it was read. */
export async function printContent(worker: Worker, letters: readonly Letter[]): Promise<Content> {
  const { say, language } = worker
  const addresses = new Map<string, readonly string[]>()
  for (const { pnr } of letters) {
    if (!addresses.has(pnr)) addresses.set(pnr, await addressOf(worker, pnr))
  }
  const title = say({
    da: letters.length === 1 ? 'Udskriv 1 brev' : `Udskriv ${letters.length} breve`,
    en: letters.length === 1 ? 'Print 1 letter' : `Print ${letters.length} letters`,
  })
  const sheets = letters.map((letter) => sheet(worker, letter, addresses.get(letter.pnr) ?? []))
  const ids = letters.map(({ id }) => hidden('letter', id))
  const settle = (to: 'printed' | 'waiting', text: string, look: 'primary' | 'secondary') =>
    form(paths.lettersSettle(language), html`${ids}${hidden('to', to)}${button({ text, look })}`)
  const actions = html`<div class="d-print-none">${backLink(say, paths.letters(language))}<h1>${title}</h1><p>${say(how)}</p><p><button class="button button-secondary" type="button" data-print hidden>${say({ da: 'Udskriv', en: 'Print' })}</button></p><div class="site-actions">${settle('printed', say({ da: 'Notér som sendt på papir', en: 'Note as sent on paper' }), 'primary')}${settle('waiting', say({ da: 'Forsøg levering igen', en: 'Try delivery again' }), 'secondary')}</div></div>`
  return { title, body: html`${actions}${sheets}`, scripts: ['print.js'] }
}

const how = {
  da: 'Udskriv brevene, læg dem i kuvert, og notér dem så som sendt. Hvert brev begynder på et nyt ark.',
  en: 'Print the letters, put them into envelopes, and then note them as sent. Each begins on a new sheet.',
}

async function addressOf({ client }: Worker, pnr: string): Promise<readonly string[]> {
  const found = await client.lookUp({ pnr, purpose: 'letter on paper' })
  return found.ok ? linesOf(found.value) : []
}

/** As on an envelope; abroad by the lines as they were given. */
function linesOf({ addressingName, careOf, address, foreignAddress }: MasterData) {
  const at = address && [
    `${address.road.name} ${address.house}`,
    ...(address.floor ? [`${address.floor}. ${address.door ?? ''}`.trim()] : []),
  ]
  const lines = [
    addressingName,
    careOf && `c/o ${careOf}`,
    at?.join(', '),
    address?.locality,
    address?.postcode && `${address.postcode.code} ${address.postcode.district}`,
    ...(foreignAddress ? [...foreignAddress.lines, foreignAddress.country.name] : []),
  ]
  return lines.flatMap((line) => (line ? [line] : []))
}

function sheet({ say, session }: Worker, letter: Letter, address: readonly string[]): Html {
  const { id, title, text, name, at } = letter
  const lines: readonly Part[] = (address.length > 0 ? address : [name ?? '']).map(
    (line) => html`${line}<br>`,
  )
  return html`<article class="desk-letter site-letter" aria-labelledby="title-${id}"><p>${lines}</p><p class="site-letter-date">${authorityName(session.authority)} Kommune, ${say(sayDay(danishDate(new Date(at))))}</p><h2 id="title-${id}" lang="da">${capital(title.da)}</h2><p lang="da">${text.da}</p><section lang="en"><h3>${capital(title.en)}</h3><p>${text.en}</p></section></article>`
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
