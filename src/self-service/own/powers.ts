/** Powers of attorney on the screen: those given and those held, giving one, and revoking it. */

import type { FastifyInstance } from 'fastify'
import { addYears, danishDate, type PlainDate, partsOf } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { type Html, html } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { classifyNumber, readPnr } from '#register/pnr.ts'
import { keyIn, keyName } from '#self-service/keys.ts'
import { type OwnPaths, ownPathsIn } from '#self-service/own/paths.ts'
import {
  type KeptPower,
  mayBeParty,
  openPowers,
  type PowerState,
  readTerm,
  scopes,
  stateOf,
} from '#self-service/own/power.ts'
import { type OwnVisit, ownPage } from '#self-service/own/whose.ts'
import type { Tools } from '#self-service/settings.ts'
import type { Content } from '#web/layout.ts'
import { actions, backLink, button, buttonLink, form, hidden } from '#web/parts/actions.ts'
import { checkboxes, type DayParts, dateInput, textInput } from '#web/parts/fields.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'

export function powersRoutes(app: FastifyInstance, tools: Tools): void {
  const powers = openPowers(tools)
  const today = () => danishDate(tools.clock())
  ownPage(app, tools, {
    method: 'GET',
    url: (own) => own.powers,
    handler: async (visit) =>
      visit.show(powersContent(visit, await powers.list(visit.session.pnr), today())),
  })
  ownPage(app, tools, {
    method: 'GET',
    url: (own) => own.givePower,
    handler: async (visit) =>
      mayGive(visit, today())
        ? visit.show(giveContent(visit, firstWritten(today()), []))
        : visit.show(tooYoungContent(visit), 403),
  })
  ownPage(app, tools, {
    method: 'POST',
    url: (own) => own.givePower,
    handler: async (visit) => {
      const { session, own } = visit
      if (!mayGive(visit, today())) return visit.show(tooYoungContent(visit), 403)
      const written = readWritten(visit)
      const { faults, given } = judge(visit, written, today())
      if (!given) return visit.show(giveContent(visit, written, faults), 422)
      const giver = { pnr: session.pnr, name: session.name }
      const power = { ...given, giver, givenAt: tools.clock().valueOf() }
      const isGiven = await powers.give(power, keyIn(visit.form))
      if (isGiven) return visit.goTo(`${own.powers}?given`)
      const full = [{ id: 'name', text: visit.say(tooMany) }]
      return visit.show(giveContent(visit, written, full), 422)
    },
  })
  ownPage(app, tools, {
    method: 'POST',
    url: (own) => own.revoke(':key'),
    handler: async (visit) => {
      const kept = await powers.find(visit.params['key'] ?? '')
      const { pnr } = visit.session
      const isParty = kept && [kept.power.giver.pnr, kept.power.holder.pnr].includes(pnr)
      if (!isParty) return visit.notFound()
      const isLive = ['valid', 'coming'].includes(stateOf(kept.power, today()))
      if (isLive) await powers.revoke(kept, tools.clock())
      return visit.goTo(`${visit.own.powers}?revoked`)
    },
  })
}

const tooMany = {
  da: 'Du har givet så mange fuldmagter, at der ikke er plads til flere. Kald en tilbage først, og vent, til den ikke længere vises.',
  en: 'You have given so many powers of attorney that there is no room for more. Revoke one first, and wait until it is no longer shown.',
}

function mayGive({ session }: OwnVisit, today: PlainDate): boolean {
  const pnr = readPnr(session.pnr)
  return pnr !== undefined && mayBeParty(pnr, today)
}

function tooYoungContent({ say, own }: OwnVisit): Content {
  const title = say({
    da: 'Du kan ikke give fuldmagt endnu',
    en: 'You cannot give a power of attorney yet',
  })
  return {
    title,
    body: html`${backLink(say, own.powers)}<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Du skal være fyldt 15 år for at give fuldmagt. Den, der har forældremyndigheden over dig, kan handle for dig.',
      en: 'You must be 15 or older to give a power of attorney. Whoever has custody of you can act for you.',
    })}</p>`,
  }
}

const stateTexts: Readonly<Record<PowerState, Text>> = {
  coming: { da: 'Gælder senere', en: 'Not valid yet' },
  valid: { da: 'Gælder', en: 'Valid' },
  ended: { da: 'Udløbet', en: 'Expired' },
  revoked: { da: 'Kaldt tilbage', en: 'Revoked' },
}

