/** From windows to figures: rates, medians, and the ratio to what PostgreSQL alone needs. Pure. */

import type { Cpu } from '#test/bench/cpu.ts'
import { steps } from '#test/bench/incident.ts'
import type { Series } from '#test/bench/orders.ts'
import type { SandboxStarts } from '#test/bench/sandbox-start.ts'
import type { Window } from '#test/bench/window.ts'

/** One after the other at one level of clients, in each round. */
export type Round = { readonly [S in Series]: Window }

export type Spread = { readonly median: number; readonly low: number; readonly high: number }
export type Latency = { readonly median: number; readonly p99: number }

export type SeriesResult = {
  readonly incidents: number
  /** Full incidents a second, over the rounds. */
  readonly rate: Spread
  /** Of the rate of the statements alone in the same round, over the rounds. */
  readonly ratio: Spread
  /** Milliseconds of processor time per incident. */
  readonly cpu?: Cpu | undefined
  /** Of PostgreSQL for the statements alone, as a share of PostgreSQL's and the server's here. */
  readonly cpuRatio?: number | undefined
  /** Milliseconds. */
  readonly incident: Latency
  readonly steps: { readonly [step: string]: Latency }
}

export type Level = {
  readonly clients: number
  readonly series: { readonly [S in Series]: SeriesResult }
}

export type Result = {
  readonly date: string
  readonly command: string
  readonly machine: string
  readonly node: string
  readonly postgres: string
  readonly persons: number
  readonly seconds: number
  readonly rounds: number
  readonly connections: number
  readonly levels: readonly Level[]
  /** Round trips to PostgreSQL, at most, by step. */
  readonly roundTrips: { readonly [step: string]: number }
  readonly peakMemoryMb?: number | undefined
  readonly sandboxSeconds?: SandboxStarts | undefined
}

export function levelOf(clients: number, rounds: readonly Round[]): Level {
  const of = (name: Series) => seriesOf(name, rounds)
  return {
    clients,
    series: {
      casework: of('casework'),
      statements: of('statements'),
      json: of('json'),
      gctp: of('gctp'),
    },
  }
}

function seriesOf(name: Series, rounds: readonly Round[]): SeriesResult {
  const incidents = rounds.flatMap((round) => round[name].incidents)
  const latencies = steps.map((step, at) => {
    return [step, latencyOf(incidents.map((times) => times[at] ?? 0))] as const
  })
  const cpu = cpuPerIncident(rounds.map((round) => round[name]))
  const alone = cpuPerIncident(rounds.map((round) => round.statements))
  return {
    incidents: incidents.length,
    rate: spreadOf(rounds.map((round) => rateOf(round[name]))),
    ratio: spreadOf(rounds.map((round) => rateOf(round[name]) / rateOf(round.statements))),
    ...(cpu && alone && { cpu, cpuRatio: alone.database / (cpu.database + cpu.server) }),
    incident: latencyOf(incidents.map(sum)),
    steps: Object.fromEntries(latencies),
  }
}

function cpuPerIncident(windows: readonly Window[]): Cpu | undefined {
  const count = sum(windows.map(({ incidents }) => incidents.length))
  const used = windows.flatMap(({ cpu }) => cpu ?? [])
  if (used.length < windows.length) return undefined
  const of = (name: keyof Cpu) => sum(used.map((cpu) => cpu[name])) / count
  return { database: of('database'), server: of('server'), load: of('load') }
}

function rateOf({ incidents, seconds }: Window): number {
  return incidents.length / seconds
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), low: quantile(values, 0), high: quantile(values, 1) }
}

function latencyOf(ms: readonly number[]): Latency {
  return { median: quantile(ms, 0.5), p99: quantile(ms, 0.99) }
}

/** The smallest value that at least this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
