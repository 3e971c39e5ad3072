/** The pages about security are whole, and every proof that they name is a test that is there. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sources, tests, textOf } from '#test/house/tracked.ts'

/** The standard's rows by section, each with its level, in order (ASVS 5.0.0). */
const sections: { readonly [section: string]: string } = {
  ...{
    '1.1': '22',
    '1.2': '11111'.concat('22223'),
    '1.3': '112222222223',
    '1.4': '222',
    '1.5': '123',
  },
  ...{ '2.1': '122', '2.2': '112', '2.3': '12223', '2.4': '23' },
  ...{ '3.1': '3', '3.2': '113', '3.3': '12223', '3.4': '11222233', '3.5': '11122333' },
  ...{ '3.6': '3', '3.7': '22333' },
  ...{ '4.1': '12233', '4.2': '23333', '4.3': '22', '4.4': '1222' },
  ...{ '6.1': '122', '6.2': '111111112222', '6.3': '11223333', '6.4': '112233' },
  ...{ '6.5': '22222333', '6.6': '2223', '6.7': '33', '6.8': '2222' },
  ...{ '7.1': '222', '7.2': '1111', '7.3': '22', '7.4': '11222', '7.5': '223', '7.6': '22' },
  ...{ '8.1': '1233', '8.2': '1123', '8.3': '133', '8.4': '23', '9.1': '111', '9.2': '1222' },
  ...{ '10.1': '22', '10.2': '223', '10.3': '22223', '10.4': '11111'.concat('222222', '33333') },
  ...{ '10.5': '22222', '10.6': '22', '10.7': '222' },
  ...{ '11.1': '2233', '11.2': '22233', '11.3': '11233', '11.4': '1222', '11.5': '23' },
  ...{ '11.6': '23', '11.7': '33', '12.1': '12233', '12.2': '11', '12.3': '22223' },
  ...{ '13.1': '2333', '13.2': '222223', '13.3': '2233', '13.4': '1222233' },
  ...{ '14.1': '22', '14.2': '22223333', '14.3': '122' },
  ...{ '15.1': '12233', '15.2': '12233', '15.3': '1222222', '15.4': '3333' },
  ...{ '16.1': '2', '16.2': '22222', '16.3': '2222', '16.4': '222', '16.5': '2223' },
}

const asked = Object.entries(sections).flatMap(([section, levels]) =>
  [...levels].flatMap((level, at) => (level === '3' ? [] : [`V${section}.${at + 1} ${level}`])),
)

type Row = {
  readonly name: string
  readonly cells: readonly string[]
  readonly proof: string
  /** What is known to fail, or to get through, when the guard is off. */
  readonly control?: string
}

function rowsOf(page: string, name: RegExp): readonly Row[] {
  return textOf(page)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
    .flatMap((cells) => {
      const [first = ''] = cells
      return name.test(first) ? [{ name: first, cells, proof: cells.at(-1) ?? '' }] : []
    })
}

/** `doors/tls` is test/doors/tls.test.ts, `store/access` is src/store/access.db.test.ts. */
function filesOf(alias: string): readonly string[] {
  return tests.filter((path) => {
    const name = path.replace(/(?:\.db)?\.test\.ts$/, '')
    return name === alias || name.endsWith(`/${alias}`)
  })
}

/** What is wrong with the proof of a row, and with its control where it has one. */
function faultsOf({ name, proof, control }: Row): readonly string[] {
  const faults = faultsOfProof(name, proof)
  if (control === undefined) return faults
  // The sentence of a test that finds nothing without the guard would prove nothing with it.
  const isOpen = /^(?:n\/a|installation|open): /.test(proof)
  const needs = isOpen || control.startsWith('`') ? [] : [`${name} has a proof and no control`]
  return [...faults, ...faultsOfProof(`${name}'s control`, control), ...needs]
}

/** What is wrong with a proof; nothing when its test is there. */
function faultsOfProof(name: string, proof: string): readonly string[] {
  if (/^(?:n\/a|installation|deviation|open): .{3,}/.test(proof)) return []
  const named = [...proof.matchAll(/`([\w/-]+): ([^`]*)`/g)]
  if (named.length === 0) return [`${name} has no proof`]
  return named.flatMap(([, alias = '', words = '']) => {
    const files = filesOf(alias)
    if (words.trim() === '') return [`${name} names no words of a test`]
    if (files.length === 0) return [`${name}: there is no test file ${alias}`]
    const said = files.flatMap((path) => textOf(path).split('\n').filter(isNamed(words.trim())))
    return said.length > 0 ? [] : [`${name}: no test of ${alias} says “${words}”`]
  })
}

/** A name of a test, or of a row that names some; the words are plain text. */
function isNamed(words: string): (line: string) => boolean {
  return (line) => line.includes(words) && /\b(?:test|refuses)\(|^\s+\[?['`"]/.test(line)
}

