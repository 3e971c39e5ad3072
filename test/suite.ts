/** Runs test files, each in a process of its own, and tells of each in a line; failures in full. */

import { relative } from 'node:path'
import { run } from 'node:test'
import { inspect } from 'node:util'
import { sized } from '#test/hostile/size.ts'
import { type Outcome, root, runStep } from '#test/step.ts'

/** Longer than the longest takes where all is slow; a file that hangs is a failure, not a stuck run. */
const fileMaxMs = sized(1_800_000, 4 * 3_600_000)
const atOnceMax = 2
/** As `samspil` starts its programs; and listened to for what protected persons are told of by. */
const execArgv = [
  '--disable-proto=delete',
  ...['--import', new URL('./canaries/watch.ts', import.meta.url).href],
]

/** Runs the files, two at a time unless told otherwise; adds up what they say. */
export async function runFiles(files: readonly string[], atOnce = atOnceMax): Promise<Outcome> {
  const queue = [...files]
  const outcomes: Outcome[] = []
  const work = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const path = file
      outcomes.push(await runStep({ name: relative(root, path), run: () => runFile(path) }))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return sumOf(outcomes)
}

export function sumOf(outcomes: readonly Outcome[]): Outcome {
  const passed = outcomes.reduce((sum, each) => sum + each.passed, 0)
  const failed = outcomes.reduce((sum, each) => sum + each.failed, 0)
  return { passed, failed, output: outcomes.map(({ output }) => output).join('') }
}

async function runFile(file: string): Promise<Outcome> {
  const failures: string[] = []
  let said = ''
  let hasTests = false
  let counts = { passed: 0, failed: 0 }
  const events = run({
    ...{ files: [file], isolation: 'process', timeout: fileMaxMs, cwd: root },
    execArgv,
  })
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') said += data.message
    // A suite fails because of a test within, which was told of already.
    if (type === 'test:fail' && data.details.type !== 'suite') {
      failures.push(`✖ ${data.name}\n${reasonOf(data.details.error)}`)
    }
    if (type !== 'test:summary') continue
    if (data.file !== undefined) hasTests = true
    const failed = data.counts.failed + data.counts.cancelled
    counts = { passed: data.counts.passed, failed: Math.max(failed, data.success ? 0 : 1) }
  }
  if (!hasTests && counts.failed === 0) {
    counts = { passed: 0, failed: 1 }
    failures.push('✖ the file holds no test')
  }
  return { ...counts, output: [...failures, said].join('\n') }
}

/** An assertion's text holds what it compared; its fields would only say it again. */
function reasonOf(error: Error): string {
  const cause = error.cause ?? error
  const asserted = cause instanceof Error && 'code' in cause && cause.code === 'ERR_ASSERTION'
  const text = asserted ? (cause.stack ?? cause.message) : inspect(cause)
  return text.replaceAll(/^ *at .*node:internal.*\n?/gm, '').replaceAll(/^/gm, '  ')
}
