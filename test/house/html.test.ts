/** Nobody goes round the `html` tag: what a browser gets as a page was made, and escaped, by it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sources, textOf } from '#test/house/tracked.ts'

type Way = {
  readonly what: string
  readonly pattern: RegExp
  /** Where it stands for a reason. */
  readonly but: readonly string[]
}

const ways: readonly Way[] = [
  {
    what: 'the mark of what was escaped is set by the library alone',
    pattern: /\bisEscaped\b|\bHtmlEscapedString\b|\braw\(/,
    but: [],
  },
  {
    what: 'a value is called Html by the tag alone',
    pattern: /\bas Html\b/,
    but: ['src/base/html.ts'],
  },
  {
    what: 'HTML is sent in one place',
    pattern: /text\/html/,
    // The landing page of the CPR server is one constant text.
    but: ['src/web/pages.ts', 'src/server/app.ts'],
  },
  {
    what: 'no page holds a script or a style of its own',
    pattern: /<script(?! defer src)|<style|javascript:/,
    but: [],
  },
  {
    what: 'a page is written by the tag, not put together from texts',
    pattern: /(?<!html)`\s*<\/?[a-z!]/,
    but: ['src/server/landing.ts', 'src/web/assets.ts'],
  },
  {
    what: 'a URL of ours is made in the paths of its program',
    pattern: /\b(href|action)="\/(?!\$\{language\}\/")/,
    but: ['src/server/landing.ts'],
  },
]

const files = sources.filter((path) => /^src\/(web|self-service|desk|idp|server|base)\//.test(path))

for (const { what, pattern, but } of ways) {
  test(what, () => {
    const found = files
      .filter((path) => !but.includes(path))
      .flatMap((path) =>
        textOf(path)
          .split('\n')
          .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
      )
    assert.deepEqual(found, [])
  })
}
