/** A password in a file: replaced as a whole or not at all, by one at a time, for one user's eyes. */

import assert from 'node:assert/strict'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { passwordFile } from '#cli/password-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'samspil-password-'))
after(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'password')
const store = passwordFile(path)
const write = (text: string) => writeFileSync(path, text, { mode: 0o644 })

test('it begins with what was handed out, in one line', async () => {
  write('first\n')
  assert.deepEqual(await store.read(), { current: 'first' })
})

test('what takes its place is whole, and only its owner can read it', async () => {
  write('first')
  assert.equal(await store.replace({ current: 'first' }, { current: 'first', next: 'two' }), true)
  assert.deepEqual(await store.read(), { current: 'first', next: 'two' })
  assert.equal(readFileSync(path, 'utf8'), 'first\ntwo\n')
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal(await store.replace({ current: 'first', next: 'two' }, { current: 'two' }), true)
  assert.deepEqual(await store.read(), { current: 'two' })
})

test('who read an older one replaces nothing', async () => {
  write('second')
  assert.equal(await store.replace({ current: 'first' }, { current: 'mine' }), false)
  assert.equal(await store.replace({ current: 'second', next: 'x' }, { current: 'mine' }), false)
  assert.equal(readFileSync(path, 'utf8'), 'second')
})

test('of many at once one comes first, and the others are told so', async () => {
  write('start')
  const came = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      passwordFile(path).replace({ current: 'start' }, { current: `by ${at}` }),
    ),
  )
  assert.equal(came.filter(Boolean).length, 1)
  assert.deepEqual(await store.read(), { current: `by ${came.indexOf(true)}` })
})

test('the turn of a process that ended in it is over after a while', async () => {
  write('start')
  const mark = `${path}.turn`
  writeFileSync(mark, '')
  utimesSync(mark, new Date(0), new Date(0))
  assert.equal(await store.replace({ current: 'start' }, { current: 'after' }), true)
  assert.equal(existsSync(mark), false)
})

test('an empty file, or one of more lines, is refused without a word of what is in it', async () => {
  for (const text of ['', '\n', 'secret\nsecret\nsecret']) {
    write(text)
    await assert.rejects(store.read(), (error: Error) => {
      assert.match(error.message, /must hold the password/)
      assert.ok(!error.message.includes('secret'))
      return true
    })
  }
})
