/**
 * Every regular expression of the source on 64 KB made to be the worst for it: none may backtrack
 * beyond what its length allows, whoever checks the length before (A30).
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slowness } from '#test/hostile/measure.ts'
import { sources, textOf } from '#test/house/tracked.ts'

const worstLength = 64 * 1024
const maxMs = 20 * (await slowness())
/** The least of some: what the machine does beside it is not the expression's fault. */
const triesMax = 5

/** A literal stands where a value may begin; a division never does. */
const before = /(?<=(?:^|[(,=:[!&|?{};]|=>|return|\.\.\.)\s*)/
const body = /\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)/
const literal = new RegExp(`${before.source}${body.source}`, 'gm')

type Found = { readonly path: string; readonly source: string; readonly flags: string }

/** Parts of one that is anchored, and that sees the first 200 bytes of a document at most. */
const isPart = ({ path, source }: Found) =>
  path === 'src/base/xml/gate.ts' && !source.startsWith('^')

const found: readonly Found[] = sources.flatMap((path) =>
  [...textOf(path).matchAll(literal)].map(([, source = '', flags = '']) => ({
    ...{ path, source, flags: flags.replace(/[gy]/g, '') },
  })),
)

/** What an expression may wait for: its own letters, and one of each kind. */
function signsOf(source: string): readonly string[] {
  const own = source.replaceAll(/\\[dDwWsSbB]|[\\^$*+?.()|[\]{}]/g, '')
  return [...new Set([...own.slice(0, 40), ...'aA0 .-_/"\'\\=,;:<&\n\u00e5'])]
}

function worstFor(source: string): readonly string[] {
  const fill = (unit: string) =>
    unit.repeat(Math.ceil(worstLength / unit.length)).slice(0, worstLength)
  const signs = signsOf(source)
  const pairs = signs.slice(0, 6).flatMap((one) => ['a', '0', ' '].map((other) => one + other))
  // What matches as far as it goes, and then does not: then there is something to go back on.
  return [...signs, ...pairs].flatMap((unit) => [fill(unit), `${fill(unit)}\u0000`])
}

function costMs(expression: RegExp, input: string): number {
  let least = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < triesMax && least >= maxMs; tries += 1) {
    const before = process.threadCpuUsage()
    expression.test(input)
    const { user, system } = process.threadCpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

/** An eighth first: what is slow there would take minutes on the whole. */
function isSlow(expression: RegExp, input: string): boolean {
  const eighth = input.slice(-worstLength / 8)
  return costMs(expression, eighth) >= maxMs || costMs(expression, input) >= maxMs
}

test('they are found: a literal in each of the forms that the source has', () => {
  assert.ok(found.length > 100, `${found.length} found`)
  const sample = "x.replace(/a[/]b/g, '') && y.split(/,/) ? z / 2 / 3 : [/c\\/d/u]"
  assert.deepEqual(
    [...sample.matchAll(literal)].map(([, source]) => source),
    ['a[/]b', ',', 'c\\/d'],
  )
})

test('none takes 20 ms of the processor on its worst 64 KB', () => {
  const slow = found
    .filter((each) => !isPart(each))
    .flatMap(({ path, source, flags }) => {
      const expression = new RegExp(source, flags)
      const worst = worstFor(source).find((input) => isSlow(expression, input))
      return worst === undefined
        ? []
        : [`${path}: /${source}/ on ${JSON.stringify(worst.slice(0, 4))}…`]
    })
  assert.deepEqual(slow, [])
})

test('the measure bites on one that is known to go back', () => {
  const known = /^(?:a+)+$/
  assert.ok(costMs(known, `${'a'.repeat(24)}\u0000`) >= maxMs)
  const squared = /\s+$/
  assert.ok(worstFor('\\s+$').some((input) => isSlow(squared, input)))
})

test('an expression is made of fixed parts of its own file, never of what somebody sent', () => {
  const making = sources.filter((path) => /new RegExp\(|RegExp\(/.test(textOf(path)))
  const known = ['src/base/xml/gate.ts', 'src/casework/read-policy.ts', 'src/register/name.ts']
  assert.deepEqual(making, known)
})
