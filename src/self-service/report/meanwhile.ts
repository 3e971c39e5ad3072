/**
 * What another window did while somebody wrote in this one: said in plain words, with what each of
 * them has, so that nothing typed is lost and nothing is overwritten unseen.
 */

import { type Html, html } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { Incident } from '#incident/define.ts'
import { readWritten } from '#self-service/report/answers.ts'
import type { Draft, SummaryLine } from '#self-service/report/draft.ts'
import { linesPart } from '#self-service/report/lines.ts'
import { findPage } from '#self-service/report/plan.ts'
import { writeSeen } from '#self-service/report/seen.ts'
import { writtenLines } from '#self-service/report/written.ts'
import type { Visit } from '#self-service/visit.ts'
import type { Content } from '#web/layout.ts'
import { actions, buttonLink } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

/** Above the form that holds what was written here: what stands there now, and the way to leave it. */
export function answeredElsewhere(say: Say, kept: readonly SummaryLine[], goOn: string): Html {
  const nothing = html`<p class="alert-text">${say(emptied)}</p>`
  return alert(say, 'warning', {
    heading: say(elsewhere),
    body: html`<p class="alert-text">${say(nowThere)}</p>${kept.length === 0 ? nothing : linesPart(say, kept)}
<p class="alert-text">${say(yours)}</p>
<p class="alert-text"><a href="${goOn}">${say(leave)}</a></p>`,
  })
}

const elsewhere = {
  da: 'Spørgsmålet er besvaret i et andet vindue',
  en: 'The question has been answered in another window',
}
const nowThere = { da: 'Der er gemt:', en: 'What is kept:' }
const emptied = { da: 'Svaret er slettet.', en: 'The answer has been removed.' }
const yours = {
  da: 'Nedenfor står det, du skrev her. Det er ikke gemt endnu. Tryk på Næste for at bruge det i stedet.',
  en: 'Below is what you wrote here. It is not kept yet. Press Next to use it instead.',
}
const leave = { da: 'Behold det, der er gemt', en: 'Keep what is there' }

/** Why what was sent cannot be taken any more. */
export type Stranded = 'gone' | 'sent' | 'not-asked'

type Said = { readonly title: Text; readonly what: Text; readonly goOn: Text }

const stranded: Readonly<Record<Stranded, Said>> = {
  gone: {
    title: { da: 'Anmeldelsen findes ikke længere', en: 'The report is no longer there' },
    what: {
      da: 'Den er slettet, for eksempel i et andet vindue.',
      en: 'It has been deleted, as in another window.',
    },
    goOn: { da: 'Til forsiden', en: 'Go to the home page' },
  },
  sent: {
    title: { da: 'Anmeldelsen er allerede sendt', en: 'The report has already been sent' },
    what: {
      da: 'Det, du skrev her, kom ikke med. Er det vigtigt, så skriv det til kommunen, eller træk anmeldelsen tilbage, og anmeld igen.',
      en: 'What you wrote here is not in it. If it matters, tell the municipality, or withdraw the report and report again.',
    },
    goOn: { da: 'Se kvitteringen', en: 'See the receipt' },
  },
  'not-asked': {
    title: { da: 'Spørgsmålet stilles ikke længere', en: 'The question is no longer asked' },
    what: {
      da: 'Et andet svar er ændret, for eksempel i et andet vindue, så dette spørgsmål ikke længere har betydning.',
      en: 'Another answer has changed, as in another window, so that this question no longer matters.',
    },
    goOn: { da: 'Fortsæt anmeldelsen', en: 'Go on with the report' },
  },
}

/**
 * What was written on the page that was sent, unless it stands in the draft as well; nothing where
 * that is no page of the type.
 */
export function strandedLines(
  { form, params, tools }: Pick<Visit, 'form' | 'params' | 'tools'>,
  type: Incident,
  { answers, candidates }: Pick<Draft, 'answers' | 'candidates'>,
): readonly SummaryLine[] {
  const page = findPage(type, params['page'] ?? '')
  if (!page) return []
  const sent = readWritten(page, form)
  const isKept = writeSeen(page, answers) === writeSeen(page, { ...answers, ...sent })
  return isKept ? [] : writtenLines(page, sent, { lists: tools.lists, candidates })
}

export function strandedContent(
  say: Say,
  why: Stranded,
  { lines, goOn }: { readonly lines: readonly SummaryLine[]; readonly goOn: string },
): Content {
  const said = stranded[why]
  const title = say(said.title)
  return {
    title,
    body: html`<h1>${title}</h1>
<p class="font-lead">${say(said.what)}</p>
<h2>${say({ da: 'Det skrev du', en: 'What you wrote' })}</h2>
${linesPart(say, lines)}
${actions(buttonLink(goOn, say(said.goOn)))}`,
  }
}
