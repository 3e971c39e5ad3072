/** What the page of signing in shows: the way to the provider, person code and password, and why not. */

import { type Html, html, type Part } from '#base/html.ts'
import type { Language, Text } from '#base/text.ts'
import { paths } from '#desk/paths.ts'
import type { Content } from '#web/layout.ts'
import { button, buttonLink, form, hidden } from '#web/parts/actions.ts'
import { textInput } from '#web/parts/fields.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import { type Say, sayIn } from '#web/say.ts'
import type { SignInFault } from '#web/sign-in.ts'

/** The ways in that this desk has. */
export type Ways = { readonly provider: boolean; readonly password: boolean }

export type Given = {
  readonly ways: Ways
  /** Where to go on afterwards. */
  readonly next: string
  readonly personCode?: string
  readonly faults?: readonly Fault[]
  readonly note?: Note | undefined
}

export type Note = { readonly look: 'success' | 'info' | 'warning'; readonly text: Text }

export function signInContent(language: Language, given: Given): Content {
  const say = sayIn(language)
  const title = say({ da: 'Log ind på sagsbehandlingen', en: 'Sign in to the case desk' })
  const { ways, next, faults = [], note } = given
  const provider = ways.provider && providerPart(say, language, next)
  const heading =
    ways.provider &&
    html`<h2>${say({ da: 'Eller med personkode', en: 'Or with a person code' })}</h2>`
  return {
    title,
    hasErrors: faults.length > 0,
    body: html`${errorSummary(say, faults)}
${note && html`<div role="status">${alert(say, note.look, { heading: say(note.text) })}</div>`}
<h1>${title}</h1>
${provider}${ways.password && html`${heading}${passwordForm(say, language, given)}`}`,
  }
}

function providerPart(say: Say, language: Language, next: string): Html {
  const text = say({ da: 'Log ind med dit arbejdslogin', en: 'Sign in with your work identity' })
  const hint = say({
    da: 'Du logger ind hos din kommune og kommer tilbage hertil.',
    en: 'You sign in at your municipality and come back here.',
  })
  return html`<p>${hint}</p><p>${buttonLink(paths.signInProvider(language, { next }), text)}</p>`
}

function passwordForm(say: Say, language: Language, given: Given): Part {
  const { next, personCode, ways, faults = [] } = given
  const code = {
    id: 'person-code',
    name: 'person-code',
    label: say({ da: 'Personkode', en: 'Person code' }),
    hint: say({ da: 'W og syv cifre', en: 'W and seven digits' }),
    error: faultAt(faults, 'person-code'),
    autocomplete: 'username',
    lengthMax: 20,
    width: 's',
    ...(personCode !== undefined && { value: personCode }),
  } as const
  const password = {
    id: 'password',
    name: 'password',
    type: 'password',
    label: say({ da: 'Adgangskode', en: 'Password' }),
    error: faultAt(faults, 'password'),
    autocomplete: 'current-password',
    lengthMax: 200,
    width: 'm',
  } as const
  const look = ways.provider ? 'secondary' : 'primary'
  return form(
    paths.signIn(language),
    html`${hidden('next', next)}${textInput(say, code)}${textInput(say, password)}<div class="site-actions">${button({ text: say({ da: 'Log ind', en: 'Sign in' }), look })}</div>`,
  )
}

/** Why a sign-in at the provider let nobody in, and what to do about it. */
export const providerFaults: Readonly<Record<SignInFault, Text>> = {
  'no-cookie': {
    da: 'Din browser huskede ikke, at du var ved at logge ind. Tillad cookies, og prøv igen. Måske er der gået for lang tid.',
    en: 'Your browser did not remember that you were signing in. Allow cookies and try again. It may have taken too long.',
  },
  cancelled: {
    da: 'Du afbrød login. Intet er sket.',
    en: 'You stopped signing in. Nothing has happened.',
  },
  away: {
    da: 'Logintjenesten svarer ikke. Prøv igen om lidt.',
    en: 'The sign-in service does not answer. Try again later.',
  },
  'too-low': {
    da: 'Log ind på sikringsniveauet Betydelig eller Høj. Det skal man, når sager handler om personer.',
    en: 'Sign in at the assurance level Substantial or High. Cases about people require it.',
  },
  refused: {
    da: 'Svaret fra logintjenesten var ikke gyldigt, så vi har ikke brugt det. Prøv igen.',
    en: 'The answer from the sign-in service was not valid, so we have not used it. Try again.',
  },
}

/** The provider knows who it is; the CPR server has no usable person code for them (902). */
export const notLinked = {
  da: 'Du er logget ind, men du har ingen brugbar personkode. Bed kommunens brugeradministrator om at tilknytte en.',
  en: 'You are signed in, but you have no usable person code. Ask the administrator of your municipality to link one.',
}
