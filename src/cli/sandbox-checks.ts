/** What a sandbox looks at before it makes anything: the ports, and where its ready file goes. */

import { accessSync, constants, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, resolve } from 'node:path'

const host = '127.0.0.1'
const programs = 4

/** Throws when one of the four ports is taken. */
export async function checkPorts(base: number): Promise<void> {
  if (base === 0) return
  for (let port = base; port < base + programs; port += 1) {
    if (!(await isFree(port))) throw new Error(takenText(port))
  }
}

export function takenText(port: number): string {
  return (
    `Port ${port} is taken. Stop what uses it, or choose others with --port-base N ` +
    '(0: free ones).'
  )
}

/** Throws when a file could not be written there. */
export function checkWritable(file: string): void {
  const path = resolve(file)
  accessSync(dirname(path), constants.W_OK)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`Cannot use ${path}: it is a folder. Name a file.`)
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const probe = createServer()
    probe.once('error', () => settle(false))
    probe.listen(port, host, () => probe.close(() => settle(true)))
  })
}
