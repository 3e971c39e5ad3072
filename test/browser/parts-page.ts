/** A page with every part that pages are made of, and one with everything wrong: for eyes and axe. */

import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { html } from '#base/html.ts'
import type { Language } from '#base/text.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { type Content, type Frame, page } from '#web/layout.ts'
import { formOf, openPages, sendPage } from '#web/pages.ts'
import { actions, backLink, button, buttonLink, cards, form } from '#web/parts/actions.ts'
import { checkboxes, dateInput, radios, select, textInput } from '#web/parts/fields.ts'
import { pagination, stepGuide, summaryList, table, tabs, timeline } from '#web/parts/lists.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import { type Say, sayIn } from '#web/say.ts'

export type PartsSite = { readonly url: string; readonly app: FastifyInstance }

export async function openPartsSite(): Promise<PartsSite> {
  let url = ''
  const app = openPages({
    origin: () => url,
    log: watchedLog(),
    newReference: () => randomBytes(6).toString('hex'),
    frame,
  })
  for (const language of ['da', 'en'] as const) {
    app.get(`/${language}/parts`, (request, reply) =>
      sendPage(reply, page(frame(language, request.url), parts(language, []))),
    )
    app.get(`/${language}/wrong`, (request, reply) =>
      sendPage(reply, page(frame(language, request.url), parts(language, faults))),
    )
    app.post(`/${language}/said`, (request, reply) => {
      const body = html`<h1>Said</h1><p id="said">${formOf(request).one('text')}</p>`
      return sendPage(reply, page(frame(language, request.url), { title: 'Said', body }))
    })
    app.get(`/${language}/broken`, () => {
      throw new Error(`the secret of ${['123456', '4321'].join('-')}`)
    })
  }
  url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { url, app }
}

function frame(language: Language, here: string): Frame {
  return {
    site: {
      name: { da: 'Alle dele', en: 'All parts' },
      owner: { da: 'Prøvekommunen', en: 'Municipality of Tests' },
      notice: { da: 'Alle personer her er opdigtede.', en: 'All persons here are invented.' },
      home: (of) => `/${of}/parts`,
      about: (say, of) => [
        { href: `/${of}/parts`, text: say({ da: 'Tilgængelighed', en: 'Accessibility' }) },
      ],
    },
    language,
    here,
    links: [
      { href: `/${language}/parts`, text: 'Parts', isHere: here.endsWith('/parts') },
      { href: `/${language}/wrong`, text: 'Wrong', isHere: here.endsWith('/wrong') },
    ],
    person: { name: 'Aksel Ærø', actsFor: 'Bodil Ærø', signOutTo: `/${language}/said` },
  }
}

const faults: readonly Fault[] = [
  { id: 'name', text: 'Write your name' },
  { id: 'day', text: 'Write the day of the move' },
  { id: 'kind', text: 'Choose one' },
  { id: 'several', text: 'Choose some' },
  { id: 'country', text: 'Choose a country' },
  { text: 'It is about no control' },
]

function parts(language: Language, wrong: readonly Fault[]): Content {
  const say = sayIn(language)
  return {
    title: 'All parts',
    hasErrors: wrong.length > 0,
    body: html`${backLink(say, `/${language}/parts`)}${errorSummary(say, wrong)}
<div class="site-with-steps">${steps(say)}<div>${form(`/${language}/said`, controls(say, wrong))}</div></div>
${messages(say)}${lists(say)}`,
  }
}

function steps(say: Say) {
  return stepGuide(say, [
    { title: 'Date', state: 'done', href: '#day' },
    { title: 'New address', state: 'here' },
    { title: 'Who moves along', state: 'ahead' },
  ])
}

function controls(say: Say, wrong: readonly Fault[]) {
  const options = [
    { value: 'a', text: 'The first', hint: 'It is the first one' },
    { value: 'b', text: 'The second' },
  ]
  const at = (id: string) => ({ id, name: id, error: faultAt(wrong, id) })
  return html`<h1>All parts</h1>
${textInput(say, { ...at('name'), label: 'Your name', hint: 'As on the door', value: '"><b>' })}
${textInput(say, { ...at('text'), label: 'Anything', optional: true, width: 's' })}
${dateInput(say, { ...at('day'), label: 'Day', value: { day: '1', month: '', year: '2026' } })}
${radios(say, { ...at('kind'), label: 'One of them', options })}
${checkboxes(say, { ...at('several'), label: 'Any of them', options, values: ['b'] })}
${select(say, { ...at('country'), label: 'Country', nothing: 'Choose', options })}
${actions(button({ text: 'Next' }), button({ text: 'Cancel', look: 'secondary' }))}`
}

function messages(say: Say) {
  return html`${(['info', 'success', 'warning', 'error'] as const).map((kind) =>
    alert(say, kind, { heading: `This is ${kind}`, body: 'And this is what it means.' }),
  )}`
}

function lists(say: Say) {
  return html`<h2>Cards</h2>${cards([
    { href: '#a', heading: 'Move', text: 'Report a move within Denmark', icon: 'home' },
    { href: '#b', heading: 'Protect', text: 'Ask for protection', icon: 'lock' },
    { href: '#c', heading: 'Emigrate', text: 'Report a move abroad', icon: 'arrow-forward' },
  ])}
<h2>Summary</h2>${summaryList(say, [
    { label: 'Date', value: '1 March 2026', change: '#day' },
    { label: 'Companions', value: html`<ul><li>A</li><li>B</li></ul>`, change: '#kind' },
  ])}
<h2>Table</h2>${table({
    caption: 'Who looked',
    isCaptionSpoken: true,
    head: ['When', 'Who', 'Why'],
    rows: [
      ['1 March', 'Aarhus', 'move'],
      ['2 March', 'Odense', 'move'],
    ],
  })}
<h2>Timeline</h2>${timeline(say, [
    { title: 'Received', when: '1 March 2026', state: 'done', text: 'We have it' },
    { title: 'With the municipality', when: '2 March', state: 'now', text: 'They decide' },
    { title: 'In effect', state: 'ahead' },
    { title: 'Rejected', state: 'stopped' },
  ])}
${tabs('Views', [
  { href: '#1', text: 'Now', isHere: true },
  { href: '#2', text: 'Before' },
])}
${pagination(say, { at: 2, of: 5, href: (n) => `?page=${n}` })}
${actions(buttonLink('#x', 'A link that leads on'), button({ text: 'Print', look: 'tertiary', icon: 'print' }))}`
}
