/** The files of the repository, as the rules of the house read them; a copy without git is walked. */

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#test/step.ts'

const never = ['.git', 'node_modules', 'dist', 'data', '.sandbox']

/** Paths seen from the root: what is or would be committed. */
export const tracked: readonly string[] = listed().filter((path) => existsSync(join(root, path)))

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The code of a program: source and SDK, without what stands beside it to test it. */
export const sources = tracked.filter(
  (path) => /^(src|client\/src)\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'),
)

export const tests = tracked.filter((path) => path.endsWith('.test.ts'))

/** Everything that people write by hand and machines run. */
export const code = tracked.filter(
  (path) => /\.(ts|mjs|sql|sh)$/.test(path) && path !== 'sql/schema.sql',
)

function listed(): readonly string[] {
  try {
    const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
    const options = { cwd: root, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 26 } as const
    return [...new Set(execFileSync('git', args, options).split('\0'))].filter(Boolean).sort()
  } catch {
    return [...walk('')].sort()
  }
}

function walk(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (never.includes(entry.name)) return []
    return entry.isDirectory() ? walk(path) : [path]
  })
}