const asvs = rowsOf('docs/security/asvs.md', /^V\d+\.\d+\.\d+$/)
const threats = rowsOf('SECURITY.md', /^A\d+$/).map(
  ({ name, cells }): Row => ({
    ...{ name, cells, proof: cells.at(3) ?? '', control: cells.at(4) ?? '' },
  }),
)

test('every row of levels 1 and 2 stands in the table once, at its level and in its place', () => {
  assert.deepEqual(
    asvs.map(({ name, cells }) => `${name} ${cells[1]}`),
    asked,
  )
})

test('every proof in the table is a test that is there, or says why there is none', () => {
  assert.deepEqual(asvs.flatMap(faultsOf), [])
})

test('every attack stands in SECURITY.md once, with its proof and the control of it', () => {
  assert.deepEqual(
    threats.map(({ name }) => name),
    Array.from({ length: 48 }, (_, nth) => `A${nth + 1}`),
  )
  assert.deepEqual(threats.flatMap(faultsOf), [])
})

/** What a row of ASVS asks to be documented: title, page, heading, and what has to stand below it. */
const documented: readonly (readonly [string, string, string, readonly RegExp[]])[] = [
  [
    'what a reader must find about guessing, and about locking out',
    'SECURITY.md',
    'Guessing, and locking out',
    [/fifth wrong password in a row locks/, /stranger cannot lock/, /throttled/, /budget/],
  ],
  [
    'what a reader must find about sessions of a provider that end',
    'docs/operating/sign-in.md',
    'Signing out at the provider',
    [
      /is signed out at the provider, too/,
      /Back-Channel Logout/,
      /none for the desk/,
      /20 minutes/,
    ],
  ],
  [
    'what a reader must find about who talks to whom',
    'SECURITY.md',
    'Cryptography',
    [/Who talks to whom: clients to the doors/, /server to PostgreSQL/, /it calls nobody else/],
  ],
  [
    'what a reader must find about times for mending packages',
    'SECURITY.md',
    'Supported versions',
    [/known vulnerability that can be reached is replaced within 30 days, any other/],
  ],
  [
    'what a reader must find about what is expensive',
    'SECURITY.md',
    'Cryptography',
    [
      /What is expensive: a password hash \(bounded/,
      /XML or JSON body \(bounded/,
      /list \(pages\)/,
    ],
  ],
]

function sectionOf(page: string, heading: string): string {
  const [, ...below] = page.split(`\n## ${heading}\n`)
  return (below[0] ?? '').split('\n## ')[0] ?? ''
}

for (const [title, page, heading, sentences] of documented) {
  test(title, () => {
    const section = sectionOf(textOf(page), heading)
    for (const sentence of sentences) assert.match(section, sentence)
    // The control: it is that section which says so, and not any.
    assert.equal(sectionOf(textOf(page), 'No such heading'), '')
  })
}

test('every file that makes a hash, a seal or a cipher stands in the inventory', () => {
  const making = /\b(?:createHash|createHmac|createCipheriv|hkdfSync|argon2id?)\(/
  const made = sources.filter((path) => making.test(textOf(path)))
  const inventory = sectionOf(textOf('SECURITY.md'), 'Cryptography')
  const listed = [...inventory.matchAll(/`(src\/[\w/.-]+)`/g)].map(([, path = '']) => path)
  assert.ok(made.length > 10)
  assert.deepEqual(
    made.filter((path) => !listed.includes(path)),
    [],
  )
  assert.deepEqual(
    listed.filter((path) => !sources.includes(path)),
    [],
  )
})

test('a proof that is not there is found', () => {
  const made = (proof: string) => faultsOf({ name: 'V0.0.0', cells: [], proof }).length
  assert.equal(made('`doors/tls: nothing older`'), 0)
  assert.equal(made('`doors/tls: something that no test says`'), 1)
  assert.equal(made('`doors/no-such-file: nothing`'), 1)
  assert.equal(made('somehow'), 1)
  assert.equal(made('n/a: there is none'), 0)
  const proof = '`doors/tls: nothing older`'
  const controlled = (control: string) => faultsOf({ name: 'A0', cells: [], proof, control }).length
  assert.equal(controlled('`doors/raw-http: without the gate the same bytes reach a handler`'), 0)
  assert.equal(controlled('open: nobody has thought of one'), 1)
  assert.ok(controlled('') > 0)
})
