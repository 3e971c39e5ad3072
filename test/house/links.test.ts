/** Every relative link in a Markdown file leads to a file, and to a heading of it where it says so. */

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { textOf, tracked } from '#test/house/tracked.ts'
import { root } from '#test/step.ts'

const pages = tracked.filter((path) => path.endsWith('.md'))
const link = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)/gm
const fenced = /^(```|~~~)[\s\S]*?^\1/gm

function linksOf(text: string): readonly string[] {
  const prose = text.replaceAll(fenced, '').replaceAll(/`[^`\n]*`/g, '')
  return [...prose.matchAll(link)].map(([, inline, reference]) => inline ?? reference ?? '')
}

/** As the common hosts make them: small letters, no signs, hyphens for spaces. */
function anchorsOf(text: string): readonly string[] {
  const headings = text.replaceAll(fenced, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  )
}

function faultOf(page: string, target: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined
  const [path = '', anchor = ''] = target.split('#')
  const file = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)))
  if (!existsSync(join(root, file))) return `${page}: ${target} leads nowhere`
  if (anchor === '' || !file.endsWith('.md')) return undefined
  const found = anchorsOf(textOf(file)).includes(decodeURIComponent(anchor))
  return found ? undefined : `${page}: ${target} names no heading of ${file}`
}

test('every relative link leads somewhere', () => {
  const faults = pages.flatMap((page) =>
    linksOf(textOf(page)).flatMap((target) => faultOf(page, target) ?? []),
  )
  assert.deepEqual(faults, [])
})

test('links are found in prose and not in code', () => {
  const text = 'a [b](c.md "d") `[e](f.md)`\n```\n[g](h.md)\n```\n[i]: j.md\n'
  assert.deepEqual(linksOf(text), ['c.md', 'j.md'])
  assert.deepEqual(anchorsOf('# One, `two` & three\n## Æbler på træ'), [
    'one-two--three',
    'æbler-på-træ',
  ])
})
