/** Every check and every test; with arguments, the test files whose path holds one of them. */

import { browserFiles, crossingFiles, databaseFiles, houseFiles, unitFiles } from '#test/files.ts'
import { checks, type Outcome, runStep } from '#test/step.ts'
import { runFiles, sumOf } from '#test/suite.ts'
import { environmentOf, startTestServer } from '#test/test-server.ts'

const patterns = process.argv.slice(2)
const isAsked = (file: string) =>
  patterns.length === 0 || patterns.some((pattern) => file.includes(pattern))

const alone = [...houseFiles, ...unitFiles].filter(isAsked)
const withServer = [...databaseFiles, ...crossingFiles].filter(isAsked)
const inBrowser = browserFiles.filter(isAsked)

let stopServer: () => Promise<void> = async () => {}

async function runAll(): Promise<Outcome> {
  const outcomes: Outcome[] = []
  if (patterns.length === 0) for (const check of checks) outcomes.push(await runStep(check))
  outcomes.push(await runFiles(alone))
  if (withServer.length + inBrowser.length > 0) outcomes.push(await runWithServer())
  return sumOf(outcomes)
}

/** One server for all of them; each file has a database of its own on it. */
async function runWithServer(): Promise<Outcome> {
  const server = await startTestServer()
  stopServer = server.stop
  try {
    Object.assign(process.env, environmentOf(server))
    return sumOf([await runFiles(withServer), await runFiles(inBrowser)])
  } finally {
    await stopServer()
  }
}

/** Those of whoever runs the tests would reach the programs under test, and change what is proved. */
const settings = Object.keys(process.env).filter((name) => name.startsWith('SAMSPIL_'))

async function main(): Promise<number> {
  if (settings.length > 0) {
    console.log(
      `unset ${settings.join(', ')}: the tests make their own settings\n\n0 passed, 1 failed`,
    )
    return 1
  }
  if (alone.length + withServer.length + inBrowser.length === 0) {
    console.log(`no test file matches ${patterns.join(' ')}\n\n0 passed, 0 failed`)
    return 1
  }
  const { passed, failed } = await runAll()
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

// A run that is broken off still takes its server and the server's folder with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stopServer().finally(() => process.exit(1)))
}

try {
  process.exitCode = await main()
} catch (error) {
  // What the runner itself could not do counts, so that the last line never says less.
  console.error(error)
  console.log('\n0 passed, 1 failed')
  process.exitCode = 1
}
