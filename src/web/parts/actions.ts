/** What can be pressed: buttons, forms, links that look like what they do. */

import { attributes, classes, type Html, html, type Part } from '#base/html.ts'
import type { IconName } from '#web/icon-names.ts'
import { icon } from '#web/icons.ts'
import type { Say } from '#web/say.ts'
import { shownToSlot } from '#web/shown-to.ts'

type Look = 'primary' | 'secondary' | 'tertiary' | 'warning'

type Button = {
  readonly text: string
  readonly look?: Look
  readonly icon?: IconName
  /** What is sent when this one of several is pressed. */
  readonly name?: string
  readonly value?: string
  /** A single key that presses it, where the page has those. */
  readonly key?: string | false | undefined
}

export function button({ text, look = 'primary', icon: drawing, name, value, key }: Button): Html {
  const shortcut = { 'aria-keyshortcuts': key }
  const given = { type: 'submit', class: `button button-${look}`, name, value, ...shortcut }
  return html`<button${attributes(given)}>${drawing && icon(drawing)}${text}${keyPart(key)}</button>`
}

export function buttonLink(
  href: string,
  text: string,
  look: Look = 'primary',
  key?: string | false,
): Html {
  const given = { class: `button button-${look}`, href, 'aria-keyshortcuts': key }
  return html`<a${attributes(given)}>${text}${keyPart(key)}</a>`
}

/** Seen; read out as the shortcut that the control has. */
function keyPart(key: string | false | undefined): Html | undefined {
  return key ? html`<kbd class="site-key" aria-hidden="true">${key.toUpperCase()}</kbd>` : undefined
}

type More = { readonly class?: string; readonly id?: string }

/** A form that is sent to a page of this site, and says whom it was shown to. */
export function form(action: string, body: Part, more?: More): Html {
  return formAsIs(action, html`${shownToSlot}${body}`, more)
}

/** One that was shown before: what it holds says to whom. */
export function formAsIs(action: string, body: Part, more?: More): Html {
  const given = { method: 'post', action, ...more, novalidate: true }
  return html`<form${attributes(given)}>${body}</form>`
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden"${attributes({ name, value })}>`
}

export function backLink(say: Say, href: string): Html {
  return html`<div><a class="back-link" href="${href}">${icon('chevron-left')}${say({ da: 'Tilbage', en: 'Back' })}</a></div>`
}

/** Several actions in a row, the first of them the one that is meant. */
export function actions(...parts: readonly Part[]): Html {
  return html`<div class="${classes('site-actions', 'd-print-none')}">${parts}</div>`
}

type Card = {
  readonly href: string
  readonly heading: string
  readonly text: string
  readonly icon?: IconName
}

/** A choice of where to go, as big as a hand; the level is that of the heading above, and one. */
export function cards(items: readonly Card[], level: 2 | 3 = 2): Html {
  const head = (text: string) =>
    level === 2
      ? html`<h2 class="h3 card-heading">${text}</h2>`
      : html`<h3 class="card-heading">${text}</h3>`
  const cards = items.map(
    ({ href, heading, text, icon: drawing }) =>
      html`<li><a class="card site-card" href="${href}"><div class="card-content">${drawing && icon(drawing, { class: 'site-card-icon' })}${head(heading)}<p>${text}</p></div>${icon('arrow-forward', { class: 'card-icon' })}</a></li>`,
  )
  return html`<ul class="site-cards">${cards}</ul>`
}
