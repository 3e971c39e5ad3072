/** The page around every page: header, language, who is signed in, footer. Knows no program. */

import { attributes, classes, type Html, html, type Part } from '#base/html.ts'
import type { Language, Text } from '#base/text.ts'
import { assetUrl } from '#web/assets.ts'
import { icon } from '#web/icons.ts'
import { holdsSecret, type KeptForm, keptFields } from '#web/kept-form.ts'
import { formAsIs } from '#web/parts/actions.ts'
import { languageNames, otherLanguage, type Say, sayIn } from '#web/say.ts'

export type NavLink = {
  readonly href: string
  readonly text: string
  readonly isHere?: boolean
  /** The page belongs to it, as one case to the cases. */
  readonly isWithin?: boolean
}

/** What is the same on every page of a program. */
export type Site = {
  readonly name: Text
  /** Whose it is: a municipality, an authority. */
  readonly owner: Text
  /** A word above everything else, as that nobody here is real. */
  readonly notice?: Text
  readonly home: (language: Language) => string
  /** For people who read many of its pages a day: smaller headings, closer lines. */
  readonly isDense?: boolean
  /** Links of the footer, the accessibility statement among them. */
  readonly about: (say: Say, language: Language) => readonly NavLink[]
}

export type Person = {
  readonly name: string
  /** Whom this person acts for, when it is somebody else. */
  readonly actsFor?: string
  /** Where the form that signs out is sent. */
  readonly signOutTo: string
  /** The page that tells where else this person is signed in, where there is one. */
  readonly signInsAt?: string
}

/** What a page is shown in. */
export type Frame = {
  readonly site: Site
  readonly language: Language
  /** Path and query of the page, which begins with the language. */
  readonly here: string
  /** What the page answers, when asking that once more does nothing: in another language, say. */
  readonly answers?: KeptForm
  readonly links: readonly NavLink[]
  readonly person?: Person
  /** When the session ends if nothing is done; the page warns before. */
  readonly idle?: { readonly endsInS: number; readonly extendAt: string; readonly endedAt: string }
}

export type Content = {
  readonly title: string
  readonly body: Part
  /** The page tells what is wrong: said first in its title. */
  readonly hasErrors?: boolean
  /** Scripts of our own that this page needs, as 'address-search.js'. */
  readonly scripts?: readonly string[]
}

export function page(frame: Frame, content: Content): Html {
  const { site, language } = frame
  const say = sayIn(language)
  const error = content.hasErrors ? say({ da: 'Fejl: ', en: 'Error: ' }) : ''
  return html`<!doctype html>
<html${attributes({ lang: language })}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${error}${content.title} – ${say(site.name)}</title>
<link rel="icon" type="image/svg+xml" href="${assetUrl('img/mark.svg')}">
<link rel="preload" as="font" type="font/woff2" crossorigin href="${assetUrl(regularFont)}">
<link rel="stylesheet" href="${assetUrl('css/dkfds.min.css')}">
<link rel="stylesheet" href="${assetUrl('css/samspil.css')}">
${scriptsOf(content.scripts ?? [])}
</head>
<body${attributes({ class: site.isDense && 'site-dense' })}${idleData(frame)}>
<a class="skipnav" href="#main-content">${say(skip)}</a>
${header(frame, say)}
<main id="main-content" class="container page-container" tabindex="-1">
${content.body}
</main>
${footer(frame, say)}
${frame.idle && idleWarning(say)}
</body>
</html>
`
}

const skip = { da: 'Gå til sidens indhold', en: 'Skip to the main content' }
const regularFont = 'fonts/IBMPlexSans/complete/woff2/IBMPlexSans-Regular.woff2'

/** The design's own script must be a classic one; ours start when it is there. */
function scriptsOf(more: readonly string[]): readonly Html[] {
  return ['dkfds.min.js', 'start.js', ...more].map(
    (name) => html`<script defer src="${assetUrl(`js/${name}`)}"></script>\n`,
  )
}

function idleData({ idle }: Frame): Html {
  return attributes({
    'data-idle-ends-in': idle?.endsInS,
    'data-idle-extend-at': idle?.extendAt,
    'data-idle-ended-at': idle?.endedAt,
  })
}

const stay = { da: 'Bliv logget ind', en: 'Stay signed in' }

