/** What DEPENDENCIES.md and the bill of materials say of packages is what the lock file has. */

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { at, listAt, textAt } from '#test/doors/talk.ts'
import { textOf } from '#test/house/tracked.ts'
import { root } from '#test/step.ts'

/** Everything that production loads, however deep, without the binaries of the platforms. */
const treeMax = 105

type Entry = { readonly [name: string]: unknown }
type Tree = { readonly [path: string]: Entry }

const named: unknown = JSON.parse(textOf('package.json'))
const tree = at(JSON.parse(textOf('package-lock.json')), 'packages') as Tree
const namesIn = (kind: string) => Object.keys(at(named, kind) ?? {})

type Row = { readonly name: string; readonly cells: readonly string[] }

/** The rows of a table, each with the package that it opens with. */
function rowsUnder(heading: string): readonly Row[] {
  const [, section = ''] = textOf('DEPENDENCIES.md').split(`## ${heading}\n`)
  const [own = ''] = section.split('\n## ')
  return [...own.matchAll(/^\| `([^`]+)` \| (.*) \|$/gm)].map(([, name = '', rest = '']) => ({
    name,
    cells: rest.split(' | '),
  }))
}

const production = rowsUnder('In production')

/** Where Node finds a package that another one asks for. */
function placeOf(name: string, asker: string): string | undefined {
  const parts = asker.split('/node_modules/')
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const place = [...parts.slice(0, depth), name].join('/node_modules/')
    const path = depth === 0 ? `node_modules/${name}` : place
    if (path in tree) return path
  }
  return undefined
}

/** A package and all that it brings, by their places. */
function broughtBy(name: string): ReadonlySet<string> {
  const found = new Set<string>()
  const take = (wanted: string, asker: string) => {
    const place = placeOf(wanted, asker)
    if (place === undefined || found.has(place) || tree[place]?.['optional'] === true) return
    found.add(place)
    for (const next of Object.keys(tree[place]?.['dependencies'] ?? {})) take(next, place)
  }
  take(name, '')
  return found
}

function installed(name: string): unknown {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))
}

test('every direct package of production stands in the table once, in order, and no other', () => {
  const names = production.map(({ name }) => name).filter((name) => !name.endsWith('/*'))
  assert.deepEqual(names, namesIn('dependencies').sort())
  const families = production.map(({ name }) => name).filter((name) => name.endsWith('/*'))
  const optional = namesIn('optionalDependencies').map((name) => name.replace(/\/.*/, '/*'))
  assert.deepEqual(families, [...new Set(optional)])
})

test('each says who keeps it, what it is for and how we would do without it', () => {
  for (const { name, cells } of production) {
    assert.equal(cells.length, 5, name)
    for (const cell of cells) assert.ok(cell.trim() !== '', name)
  }
})

test('each has the licence that the table says, and brings as many as it says', () => {
  for (const { name, cells } of production) {
    if (name.endsWith('/*')) continue
    assert.equal(cells[1], textAt(installed(name), 'license'), name)
    assert.equal(cells[2], String(broughtBy(name).size), `${name} brings`)
  }
})

test('production loads no more packages than the page says', () => {
  const loaded = new Set(namesIn('dependencies').flatMap((name) => [...broughtBy(name)]))
  assert.ok(loaded.size <= treeMax, `${loaded.size} packages`)
  assert.match(textOf('DEPENDENCIES.md'), new RegExp(`\\*\\*${loaded.size}\\*\\* packages`))
})

test('every package of development stands in its table once, in order, and no other', () => {
  const rows = rowsUnder('In development')
  assert.deepEqual(
    rows.map(({ name }) => name),
    namesIn('devDependencies').sort(),
  )
})

/** 'name@version' of what is shipped, by the lock file. */
function shipped(packages: Tree): readonly string[] {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${String(version)}`)
}

test('the bill of materials can be made, and lists what the lock file ships', () => {
  const said = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' })
  const bill: unknown = JSON.parse(said)
  assert.equal(at(bill, 'bomFormat'), 'CycloneDX')
  assert.equal(textAt(bill, 'metadata', 'component', 'name'), 'samspil')
  const listed = listAt(bill, 'components').map(
    (each) => `${textAt(each, 'name')}@${textAt(each, 'version')}`,
  )
  const unique = (all: readonly string[]) => [...new Set(all)].sort()
  assert.deepEqual(unique(listed), unique(shipped(tree)))
  // The control: a package that somebody slipped into the lock file is missed in the bill.
  const slipped = { ...tree, 'node_modules/slipped-in': { version: '1.0.0' } }
  assert.notDeepEqual(unique(listed), unique(shipped(slipped)))
})
