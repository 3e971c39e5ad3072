/** One case: where it stands, what happens next and by when, and what can be done; its letter. */

import type { FastifyInstance } from 'fastify'
import { danishDate } from '#base/calendar.ts'
import { sayDay, sayInstant } from '#base/day-words.ts'
import { type Html, html } from '#base/html.ts'
import type { OwnCase } from '#client/index.ts'
import type { Field } from '#incident/fields.ts'
import { findByName } from '#incidents/catalogue.ts'
import { fullAuthorityName } from '#register/authority-name.ts'
import { keyName, newKey } from '#self-service/keys.ts'
import { findChild } from '#self-service/own/children.ts'
import {
  actingPart,
  findPowerOver,
  type OwnVisit,
  ownPage,
  refusePower,
} from '#self-service/own/whose.ts'
import { withDays } from '#self-service/own/words.ts'
import type { Tools } from '#self-service/settings.ts'
import type { Content } from '#web/layout.ts'
import { actions, backLink, button, buttonLink, form, hidden } from '#web/parts/actions.ts'
import { type Moment, summaryList, timeline } from '#web/parts/lists.ts'
import { alert } from '#web/parts/messages.ts'

export function caseRoutes(app: FastifyInstance, tools: Tools): void {
  const show = (content: (visit: OwnVisit, one: OwnCase, behalf?: Behalf) => Content) =>
    withCase(async (visit, one, behalf) => visit.show(content(visit, one, behalf)))
  const scope = 'cases'
  const url = ':id'
  ownPage(app, tools, {
    method: 'GET',
    url: (own) => own.case(url),
    scope,
    handler: show(caseContent),
  })
  ownPage(app, tools, {
    method: 'GET',
    url: (own) => own.caseLetter(url),
    scope,
    handler: show(letterContent),
  })
  ownPage(app, tools, {
    method: 'GET',
    url: (own) => own.withdraw(url),
    handler: withCase(async (visit, one) =>
      one.actions.includes('withdraw') ? visit.show(withdrawContent(visit, one)) : visit.notFound(),
    ),
  })
  ownPage(app, tools, {
    method: 'POST',
    url: (own) => own.withdraw(url),
    handler: withCase(async (visit, one) => {
      // Withdrawn before, as by the same form sent twice: that is what was asked for.
      if (one.state === 'withdrawn') return visit.goTo(`${visit.own.case(one.id)}?withdrawn`)
      // A companion sees the case and has no say in it.
      if (!one.actions.includes('withdraw')) return visit.notFound()
      const done = await tools.clients.json.withdraw(one.id)
      // Decided meanwhile: the page of the case says how.
      return visit.goTo(`${visit.own.case(one.id)}?${done.ok ? 'withdrawn' : 'too-late'}`)
    }),
  })
}

/** Whom a case is about, and by what one acts for that person. */
export type Behalf = { readonly name: string; readonly by: string }

type CaseHandler = (
  visit: OwnVisit,
  one: OwnCase,
  behalf: Behalf | undefined,
) => ReturnType<Parameters<typeof ownPage>[2]['handler']>

/**
 * Finds the case. Who reported it for another sees it and acts in it only while a power of attorney
 * from that other holds, or custody: what was sent stands, and what comes after is no business of
 * theirs.
 */
export function withCase(handler: CaseHandler): Parameters<typeof ownPage>[2]['handler'] {
  return async (visit) => {
    const one = await findCase(visit)
    if (!one) return visit.notFound()
    if (one.role !== 'representative') return handler(visit, one, undefined)
    const behalf = await findBehalf(visit, one)
    return behalf ? handler(visit, one, behalf) : refusePower(visit, 'ended')
  }
}

async function findBehalf(visit: OwnVisit, { pnr = '', type }: OwnCase) {
  const power = await findPowerOver(visit, pnr, type)
  return power ? { name: power.power.giver.name, by: power.key } : findChild(visit, pnr, type)
}

