/** Who one is at the desk, what one may do there, until when; and the way out of everywhere at once. */

import { sayInstant } from '#base/day-words.ts'
import { html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { authorityName } from '#desk/authorities.ts'
import { paths, routes } from '#desk/paths.ts'
import { type DeskRight, idleMinutes } from '#desk/session.ts'
import { unsentMinutes } from '#desk/unsent.ts'
import type { Worker, workerPages } from '#desk/worker.ts'
import type { Content } from '#web/layout.ts'
import { button, form, hidden } from '#web/parts/actions.ts'
import { summaryList } from '#web/parts/lists.ts'

export function accessPage(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.access, async (worker) => ({ kind: 'page', content: accessContent(worker) }))
}

/** What the CPR server calls a person code's security group, as people at a municipality say it. */
const groupTexts: Readonly<Record<string, Text>> = {
  municipality: { da: 'Sagsbehandler', en: 'Case worker' },
  'team-lead': { da: 'Teamleder', en: 'Team lead' },
  'log-reviewer': { da: 'Logkontrollant', en: 'Log reviewer' },
  'cpr-office': { da: 'CPR-kontoret', en: 'CPR Office' },
}

const rightTexts: { readonly [R in DeskRight]: Text } = {
  'list-pending': { da: 'Behandle og afgøre sager', en: 'Work on cases and decide them' },
  'send-letters': { da: 'Se og sende breve', en: 'See and send letters' },
  'list-policies': { da: 'Se regelsæt', en: 'See policies' },
  'write-policies': { da: 'Skrive og prøve regelsæt', en: 'Write and test policies' },
  'switch-policies': { da: 'Slå regelsæt til og fra', en: 'Switch policies on and off' },
  'read-figures': { da: 'Se tal for holdet', en: 'See the figures of the team' },
  'explain-look': {
    da: 'Svare på spørgsmål om dine opslag',
    en: 'Answer questions about your look-ups',
  },
  'review-log': { da: 'Kontrollere opslag i loggen', en: 'Review look-ups in the log' },
}

function accessContent({ say, language, session }: Worker): Content {
  const title = say({ da: 'Din adgang', en: 'Your access' })
  const { personCode, authority, group, rights, endsAt } = session
  const row = (name: Text, value: Part) => ({ label: say(name), value })
  const can = html`<ul class="desk-lines">${rights.map((right) => html`<li>${say(rightTexts[right])}</li>`)}</ul>`
  return {
    title,
    body: html`<h1>${title}</h1>
${summaryList(say, [
  row({ da: 'Personkode', en: 'Person code' }, personCode),
  row({ da: 'Myndighed', en: 'Authority' }, authorityName(authority)),
  row({ da: 'Rolle', en: 'Role' }, say(groupTexts[group] ?? { da: group, en: group })),
  row({ da: 'Her kan du', en: 'Here you can' }, can),
  row({ da: 'Du er logget ind til', en: 'You are signed in until' }, say(sayInstant(endsAt))),
])}
<p>${say(idle)}</p>
<h2>${say({ da: 'Log af overalt', en: 'Sign out everywhere' })}</h2>
<p>${say(everywhere)}</p>
${form(
  paths.signOut(language),
  html`${hidden('everywhere', 'yes')}${button({ text: say({ da: 'Log af overalt', en: 'Sign out everywhere' }), look: 'secondary' })}`,
)}`,
  }
}

const idle = {
  da: `Gør du ingenting i ${idleMinutes} minutter, bliver du logget af. Sender du noget, du har skrevet, efter det, står det på siden igen, når du logger ind inden ${unsentMinutes} minutter.`,
  en: `If you do nothing for ${idleMinutes} minutes, you are signed out. If you send what you wrote after that, it is on the page again once you sign in within ${unsentMinutes} minutes.`,
}
const everywhere = {
  da: 'Har du glemt at logge af på en anden maskine, så afslut alt, hvad din personkode er logget ind på: browsere og programmer.',
  en: 'If you forgot to sign out on another machine, end everything that your person code is signed in to: browsers and programs.',
}
