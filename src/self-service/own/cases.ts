/** My cases: what I have sent and not sent, what I am asked, and where each stands. */

import type { FastifyInstance } from 'fastify'
import { sayDay, sayInstant } from '#base/day-words.ts'
import { type Html, html } from '#base/html.ts'
import type { OwnCases, OwnLetters } from '#client/index.ts'
import { findByName } from '#incidents/catalogue.ts'
import { fullAuthorityName } from '#register/authority-name.ts'
import { known } from '#self-service/known.ts'
import { letterTitle } from '#self-service/own/letters.ts'
import { actingPart, type OwnVisit, ownPage } from '#self-service/own/whose.ts'
import { withDays } from '#self-service/own/words.ts'
import { type KeptDraft, openDrafts } from '#self-service/report/draft.ts'
import { planPages } from '#self-service/report/plan.ts'
import type { Tools } from '#self-service/settings.ts'
import type { Content } from '#web/layout.ts'
import { buttonLink, form } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'

type Open = KeptDraft

export function casesRoutes(app: FastifyInstance, tools: Tools): void {
  const drafts = openDrafts(tools.clients, tools.seal)
  ownPage(app, tools, {
    method: 'GET',
    url: ({ cases }) => cases,
    scope: 'cases',
    handler: async (visit) => {
      const { whose, query, session } = visit
      const cursor = query['from'] ?? ''
      if (!/^[A-Za-z0-9_-]{0,300}$/.test(cursor)) return visit.notFound()
      const from = cursor === '' ? {} : { cursor }
      const isOwn = whose.power === undefined && cursor === ''
      const [found, kept, ending] = await Promise.all([
        tools.clients.json.own.cases({ ...whose.asks, limit: 10, ...from }),
        isOwn ? drafts.list(session) : [],
        isOwn ? findEnding(visit) : undefined,
      ])
      // An address that somebody has changed leads to no page.
      if (!found.ok && found.problem.status === 400) return visit.notFound()
      const open = kept.filter(({ draft }) => !draft.saved)
      return visit.show(casesContent(visit, known(found), { open, ending }, cursor !== ''))
    },
  })
  ownPage(app, tools, {
    method: 'POST',
    url: ({ deleteDraft }) => deleteDraft(':key'),
    handler: async (visit) => {
      const key = visit.params['key'] ?? ''
      if (await drafts.find(key, visit.session)) await drafts.remove(key)
      return visit.goTo(`${visit.own.cases}?deleted`)
    },
  })
}

function casesContent(
  visit: OwnVisit,
  { items, asked, next }: OwnCases,
  { open, ending }: { readonly open: readonly Open[]; readonly ending: Ending | undefined },
  isLater: boolean,
): Content {
  const { say, own, query, paths } = visit
  const title = say({ da: 'Dine sager', en: 'Your cases' })
  const waiting = asked.filter(({ state }) => state === 'open')
  const answered = isLater ? [] : asked.filter(({ state }) => state !== 'open')
  const deleted = { da: 'Kladden er slettet', en: 'The draft has been deleted' }
  const sent = { da: 'Dit svar er modtaget', en: 'Your answer has been received' }
  const none = { da: 'Du har ingen sager.', en: 'You have no cases.' }
  return {
    title,
    body: html`${'deleted' in query && alert(say, 'success', { heading: say(deleted) })}${'answered' in query && alert(say, 'success', { heading: say(sent) })}
${actingPart(visit)}<h1>${title}</h1>
${ending && endingPart(visit, ending)}
${!isLater && waiting.length > 0 && askedPart(visit, waiting)}
${open.length > 0 && draftsPart(visit, open)}
<h2>${say({ da: 'Sendt', en: 'Sent' })}</h2>
${items.length === 0 ? html`<p>${say(none)} <a href="${paths.home}">${say({ da: 'Anmeld noget', en: 'Report something' })}</a></p>` : html`<ul class="site-cases">${items.map((item) => casePart(visit, item))}</ul>`}
<div class="site-actions d-print-none">${isLater && buttonLink(own.cases, say({ da: 'Til de nyeste', en: 'Show the newest' }), 'secondary')}${next !== undefined && buttonLink(`${own.cases}?from=${next}`, say({ da: 'Vis ældre', en: 'Show older' }), 'secondary')}</div>
${answered.length > 0 && answeredPart(visit, answered)}
<p><a href="${own.letters}">${say({ da: 'Breve til dig', en: 'Letters to you' })}</a></p>`,
  }
}

type Ending = OwnLetters['items'][number]

const reminderMs = 45 * 86_400_000

