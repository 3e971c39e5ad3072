/** What a killed program left behind is taken away, and nothing else is. */

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sweepTemporary } from '#store/embedded/sweep.ts'
import { until } from '#test/patience.ts'

const folder = mkdtempSync(join(tmpdir(), 'sweep-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function left(name: string, pid: number | undefined): string {
  const path = join(folder, name)
  const lock = join(path, 'database', 'samspil.lock')
  mkdirSync(pid === undefined ? path : lock, { recursive: true })
  if (pid !== undefined) {
    const holder = { pid, start: 'then', host: hostname(), token: 'x' }
    writeFileSync(join(lock, 'holder.json'), JSON.stringify(holder))
  }
  return path
}

test('a folder of a dead holder goes, one without a lock and one of other things stay', async () => {
  // No system gives a process this number.
  const dead = left('samspil-Dead01', 2 ** 30)
  const unlocked = left('samspil-Fresh1', undefined)
  const other = left('something-else', 2 ** 30)
  sweepTemporary(folder)
  await until('gone', () => !existsSync(dead))
  assert.ok(existsSync(unlocked))
  assert.ok(existsSync(other))
})
