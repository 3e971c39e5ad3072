/** Letters as they are printed: one on each sheet, in both languages, with the receiver's address. */

import { danishDate } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { MasterData, OutboxPage } from '#client/index.ts'
import { senderName } from '#desk/authorities.ts'
import { sayCase } from '#desk/case-words.ts'
import { deliveryTexts, heldText } from '#desk/letter-words.ts'
import { paths } from '#desk/paths.ts'
import type { Worker } from '#desk/worker.ts'
import { isHighRoad } from '#register/address.ts'
import type { Content } from '#web/layout.ts'
import { backLink, button, form, hidden } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'

type Letter = OutboxPage['items'][number]

type Printing = {
  readonly letters: readonly Letter[]
  /** Chosen as well, and sent or in other hands. */
  readonly others: readonly Letter[]
  /** Those that are still to be sent, now in these hands; the others are printed as copies. */
  readonly taken: readonly string[]
}

/** Addresses are looked up one by one: each is on record with why it was read. */
export async function printContent(
  worker: Worker,
  { letters, others, taken }: Printing,
): Promise<Content> {
  const { say, language } = worker
  const addresses = new Map<string, Address>()
  for (const { pnr } of letters) {
    if (!addresses.has(pnr)) addresses.set(pnr, await addressOf(worker, pnr))
  }
  const title = say(titleOf(letters.length))
  const sheets = letters.map((letter) => {
    return sheet(worker, letter, addresses.get(letter.pnr)?.lines ?? [])
  })
  const without = letters.filter(({ pnr }) => addresses.get(pnr)?.isWhole !== true).length
  const ids = taken.map((id) => hidden('letter', id))
  const settle = (to: 'printed' | 'waiting', text: string, look: 'secondary' | 'tertiary') =>
    form(paths.lettersSettle(language), html`${ids}${hidden('to', to)}${button({ text, look })}`)
  const actions = html`<div class="d-print-none">${backLink(say, paths.letters(language))}<h1>${title}</h1>${without > 0 && alert(say, 'warning', { heading: say(noAddress(without)), body: say(findIt) })}${othersPart(worker, others)}${letters.length > 0 && html`<p>${say(taken.length > 0 ? how : copies)}</p><div class="site-actions"><button class="button button-primary" type="button" data-print hidden>${say({ da: 'Udskriv', en: 'Print' })}</button>${taken.length > 0 && html`${settle('printed', say({ da: 'Notér som sendt på papir', en: 'Note as sent on paper' }), 'secondary')}${settle('waiting', say({ da: 'Forsøg levering igen', en: 'Try delivery again' }), 'tertiary')}`}</div>`}</div>`
  return { title, body: html`${actions}${sheets}`, scripts: ['print.js'] }
}

function othersPart({ say }: Worker, others: readonly Letter[]): Part {
  if (others.length === 0) return ''
  const names = others.map(
    ({ name, pnr, delivery, held }) =>
      html`<li>${name ?? sayCase.pnr(pnr)}: ${say(held ? heldText(held) : deliveryTexts[delivery])}</li>`,
  )
  const heading = {
    da: 'Disse er sendt eller i andres hænder og er ikke med her',
    en: 'These have been sent or are in other hands, and are left out here',
  }
  return alert(say, 'warning', { heading: say(heading), body: html`<ul>${names}</ul>` })
}

function titleOf(letters: number): Text {
  if (letters === 0) return { da: 'Ingen breve at udskrive', en: 'No letters to print' }
  return letters === 1
    ? { da: 'Udskriv 1 brev', en: 'Print 1 letter' }
    : { da: `Udskriv ${letters} breve`, en: `Print ${letters} letters` }
}

const copies = {
  da: 'Brevene er sendt. Det her er kopier.',
  en: 'The letters have been sent. These are copies.',
}

const how = {
  da: 'Udskriv brevene, læg dem i kuvert, og notér dem så som sendt inden for en time. Så længe sender ingen andre dem. Hvert brev begynder på et nyt ark.',
  en: 'Print the letters, put them into envelopes, and then note them as sent within an hour. Until then nobody else sends them. Each begins on a new sheet.',
}

function noAddress(letters: number): Text {
  return letters === 1
    ? { da: '1 brev er uden adresse', en: '1 letter has no address' }
    : { da: `${letters} breve er uden adresse`, en: `${letters} letters have no address` }
}

const findIt = {
  da: 'Modtageren har ingen adresse i registret, eller den kunne ikke slås op nu. Find den, før du sender brevet.',
  en: 'The recipient has no address in the register, or it could not be looked up now. Find it before you send the letter.',
}

/** `isWhole` where the lines say where somebody lives: no fixed home is a name alone. */
type Address = { readonly lines: readonly string[]; readonly isWhole: boolean }

async function addressOf({ client }: Worker, pnr: string): Promise<Address> {
  const found = await client.lookUp({ pnr, given: 'letter' })
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
  const { id, title, text, name, at, incident } = letter
  const lines: readonly Part[] = (address.length > 0 ? address : [name ?? '']).map(
    (line) => html`${line}<br>`,
  )
  return html`<article class="desk-letter site-letter" aria-labelledby="title-${id}"><p>${lines}</p><p class="site-letter-date">${say(senderName(session.authority))}, ${say(sayDay(danishDate(new Date(at))))}</p><h2 id="title-${id}" lang="da">${capital(title.da)}</h2><p lang="da">${text.da}</p><section lang="en"><h3>${capital(title.en)}</h3><p>${text.en}</p></section>${incident !== undefined && answerPart(say(senderName(session.authority)), incident)}</article>`
}

/** Whoever has the letter on paper has no other way to answer than where it came from. */
function answerPart(sender: string, incident: string): Html {
  return html`<p class="site-letter-answer"><span lang="da">Svar eller spørgsmål: skriv til ${sender}.</span> <span lang="en">To answer or to ask: write to ${sender}.</span><br><span lang="da">Sag</span> / <span lang="en">case</span>: ${incident}</p>`
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
