/** What comes into the house from elsewhere, and what goes out of it. */

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { at } from '#test/doors/talk.ts'
import { sources, textOf } from '#test/house/tracked.ts'
import { root } from '#test/step.ts'

const directMax = 15

type Entry = Readonly<Record<string, unknown>>
const parse = (path: string): unknown => JSON.parse(textOf(path))
const locks = ['package-lock.json', 'set-up/node/package-lock.json']
const entriesOf = (lock: string) =>
  Object.entries(at(parse(lock), 'packages') as Readonly<Record<string, Entry>>).filter(
    ([path]) => path !== '',
  )

const textIn = (value: unknown) => (typeof value === 'string' ? value : '')

test('every package of the lock file has its sum, and comes from a registry', () => {
  for (const lock of locks) {
    const entries = entriesOf(lock)
    assert.ok(entries.length > 0)
    for (const [path, { integrity, resolved, link }] of entries) {
      assert.match(textIn(integrity), /^sha512-/, `${lock}: ${path}`)
      assert.ok(link === undefined, `${path} is a link`)
      assert.doesNotMatch(textIn(resolved), /^(git|file|http:)/, path)
    }
  }
})

test('versions are exact, and no more than fifteen are ours by name', () => {
  const named = parse('package.json')
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, version] of Object.entries(at(named, kind) ?? {})) {
      assert.match(String(version), /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
    }
  }
  assert.ok(Object.keys(at(named, 'dependencies') ?? {}).length <= directMax)
})

/** Beside these, a licence is read before its package comes in. */
const licences = new Set([
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0'],
  ...['MIT OR Apache-2.0', 'Unlicense', 'CC0-1.0', 'Python-2.0', 'PostgreSQL', 'MPL-2.0'],
  ...['(MIT OR CC0-1.0)', '(MIT AND Zlib)', 'MIT AND W3C-19980720', 'Zlib', 'CC-BY-4.0'],
  // A font beside the code; it may be passed on with what uses it.
  '(MIT AND OFL-1.1 AND Apache-2.0)',
])

test('every package has a licence that asks for no more than its own text', () => {
  const strange = entriesOf('package-lock.json').flatMap(([path, { license }]) => {
    const said = textIn(license ?? at(installed(path), 'license'))
    return said === '' || licences.has(said) ? [] : [`${path}: ${said}`]
  })
  assert.deepEqual(strange, [])
})

function installed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
  } catch {
    // Of another platform than this one.
    return undefined
  }
}

test('production loads no package of development', () => {
  const development = Object.keys(at(parse('package.json'), 'devDependencies') ?? {})
  const loading = sources.flatMap((path) =>
    [...textOf(path).matchAll(/from '([^'#.][^']*)'/g)].flatMap(([, name = '']) =>
      development.includes(name) && !path.startsWith('src/idp/') ? [`${path}: ${name}`] : [],
    ),
  )
  assert.deepEqual(loading, [])
})

test('nothing is run when packages come in', () => {
  assert.match(textOf('.npmrc'), /^ignore-scripts=true$/m)
})

test('no code is made at run time', () => {
  const making = /\beval\(|\bnew Function\(|\bvm\.run|from 'node:vm'|setTimeout\(['"`]/
  assert.deepEqual(
    sources.filter((path) => making.test(textOf(path))),
    [],
  )
})

test('programs and tests run without __proto__, and V8 takes the word for it', () => {
  for (const starter of ['samspil', 'test/suite.ts']) {
    assert.match(textOf(starter), /--disable-proto=delete/, starter)
  }
  assert.equal(Object.hasOwn(Object.prototype, '__proto__'), false)
})

/** What turns texts into something else, and the files that may; all else of it is a taint. */
const taints: readonly (readonly [what: string, made: RegExp, may: readonly string[]])[] = [
  ['SQL without parameters', /\.script\(/, ['src/store/migrate.ts']],
  [
    'SQL that is made where it is run',
    /\brun\(\s*(?:\{|`|'|\w*[sS]tatement\()/,
    ['src/store/schema-dump.ts'],
  ],
  [
    'markup that is not escaped',
    /\b(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc)\b|document\.write/,
    [],
  ],
  [
    'a setting beside the table of settings',
    /\bprocess\.env\b/,
    ['src/cli/environment.ts', 'src/cli/main.ts', 'src/cli/sandbox-command.ts', 'src/cli/walk.ts'],
  ],
  ['a store of the browser', /\b(?:localStorage|sessionStorage|indexedDB)\b/, []],
  ['a program that is run', /from 'node:child_process'/, ['src/store/embedded/']],
]

/** Where a text is tainted: 'path: what'. */
function taintsOf(path: string, text: string): readonly string[] {
  return taints.flatMap(([what, made, may]) =>
    made.test(text) && !may.some((place) => path.startsWith(place)) ? [`${path}: ${what}`] : [],
  )
}

test('nothing that was sent becomes SQL, markup, a setting, a command or a store of the browser', () => {
  assert.deepEqual(
    sources.flatMap((path) => taintsOf(path, textOf(path))),
    [],
  )
})

test('each taint is found where it is: the control', () => {
  const tainted = [
    'await pool.script(text)',
    "await pool.run(statement('x', text))",
    'element.innerHTML = text',
    "process.env['SAMSPIL_X']",
    "localStorage.setItem('x', text)",
    "import { exec } from 'node:child_process'",
  ]
  for (const text of tainted) assert.equal(taintsOf('src/store/x.ts', text).length, 1, text)
})

test('the server calls only the providers that it is set to, and follows no redirect', () => {
  const callers = { 'src/server/id-tokens.ts': 'error', 'src/web/bounded-fetch.ts': 'manual' }
  const calling = /\bfetch\(|\b(?:https?)\.(?:request|get)\(|\bnet\.connect\(|from 'undici'/
  const may = /^(client\/src|src\/(cli|self-service|desk|idp|store\/embedded))\//
  const calls = sources.filter((path) => !may.test(path) && calling.test(textOf(path)))
  assert.deepEqual(calls, Object.keys(callers))
  for (const [path, redirect] of Object.entries(callers)) {
    assert.ok(textOf(path).includes(`redirect: '${redirect}'`), path)
  }
  // The control: a call is found, however it is made.
  for (const call of ['await fetch(url)', 'https.get(url)', 'net.connect(80)']) {
    assert.match(call, calling)
  }
})

test('no migration makes an account', () => {
  for (const file of readdirSync(join(root, 'sql'))) {
    const text = textOf(join('sql', file))
    assert.doesNotMatch(text, /insert into person_code|password '[^']/i, file)
  }
})
