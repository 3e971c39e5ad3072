/**
 * Style as a test: sizes, head comments, and words with what to say instead. The length of a
 * function is the linter's (`max-lines-per-function` in .oxlintrc.json).
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { code, sources, tests, textOf, tracked } from '#test/house/tracked.ts'

/** 300 is what we aim at; beyond this a second noun is hiding in the file. */
const linesMax = 400
const columnsMax = 100

type Ban = {
  readonly word: RegExp
  readonly instead: string
  readonly files: readonly string[]
}

const self = 'test/house/tidy.test.ts'
const written = code.filter((path) => path !== self)
const typescript = written.filter((path) => path.endsWith('.ts'))
/** Where the program meets the world: it is started there, or starts another one. */
const worldly = /^src\/(http|store\/embedded|server|self-service|desk|idp|cli)\//
const deterministic = sources.filter((path) => !worldly.test(path))

/** What tests are made of; timings are what the bench is for. */
const testing = written.filter((path) => /^test\/(?!bench\/)|\.test\.ts$/.test(path))
/** Time itself is what these are about, or what they make pass. */
const timed = [
  'src/access/turns.test.ts',
  'test/doors/feed-gaps.test.ts',
  'test/doors/tls.test.ts',
  'test/e2e/readiness.test.ts',
  'test/e2e/sandbox.test.ts',
  'test/hostile/measure.ts',
  'test/hostile/naive.test.ts',
  'test/hostile/sign-on-flood.test.ts',
  'test/hostile/slow.test.ts',
  'test/hostile/xml.test.ts',
  'test/patience.ts',
]