/** The ids of incidents have this form; for anything else there is no case. */
const idForm = /^[a-z0-9-]{1,20}\.[0-9a-z]{26}$/

async function findCase({ tools, params, whose }: OwnVisit): Promise<OwnCase | undefined> {
  const id = params['id'] ?? ''
  if (!idForm.test(id)) return undefined
  const found = await tools.clients.json.own.case(id, whose.asks)
  return found.ok ? found.value : undefined
}

function caseContent(visit: OwnVisit, one: OwnCase): Content {
  const { say, own, query } = visit
  const title = say(one.title)
  const told = 'withdrawn' in query ? withdrawn : 'too-late' in query ? tooLate : undefined
  return {
    title: `${title} – ${say({ da: 'Sagen', en: 'The case' })}`,
    body: html`${backLink(say, own.cases)}
${told && alert(say, told === withdrawn ? 'success' : 'warning', { heading: say(told) })}
${actingPart(visit)}<h1>${title}</h1>
${nowPart(visit, one)}
${returnedPart(visit, one)}
${reasonPart(visit, one)}
<h2>${say({ da: 'Forløb', en: 'What has happened' })}</h2>
${timeline(say, momentsOf(visit, one))}
<h2>${say({ da: 'Det er anmeldt', en: 'What was reported' })}</h2>
${reportedPart(visit, one)}
${doPart(visit, one)}`,
  }
}

const withdrawn = { da: 'Anmeldelsen er trukket tilbage', en: 'The report has been withdrawn' }
const tooLate = {
  da: 'Anmeldelsen kan ikke trækkes tilbage, som sagen står nu',
  en: 'The report cannot be withdrawn as the case now stands',
}

const kinds: { readonly [state: string]: 'success' | 'error' | 'warning' | 'info' } = {
  approved: 'success',
  rejected: 'error',
  returned: 'warning',
  amended: 'warning',
}

function nowPart({ say }: OwnVisit, one: OwnCase): Html {
  const by =
    one.nextBy === undefined
      ? undefined
      : html`<p class="alert-text"><strong>${say({ da: 'Senest', en: 'By' })} ${say(sayDay(one.nextBy))}</strong></p>`
  const body = html`<p class="alert-text">${say(withDays(one.next))}</p>${by}`
  return alert(say, kinds[one.state] ?? 'info', { heading: say(one.stateText), body })
}

function returnedPart({ say, own, whose }: OwnVisit, { returned, id, actions: may }: OwnCase) {
  if (returned === undefined) return undefined
  const fields = returned.fields.map(({ label }) => html`<li>${say(label)}</li>`)
  return html`<div class="site-panel"><h2 class="h4">${say({ da: 'Kommunen beder dig rette', en: 'The municipality asks you to amend' })}</h2>
<blockquote class="site-said">${returned.text}</blockquote>
${fields.length > 0 && html`<ul>${fields}</ul>`}
${may.includes('validate') && whose.power === undefined && form(own.amend(id), html`${hidden(keyName, newKey())}${actions(button({ text: say({ da: 'Ret anmeldelsen', en: 'Amend the report' }) }))}`)}</div>`
}

function reasonPart({ say }: OwnVisit, { reason, outcomes }: OwnCase) {
  const rejected = outcomes.flatMap((each) => each.reason ?? [])
  const all = reason ? [reason] : rejected
  if (all.length === 0) return undefined
  const parts = all.map(
    ({ title, text }) =>
      html`<p><strong>${say(title)}</strong></p><blockquote class="site-said">${text}</blockquote>`,
  )
  // CPR-loven § 56: how to appeal, and by when.
  return html`<div class="site-panel"><h2 class="h4">${say({ da: 'Begrundelse', en: 'Reason' })}</h2>${parts}
<p>${say({
    da: 'Du kan klage over afgørelsen inden fire uger fra den dag, du fik den. Skriv til den kommune, der har truffet den. Fastholder kommunen afgørelsen, sender den klagen videre til ministeriet.',
    en: 'You can appeal against the decision within four weeks of receiving it. Write to the municipality that made it. If it stands by its decision, it passes the appeal on to the ministry.',
  })}</p></div>`
}

