/** The rates as a drawing: a group of bars for each level, lines for the spread. SVG by hand. */

import type { Series } from '#test/bench/orders.ts'
import { seriesOrder, seriesTexts } from '#test/bench/print.ts'
import type { Level, Result } from '#test/bench/result.ts'

const width = 720
const height = 400
const frame = { left: 60, right: 20, top: 76, bottom: 44 }
const plotWidth = width - frame.left - frame.right
const plotHeight = height - frame.top - frame.bottom
const gridLines = 5

const colours: { readonly [S in Series]: string } = {
  statements: '#8a94a6',
  casework: '#5b7fb5',
  json: '#0f6b5c',
  gctp: '#b3541e',
}

export function chartOf(result: Result): string {
  const { levels, persons, machine } = result
  const most = Math.max(
    ...levels.flatMap(({ series }) => seriesOrder.map((s) => series[s].rate.high)),
  )
  const top = niceAbove(most)
  const y = (rate: number) => frame.top + plotHeight * (1 - rate / top)
  const title = `Full incidents a second, ${persons.toLocaleString('en')} persons`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" \
font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${title}">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="${frame.left}" y="24" font-size="16" font-weight="600">${title}</text>
<text x="${frame.left}" y="42" fill="#555555">${escaped(machine)}, ${result.date.slice(0, 10)}; \
median, lines from lowest to highest round; above the bars: ratio to the statements alone</text>
${legend()}
${Array.from({ length: gridLines + 1 }, (_, at) => gridLine((top * at) / gridLines, y)).join('\n')}
${levels.map((level, at) => group(level, at, levels.length, y)).join('\n')}
</svg>
`
}

function legend(): string {
  return seriesOrder
    .map((name, at) => {
      const x = frame.left + at * 150
      return `<rect x="${x}" y="52" width="12" height="12" fill="${colours[name]}"/>\
<text x="${x + 18}" y="62">${seriesTexts[name]}</text>`
    })
    .join('\n')
}

function gridLine(rate: number, y: (rate: number) => number): string {
  const at = y(rate).toFixed(1)
  return `<line x1="${frame.left}" x2="${width - frame.right}" y1="${at}" y2="${at}" \
stroke="#e3e6ea"/><text x="${frame.left - 8}" y="${at}" dy="4" text-anchor="end" \
fill="#555555">${rate.toFixed(0)}</text>`
}

function group(level: Level, at: number, count: number, y: (rate: number) => number): string {
  const room = plotWidth / count
  const barWidth = (room * 0.8) / seriesOrder.length
  const from = frame.left + room * at + room * 0.1
  const bars = seriesOrder.map((name, place) => {
    const { rate, ratio } = level.series[name]
    const x = from + place * barWidth
    const middle = (x + barWidth / 2).toFixed(1)
    const top = y(rate.median)
    return `<rect x="${(x + 2).toFixed(1)}" y="${top.toFixed(1)}" \
width="${(barWidth - 4).toFixed(1)}" height="${(y(0) - top).toFixed(1)}" fill="${colours[name]}"/>\
<line x1="${middle}" x2="${middle}" y1="${y(rate.low).toFixed(1)}" y2="${y(rate.high).toFixed(1)}" \
stroke="#222222"/>\
<text x="${middle}" y="${(y(rate.high) - 5).toFixed(1)}" text-anchor="middle">\
${name === 'statements' ? '1' : ratio.median.toFixed(2)}</text>`
  })
  const label = `${level.clients} ${level.clients === 1 ? 'client' : 'clients'}`
  const middle = (from + room * 0.4).toFixed(1)
  return `${bars.join('\n')}\n<text x="${middle}" y="${height - 18}" text-anchor="middle">${label}</text>`
}

/** The next 1, 2, 2.5 or 5 times a power of ten, so that the grid has round numbers. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)))
  return ([1, 1.5, 2, 2.5, 3, 4, 5, 7.5].find((n) => n * power >= value) ?? 10) * power
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
