/** Protected values: whatever is done with one but opening it fails, in every way to do it. */

import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { format, inspect } from 'node:util'
import fc from 'fast-check'
import { pino } from 'pino'
import { html } from '#base/html.ts'
import { type OpenPerson, type Person, shut } from '#register/person.ts'
import { Permit, Protected, publicPermit } from '#register/protected.ts'
import { opened, person, protectedUntil } from '#test/incident-law.ts'

const whole = new Permit(true)
const values = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.record({ given: fc.string(), surname: fc.string() }),
  fc.array(fc.integer(), { minLength: 1 }),
)

/** Every way in which a value finds its way into an answer, a log, a list or a comparison. */
const ways: { readonly [way: string]: (value: Protected<unknown>) => unknown } = {
  String,
  'a text that is made longer': (value) => 'a'.concat(value as never),
  'a sum of texts': (value) => `a${[value].join()}`,
  Number,
  'JSON.stringify': (value) => JSON.stringify(value),
  'JSON.stringify within': (value) => JSON.stringify({ a: [value] }),
  'a page': (value) => html`<p>${value as never}</p>`.toString(),
  order: (value) => (value as never) < ('x' as never),
  sort: (value) => [value, new Protected('b', false)].sort(),
  'Object.entries': (value) => Object.entries(value),
  'a copy by spread': (value) => ({ ...value }),
  structuredClone: (value) => structuredClone(value),
  'a deep comparison': (value) => assert.deepStrictEqual(value, new Protected('a', false)),
  encodeURIComponent: (value) => encodeURIComponent(value as never),
  Buffer: (value) => Buffer.from(value as never),
  URLSearchParams: (value) => new URLSearchParams({ a: value as never }).toString(),
}

for (const [way, use] of Object.entries(ways)) {
  test(`a protected value that meets ${way} is a bug, and tells nothing of itself`, () => {
    fc.assert(
      fc.property(values, fc.boolean(), (value, isKept) => {
        assert.throws(
          () => use(new Protected(value, isKept)),
          (error: Error) => !/x{9}/.test(error.message),
        )
      }),
      { numRuns: 50 },
    )
  })
}

test('an error or a debugger that prints one says that it is protected, and no more', () => {
  fc.assert(
    fc.property(values, fc.boolean(), (value, isKept) => {
      const it = new Protected(value, isKept)
      assert.equal(inspect(it, { showHidden: true }), '[protected]')
      assert.equal(format('%o %O', it, it), '[protected] [protected]')
      assert.equal(inspect({ a: [it] }, { depth: 9 }), '{ a: [ [protected] ] }')
    }),
  )
})

test('a log that is handed a person has neither name nor address of it', () => {
  const lines: string[] = []
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  const log = pino({ level: 'trace' }, stream)
  const kept = person({ name: { given: 'Kanaria', surname: 'Kanarifugl' }, ...protectedUntil() })
  for (const parts of [{ person: kept }, { name: kept.name }, { persons: [[kept]] }]) {
    log.info(parts, 'a person')
  }
  assert.equal(lines.length, 3)
  assert.doesNotMatch(lines.join(''), /kanari/i)
})

test('it opens to the public while its person is not protected, and to a whole permit always', () => {
  fc.assert(
    fc.property(values, fc.boolean(), (value, isKept) => {
      const it = new Protected(value, isKept)
      assert.deepEqual(it.openTo(whole), value)
      assert.deepEqual(it.openTo(publicPermit), isKept ? undefined : value)
      assert.deepEqual(it.map((each) => [each]).openTo(publicPermit), isKept ? undefined : [value])
      assert.equal(
        it.is((each) => each === value),
        true,
      )
    }),
  )
})

test('of a protected person all of name and addresses is shut, and comes back whole', () => {
  const address = { municipality: '0751', road: '0012', house: '1', from: '2020-01-01' } as const
  const open: OpenPerson = {
    ...opened(person(protectedUntil())),
    address: { ...address, from: opened(person()).statusFrom },
    foreignAddress: { country: '5110', lines: ['Kanari 1'] },
    contactAddress: { lines: ['Kanari 2'] },
  }
  const kept = shut(open)
  for (const field of ['name', 'address', 'foreignAddress', 'contactAddress'] as const) {
    assert.equal(kept[field]?.openTo(publicPermit), undefined, field)
  }
  assert.throws(() => JSON.stringify(kept), /before it was opened/)
  assert.deepEqual(opened(kept), open)
})

type Fits<Value, Place> = Value extends Place ? 'fits' : 'does not'

test('types: an answer cannot be made of a value that is shut', () => {
  // What the compiler finds is written here, and compiled with the rest.
  const asText: Fits<Person['name'], string> = 'does not'
  const asParts: Fits<Person['address'], Readonly<Record<string, string>>> = 'does not'
  const asPerson: Fits<Person, OpenPerson> = 'does not'
  const anything: Fits<{ readonly seesProtected: true }, Permit> = 'does not'
  assert.deepEqual([...new Set([asText, asParts, asPerson, anything])], ['does not'])
  const forged: unknown = { seesProtected: true }
  assert.throws(() => person().name.openTo(forged as Permit), /opens to a permit/)
})
