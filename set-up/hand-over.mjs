/** Runs a file of this repository as a child and is transparent: terminal, signals, exit code. */

import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs `file` on `node`; ends this process the way the child ended. */
export function hand(node, file, args) {
  const child = spawn(node, [resolve(root, file), ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C and hang-up to the child too; twice would mean "at once".
      const fromTerminal = signal !== 'SIGTERM' && (process.stdin.isTTY || process.stdout.isTTY)
      if (!fromTerminal) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    process.stderr.write(`samspil: cannot run ${node}: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + constants.signals[signal])
  })
}
