/**
 * Single keys that press what a page shows, as N for the next case. Whoever they disturb switches
 * them off (WCAG 2.1.4); a page without them has no script for them either.
 */

import type { FastifyInstance } from 'fastify'
import { type Html, html, type Part } from '#base/html.ts'
import type { Language, Text } from '#base/text.ts'
import { isOwnPath, languagePattern, paths, routes } from '#desk/paths.ts'
import { formOf, languageOf } from '#web/pages.ts'
import { form, hidden } from '#web/parts/actions.ts'
import { sayIn } from '#web/say.ts'
import { findCookie, hostCookie } from '#web/security.ts'

/** One letter each in both languages, so that nobody learns them twice. */
export const keys = {
  next: 'n',
  approve: 'g',
  reject: 'x',
  return: 'r',
  claim: 't',
  queue: 'k',
  note: 'b',
  forward: 'v',
  undo: 'u',
} as const

export type Key = (typeof keys)[keyof typeof keys]

const cookie = 'desk-keys'
const yearS = 31_536_000

export function hasKeys(cookies: string | undefined): boolean {
  return findCookie(cookies, cookie) !== 'off'
}

/** Switches them on or off, for this browser. */
export function keysPage(app: FastifyInstance): void {
  app.post(routes.keys.replace(':language', `:language(${languagePattern})`), (request, reply) => {
    const sent = formOf(request)
    const back = sent.one('back')
    const value = sent.one('keys') === 'off' ? 'off' : 'on'
    reply.header('set-cookie', hostCookie(cookie, value, yearS))
    const to = isOwnPath(back) ? back : paths.queue(languageOf(request.url))
    return reply.redirect(to, 303)
  })
}

/** At the foot of a page: which keys there are, and the way to be rid of them. */
export function keysPart(
  language: Language,
  isOn: boolean,
  back: string,
  names: readonly (readonly [Key, Text])[],
): Part {
  const say = sayIn(language)
  const list = names.map(
    ([key, text]): Html => html`<li><kbd>${key.toUpperCase()}</kbd> ${say(text)}</li>`,
  )
  const state = isOn
    ? say({ da: 'Slå genvejstaster fra', en: 'Switch shortcut keys off' })
    : say({ da: 'Slå genvejstaster til', en: 'Switch shortcut keys on' })
  const change = form(
    paths.keys(language),
    html`${hidden('keys', isOn ? 'off' : 'on')}${hidden('back', back)}<button class="function-link" type="submit">${state}</button>`,
  )
  return html`<div class="desk-keys d-print-none">${isOn && html`<ul class="desk-key-list" aria-label="${say({ da: 'Genvejstaster', en: 'Shortcut keys' })}">${list}</ul>`}${change}</div>`
}
