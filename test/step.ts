/** One check as a program of its own: quiet when it passes, its whole output when it does not. */

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Outcome = { readonly passed: number; readonly failed: number; readonly output: string }
export type Step = { readonly name: string; readonly run: () => Promise<Outcome> }

export const root = fileURLToPath(new URL('..', import.meta.url))

const tool = (path: string) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))

/** Format, lint and types: what can be said without running anything. */
export const checks: readonly Step[] = [
  check('format and lint', [tool('@biomejs/biome/bin/biome'), 'check', '.']),
  check('promises and complexity', [
    tool('oxlint/bin/oxlint'),
    '--type-aware',
    '--deny-warnings',
    '--quiet',
  ]),
  check('types', [tool('typescript/bin/tsc'), '-p', '.']),
]

/** Runs the step and prints its line, and after it what went wrong. */
export async function runStep({ name, run }: Step): Promise<Outcome> {
  const from = performance.now()
  const outcome = await run()
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  const verdict = outcome.failed === 0 ? 'ok  ' : 'FAIL'
  console.log(`${verdict}  ${name.padEnd(56)} ${String(outcome.passed).padStart(5)}  ${seconds} s`)
  if (outcome.failed > 0) console.log(`\n${outcome.output.trimEnd()}\n`)
  return outcome
}

function check(name: string, args: readonly string[]): Step {
  return { name, run: () => runTool(args) }
}

function runTool(args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => {
      resolve(code === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output })
    })
  })
}
