/** The first and the last page of a report: what it is about, and everything once more in clear text. */

import type { Html } from '#base/html.ts'
import { html } from '#base/html.ts'
import type { Incident } from '#incident/define.ts'
import { keyName, newKey } from '#self-service/keys.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import type { Report } from '#self-service/report/report.ts'
import type { CheckLine } from '#self-service/report/summary.ts'
import type { Visit } from '#self-service/visit.ts'
import type { Content } from '#web/layout.ts'
import { actions, backLink, button, buttonLink, form, hidden } from '#web/parts/actions.ts'
import { checkboxes } from '#web/parts/fields.ts'
import { summaryList } from '#web/parts/lists.ts'
import { alert, errorSummary, faultAt } from '#web/parts/messages.ts'

/** What it is about and what happens; nothing is asked yet. */
export function beginContent(
  { say, paths, session }: Visit,
  { shape, decidedBy }: Incident,
  acting?: { readonly by: string; readonly name: string },
): Content {
  const title = say(shape.title)
  const whom = acting?.name ?? session.name
  const who =
    decidedBy === 'residence'
      ? { da: 'den kommune, du bor i', en: 'the municipality where you live' }
      : {
          da: 'den kommune, du vælger undervejs',
          en: 'the municipality that you choose along the way',
        }
  return {
    title,
    body: html`${backLink(say, paths.home)}
<h1>${title}</h1>
<p class="font-lead">${say(shape.summary)}</p>
<h2>${say({ da: 'Sådan foregår det', en: 'How it works' })}</h2>
<ol>
<li>${say({ da: 'Du svarer på nogle få spørgsmål, ét ad gangen.', en: 'You answer a few questions, one at a time.' })}</li>
<li>${say({ da: 'CPR kontrollerer dine svar, og du ser dem samlet, før du sender.', en: 'CPR checks your answers, and you see them all together before you send.' })}</li>
<li>${say({ da: `Anmeldelsen afgøres af ${who.da}. Du får en kvittering med det samme.`, en: `The report is decided by ${who.en}. You get a receipt at once.` })}</li>
</ol>
<p>${say({
      da: 'Det, du skriver, gemmes i 30 dage. Du kan stoppe og fortsætte, når du vil.',
      en: 'What you write is kept for 30 days. You can stop and continue whenever you like.',
    })}</p>
<div class="site-panel"><p>${say(reportsFor)} <strong>${whom}</strong></p></div>
${form(paths.begin(shape.name), html`${hidden(keyName, newKey())}${acting && hidden('for', acting.by)}${actions(button({ text: say({ da: 'Begynd', en: 'Start' }), icon: 'arrow-forward' }))}`)}`,
  }
}

const reportsFor = { da: 'Du anmelder for', en: 'You are reporting for' }

type CheckView = Report & {
  readonly lines: readonly CheckLine[]
  readonly back: string
  readonly steps: Html
  /** The version of the draft that is shown. */
  readonly seen: number
}

/** Everything in clear text as it was validated, with a way back to each answer. */
export function checkContent(view: CheckView): Content {
  const { say, paths, draft, key, type, lines, query } = view
  const isUnheard = draft.warnings.length > 0 && 'wrong' in query
  const faults = isUnheard ? [{ id: 'confirm', text: say(confirmFirst) }] : []
  const title = say({ da: 'Se efter, og send', en: 'Check and send' })
  const rows = lines.map(({ label, value, page }) => ({
    label: say(label),
    value:
      value.length === 1
        ? value.map(say)
        : html`<ul>${value.map((each) => html`<li>${say(each)}</li>`)}</ul>`,
    ...(page !== undefined && { change: paths.page(draft.type, key, page) }),
  }))
  const refused = draft.blames.map(({ text }) => alert(say, 'error', { heading: say(text) }))
  const warnings = draft.warnings.map(({ text }) => alert(say, 'warning', { heading: say(text) }))
  const send = html`${hidden('seen', String(view.seen))}${draft.warnings.length > 0 && confirmation(view, faultAt(faults, 'confirm'))}
${actions(button({ text: say({ da: 'Send anmeldelsen', en: 'Send the report' }) }))}`
  return {
    title: `${title} – ${say(type.shape.title)}`,
    hasErrors: faults.length + refused.length > 0,
    body: html`${backLink(say, view.back)}
<div class="site-with-steps">${view.steps}<div class="site-form">
<p class="site-report-title">${say(type.shape.title)}</p>
${errorSummary(say, faults)}
<h1>${title}</h1>
<p>${say(inClearText)}</p>
${'changed' in query && alert(say, 'warning', { heading: say(changedSince) })}${refused}${warnings}
${summaryList(say, rows)}
${draft.checked && form(paths.check(draft.type, key), send)}
${form(paths.cancel(draft.type, key), html`<button class="function-link" type="submit">${say(cancel)}</button>`, { class: 'site-cancel' })}
</div></div>`,
  }
}

const inClearText = {
  da: 'CPR har kontrolleret dine svar. Her er de samlet. Intet er sendt endnu.',
  en: 'CPR has checked your answers. Here they are all together. Nothing has been sent yet.',
}
const cancel = {
  da: 'Fortryd, og slet det, du har skrevet',
  en: 'Cancel and delete what you wrote',
}
const changedSince = {
  da: 'Anmeldelsen er ændret, siden du så den. Se den efter igen, før du sender.',
  en: 'The report has changed since you saw it. Check it again before you send.',
}
const confirmFirst = {
  da: 'Bekræft, at du har læst advarslen',
  en: 'Confirm that you have read the warning',
}

function confirmation({ say }: CheckView, error: string | undefined) {
  return checkboxes(say, {
    ...{ id: 'confirm', name: 'confirm', values: [], error },
    label: say({ da: 'Advarslen ovenfor', en: 'The warning above' }),
    options: [
      {
        value: 'yes',
        text: say({
          da: 'Jeg har læst den og vil sende alligevel',
          en: 'I have read it and want to send anyway',
        }),
      },
    ],
  })
}

/** As many drafts as are kept for a person: which to give up is for that person to say. */
export function fullContent({ say, language }: Visit): Content {
  const title = say({ da: 'Du har for mange kladder', en: 'You have too many drafts' })
  return {
    title,
    body: html`<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Der er ikke plads til en ny anmeldelse. Slet en af dem, du ikke har sendt, og begynd igen.',
      en: 'There is no room for a new report. Delete one that you have not sent, and start again.',
    })}</p>
<p>${buttonLink(ownPathsIn(language).cases, say({ da: 'Se dine kladder', en: 'See your drafts' }))}</p>`,
  }
}