function powersContent(visit: OwnVisit, all: readonly KeptPower[], today: PlainDate): Content {
  const { say, own, query, session } = visit
  const title = say({ da: 'Fuldmagter', en: 'Powers of attorney' })
  const told = 'given' in query ? given : 'revoked' in query ? revoked : undefined
  const held = all.filter(({ power }) => power.holder.pnr === session.pnr)
  const mine = all.filter(({ power }) => power.giver.pnr === session.pnr)
  const list = (items: readonly KeptPower[], none: Text) =>
    items.length === 0
      ? html`<p>${say(none)}</p>`
      : html`<ul class="site-cases">${items.map((each) => powerPart(visit, each, today))}</ul>`
  return {
    title,
    body: html`${told && alert(say, 'success', { heading: say(told) })}<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Med en fuldmagt kan en anden handle for dig her på siden, med sit eget login. Alt, hvad der sker, står i registrets log med begge navne.',
      en: 'With a power of attorney, somebody else can act for you on this site, signing in as themselves. Everything that happens is in the log of the register with both names.',
    })}</p>
<h2>${say({ da: 'Du kan handle for', en: 'You can act for' })}</h2>
${list(held, { da: 'Ingen har givet dig fuldmagt.', en: 'Nobody has given you a power of attorney.' })}
<h2>${say({ da: 'Du har givet', en: 'You have given' })}</h2>
${list(mine, noneGiven)}
${actions(buttonLink(own.givePower, say({ da: 'Giv fuldmagt', en: 'Give a power of attorney' })))}`,
  }
}

const noneGiven = {
  da: 'Du har ikke givet nogen fuldmagt.',
  en: 'You have not given anybody a power of attorney.',
}
const given = { da: 'Fuldmagten er givet', en: 'The power of attorney has been given' }
const revoked = {
  da: 'Fuldmagten gælder ikke længere',
  en: 'The power of attorney is no longer valid',
}

function powerPart(visit: OwnVisit, { key, power }: KeptPower, today: PlainDate): Html {
  const { say, own, session, language } = visit
  const state = stateOf(power, today)
  const isHeld = power.holder.pnr === session.pnr
  const other = isHeld ? power.giver.name : power.holder.name
  const reach = power.scope
    .flatMap((name) => scopes[name] ?? [])
    .map((text) => html`<li>${say(text)}</li>`)
  const act: OwnPaths = ownPathsIn(language, key)
  const doAct = { da: `Handl for ${other}`, en: `Act for ${other}` }
  const end = isHeld
    ? { da: 'Frasig dig fuldmagten', en: 'Give up the power of attorney' }
    : { da: 'Kald fuldmagten tilbage', en: 'Revoke the power of attorney' }
  const isLive = state === 'valid' || state === 'coming'
  return html`<li class="site-case"><h3 class="h5">${other}</h3>
<p><span class="badge badge-${state === 'valid' ? 'success' : 'info'}">${say(stateTexts[state])}</span></p>
<p>${say(sayDay(power.from))} – ${say(sayDay(power.to))}</p>
<ul>${reach}</ul>
${
  isLive &&
  html`<div class="site-case-actions">${isHeld && state === 'valid' && buttonLink(act.actFor, say(doAct), 'secondary')}${form(own.revoke(key), html`<button class="function-link" type="submit">${say(end)}<span class="sr-only">: ${other}</span></button>`)}</div>`
}</li>`
}

type Written = {
  readonly name: string
  readonly pnr: string
  readonly scope: readonly string[]
  readonly from: DayParts
  readonly to: DayParts
}

function partsIn(day: PlainDate): DayParts {
  const { year, month, day: dayOfMonth } = partsOf(day)
  return { day: String(dayOfMonth), month: String(month), year: String(year) }
}

function firstWritten(today: PlainDate): Written {
  const to: DayParts = { day: '', month: '', year: '' }
  return { name: '', pnr: '', scope: [], from: partsIn(today), to }
}

function readWritten({ form: sent }: OwnVisit): Written {
  const day = (name: string): DayParts => ({
    day: sent.one(`${name}-day`).trim(),
    month: sent.one(`${name}-month`).trim(),
    year: sent.one(`${name}-year`).trim(),
  })
  return {
    name: sent.one('name').trim().slice(0, nameLengthMax),
    pnr: sent.one('pnr').trim(),
    scope: sent.all('scope').filter((name) => Object.hasOwn(scopes, name)),
    from: day('from'),
    to: day('to'),
  }
}

