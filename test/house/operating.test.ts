/** What is written for operators and deciders by hand is all that there is, and each once. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeWork } from '#server/time-work.ts'
import { textOf, tracked } from '#test/house/tracked.ts'

const minuteMs = 60_000

function often(everyMs: number): string {
  if (everyMs % (60 * minuteMs) === 0) return `${everyMs / (60 * minuteMs)} h`
  return everyMs > minuteMs ? `${everyMs / minuteMs} min` : `${everyMs / 1000} s`
}

test('the page on time names each kind of work and how often it is done', () => {
  const rows = textOf('docs/operating/time.md').matchAll(/^\| ([a-z-]+) \| (\d+ \w+) \|/gm)
  assert.deepEqual(
    [...rows].map(([, name, every]) => `${name} ${every}`).sort(),
    timeWork.map(({ name, everyMs }) => `${name} ${often(everyMs)}`).sort(),
  )
})

test('no two decisions have the same number, and each opens with its own', () => {
  const records = tracked.filter((path) => /^docs\/decisions\/\d/.test(path))
  const numbers = records.map((path) => path.slice('docs/decisions/'.length).slice(0, 4))
  assert.equal(new Set(numbers).size, numbers.length, numbers.join(' '))
  for (const [nth, path] of records.entries()) {
    assert.ok(textOf(path).startsWith(`# ${numbers[nth]}`), path)
  }
})

test('each decision that is named has its record', () => {
  const numbers = new Set(tracked.map((path) => /^docs\/decisions\/(\d{4})/.exec(path)?.[1]))
  const named = tracked
    .filter((path) => /\.(ts|md|sql)$/.test(path))
    .flatMap((path) =>
      [...textOf(path).matchAll(/\bdecision\s+(?:\*\s+)?(\d{4})\b/g)].map(
        ([, n]) => `${n} ${path}`,
      ),
    )
  assert.ok(named.length > 20)
  assert.deepEqual(
    named.filter((each) => !numbers.has(each.slice(0, 4))),
    [],
  )
})
