/** The pages that say that a session is over: by time, by signing out, or in the middle of a form. */

import { html } from '#base/html.ts'
import type { Language, Text } from '#base/text.ts'
import { pathsIn } from '#self-service/paths.ts'
import { type KeptForm, keptForm } from '#web/kept-form.ts'
import type { Content } from '#web/layout.ts'
import { buttonLink } from '#web/parts/actions.ts'
import { sayIn } from '#web/say.ts'

type Over = { readonly title: Text; readonly text: Text; readonly again: Text }

const expired: Over = {
  title: { da: 'Du er logget af', en: 'You have been signed out' },
  text: {
    da: 'Du har ikke brugt siden i et stykke tid, så vi har logget dig af. Det, du har sendt fra siderne, er gemt og venter på dig.',
    en: 'You have not used the page for a while, so we signed you out. What you sent from the pages is kept and waits for you.',
  },
  again: { da: 'Log ind igen', en: 'Sign in again' },
}

const signedOut: Over = {
  title: { da: 'Du er logget af', en: 'You are signed out' },
  text: {
    da: 'Du er logget af i alle browsere, du har brugt. Luk browseren, hvis andre bruger computeren.',
    en: 'You are signed out in every browser that you used. Close the browser if others use the computer.',
  },
  again: { da: 'Log ind', en: 'Sign in' },
}

export const expiredContent = (language: Language): Content => overContent(language, expired)
export const signedOutContent = (language: Language): Content => overContent(language, signedOut)

function overContent(language: Language, { title, text, again }: Over): Content {
  const say = sayIn(language)
  return {
    title: say(title),
    body: html`<h1>${say(title)}</h1><p class="font-lead">${say(text)}</p><p>${buttonLink(pathsIn(language).home, say(again))}</p>`,
  }
}

/** What was sent too late stays on the page, and is sent once its writer has signed in beside it. */
export function tooLateContent(language: Language, form: KeptForm): Content {
  const say = sayIn(language)
  const signIn = pathsIn(language).signIn
  return {
    title: say(expired.title),
    body: html`<h1>${say(expired.title)}</h1>
<p class="font-lead">${say(notSent)}</p>
<p><a href="${signIn}" target="_blank" rel="noopener">${say(signInBeside)}</a></p>
${keptForm(say, form)}`,
  }
}

const notSent = {
  da: 'Det, du skrev, er ikke sendt, men det er stadig her på siden. Log ind igen i et nyt vindue, kom tilbage til denne side, og send det igen.',
  en: 'What you wrote is not sent, but it is still here on this page. Sign in again in a new window, come back to this page, and send it again.',
}
const signInBeside = {
  da: 'Log ind igen (åbner et nyt vindue)',
  en: 'Sign in again (opens a new window)',
}
