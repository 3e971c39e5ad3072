/** Every numbered rule stands in the title of a test, and none that is not built does. */

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { code, page, table } from '#api/markdown.ts'
import { tests, textOf } from '#test/house/tracked.ts'
import { rules } from '#test/rule-ids.ts'
import { root } from '#test/step.ts'

const self = 'test/house/rule-ids.test.ts'
const path = 'docs/rules.md'
const families = 'MOVE|PROT|EMI|DESK|IMM|CON|CHR|ADR|PNR|ST|INS|AUD|ACC|FIX|DOC|FIN|NAM|MAR|CHU'

type Proof = { readonly file: string; readonly title: string }

const proofs: readonly Proof[] = tests
  .filter((file) => file !== self)
  .flatMap((file) => titlesIn(textOf(file)).map((title) => ({ file, title })))

function titlesIn(text: string): readonly string[] {
  const titles = text.matchAll(/^\s*(?:test|it)\(\s*(['`"])((?:\\.|(?!\1).)*)\1/gm)
  return [...titles].map(([, , title = '']) => title)
}

function idsIn(title: string): readonly string[] {
  return [...title.matchAll(new RegExp(`\\b(?:${families})-\\d+\\b`, 'g'))].map(([id]) => id)
}

function proofsOf(id: string): readonly Proof[] {
  return proofs.filter(({ title }) => idsIn(title).includes(id))
}

function rulesPage(): string {
  const rows = Object.entries(rules).map(([id, { says, notBuilt }]) => {
    const files = [...new Set(proofsOf(id).map(({ file }) => file))].sort()
    const shown = files.map((file) => `[${code(file.split('/').at(-1) ?? '')}](../${file})`)
    return [id, says, notBuilt ? `not built: ${notBuilt}` : shown.join(', ')]
  })
  return page([
    '# Rules and their tests',
    `Generated: do not edit, but run \`node set-up/run.mjs ${self} --write\`.`,
    'What the register and the incidents keep to, in one line each, and the tests that name it.',
    table(['rule', 'what it says', 'proved in'], rows),
  ])
}

if (process.argv.includes('--write')) writeFileSync(join(root, path), rulesPage())

test('every rule that is built stands in the title of a test', () => {
  const built = Object.entries(rules).filter(([, { notBuilt }]) => notBuilt === undefined)
  assert.deepEqual(
    built.filter(([id]) => proofsOf(id).length === 0).map(([id]) => id),
    [],
  )
})

test('no test claims to prove a rule that is not built', () => {
  const missing = Object.entries(rules).filter(([, { notBuilt }]) => notBuilt !== undefined)
  assert.deepEqual(
    missing.flatMap(([id]) => proofsOf(id)),
    [],
  )
})

test('no test names a rule that there is not', () => {
  const strange = proofs.filter(({ title }) => idsIn(title).some((id) => !(id in rules)))
  assert.deepEqual(strange, [])
})

test('a title is read whatever its quotes, and MOVE-1 is not MOVE-19', () => {
  const text = "test('MOVE-19: it\\'s', () => {})\n  test(`ST-1: x`, () => {})\n// test ADR-1"
  const found = titlesIn(text).flatMap(idsIn)
  assert.deepEqual(found, ['MOVE-19', 'ST-1'])
})

test('the page of the rules is as the tests have it', () => {
  assert.equal(textOf(path), rulesPage(), `run: node set-up/run.mjs ${self} --write`)
})