const nameLengthMax = 60

function dayText({ day, month, year }: DayParts): string {
  return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** The number is not looked up: who is registered is told to nobody who asks for it here. */
function judge({ say, session }: OwnVisit, written: Written, today: PlainDate) {
  const { name, scope, from, to } = written
  const pnr = readPnr(written.pnr)
  const term = readTerm(dayText(from), dayText(to), today)
  const wrongNumber =
    classifyNumber(written.pnr) === 'replacement' || !pnr
      ? { da: 'Skriv et personnummer på ti cifre', en: 'Enter a personal number of ten digits' }
      : pnr === session.pnr
        ? {
            da: 'Fuldmagten skal gives til en anden',
            en: 'The power of attorney must be given to somebody else',
          }
        : mayBeParty(pnr, today)
          ? undefined
          : holderTooYoung
  const faults: readonly Fault[] = [
    ...(name === ''
      ? [
          {
            id: 'name',
            text: say({ da: 'Skriv, hvem der får fuldmagten', en: 'Enter who you give it to' }),
          },
        ]
      : []),
    ...(wrongNumber ? [{ id: 'pnr', text: say(wrongNumber) }] : []),
    ...(scope.length === 0
      ? [{ id: 'scope', text: say({ da: 'Vælg, hvad den gælder', en: 'Choose what it covers' }) }]
      : []),
    ...(term ? [] : [{ id: 'to', text: say(wrongTerm) }]),
  ]
  const isWhole = faults.length === 0 && pnr !== undefined && term !== undefined
  return { faults, given: isWhole ? { holder: { pnr, name }, scope, ...term } : undefined }
}

const holderTooYoung = {
  da: 'Den, der får fuldmagten, skal være fyldt 15 år',
  en: 'The person you give it to must be 15 or older',
}
const wrongTerm = {
  da: 'Fuldmagten skal gælde fra i dag eller senere, og højst i to år',
  en: 'It must be valid from today or later, and for two years at most',
}

function giveContent(visit: OwnVisit, written: Written, faults: readonly Fault[]): Content {
  const { say, own, tools, form: sent } = visit
  const title = say({ da: 'Giv fuldmagt', en: 'Give a power of attorney' })
  const latest = addYears(danishDate(tools.clock()), 2)
  const options = Object.entries(scopes).map(([value, text]) => ({ value, text: say(text) }))
  return {
    title,
    hasErrors: faults.length > 0,
    body: html`${backLink(say, own.powers)}<div class="site-form">${errorSummary(say, faults)}<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Den, du giver fuldmagt, kan gøre det, du vælger, indtil den udløber, eller du kalder den tilbage.',
      en: 'The person you give it to can do what you choose, until it expires or you revoke it.',
    })}</p>
${form(
  own.givePower,
  html`${hidden(keyName, keyIn(sent))}${textInput(say, {
    ...{ id: 'name', name: 'name', value: written.name, lengthMax: nameLengthMax, width: 'l' },
    error: faultAt(faults, 'name'),
    label: say({ da: 'Navn på den, der får fuldmagten', en: 'Name of the person you give it to' }),
  })}
${textInput(say, {
  ...{ id: 'pnr', name: 'pnr', value: written.pnr, lengthMax: 11, digits: true, width: 's' },
  error: faultAt(faults, 'pnr'),
  label: say({ da: 'Personnummer', en: 'Personal number' }),
  hint: say({
    da: 'Ti cifre. Personen logger ind som sig selv.',
    en: 'Ten digits. The person signs in as themselves.',
  }),
})}
${checkboxes(say, {
  ...{ id: 'scope', name: 'scope', values: written.scope, options },
  error: faultAt(faults, 'scope'),
  label: say({ da: 'Hvad gælder fuldmagten?', en: 'What does the power of attorney cover?' }),
})}
${dateInput(say, {
  ...{ id: 'from', name: 'from', value: written.from },
  label: say({ da: 'Gælder fra', en: 'Valid from' }),
})}
${dateInput(say, {
  ...{ id: 'to', name: 'to', value: written.to, error: faultAt(faults, 'to') },
  label: say({ da: 'Gælder til og med', en: 'Valid up to and including' }),
  hint: say({ da: `Senest ${sayDay(latest).da}`, en: `No later than ${sayDay(latest).en}` }),
})}
${actions(button({ text: say({ da: 'Giv fuldmagten', en: 'Give the power of attorney' }) }))}`,
)}</div>`,
  }
}
