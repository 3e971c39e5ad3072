/** Links and copies of the binaries, on small stand-ins for the package's files. */

import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { copyOnce, restoreLinks } from '#store/embedded/binaries.ts'

let base = ''
let native = ''
let parent = ''

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'samspil-binaries-'))
  native = join(base, 'package', 'native')
  parent = join(base, 'copies')
  mkdirSync(join(native, 'bin'), { recursive: true })
  mkdirSync(join(native, 'lib'))
  mkdirSync(parent)
  writeFileSync(join(native, 'bin', 'postgres'), 'program', { mode: 0o700 })
  writeFileSync(join(native, 'lib', 'libicu.so.60.2'), 'library', { mode: 0o600 })
  const links = [{ source: 'native/lib/libicu.so.60.2', target: 'native/lib/libicu.so.60' }]
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links))
})

afterEach(() => rmSync(base, { recursive: true, force: true }))

function pathOf(copied: ReturnType<typeof copyOnce>): string {
  assert.ok('path' in copied, JSON.stringify(copied))
  return copied.path
}

test('links are made beside their libraries, and once made are left alone', () => {
  assert.equal(restoreLinks(native), true)
  assert.equal(readlinkSync(join(native, 'lib', 'libicu.so.60')), 'libicu.so.60.2')
  assert.equal(restoreLinks(native), true)
})

test('a copy can be read by all and written by nobody else, and is made once', () => {
  const path = pathOf(copyOnce(native, parent))
  assert.equal(readFileSync(join(path, 'lib', 'libicu.so.60'), 'utf8'), 'library')
  assert.equal(statSync(join(path, 'bin', 'postgres')).mode & 0o777, 0o755)
  assert.equal(statSync(join(path, 'lib', 'libicu.so.60.2')).mode & 0o777, 0o644)
  const made = statSync(path).ino
  assert.equal(statSync(pathOf(copyOnce(native, parent))).ino, made)
  assert.equal(readdirSync(parent).length, 1)
})

test('other content gets another copy', () => {
  const before = pathOf(copyOnce(native, parent))
  writeFileSync(join(native, 'bin', 'postgres'), 'newer program')
  assert.notEqual(pathOf(copyOnce(native, parent)), before)
})

test('a copy from which a file was cleaned away is made anew', () => {
  const path = pathOf(copyOnce(native, parent))
  unlinkSync(join(path, 'lib', 'libicu.so.60.2'))
  assert.equal(pathOf(copyOnce(native, parent)), path)
  assert.equal(readFileSync(join(path, 'lib', 'libicu.so.60'), 'utf8'), 'library')
})

test('a copy that others may write, or a link in its place, is not used', () => {
  const planted = dirname(pathOf(copyOnce(native, parent)))
  chmodSync(planted, 0o777)
  assert.match(JSON.stringify(copyOnce(native, parent)), /others may write it/)
  rmSync(planted, { recursive: true })
  symlinkSync(join(base, 'package'), planted)
  assert.match(JSON.stringify(copyOnce(native, parent)), /belongs to somebody else/)
})
