/** How long a newcomer waits: the sandbox from its start until everything answers, twice. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const samspil = fileURLToPath(new URL('../../samspil', import.meta.url))
const readyMaxMs = 180_000
const pollMs = 20

export type SandboxStarts = { readonly first: number; readonly second: number }

/** Seconds of a first start, which makes the population, and of a second one on the same data. */
export async function measureStarts(folder: string): Promise<SandboxStarts> {
  const data = join(folder, 'sandbox')
  return { first: await start(data), second: await start(data) }
}

async function start(data: string): Promise<number> {
  const readyFile = `${data}-ready.json`
  rmSync(readyFile, { force: true })
  const args = ['sandbox', '--port-base', '0', '--data', data, '--ready-file', readyFile]
  const from = performance.now()
  const child = spawn(samspil, args, { stdio: 'ignore' })
  const gone = once(child, 'exit')
  try {
    while (!existsSync(readyFile)) {
      if (child.exitCode !== null) throw new Error(`The sandbox ended with ${child.exitCode}`)
      if (performance.now() - from > readyMaxMs) throw new Error('The sandbox was never ready')
      await sleep(pollMs)
    }
    return (performance.now() - from) / 1000
  } finally {
    child.kill('SIGTERM')
    await gone
  }
}
