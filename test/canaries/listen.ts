/** Listens to a program that a test starts: in it, to what it prints, and to the files it leaves. */

import type { ChildProcess } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { folder, folderVariable, isListenedTo } from '#test/canaries/aviary.ts'
import { hear } from '#test/canaries/ears.ts'
import { complain } from '#test/canaries/watch.ts'

/** The environment of a program that is to be listened to: every line of its log is written. */
export function listening(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const preload = `--import=${import.meta.resolve('#test/canaries/preload.mjs')}`
  return {
    SAMSPIL_LOG: 'debug',
    ...env,
    NODE_OPTIONS: [env['NODE_OPTIONS'], preload].filter(Boolean).join(' '),
    [folderVariable]: folder(),
  }
}

/** Once it has ended: what it printed, and whether it was listened to as long as it ran. */
export function listenTo(child: ChildProcess, name: string, printed: () => string): void {
  child.once('close', () => {
    hear(`${name}: what it printed`, printed())
    // Killed before it was more than a shell, it said nothing.
    const isNothing = child.signalCode === 'SIGKILL' && printed() === ''
    const isHeard = child.pid !== undefined && isListenedTo(child.pid)
    if (!isHeard && !isNothing) complain(`nobody listened to ${name}`)
  })
}

/** What programs left in a folder, but for the register itself. */
export function hearFiles(path: string): void {
  const exclude = ['**/database/pg/**']
  for (const entry of globSync('**/*', { cwd: path, exclude, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    hear(`the file ${file.slice(path.length + 1)}`, readFileSync(file, 'latin1'))
  }
}
