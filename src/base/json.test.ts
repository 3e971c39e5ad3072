/** JSON read strictly: what every reader reads alike, and nothing else. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readJson } from '#base/json.ts'

const reasonOf = (text: string) => {
  const read = readJson(text)
  return read.ok ? 'ok' : read.reason
}

test('a name twice in one object is refused, however it is written', () => {
  for (const text of [
    '{"a":1,"a":2}',
    '{"a":1,"b":{},"a":1}',
    String.raw`{"a":1,"\u0061":2}`,
    '{"x":[{"b":1,"b":1}]}',
    '{"":1,"":2}',
    '{"a" : 1 ,\n"a" : 2}',
    String.raw`{"a\"b":1,"a\"b":2}`,
  ]) {
    assert.equal(reasonOf(text), 'repeated-name', text)
  }
})

test('the same name in two objects, and as a value, is no repetition', () => {
  for (const text of [
    '{"a":{"a":1},"b":{"a":2}}',
    '[{"a":1},{"a":2}]',
    '{"a":"a","b":["a","a"]}',
    '{"a":"\\":","b":"{\\"a\\":1,\\"a\\":2}"}',
    String.raw`{"a\\":1,"a":2}`,
  ]) {
    assert.equal(reasonOf(text), 'ok', text)
  }
})

test('a name that reaches a prototype is refused at any depth, and harmless as a value', () => {
  assert.equal(reasonOf('{"__proto__":{"admin":true}}'), 'forbidden-name')
  assert.equal(reasonOf('[{"a":{"constructor":1}}]'), 'forbidden-name')
  assert.equal(reasonOf(String.raw`{"\u005f_proto__":1}`), 'forbidden-name')
  assert.equal(reasonOf('{"prototype":1}'), 'forbidden-name')
  assert.equal(reasonOf('{"a":"__proto__"}'), 'ok')
})

test('thirty-two levels are read and thirty-three are too deep, of either kind', () => {
  const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  for (const nested of [lists, objects]) {
    assert.equal(reasonOf(nested(32)), 'ok')
    assert.equal(reasonOf(nested(33)), 'too-deep')
  }
  assert.equal(reasonOf(lists(100_000)), 'too-deep')
  assert.equal(reasonOf(`[${'[],'.repeat(100)}[]]`), 'ok')
})

test('what is no JSON is malformed', () => {
  for (const text of [
    '',
    ' ',
    '{',
    "{'a':1}",
    '{"a":1,}',
    'NaN',
    '01',
    '"\t"',
    '\uFEFF{}',
    '[1] 2',
  ]) {
    assert.equal(reasonOf(text), 'malformed', text)
  }
})

test('what is accepted is what JSON.parse reads; without odd names it is always accepted', () => {
  const odd = ['__proto__', 'constructor', 'prototype']
  const values = fc.jsonValue({ maxDepth: 5 }).filter((value) => {
    return !odd.some((name) => JSON.stringify(value).includes(`"${name}":`))
  })
  fc.assert(
    fc.property(values, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent)
      assert.deepEqual(readJson(text), { ok: true, value: JSON.parse(text) })
    }),
  )
})

test('whatever the text, what is accepted is what JSON.parse reads, and else it says why', () => {
  const pieces = fc.constantFrom(
    ...['{', '}', '[', ']', ':', ',', '"a"', '"b"', '"__proto__"', '"a\\"', '"', '1', 'null', ' '],
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 9 }), (parts) => {
      const text = parts.join('')
      const read = readJson(text)
      if (read.ok) assert.deepEqual(read.value, JSON.parse(text))
      else if (read.reason === 'malformed') assert.throws(() => JSON.parse(text), SyntaxError)
      else assert.doesNotThrow(() => JSON.parse(text))
    }),
    { numRuns: 2000 },
  )
})
