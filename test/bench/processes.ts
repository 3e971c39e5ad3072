/** The processes of a benchmark: the CPR server as in production, and the load generator. */

import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { present } from '#base/assert.ts'
import type { Done, Order, Report, Setting } from '#test/bench/orders.ts'

const samspil = fileURLToPath(new URL('../../samspil', import.meta.url))
const cli = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const generator = fileURLToPath(new URL('load.ts', import.meta.url))
const startMaxMs = 30_000

export type Server = {
  readonly pid: number
  readonly url: string
  /** The most memory that it ever had, in MB; undefined where the system does not tell. */
  readonly peakMemory: () => number | undefined
  readonly stop: () => Promise<void>
}

/** With `profile`, Node writes a CPU profile of it in that folder when it ends. */
export async function startServer(
  databaseUrl: string,
  connections: number,
  profile: string | undefined,
): Promise<Server> {
  const [command, ...args] =
    profile === undefined
      ? [samspil]
      : [process.execPath, '--cpu-prof', `--cpu-prof-dir=${profile}`, cli]
  const child = spawn(command, [...args, 'server', '--port', '0'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      SAMSPIL_LOG: 'warn',
      SAMSPIL_BUDGET_SCALE: '10000',
      SAMSPIL_CONNECTIONS: String(connections),
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  endWithUs(child)
  return {
    pid: present(child.pid, 'the server'),
    url: await listeningOn(child),
    peakMemory: () => peakMemoryOf(child.pid),
    stop: () => end(child),
  }
}

/** However the benchmark ends: a server left behind would disturb the next one. */
function endWithUs(child: ChildProcess): void {
  process.once('exit', () => child.kill('SIGKILL'))
}

/** Reads on after the address, so that what the server says later is seen and blocks nothing. */
function listeningOn(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const tooLate = setTimeout(() => reject(new Error('The server did not start')), startMaxMs)
  child.once('exit', (code) => reject(new Error(`The server ended with ${code}`)))
  const lines = child.stderr && createInterface(child.stderr)
  lines?.on('line', (line) => {
    const url = /listening on (http:\S+)/.exec(line)?.[1]
    if (url === undefined) return void process.stderr.write(`${line}\n`)
    clearTimeout(tooLate)
    resolve(url)
  })
  return promise
}

function peakMemoryOf(pid: number | undefined): number | undefined {
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return undefined
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

export type Load = {
  readonly pid: number
  readonly run: (order: Order) => Promise<Done>
  readonly stop: () => Promise<void>
}

export async function startLoad(setting: Setting): Promise<Load> {
  const child = fork(generator, { serialization: 'advanced', stdio: 'inherit' })
  const ask = async (message: Setting | Order): Promise<unknown> => {
    child.send(message)
    const ended = new AbortController()
    const gone = once(child, 'exit', { signal: ended.signal }).then(() => {
      throw new Error('The load generator ended')
    })
    gone.catch(() => {})
    try {
      const [answer] = await Promise.race([once(child, 'message', { signal: ended.signal }), gone])
      return answer
    } finally {
      ended.abort()
    }
  }
  await ask(setting)
  return {
    pid: present(child.pid, 'the load generator'),
    run: async (order) => {
      const report = (await ask(order)) as Report
      if ('failed' in report) throw new Error(`${order.series}: ${report.failed}`)
      return report
    },
    stop: () => end(child),
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