const ended = ['approved', 'rejected', 'withdrawn']

function isStop(kind: string, state: string): boolean {
  return kind === 'withdrawn' || (kind === 'decided' && state === 'rejected')
}

/** What has happened, then what comes, as long as anything does. */
function momentsOf({ say }: OwnVisit, one: OwnCase): readonly Moment[] {
  const past = one.timeline
    .filter(({ kind }) => kind !== 'initiated' && kind !== 'validated')
    .map(
      ({ text, at, said, kind, state }): Moment => ({
        title: say(text),
        when: say(sayInstant(new Date(at))),
        ...(said !== undefined && { text: said }),
        state: isStop(kind, state) ? 'stopped' : 'done',
      }),
    )
  if (ended.includes(one.state)) return past
  const awaited = one.hearings.filter(({ state }) => state === 'open')
  const hearings = awaited.map(
    ({ title, deadline }): Moment => ({
      title: say({ da: `Venter på svar: ${title.da}`, en: `Waiting for an answer: ${title.en}` }),
      ...(deadline !== undefined && {
        text: say({ da: `Senest ${sayDay(deadline).da}`, en: `By ${sayDay(deadline).en}` }),
      }),
      state: 'now',
    }),
  )
  if (one.returned) {
    const yours = say({ da: 'Du retter anmeldelsen', en: 'You amend the report' })
    const by = say({
      da: `Senest ${sayDay(one.returned.by).da}`,
      en: `By ${sayDay(one.returned.by).en}`,
    })
    return [...past, { title: yours, text: by, state: 'now' }]
  }
  const decides = say({
    da: `${fullAuthorityName(one.authority)} afgør sagen`,
    en: `${fullAuthorityName(one.authority)} decides`,
  })
  return [...past, ...hearings, { title: decides, state: hearings.length > 0 ? 'ahead' : 'now' }]
}

/** An address is one thing, whatever the parts that it is sent in. */
const ofAddress = ['house', 'floor', 'door']

function reportedPart({ say }: OwnVisit, one: OwnCase): Html {
  const fields: { readonly [name: string]: Field } = findByName(one.type)?.shape.fields ?? {}
  const hasRoad = 'road' in one.data
  const rows = Object.entries(one.data).flatMap(([name, value]) => {
    if (hasRoad && ofAddress.includes(name)) return []
    const label = name === 'road' ? address : fields[name]?.label
    const text = one.translations[name]
    const texts = text === undefined ? [] : Array.isArray(text) ? text : [text]
    const values = typeof value === 'string' ? [value] : value
    if (label === undefined || values.length === 0) return []
    const shown = texts.length > 0 ? texts.map(say) : values
    const lines = name === 'road' ? [addressLine(one, shown[0] ?? '')] : shown
    return [{ label: say(label), value: lines.map((each) => html`${each}<br>`) }]
  })
  return summaryList(say, [
    { label: say({ da: 'Gælder fra', en: 'From' }), value: say(sayDay(one.date)) },
    ...rows,
    { label: say({ da: 'Afgøres af', en: 'Decided by' }), value: fullAuthorityName(one.authority) },
    ...(one.conversation === undefined
      ? []
      : [{ label: say({ da: 'Sagsnummer', en: 'Case number' }), value: one.conversation }]),
  ])
}

const address = { da: 'Adresse', en: 'Address' }

function addressLine({ data }: OwnCase, road: string): string {
  const part = (name: string) => (typeof data[name] === 'string' ? data[name] : '')
  const floor = part('floor')
  const inside = [floor && `${floor}${/^\d/.test(floor) ? '.' : ''}`, part('door')].filter(Boolean)
  const street = [road, part('house')].filter(Boolean).join(' ')
  return [street, inside.join(' ')].filter(Boolean).join(', ')
}

