/**
 * Views that a case worker named, kept in the browser's own cookie: the desk keeps nothing. A view
 * holds filters and order; words that were searched for are never kept.
 */

import type { FastifyInstance } from 'fastify'
import { html, type Part } from '#base/html.ts'
import { languagePattern, paths, routes } from '#desk/paths.ts'
import { queryOf, readView, type View } from '#desk/view.ts'
import type { Worker } from '#desk/worker.ts'
import { formOf, languageOf } from '#web/pages.ts'
import { button, form, hidden } from '#web/parts/actions.ts'
import { textInput } from '#web/parts/fields.ts'
import { findCookie, hostCookie } from '#web/security.ts'

export type SavedView = { readonly name: string; readonly view: View }

const cookie = 'desk-views'
const yearS = 31_536_000
const nameMax = 40
/** With their names they fit a cookie. */
export const savedMax = 10

/** What the cookie holds and is a view of ours. */
export function savedViews(cookies: string | undefined): readonly SavedView[] {
  const kept = findCookie(cookies, cookie)
  if (kept === undefined) return []
  const pairs = new URLSearchParams(Buffer.from(kept, 'base64url').toString('utf8'))
  return [...pairs].slice(0, savedMax).flatMap(([name, query]) => {
    const view = viewIn(query)
    return isName(name) && !isPlain(view) ? [{ name, view }] : []
  })
}

function cookieOf(views: readonly SavedView[]): string {
  const pairs = views.map(({ name, view }): [string, string] => [name, textOf(view)])
  const text = new URLSearchParams(pairs).toString()
  return hostCookie(cookie, Buffer.from(text).toString('base64url'), yearS)
}

/** Keeps one under a name, which it takes from another that had it, or forgets one. */
export function savedViewPages(app: FastifyInstance): void {
  const url = (route: string) => route.replace(':language', `:language(${languagePattern})`)
  app.post(url(routes.saveView), (request, reply) => {
    const sent = formOf(request)
    const name = sent.one('name').trim()
    const view = viewIn(sent.one('view'))
    const others = savedViews(request.headers.cookie).filter((each) => each.name !== name)
    if (isName(name) && !isPlain(view)) {
      reply.header('set-cookie', cookieOf([...others, { name, view }].slice(-savedMax)))
    }
    return reply.redirect(paths.queue(languageOf(request.url), queryOf(view)), 303)
  })
  app.post(url(routes.forgetView), (request, reply) => {
    const name = formOf(request).one('name')
    const others = savedViews(request.headers.cookie).filter((each) => each.name !== name)
    reply.header('set-cookie', cookieOf(others))
    return reply.redirect(paths.queue(languageOf(request.url)), 303)
  })
}

/** Below the filters: a name for what is shown, or the way to forget it. */
export function savePart({ say, language }: Worker, view: View, saved: readonly SavedView[]): Part {
  if (isPlain(view) || view.text !== undefined) return ''
  const kept = saved.find((each) => textOf(each.view) === textOf(view))
  if (kept !== undefined) {
    const forget = button({
      text: say({ da: `Slet visningen ${kept.name}`, en: `Delete the view ${kept.name}` }),
      look: 'tertiary',
    })
    return form(paths.forgetView(language), html`${hidden('name', kept.name)}${forget}`)
  }
  const name = textInput(say, {
    id: 'view-name',
    name: 'name',
    label: say({ da: 'Gem visningen som', en: 'Save this view as' }),
    lengthMax: nameMax,
    width: 'm',
  })
  const keep = button({ text: say({ da: 'Gem visning', en: 'Save view' }), look: 'tertiary' })
  return form(paths.saveView(language), html`${hidden('view', textOf(view))}${name}${keep}`, {
    class: 'desk-save-view',
  })
}

function isName(name: string): boolean {
  return name.trim() !== '' && [...name].length <= nameMax
}

function isPlain(view: View): boolean {
  return textOf(view) === ''
}

function viewIn(query: string): View {
  const pairs = new URLSearchParams(query)
  const { text: _, ...view } = readView((name) => pairs.get(name) ?? '')
  return view
}

function textOf(view: View): string {
  const given = Object.entries(queryOf(view)).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
  return new URLSearchParams(given).toString()
}
