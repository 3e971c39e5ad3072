/** The receipt of a report that was saved, on the screen and as a letter to print. */

import type { FastifyInstance } from 'fastify'
import { sayInstant } from '#base/day-words.ts'
import { html } from '#base/html.ts'
import { fullAuthorityName } from '#register/authority-name.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import type { Paths } from '#self-service/paths.ts'
import type { Draft, Drafts } from '#self-service/report/draft.ts'
import { linesPart } from '#self-service/report/lines.ts'
import { type Report, withReport } from '#self-service/report/report.ts'
import type { Tools } from '#self-service/settings.ts'
import { personal } from '#self-service/visit.ts'
import type { Content } from '#web/layout.ts'
import { actions, buttonLink } from '#web/parts/actions.ts'
import { timeline } from '#web/parts/lists.ts'
import { alert } from '#web/parts/messages.ts'

type Saved = NonNullable<Draft['saved']>

export function receiptRoutes(
  app: FastifyInstance,
  tools: Tools,
  drafts: Drafts,
  { receipt, letter }: Paths,
): void {
  const show = (content: (report: Report, saved: Saved) => Content) =>
    withReport(drafts, async (report) => {
      const { saved } = report.draft
      return saved ? report.show(content(report, saved)) : report.notFound()
    })
  personal(app, tools, 'GET', receipt(':type', ':key'), show(receiptContent))
  personal(app, tools, 'GET', letter(':type', ':key'), show(letterContent))
}

/** The municipality that the report was saved with. */
function nameOfReceiver({ conversation }: Draft, { lists }: Tools): string {
  const code = conversation?.keys.municipality ?? ''
  return fullAuthorityName({ code, name: lists.nameOf(code) ?? code })
}

function receiptContent(
  { say, type, draft, key, paths, language, tools }: Report,
  saved: Saved,
): Content {
  const title = say({
    da: 'Tak, vi har modtaget din anmeldelse',
    en: 'Thank you, we have received your report',
  })
  const number = draft.conversation?.ts ?? ''
  const municipality = nameOfReceiver(draft, tools)
  return {
    title: `${title} – ${say(type.shape.title)}`,
    body: html`<p class="site-report-title">${say(type.shape.title)}</p>
<h1>${title}</h1>
${alert(say, 'success', {
  heading: say({ da: 'Kvittering', en: 'Receipt' }),
  body: html`<p class="alert-text">${say({ da: 'Sagsnummer', en: 'Case number' })} <strong>${number}</strong>, ${say(sayInstant(new Date(saved.at)))}</p>`,
})}
<h2>${say({ da: 'Hvad sker der nu?', en: 'What happens now?' })}</h2>
${timeline(say, [
  {
    state: 'done',
    title: say({ da: 'Modtaget', en: 'Received' }),
    when: say(sayInstant(new Date(saved.at))),
  },
  {
    state: 'now',
    title: say({ da: `Hos ${municipality}`, en: `With ${municipality}` }),
    text: say({
      da: 'Kommunen godkender eller afviser anmeldelsen, eller spørger dig om mere. Bor der andre på adressen, bliver de spurgt først.',
      en: 'The municipality approves the report, rejects it or asks you for more. If others live at the address, they are asked first.',
    }),
  },
  {
    state: 'ahead',
    title: say({ da: 'Afgjort og registreret', en: 'Decided and registered' }),
    text: say({
      da: 'Du får besked, når det er afgjort.',
      en: 'We will let you know when it has been decided.',
    }),
  },
])}
<h2>${say({ da: 'Det har du anmeldt', en: 'What you reported' })}</h2>
${linesPart(say, saved.lines)}
${actions(
  buttonLink(ownPathsIn(language).cases, say({ da: 'Følg din sag', en: 'Follow your case' })),
  buttonLink(
    paths.letter(draft.type, key),
    say({ da: 'Vis som brev', en: 'Show as a letter' }),
    'secondary',
  ),
)}`,
  }
}

function letterContent(
  { say, type, draft, session, key, paths, tools }: Report,
  saved: Saved,
): Content {
  const title = say({
    da: `Kvittering: ${type.shape.title.da}`,
    en: `Receipt: ${type.shape.title.en}`,
  })
  const municipality = nameOfReceiver(draft, tools)
  return {
    title,
    scripts: ['print.js'],
    body: html`<div class="site-letter">
<address class="site-letter-to">${draft.name}${draft.homeText && html`<br>${draft.homeText}`}</address>
<p class="site-letter-date">${say(sayInstant(new Date(saved.at)))}</p>
<h1 class="h2">${title}</h1>
<p>${say({
      da: `Vi har modtaget din anmeldelse. Den har sagsnummer ${draft.conversation?.ts ?? ''} og afgøres af ${municipality}.`,
      en: `We have received your report. It has case number ${draft.conversation?.ts ?? ''} and is decided by ${municipality}.`,
    })}</p>
${linesPart(say, saved.lines)}
${draft.acting && html`<p>${say({ da: `Anmeldt for ${draft.name} af ${session.name}.`, en: `Reported for ${draft.name} by ${session.name}.` })}</p>`}
<p>${say({
      da: 'Brevet er en kvittering for det, der er anmeldt. Det er ikke en afgørelse.',
      en: 'This letter is a receipt for what was reported. It is not a decision.',
    })}</p>
</div>
${actions(
  html`<button class="button button-primary" type="button" data-print hidden>${say({ da: 'Udskriv', en: 'Print' })}</button>`,
  buttonLink(
    paths.receipt(draft.type, key),
    say({ da: 'Tilbage til kvitteringen', en: 'Back to the receipt' }),
    'secondary',
  ),
)}`,
  }
}