const bans: readonly Ban[] = [
  { word: /registeret/i, instead: 'registret, as in CPR-registret', files: sources },
  { word: /\blog-ind/i, instead: 'login', files: sources },
  { word: /\bDate\.now\(/, instead: 'take the clock as an argument', files: deterministic },
  { word: /\bnew Date\(\)/, instead: 'take the clock as an argument', files: deterministic },
  { word: /\bperformance\.now\(/, instead: 'take the clock as an argument', files: deterministic },
  { word: /\bMath\.random\b/, instead: 'take randomness as an argument', files: deterministic },
  { word: /\brandom(UUID|Bytes)\(/, instead: 'take ids as an argument', files: deterministic },
  {
    word: /\brequest\.ip\b/,
    instead: '`askedFrom` of #http/listener.ts, which knows whom to believe',
    files: sources,
  },
  { word: /\bprocess\.env\b/, instead: 'take a setting as an argument', files: deterministic },
  {
    word: /\bprocess\.env\['(?!npm_lifecycle_event|NO_COLOR|SAMSPIL_DEBUG)/,
    instead: '`readEnvironment` of #cli/environment.ts',
    files: sources,
  },
  { word: /\bNODE_ENV\b/, instead: 'let tests meet the same program', files: sources },
  { word: /\b(TODO|FIXME|XXX|HACK)\b/, instead: 'an issue', files: written },
  { word: /^\s*(export )?(const )?enum /, instead: 'a union of texts', files: typescript },
  { word: /^\s*(export )?namespace /, instead: 'a file', files: typescript },
  { word: /(:|\bas|<) ?any\b(?! )/, instead: 'unknown, and a reader', files: typescript },
  { word: /\bas unknown as\b/, instead: 'a type that fits', files: typescript },
  { word: /\w!(\.|\)|\[|,|;|$)/, instead: '`present` of #base/assert.ts', files: typescript },
  { word: /@ts-(ignore|nocheck|expect-error)/, instead: 'a type that fits', files: typescript },
  {
    word: /\b(test|it|describe|suite)\.(only|skip|todo)\b/,
    instead: 'an issue',
    files: typescript,
  },
  { word: /\b(killall|pkill|fuser)\b/, instead: 'a process by its number', files: written },
  {
    word: /\bsetTimeout as |\bsetTimeout\(resolve|\bwaitForTimeout\(|networkidle/,
    instead: '`until` of #test/patience.ts, or what the browser waits for',
    files: testing.filter((path) => !timed.includes(path)),
  },
  { word: /\bport.*await unusedUrl\(/, instead: '`--port 0` and `urlOf`', files: testing },
  { word: /\bcurrent_date\b/, instead: 'the day of the server’s clock', files: testing },
  { word: /toISOString\(\)\.slice\(0, 10\)/, instead: '`danishDate`', files: typescript },
  { word: /^export \* from/, instead: 'imports of the file that has it', files: typescript },
]

/** A suppression says why, after a colon (biome) or two dashes (oxlint). */
const suppression = /(biome-ignore(?!\S* \S+: \S)|oxlint-disable(?!.* -- \S))/

function linesOf(path: string): readonly string[] {
  return textOf(path).replace(/\n$/, '').split('\n')
}

function find(files: readonly string[], isWrong: (line: string) => boolean): readonly string[] {
  return files.flatMap((path) =>
    linesOf(path).flatMap((line, at) =>
      isWrong(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [],
    ),
  )
}

for (const { word, instead, files } of bans) {
  test(`nobody writes ${word.source}; instead: ${instead}`, () => {
    assert.deepEqual(
      find(files, (line) => word.test(line)),
      [],
    )
  })
}

test('a suppression of the linter gives its reason', () => {
  assert.deepEqual(
    find(typescript, (line) => suppression.test(line)),
    [],
  )
})

test('a line has at most 100 characters, but for a long literal and the end of a comment', () => {
  // What no formatter breaks: a text or a pattern that is most of the line by itself.
  const literal = /'[^']{40,}'|"[^"]{40,}"|`[^`]{40,}|^[^`]{40,}`|\/[^/]{60,}\//
  const isLong = (line: string) => [...line.replace(/ \*\/$/, '')].length > columnsMax
  assert.deepEqual(
    find(code, (line) => isLong(line) && !literal.test(line)),
    [],
  )
})

test('a file has at most 400 lines, unless a program wrote it', () => {
  const written = code.filter((path) => !path.endsWith('.generated.ts'))
  const long = written.filter((path) => linesOf(path).length > linesMax)
  assert.deepEqual(
    long.map((path) => `${path}: ${linesOf(path).length}`),
    [],
  )
})

test('a source file opens with a sentence that says what it is', () => {
  const opens = /^(#!.*\n)?\/\*\*[\s*]+[A-ZÆØÅ`#][\s\S]*?\*\//
  assert.deepEqual(
    sources.filter((path) => !opens.test(textOf(path))),
    [],
  )
})

test('a file is named in kebab-case, and no folder is a drawer', () => {
  const drawer = /(^|\/)(utils?|commons?|shared|libs?|core|misc|helpers?)(\/|\.ts$)/
  assert.deepEqual(
    code.filter((path) => drawer.test(path)),
    [],
  )
  const odd = tracked.filter((path) => /\.(ts|mjs)$/.test(path) && !/^[a-z0-9./-]+$/.test(path))
  assert.deepEqual(odd, [])
})

/**
 * A test is taken to assert when its text does, or calls a function of the file that does. It is a
 * rough measure: it finds the test that forgot, not the one that asserts too little.
 */
test('every test asserts', () => {
  const silent = tests.flatMap((path) => {
    const parts = textOf(path).split(
      /^(?=\s*(?:test|it)\()|^(?=(?:async )?function |const \w+ = \()/m,
    )
    const asserting = new Set(['assert', ...assertionsOf(textOf(path))])
    for (let grown = -1; grown !== asserting.size; ) {
      grown = asserting.size
      for (const part of parts) {
        const name = /^(?:async )?function\*? (\w+)|^const (\w+) = /.exec(part)
        const declared = name?.[1] ?? name?.[2]
        if (declared !== undefined && calls(part, asserting)) asserting.add(declared)
      }
    }
    return parts
      .filter((part) => /^\s*(test|it)\(/.test(part) && !calls(part, asserting))
      .map((part) => `${path}: ${part.trim().split('\n')[0]}`)
  })
  assert.deepEqual(silent, [])
})

/** Imported by name: `import { deepEqual } from 'node:assert/strict'`, or a check shared by tests. */
function assertionsOf(text: string): readonly string[] {
  const [, named = ''] = /import \{([^}]*)\} from 'node:assert\/strict'/.exec(text) ?? []
  const shared = text.match(/\b(?:assert|check|expect)[A-Z]\w*\b/g) ?? []
  return [...(named.match(/\w+/g) ?? []), ...shared]
}

function calls(part: string, names: ReadonlySet<string>): boolean {
  return [...part.matchAll(/\b\w+\b/g)].some(([word]) => names.has(word))
}
