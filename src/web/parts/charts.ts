/**
 * Drawings of numbers, made on the server. Each stands over the table that says the same, so that
 * whoever does not see it misses nothing. Knows no page.
 */

import { assert } from '#base/assert.ts'
import { attributes, type Html, html } from '#base/html.ts'

export type Series = { readonly name: string; readonly values: readonly number[] }

const width = 720
const height = 240
/** Room for words as big as they are on a phone, where the whole drawing is small. */
const foot = 40
const left = 72

/** One or two bars for each label, beside each other. `labels` name the columns. */
export function columnChart(
  title: string,
  labels: readonly string[],
  series: readonly Series[],
): Html {
  assert(
    series.every(({ values }) => values.length === labels.length),
    'a value for each label',
  )
  const top = niceTop(Math.max(1, ...series.flatMap(({ values }) => values)))
  const room = (width - left) / Math.max(1, labels.length)
  const bar = Math.max(1, (room * 0.8) / series.length)
  const tall = height - foot - 26
  const bars = series.flatMap(({ values }, kind) =>
    values.map((value, at) => {
      const high = (value / top) * tall
      const x = left + at * room + room * 0.1 + kind * bar
      const given = {
        x: round(x),
        y: round(height - foot - high),
        width: round(bar),
        height: round(high),
      }
      return html`<rect class="chart-${kind + 1}"${attributes(given)}></rect>`
    }),
  )
  // As many names as can be read beside each other.
  const every = Math.max(1, Math.ceil(labels.length / 8))
  const names = labels.map((label, at) => {
    if (at % every !== 0) return undefined
    // On a phone every other one has no room.
    const isBetween = (at / every) % 2 === 1
    const place = { x: round(left + (at + 0.5) * room), y: height - 8, 'text-anchor': 'middle' }
    const given = { ...place, class: isBetween && 'chart-between' }
    return html`<text${attributes(given)}>${label}</text>`
  })
  const lines = [0, 0.5, 1].map((part) => {
    const y = round(height - foot - part * tall)
    return html`<line class="chart-line" x1="${left}" x2="${width}" y1="${y}" y2="${y}"></line><text${attributes({ x: left - 6, y: y + 5, 'text-anchor': 'end' })}>${round(top * part)}</text>`
  })
  return figure(title, series, height, html`${lines}${bars}${names}`)
}

/** A bar for each label, one below the other. */
export function barChart(
  title: string,
  labels: readonly string[],
  values: readonly number[],
): Html {
  assert(values.length === labels.length, 'a value for each label')
  const top = Math.max(1, ...values)
  const line = 38
  const begin = 236
  const rows = labels.map((label, at) => {
    const value = values[at] ?? 0
    const long = round((value / top) * (width - begin - 90))
    const y = at * line
    const bar = { x: begin, y: y + 5, width: long, height: line - 10 }
    const middle = y + line / 2
    return html`<text${attributes({ x: begin - 10, y: middle, 'text-anchor': 'end', 'dominant-baseline': 'central' })}>${label}</text><rect class="chart-1"${attributes(bar)}></rect><text${attributes({ x: begin + long + 10, y: middle, 'dominant-baseline': 'central' })}>${value}</text>`
  })
  return figure(title, [], Math.max(line, labels.length * line), html`${rows}`)
}

function figure(title: string, series: readonly Series[], high: number, body: Html): Html {
  const legend = series.map(
    ({ name }, kind) => html`<li><span class="chart-key chart-key-${kind + 1}"></span>${name}</li>`,
  )
  return html`<figure class="chart">${series.length > 1 && html`<ul class="chart-legend" aria-hidden="true">${legend}</ul>`}<svg role="img" aria-label="${title}" viewBox="0 0 ${width} ${high}">${body}</svg></figure>`
}

/** The next 1, 2 or 5 with zeros, twice a whole number where it can be. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const nice = [1, 2, 4, 5, 10].map((each) => each * power).find((each) => each >= value) ?? value
  return Math.max(2, nice)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
