/** The ready file is there exactly while its sandbox is: a script that waits for it is not misled. */

import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { clearReady } from '#cli/ready.ts'
import { ended, newFolder, run, startSandbox } from '#test/e2e/programs.ts'
import { unusedUrl } from '#test/server.ts'

const folder = newFolder()
const { child, ready, readyFile } = await startSandbox(folder, '--population', '100')
const text = readFileSync(readyFile, 'utf8')

const runAnother = (file: string) =>
  run('sandbox', '--port-base', '0', '--population', '100', '--ready-file', file)

test('a second sandbox does not take the ready file of one that runs', async () => {
  const { code, printed } = await runAnother(readyFile)
  assert.equal(code, 1)
  assert.match(
    printed,
    new RegExp(`is of a sandbox that runs at ${ready.cpr}\\. Name another file`),
  )
  assert.equal(readFileSync(readyFile, 'utf8'), text)
})

test('a file of something else is not overwritten', async () => {
  const file = join(folder, 'mine.json')
  writeFileSync(file, '{"mine": true}')
  const { code, printed } = await runAnother(file)
  assert.equal(code, 1)
  assert.match(printed, /holds something else\. Name another file/)
  assert.equal(readFileSync(file, 'utf8'), '{"mine": true}')
})

test('what a sandbox left that was killed is gone before the next one begins', async () => {
  const file = join(folder, 'stale.json')
  writeFileSync(file, text.replaceAll(ready.cpr, await unusedUrl()))
  await clearReady(file)
  assert.ok(!existsSync(file))
  await clearReady(file)
  writeFileSync(file, '')
  await clearReady(file)
  assert.ok(existsSync(file), 'an empty one is a place that was made for it')
})

test('a sandbox that stops takes its ready file with it, and says so to who asks for it', async () => {
  child.kill('SIGTERM')
  assert.equal(await ended(child), 0)
  assert.ok(!existsSync(readyFile))
  const { code, printed } = await run('walk', '--ready', readyFile)
  assert.equal(code, 1)
  const [line] = present(
    /^samspil: There is no .*ready\.json: .* Start one: .*$/m.exec(printed),
    printed,
  )
  assert.ok(line.endsWith(`samspil sandbox --ready-file ${readyFile}`))
})
