/** The provider's pages: choose or say who one is, sign out everywhere. */

import { type Html, html } from '#base/html.ts'
import type { Language } from '#base/text.ts'
import { endConfirmPath, homePath, signInPath, stopPath } from '#idp/paths.ts'
import type { IdpPerson } from '#idp/people.ts'
import { type Frame, page, type Site } from '#web/layout.ts'
import { actions, button, form, hidden } from '#web/parts/actions.ts'
import { textInput } from '#web/parts/fields.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import { sayIn } from '#web/say.ts'

const site: Site = {
  name: { da: 'Log ind', en: 'Sign in' },
  owner: { da: 'Sandkassens login', en: 'Sandbox sign-in' },
  notice: {
    da: 'Sandkasse: alle personer her er opdigtede. I drift logger man ind med MitID.',
    en: 'Sandbox: everybody here is invented. In production people sign in with MitID.',
  },
  home: homePath,
  about: () => [],
}

export function frameOf(language: Language, here: string): Frame {
  return { site, language, here, links: [] }
}

export type SignIn = {
  readonly language: Language
  readonly uid: string
  /** The program that people sign in to. */
  readonly to: string
  readonly people: readonly IdpPerson[]
  readonly user?: string
  readonly faults?: readonly Fault[]
}

export function signInPage({ language, uid, to, people, user = '', faults = [] }: SignIn): Html {
  const say = sayIn(language)
  const at = signInPath(language, uid)
  const body = html`${errorSummary(say, faults)}
<h1>${say({ da: 'Log ind', en: 'Sign in' })}</h1>
<p class="font-lead">${say(signingIn(to))}</p>
<h2>${say({ da: 'Vælg en person', en: 'Choose a person' })}</h2>
${form(at, html`<ul class="site-people">${people.map((person) => personPart(person, language))}</ul>`)}
<h2>${say(orPassword)}</h2>
${form(
  at,
  html`${textInput(say, {
    ...{ id: 'user', name: 'user', value: user, error: faultAt(faults, 'user'), width: 'm' },
    label: say({ da: 'Brugernavn', en: 'User name' }),
    autocomplete: 'username',
  })}
${textInput(say, {
  ...{ id: 'password', name: 'password', type: 'password', width: 'm' },
  label: say({ da: 'Adgangskode', en: 'Password' }),
  autocomplete: 'current-password',
})}
${actions(button({ text: say({ da: 'Log ind', en: 'Sign in' }), icon: 'lock' }))}`,
)}
${form(stopPath(language, uid), actions(button({ text: say({ da: 'Fortryd', en: 'Cancel' }), look: 'tertiary' })))}`
  const title = say({ da: 'Log ind', en: 'Sign in' })
  return page(frameOf(language, at), { title, body, hasErrors: faults.length > 0 })
}

const signingIn = (to: string) => ({
  da: `Du er ved at logge ind på ${to}.`,
  en: `You are signing in to ${to}.`,
})
const orPassword = {
  da: 'Eller skriv brugernavn og adgangskode',
  en: 'Or enter a user name and password',
}

function personPart({ user, name, about }: IdpPerson, language: Language): Html {
  return html`<li><button class="site-person-choice" type="submit" name="person" value="${user}"><strong>${name}</strong><span>${about[language]}</span></button></li>`
}

/** The mark shows that the answer comes from this page. */
export function signOutPage(language: Language, mark: string): Html {
  const say = sayIn(language)
  const title = say({ da: 'Log af', en: 'Sign out' })
  const body = html`<h1>${say({ da: 'Vil du også logge af her?', en: 'Do you want to sign out here too?' })}</h1>
<p>${say({
    da: 'Du er logget af selvbetjeningen. Log også af her, så ingen anden på denne computer kan logge ind som dig.',
    en: 'You are signed out of the service. Sign out here too, so that nobody else at this computer can sign in as you.',
  })}</p>
${form(
  endConfirmPath,
  html`${hidden('xsrf', mark)}${actions(button({ text: title, name: 'logout', value: 'yes' }), button({ text: say({ da: 'Nej, forbliv logget ind', en: 'No, stay signed in' }), look: 'secondary' }))}`,
)}`
  return page(frameOf(language, homePath(language)), { title, body })
}

export function saidPage(language: Language, title: string, text: string): Html {
  const say = sayIn(language)
  const body = html`<h1>${title}</h1>${alert(say, 'info', { heading: text })}`
  return page(frameOf(language, homePath(language)), { title, body })
}
