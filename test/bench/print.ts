/** The result as a page of text for somebody who has never seen it. */

import type { Bar } from '#test/bench/bars.ts'
import { steps } from '#test/bench/incident.ts'
import type { Series } from '#test/bench/orders.ts'
import type { Latency, Level, Result, Spread } from '#test/bench/result.ts'

export const seriesTexts: { readonly [S in Series]: string } = {
  statements: 'statements alone',
  casework: 'rules, no door',
  json: 'JSON door',
  gctp: 'GCTP door',
}

/** From what PostgreSQL alone needs to what a caller meets. */
export const seriesOrder: readonly Series[] = ['statements', 'casework', 'json', 'gctp']

export function printed(result: Result, bars: readonly Bar[]): string {
  const { persons, seconds, rounds, connections, roundTrips, sandboxSeconds: starts } = result
  const trips = steps.map((step) => `${step} ${roundTrips[step]}`).join(', ')
  return [
    '',
    'A full incident: initiate, validate, save, approve. Every commit durable, audit and feed on.',
    `${result.machine}; Node ${result.node}; PostgreSQL ${result.postgres} on the same machine.`,
    `${persons.toLocaleString('en')} persons; ${rounds} rounds of ${seconds} s for each series in turn; ` +
      `${connections} connections.`,
    '',
    ...result.levels.flatMap(printedLevel),
    `Round trips to PostgreSQL: ${trips}.`,
    ...(result.peakMemoryMb === undefined
      ? []
      : [`Memory of the server at its peak: ${result.peakMemoryMb.toFixed(0)} MB.`]),
    ...(starts
      ? [
          `Sandbox ready: ${starts.first.toFixed(1)} s at first, ${starts.second.toFixed(1)} s again.`,
        ]
      : []),
    '',
    ...bars.map(({ text, found, kept }) => `${kept ? 'kept  ' : 'MISSED'}  ${text}: ${found}`),
    '',
    '"statements alone" sends the SQL that "rules, no door" recorded, to a copy of the database.',
    'Ratios are to it, within the same round: median (lowest to highest). "Of cpu" is the same of',
    'processor time, which hardly hangs on what else the machine does.',
    '',
  ].join('\n')
}

/** The processor time of the rules without a door is not told apart from the load's. */
const isDoor = (name: Series) => name === 'json' || name === 'gctp'

function printedLevel({ clients, series }: Level): readonly string[] {
  const head = ['incidents/s', 'ratio', 'cpu db+srv ms', 'of cpu', 'median ms', 'p99 ms', ...steps]
  const title = `${clients} ${clients === 1 ? 'client' : 'clients'}`
  return [
    row(title, head),
    ...seriesOrder.map((name) => {
      const { rate, ratio, cpu, cpuRatio, incident, steps: times } = series[name]
      const perStep = steps.map((step) => latency(times[step]))
      return row(seriesTexts[name], [
        spread(rate, 0),
        name === 'statements' ? '1' : spread(ratio, 2),
        cpu ? `${cpu.database.toFixed(1)}+${cpu.server.toFixed(1)}` : '',
        isDoor(name) ? (cpuRatio?.toFixed(2) ?? '') : '',
        incident.median.toFixed(1),
        incident.p99.toFixed(1),
        ...perStep,
      ])
    }),
    '',
  ]
}

function row(title: string, cells: readonly string[]): string {
  const widths = [18, 19, 15, 8, 11, 9, 15, 15, 15, 15]
  const padded = cells.map((cell, at) => cell.padStart(widths[at] ?? 12))
  return title.padEnd(18) + padded.join('')
}

function spread({ median, low, high }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}-${high.toFixed(digits)})`
}

function latency(times: Latency | undefined): string {
  return times ? `${times.median.toFixed(1)}/${times.p99.toFixed(1)}` : ''
}
