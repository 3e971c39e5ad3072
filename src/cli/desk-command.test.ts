/** The key of the desk: a file that is none refuses the start. */

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readKey } from '#cli/desk-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'samspil-desk-key-'))
after(() => rmSync(folder, { recursive: true }))

function keyOf(text: string): Uint8Array {
  const path = join(folder, 'key')
  writeFileSync(path, text)
  return readKey(path)
}

test('the key of the desk is 32 bytes in hexadecimal digits, with a line end or none', () => {
  assert.equal(keyOf('0f'.repeat(32)).byteLength, 32)
  assert.deepEqual([...keyOf(`${'0f'.repeat(32)}\n`)], Array(32).fill(15))
})

test('a shorter, longer or other text is no key', () => {
  for (const text of ['', '0f'.repeat(31), '0f'.repeat(33), 'zz'.repeat(32)]) {
    assert.throws(() => keyOf(text), /64 hexadecimal digits/)
  }
})
