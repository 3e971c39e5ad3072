/** `npm run bench`: the speed of a full incident beside what PostgreSQL alone needs for its rows. */

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { barsOf } from '#test/bench/bars.ts'
import { chartOf } from '#test/bench/chart.ts'
import { cpuBetween, cpuOf, type Processes } from '#test/bench/cpu.ts'
import { steps } from '#test/bench/incident.ts'
import { help, type Options, readOptions } from '#test/bench/options.ts'
import { type Done, type Series, series } from '#test/bench/orders.ts'
import { printed } from '#test/bench/print.ts'
import { type Load, startLoad, startServer } from '#test/bench/processes.ts'
import { type Level, levelOf, type Result, type Round } from '#test/bench/result.ts'
import { measureStarts } from '#test/bench/sandbox-start.ts'
import { openScene } from '#test/bench/scene.ts'
import { isKept, measureTiming, printedTiming } from '#test/bench/timing.ts'

/** Before each level, so that compiled code and cached plans are there, as in a server that runs. */
const warmUpSeconds = 2

const say = (line: string) => void process.stderr.write(`bench: ${line}\n`)

async function measure(options: Options, folder: string): Promise<Result> {
  const { persons, connections, profile } = options
  say(`loading ${persons.toLocaleString('en')} persons`)
  const scene = await openScene(folder, persons)
  const closings = [scene.stop]
  try {
    const server = await startServer(scene.setting.databaseUrl, connections, profile)
    closings.push(server.stop)
    const load = await startLoad({ ...scene.setting, url: server.url, connections })
    closings.push(load.stop)
    const processes = { database: scene.pid, server: server.pid, load: load.pid }
    const levels: Level[] = []
    let roundTrips: readonly number[] = [0, 0, 0, 0]
    for (const clients of options.clients) {
      const rounds = await runLevel({ load, processes, clients }, options)
      levels.push(levelOf(clients, rounds))
      const trips = rounds.map(({ casework }) => casework.roundTrips ?? [])
      roundTrips = steps.map((_, at) => Math.max(...trips.map((each) => each[at] ?? 0)))
    }
    const { seconds, rounds } = options
    const peakMemoryMb = server.peakMemory()
    const named = Object.fromEntries(steps.map((step, at) => [step, roundTrips[at] ?? 0]))
    return {
      ...{ ...surroundings(), postgres: scene.postgres, persons, seconds, rounds, connections },
      ...{ levels, roundTrips: named, peakMemoryMb },
    }
  } finally {
    for (const close of closings.reverse()) await close()
  }
}

type Taken = Round & { readonly casework: Done }
type Stage = { readonly load: Load; readonly processes: Processes; readonly clients: number }

async function runLevel(
  { load, processes, clients }: Stage,
  options: Options,
): Promise<readonly Taken[]> {
  const takeTurns = async (seconds: number): Promise<Taken> => {
    const taken: Partial<Record<Series, Done>> = {}
    for (const name of series) {
      const from = cpuOf(processes)
      const done = await load.run({ series: name, clients, seconds })
      taken[name] = { ...done, cpu: cpuBetween(from, cpuOf(processes)) }
    }
    return taken as Taken
  }
  say(`${clients} at a time`)
  await takeTurns(warmUpSeconds)
  const rounds: Taken[] = []
  while (rounds.length < options.rounds) rounds.push(await takeTurns(options.seconds))
  return rounds
}

function surroundings(): Pick<Result, 'date' | 'command' | 'machine' | 'node'> {
  const cores = cpus()
  const gigabytes = Math.round(totalmem() / 1024 ** 3)
  return {
    date: new Date().toISOString(),
    command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
    machine: `${cores.length} cores (${cores[0]?.model.trim()}), ${gigabytes} GB`,
    node: process.versions.node,
  }
}

async function time(options: Options, folder: string): Promise<void> {
  const pairs = await measureTiming(folder, { ...options, say })
  process.stdout.write(printedTiming(pairs))
  if (options.json) writeFileSync(options.json, `${JSON.stringify(pairs, null, 2)}\n`)
  if (options.check && !pairs.every(isKept)) process.exitCode = 1
}

/** The kit of the tests comes with a runner of its own: only where pages are asked for. */
async function timePages({ persons, check }: Options): Promise<void> {
  const { barsOfPages, measurePages, printedPages } = await import('#test/bench/pages.ts')
  const { barsOfFamilyMove, timeFamilyMove } = await import('#test/bench/family-move.ts')
  const figures = await measurePages(persons, say)
  const bars = [...barsOfPages(figures), ...barsOfFamilyMove(await timeFamilyMove(say))]
  process.stdout.write(printedPages(figures, bars))
  if (check && bars.some(({ kept }) => !kept)) process.exitCode = 1
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') return void process.stdout.write(help)
  if (options.pages) return await timePages(options)
  const folder = mkdtempSync(join(tmpdir(), 'samspil-bench-'))
  chmodSync(folder, 0o755)
  try {
    if (options.timing) return await time(options, folder)
    const measured = await measure(options, folder)
    if (options.sandbox) say('starting the sandbox, twice')
    const sandboxSeconds = options.sandbox ? await measureStarts(folder) : undefined
    const result: Result = { ...measured, sandboxSeconds }
    const bars = barsOf(result)
    process.stdout.write(printed(result, bars))
    if (options.json)
      writeFileSync(options.json, `${JSON.stringify({ ...result, bars }, null, 2)}\n`)
    if (options.svg) writeFileSync(options.svg, chartOf(result))
    if (options.check && bars.some(({ kept }) => !kept)) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