/** PROT-1: the letter that a protection is about to lapse, as long as that can be helped. */
async function findEnding({ tools, whose }: OwnVisit): Promise<Ending | undefined> {
  const { items } = known(await tools.clients.json.own.letters(whose.asks))
  const since = tools.clock().valueOf() - reminderMs
  return items.find(({ kind, at }) => kind === 'protection-ends' && new Date(at).valueOf() > since)
}

function endingPart({ say, own, paths }: OwnVisit, letter: Ending): Html {
  return alert(say, 'warning', {
    heading: say(letterTitle(letter)),
    body: html`<p class="alert-text">${say(withDays(letter.text))}</p><p class="alert-text"><a href="${paths.begin('name-and-address-protection')}">${say({ da: 'Forlæng beskyttelsen', en: 'Extend the protection' })}</a>, <a href="${own.letter(letter.id)}">${say({ da: 'vis brevet', en: 'show the letter' })}</a></p>`,
  })
}

function askedPart({ say, own }: OwnVisit, asked: OwnCases['asked']): Html {
  const items = asked.map(
    ({ id, title, deadline }) =>
      html`<li><a href="${own.asked(id)}">${say(title)}</a>${deadline && html`, ${say({ da: 'svar senest', en: 'answer by' })} ${say(sayDay(deadline))}`}</li>`,
  )
  const heading = say({ da: 'Du skal svare', en: 'You need to answer' })
  return alert(say, 'warning', { heading, body: html`<ul class="alert-text">${items}</ul>` })
}

function answeredPart({ say }: OwnVisit, asked: OwnCases['asked']): Html {
  const items = asked.map(
    ({ title, stateText, answeredAt, answerText }) =>
      html`<li class="site-case"><h3 class="h5">${say(title)}</h3><p>${say(answerText ?? stateText)}${answeredAt && html`<br><span class="site-quiet">${say(sayInstant(new Date(answeredAt)))}</span>`}</p></li>`,
  )
  return html`<h2>${say({ da: 'Det har du svaret på', en: 'What you were asked' })}</h2><ul class="site-cases">${items}</ul>`
}

function draftsPart({ say, own, paths }: OwnVisit, open: readonly Open[]): Html {
  const items = open.flatMap(({ key, draft }) => {
    const type = findByName(draft.type)
    if (!type) return []
    const [first] = planPages(type, draft).filter(({ name }) => !draft.done.includes(name))
    const href = first ? paths.page(draft.type, key, first.name) : paths.check(draft.type, key)
    const title = say(type.shape.title)
    const whom = draft.subject === undefined || draft.name === '' ? '' : `, ${draft.name}`
    const when = say(sayInstant(new Date(draft.startedAt)))
    return [
      html`<li class="site-case"><h3 class="h5">${title}${whom}</h3>
<p class="site-quiet">${say({ da: 'Begyndt', en: 'Started' })} ${when}</p>
<div class="site-case-actions">${buttonLink(href, say({ da: 'Fortsæt', en: 'Continue' }), 'secondary')}${form(own.deleteDraft(key), html`<button class="function-link" type="submit">${say({ da: 'Slet', en: 'Delete' })}<span class="sr-only"> ${title}</span></button>`)}</div></li>`,
    ]
  })
  return html`<h2>${say({ da: 'Ikke sendt endnu', en: 'Not sent yet' })}</h2>
<p>${say({ da: 'Kladder gemmes i 30 dage, efter at du sidst skrev i dem.', en: 'Drafts are kept for 30 days after you last wrote in them.' })}</p>
<ul class="site-cases">${items}</ul>`
}

type Item = OwnCases['items'][number]

const looks: { readonly [state: string]: string } = {
  approved: 'success',
  rejected: 'error',
  returned: 'warning',
  amended: 'warning',
  pending: 'info',
}

function casePart({ say, own, whose }: OwnVisit, item: Item): Html {
  const { id, title, date, savedAt, authority, state, stateText, role, representative, pnr } = item
  const parts = {
    companion: { da: 'Du er meldt med', en: 'You are included' },
    representative: { da: 'Sendt for en anden', en: 'Sent for somebody else' },
    subject:
      representative !== undefined && pnr === whose.asks.pnr
        ? { da: 'Sendt af en, der handler for dig', en: 'Sent by somebody acting for you' }
        : undefined,
  }
  const part = parts[role]
  return html`<li class="site-case"><h3 class="h5"><a href="${own.case(id)}">${say(title)}</a></h3>
<p><span class="badge badge-${looks[state] ?? 'info'}">${say(stateText)}</span></p>
<p>${say({ da: 'Gælder fra', en: 'From' })} ${say(sayDay(date))},
${fullAuthorityName(authority)}<br>
<span class="site-quiet">${say({ da: 'Sendt', en: 'Sent' })} ${say(sayInstant(new Date(savedAt)))}${part && html`. ${say(part)}`}</span></p></li>`
}
