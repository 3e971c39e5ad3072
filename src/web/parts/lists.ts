/** What a page lists: tables, summaries, steps, timelines, tabs and the pages of a long list. */

import { attributes, classes, type Html, html, type Part } from '#base/html.ts'
import { icon } from '#web/icons.ts'
import type { NavLink } from '#web/layout.ts'
import type { Say } from '#web/say.ts'

type Table = {
  readonly caption: string
  /** The caption is read out only, where the heading above says the same. */
  readonly isCaptionSpoken?: boolean
  readonly head: readonly string[]
  readonly rows: readonly (readonly Part[])[]
}

/** What a cell says that has nothing to say; on a small screen it is left out. */
export const nothing = '–'

/** On a small screen every cell stands under the name of its column. */
export function table({ caption, isCaptionSpoken, head, rows }: Table): Html {
  const columns = head.map((text) => html`<th scope="col">${text}</th>`)
  const lines = rows.map((cells) => {
    const parts = cells.map((cell, at) => {
      const given = { 'data-title': head[at] ?? '', class: cell === nothing && 'site-nothing' }
      return html`<td${attributes(given)}>${cell}</td>`
    })
    return html`<tr>${parts}</tr>`
  })
  return html`<div class="table--responsive-scroll" tabindex="0" role="region" aria-label="${caption}"><table class="table table--zebra table-md-responsive-headers"><caption class="${classes(isCaptionSpoken && 'sr-only')}">${caption}</caption><thead><tr>${columns}</tr></thead><tbody>${lines}</tbody></table></div>`
}

export type SummaryRow = {
  readonly label: string
  readonly value: Part
  /** Where it is changed. */
  readonly change?: string
}

/** What was answered or is registered, with a way back to each answer. */
export function summaryList(say: Say, rows: readonly SummaryRow[]): Html {
  const lines = rows.map(({ label, value, change }) => {
    const link =
      change &&
      html`<dd class="site-summary-change d-print-none"><a class="function-link" href="${change}">${icon('edit')}${say({ da: 'Ret', en: 'Change' })}<span class="sr-only"> ${label}</span></a></dd>`
    return html`<div class="site-summary-row"><dt>${label}</dt><dd>${value}</dd>${link}</div>`
  })
  return html`<dl class="site-summary">${lines}</dl>`
}

export type Step = {
  readonly title: string
  readonly state: 'done' | 'here' | 'ahead'
  readonly href?: string
}

/** Where one is on the way; what is done can be gone back to. */
export function stepGuide(say: Say, steps: readonly Step[]): Html {
  const at = steps.findIndex(({ state }) => state === 'here')
  const items = steps.map(({ title, state, href }, index) => {
    const done = say({ da: `Trin ${index + 1} er udfyldt`, en: `Step ${index + 1} is completed` })
    const mark =
      state === 'done'
        ? html`<span class="step-icon">${icon('check', { label: done })}</span>`
        : html`<span class="step-number"><span>${index + 1}</span></span>`
    const inner = html`${mark}<div><span class="step-title">${title}</span></div>`
    const given = { class: 'step', href, 'aria-current': state === 'here' && 'step' }
    const isLink = href !== undefined
    const outer = classes(!isLink && state !== 'here' && 'disabled', state === 'here' && 'current')
    return html`<li${attributes({ class: outer || undefined })}>${isLink ? html`<a${attributes(given)}>${inner}</a>` : html`<div${attributes({ ...given, href: undefined })}>${inner}</div>`}</li>`
  })
  const count = say({
    da: `Trin ${at + 1} af ${steps.length}`,
    en: `Step ${at + 1} of ${steps.length}`,
  })
  return html`<nav class="site-steps" aria-label="${say({ da: 'Trin', en: 'Steps' })}"><p class="step-subheading site-steps-count">${count}</p><ol class="step-indicator">${items}</ol></nav>`
}

export type Moment = {
  readonly title: string
  readonly when?: string
  readonly text?: Part
  readonly state: 'done' | 'now' | 'ahead' | 'stopped'
}

/** What has happened, what happens now, and what comes. */
export function timeline(say: Say, moments: readonly Moment[]): Html {
  const words = {
    done: { da: 'Sket', en: 'Done' },
    now: { da: 'Nu', en: 'Now' },
    ahead: { da: 'Kommer', en: 'To come' },
    stopped: { da: 'Standset', en: 'Stopped' },
  } as const
  const items = moments.map(
    ({ title, when, text, state }) =>
      html`<li class="site-moment site-moment-${state}"><div class="site-moment-mark">${state === 'done' ? icon('check') : state === 'stopped' ? icon('close') : undefined}</div><div><h3 class="h5">${title}<span class="sr-only"> (${say(words[state])})</span></h3>${when && html`<p class="site-moment-when">${when}</p>`}${typeof text === 'string' ? html`<p>${text}</p>` : text}</div></li>`,
  )
  return html`<ol class="site-timeline">${items}</ol>`
}

/** Pages that are views of one thing: real links, so that they work without a script. */
export function tabs(label: string, links: readonly NavLink[]): Html {
  const items = links.map(({ href, text, isHere }) => {
    const given = { href, class: 'tab-button', 'aria-current': isHere && 'page' }
    return html`<li><a${attributes(given)}><span>${text}</span></a></li>`
  })
  return html`<nav class="tab-container" aria-label="${label}"><ul class="tab-list">${items}</ul></nav>`
}

type Pages = {
  readonly at: number
  readonly of: number
  readonly href: (number: number) => string
}

export function pagination(say: Say, { at, of, href }: Pages): Html | undefined {
  if (of <= 1) return undefined
  const step = (to: number, text: string) =>
    to >= 1 && to <= of
      ? html`<li><a class="function-link" href="${href(to)}">${text}</a></li>`
      : undefined
  const count = say({ da: `Side ${at} af ${of}`, en: `Page ${at} of ${of}` })
  return html`<nav class="site-pages" aria-label="${say({ da: 'Sider', en: 'Pages' })}"><ul>${step(at - 1, say({ da: 'Forrige', en: 'Previous' }))}<li>${count}</li>${step(at + 1, say({ da: 'Næste', en: 'Next' }))}</ul></nav>`
}