/** Shown by the script some minutes before the session ends; closing it is staying. */
function idleWarning(say: Say): Html {
  const title = say({ da: 'Er du der stadig?', en: 'Are you still there?' })
  return html`<dialog id="idle-warning" class="site-dialog" aria-labelledby="idle-title"><form method="dialog">
<h2 id="idle-title">${title}</h2>
<p>${say({
    da: 'Du bliver snart logget af, fordi du ikke har brugt siden. Det, du har sendt fra siderne før denne, er gemt.',
    en: 'You will soon be signed out, because you have not used the page. What you sent from earlier pages is saved.',
  })}</p>
<button class="button button-primary" type="submit">${say(stay)}</button>
</form></dialog>`
}

function header(frame: Frame, say: Say): Html {
  const { site, language, person, links } = frame
  return html`<header class="header">
${site.notice && html`<p class="site-notice"><span class="container">${say(site.notice)}</span></p>`}
<div class="portal-info"><div class="portal-info-inner site-top container">
<a class="site-mark" href="${site.home(language)}">${mark()}<span>Samspil</span></a>
<div class="site-top-end">
${languageSwitch(frame)}
${person && personPart(person, say)}
</div>
</div></div>
<div class="solution-info"><div class="solution-info-inner container">
<div class="site-heading"><a href="${site.home(language)}">${say(site.name)}</a></div>
<div class="additional-info"><p><strong class="authority-name">${say(site.owner)}</strong></p></div>
</div></div>
${links.length > 0 && navigation(links, say)}
</header>`
}

function mark(): Html {
  return html`<img src="${assetUrl('img/mark.svg')}" alt="" width="32" height="32">`
}

/** A page that answers a form has no address: the form is sent again, in the other language. */
function languageSwitch({ language, here, answers }: Frame): Html {
  const other = otherLanguage(language)
  const name = html`${icon('language')}${languageNames[other]}`
  if (answers === undefined || holdsSecret(answers)) {
    return html`<a class="function-link site-language" href="${inLanguage(here, other)}" lang="${other}" hreflang="${other}">${name}</a>`
  }
  const button = html`<button class="function-link site-language" type="submit" lang="${other}">${name}</button>`
  return formAsIs(inLanguage(answers.to, other), html`${keptFields(answers.sent)}${button}`)
}

/** The same page in another language: the path begins with it. */
export function inLanguage(here: string, language: Language): string {
  return here.replace(/^\/(da|en)(?=[/?]|$)/, `/${language}`)
}

function personPart({ name, actsFor, signOutTo, signInsAt }: Person, say: Say): Html {
  const who = signInsAt === undefined ? name : html`<a href="${signInsAt}">${name}</a>`
  const whom =
    actsFor && html`<span class="site-acts-for">${say({ da: 'for', en: 'for' })} ${actsFor}</span>`
  return html`<p class="user site-person">${icon('account')}<span><span class="sr-only">${say({ da: 'Logget ind som', en: 'Signed in as' })} </span>${who}${whom}</span></p>
<form method="post" action="${signOutTo}"><button class="function-link log-off" type="submit">${icon('lock')}${say({ da: 'Log af', en: 'Sign out' })}</button></form>`
}

function navigation(links: readonly NavLink[], say: Say): Html {
  const items = links.map(({ href, text, isHere, isWithin }) => {
    const state = { class: classes((isHere || isWithin) && 'current') || undefined }
    const current = isHere ? 'page' : isWithin && 'true'
    return html`<li${attributes(state)}><a${attributes({ href, 'aria-current': current })}>${text}</a></li>`
  })
  return html`<nav class="site-nav" aria-label="${say({ da: 'Hovedmenu', en: 'Main menu' })}"><div class="container"><ul class="site-links no-max-width">${items}</ul></div></nav>`
}

function footer({ site, language }: Frame, say: Say): Html {
  const links = site
    .about(say, language)
    .map(({ href, text }) => html`<li><a class="function-link" href="${href}">${text}</a></li>`)
  return html`<footer><div class="footer"><div class="container">
<p class="site-owner"><strong>${say(site.owner)}</strong></p>
<ul class="align-text-left unstyled-list inline-list">${links}</ul>
</div></div></footer>`
}
