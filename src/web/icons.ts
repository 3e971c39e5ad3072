/** The icons that pages may use, and how one is written. The drawings are the design system's. */

import { attributes, classes, type Html, html } from '#base/html.ts'
import { assetUrl } from '#web/assets.ts'
import type { IconName } from '#web/icon-names.ts'

type IconOptions = {
  readonly class?: string
  /** Says what the icon means; left out where the text beside it does. */
  readonly label?: string
}

/** A drawing of the sprite; hidden from those who listen, unless it says something of its own. */
export function icon(name: IconName, { class: more, label }: IconOptions = {}): Html {
  const meaning =
    label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label }
  const given = { class: classes('icon-svg', more), focusable: 'false', ...meaning }
  return html`<svg${attributes(given)}><use href="${`${assetUrl('img/icons.svg')}#${name}`}"></use></svg>`
}