function doPart({ say, own, whose }: OwnVisit, one: OwnCase): Html {
  const mayWithdraw = whose.power === undefined && one.actions.includes('withdraw')
  return actions(
    buttonLink(
      own.caseLetter(one.id),
      say({ da: 'Vis som brev', en: 'Show as a letter' }),
      'secondary',
    ),
    mayWithdraw &&
      buttonLink(
        own.withdraw(one.id),
        say({ da: 'Træk anmeldelsen tilbage', en: 'Withdraw the report' }),
        'tertiary',
      ),
  )
}

/** CPR-loven § 12: the duty to report a move stays, also once a report of it is withdrawn. */
const moveDuty = {
  da: 'Husk, at du skal anmelde en flytning senest fem dage efter den.',
  en: 'Remember that you must report a move no later than five days after it.',
}

function withdrawContent({ say, own }: OwnVisit, one: OwnCase): Content {
  const title = say({
    da: 'Vil du trække anmeldelsen tilbage?',
    en: 'Do you want to withdraw the report?',
  })
  return {
    title,
    body: html`${backLink(say, own.case(one.id))}<p class="site-report-title">${say(one.title)}</p><h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Så bliver der ikke ændret noget i registret, og sagen lukkes. Du kan ikke fortryde, men du kan anmelde igen.',
      en: 'Nothing will change in the register, and the case will be closed. You cannot undo this, but you can report again.',
    })}</p>
${one.type === 'domestic-move' && html`<p>${say(moveDuty)}</p>`}
${form(own.withdraw(one.id), actions(button({ text: say({ da: 'Træk tilbage', en: 'Withdraw' }), look: 'warning' }), buttonLink(own.case(one.id), say({ da: 'Behold anmeldelsen', en: 'Keep the report' }), 'secondary')))}`,
  }
}

/**
 * A receipt until it is decided, and then the decision. It is of the day of what it tells of and
 * from whoever decides, whenever it is looked at.
 */
function letterContent(visit: OwnVisit, one: OwnCase, behalf?: Behalf): Content {
  const { say, own, whose } = visit
  const decided = ['approved', 'rejected'].includes(one.state)
  const decision = decided ? one.timeline.findLast(({ kind }) => kind === 'decided') : undefined
  const written = danishDate(new Date(decision?.at ?? one.savedAt))
  const what = decided ? { da: 'Afgørelse', en: 'Decision' } : { da: 'Kvittering', en: 'Receipt' }
  const title = say({ da: `${what.da}: ${one.title.da}`, en: `${what.en}: ${one.title.en}` })
  const received = say({
    da: `Vi modtog anmeldelsen ${sayInstant(new Date(one.savedAt)).da}. Den afgøres af ${fullAuthorityName(one.authority)}.`,
    en: `We received the report on ${sayInstant(new Date(one.savedAt)).en}. ${fullAuthorityName(one.authority)} decides.`,
  })
  const acted = {
    da: 'Anmeldt af en, der handler for personen.',
    en: 'Reported by somebody acting for the person.',
  }
  return {
    title,
    scripts: ['print.js'],
    body: html`<div class="site-letter">
<address class="site-letter-to">${behalf?.name ?? whose.name}</address>
<p class="site-letter-date">${fullAuthorityName(one.authority)}, ${say(sayDay(written))}</p>
<h1 class="h2">${title}</h1>
<p>${received}</p>
<p><strong>${say(one.stateText)}.</strong> ${say(withDays(one.next))}</p>
${one.representative !== undefined && html`<p>${say(acted)}</p>`}
${reasonPart(visit, one)}
${reportedPart(visit, one)}
</div>
${actions(
  html`<button class="button button-primary" type="button" data-print hidden>${say({ da: 'Udskriv', en: 'Print' })}</button>`,
  buttonLink(
    own.case(one.id),
    say({ da: 'Tilbage til sagen', en: 'Back to the case' }),
    'secondary',
  ),
)}`,
  }
}
