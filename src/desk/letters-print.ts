/** Letters as they are printed: one on each sheet, in both languages, with the receiver's address. */

import { danishDate } from '#base/calendar.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { MasterData, OutboxPage } from '#client/index.ts'
import { senderName } from '#desk/authorities.ts'
import { paths } from '#desk/paths.ts'
import type { Worker } from '#desk/worker.ts'
import { isHighRoad } from '#register/address.ts'
import type { Content } from '#web/layout.ts'
import { backLink, button, form, hidden } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'
import { sayDay } from '#web/say.ts'

type Letter = OutboxPage['items'][number]

/** Addresses are looked up one by one: each is on record with why it was read. */
export async function printContent(worker: Worker, letters: readonly Letter[]): Promise<Content> {
  const { say, language } = worker
  const addresses = new Map<string, Address>()
  for (const { pnr } of letters) {
    if (!addresses.has(pnr)) addresses.set(pnr, await addressOf(worker, pnr))
  }
  const title = say({
    da: letters.length === 1 ? 'Udskriv 1 brev' : `Udskriv ${letters.length} breve`,
    en: letters.length === 1 ? 'Print 1 letter' : `Print ${letters.length} letters`,
  })
  const sheets = letters.map((letter) => {
    return sheet(worker, letter, addresses.get(letter.pnr)?.lines ?? [])
  })
  const without = letters.filter(({ pnr }) => addresses.get(pnr)?.isWhole !== true).length
  const ids = letters.map(({ id }) => hidden('letter', id))
  const settle = (to: 'printed' | 'waiting', text: string, look: 'primary' | 'secondary') =>
    form(paths.lettersSettle(language), html`${ids}${hidden('to', to)}${button({ text, look })}`)
  const actions = html`<div class="d-print-none">${backLink(say, paths.letters(language))}<h1>${title}</h1>${without > 0 && alert(say, 'warning', { heading: say(noAddress(without)), body: say(findIt) })}<p>${say(how)}</p><p><button class="button button-secondary" type="button" data-print hidden>${say({ da: 'Udskriv', en: 'Print' })}</button></p><div class="site-actions">${settle('printed', say({ da: 'Notér som sendt på papir', en: 'Note as sent on paper' }), 'primary')}${settle('waiting', say({ da: 'Forsøg levering igen', en: 'Try delivery again' }), 'secondary')}</div></div>`
  return { title, body: html`${actions}${sheets}`, scripts: ['print.js'] }
}

const how = {
  da: 'Udskriv brevene, læg dem i kuvert, og notér dem så som sendt. Hvert brev begynder på et nyt ark.',
  en: 'Print the letters, put them into envelopes, and then note them as sent. Each begins on a new sheet.',
}

function noAddress(letters: number): Text {
  return letters === 1
    ? { da: '1 brev er uden adresse', en: '1 letter has no address' }
    : { da: `${letters} breve er uden adresse`, en: `${letters} letters have no address` }
}

const findIt = {
  da: 'Modtageren har ingen adresse i registeret, eller den kunne ikke slås op nu. Find den, før du sender brevet.',
  en: 'The receiver has no address in the register, or it could not be looked up now. Find it before you send the letter.',
}

/** `isWhole` where the lines say where somebody lives: no fixed home is a name alone. */
type Address = { readonly lines: readonly string[]; readonly isWhole: boolean }

async function addressOf({ client }: Worker, pnr: string): Promise<Address> {
  const found = await client.lookUp({ pnr, purpose: 'letter on paper' })
  if (!found.ok) return { lines: [], isWhole: false }
  const { address, foreignAddress } = found.value
  const isHome = address !== undefined && !isHighRoad(address.road.code)
  return { lines: linesOf(found.value), isWhole: isHome || foreignAddress !== undefined }
}

/** As on an envelope; abroad by the lines as they were given. */
function linesOf({ addressingName, careOf, address, foreignAddress }: MasterData) {
  const at = address && [
    // In Greenland it is a building where there is no house.
    `${address.road.name} ${address.house || (address.building ?? '')}`.trim(),
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
  return html`<article class="desk-letter site-letter" aria-labelledby="title-${id}"><p>${lines}</p><p class="site-letter-date">${say(senderName(session.authority))}, ${say(sayDay(danishDate(new Date(at))))}</p><h2 id="title-${id}" lang="da">${capital(title.da)}</h2><p lang="da">${text.da}</p><section lang="en"><h3>${capital(title.en)}</h3><p>${text.en}</p></section></article>`
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
