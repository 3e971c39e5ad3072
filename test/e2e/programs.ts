/** Starts the programs as a user would, each in a group of its own, and ends what it started. */

import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { present } from '#base/assert.ts'
import { type Ready, readReady } from '#cli/ready.ts'
import { hearFiles, listening, listenTo } from '#test/canaries/listen.ts'
import { until } from '#test/patience.ts'
import { root } from '#test/step.ts'

const command = join(root, 'samspil')

const started: ChildProcess[] = []
const folders: string[] = []
after(async () => {
  for (const child of started) if (child.exitCode === null) child.kill('SIGTERM')
  await Promise.all(started.map(ended))
  for (const folder of folders) {
    hearFiles(folder)
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A folder of its own that the database's user can enter, too. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'samspil-e2e-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

export type Running = Program & { readonly ready: Ready; readonly readyFile: string }

/** A sandbox on a folder and free ports, once it says that everything answers. */
export async function startSandbox(folder: string, ...more: readonly string[]): Promise<Running> {
  const readyFile = join(folder, 'ready.json')
  rmSync(readyFile, { force: true })
  const args = ['--data', join(folder, 'data'), '--port-base', '0', '--ready-file', readyFile]
  const { child, printed } = start('sandbox', ...args, ...more)
  await until('ready', () => existsSync(readyFile) || child.exitCode !== null, printed)
  if (child.exitCode !== null) throw new Error(`The sandbox ended:\n${printed()}`)
  return { ready: readReady(readyFile), readyFile, child, printed }
}

/** What `start` adds to the environment of the programs, until it is set anew. */
const added: Record<string, string> = {}

/** Runs `work` with a variable in the environment of what it starts. */
export async function withVariable<T>(
  name: string,
  value: string,
  work: () => Promise<T>,
): Promise<T> {
  added[name] = value
  try {
    return await work()
  } finally {
    delete added[name]
  }
}

export function withVariables<T>(
  variables: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const [[name, value] = ['', ''], ...rest] = Object.entries(variables)
  if (name === '') return work()
  return withVariable(name, value, () => withVariables(Object.fromEntries(rest), work))
}

export type Program = {
  readonly child: ChildProcess
  /** What it printed so far. */
  readonly printed: () => string
}

export function start(...args: readonly string[]): Program {
  const env = { ...listening(process.env), ...added }
  const child = spawn(command, args, { cwd: tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  let text = ''
  child.stdout.on('data', (chunk) => (text += String(chunk)))
  child.stderr.on('data', (chunk) => (text += String(chunk)))
  const printed = () => text
  listenTo(child, ['samspil', ...args].join(' '), printed)
  return { child, printed }
}

/** Where a program listens that found a free port itself: nobody can take that one before it does. */
export async function urlOf({ child, printed }: Program): Promise<string> {
  const told = () => /listen(?:s|ing) on (http\S+)/.exec(printed())?.[1]
  await until('listening', () => told() !== undefined || child.exitCode !== null, printed)
  return present(told(), `the program ended before it listened:\n${printed()}`)
}

/** Runs to the end: what it printed and the exit code. */
export async function run(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly printed: string }> {
  const { child, printed } = start(...args)
  return { code: await ended(child), printed: printed() }
}

export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('close', (code) => resolve(code)))
}

/** The process of the database that a data folder's sandbox runs on. */
export function databasePid(folder: string): number {
  const text = readFileSync(join(folder, 'data', 'database', 'pg', 'postmaster.pid'), 'utf8')
  return Number(text.split('\n')[0])
}
