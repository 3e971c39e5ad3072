/** The suite that every type of the catalogue gets for nothing. A new type needs no line here. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { dataSchema } from '#api/schema.ts'
import { isLatin1 } from '#base/latin1.ts'
import type { Text } from '#base/text.ts'
import { readRequest } from '#gctp/envelope.ts'
import {
  readIncidentData,
  readIncidentKeys,
  writeIncidentData,
  writeIncidentKeys,
} from '#gctp/incident-fields.ts'
import { writeUpdate } from '#gctp/write-request.ts'
import type { Incident } from '#incident/define.ts'
import { keyFields } from '#incident/fields.ts'
import { readData } from '#incident/read.ts'
import { receipts } from '#incident/receipts.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { keys, readings } from '#test/arbitraries.ts'
import { given } from '#test/incident-law.ts'

const titleMax = 60

/** Every text that a declaration holds, under the place where it stands. */
function textsOf({
  shape,
  asking,
  statuses,
  ruleTable,
  traits,
}: Incident): readonly (readonly [string, Text])[] {
  const fields = Object.entries(shape.fields).flatMap(([name, field]) => [
    [`${name}: label`, field.label] as const,
    ...(field.hint ? [[`${name}: hint`, field.hint] as const] : []),
    ...(field.kind === 'choice'
      ? Object.entries(field.options).map(([each, { text }]) => [`${name}: ${each}`, text] as const)
      : []),
  ])
  const questions = [asking.date, ...asking.pages].filter((each) => each !== 'today')
  return [
    ...questions.flatMap(({ title, hint }) => [
      [`question: ${title.en}`, title] as const,
      ...(hint ? [[`hint of ${title.en}`, hint] as const] : []),
    ]),
    ['title', shape.title],
    ['summary', shape.summary],
    ...fields,
    ...Object.entries(statuses).flatMap(([code, each]) =>
      each === 'yes' ? [] : [[`status ${code}`, each.text] as const],
    ),
    ...ruleTable.flatMap(({ name, text }) => (text ? [[name, text] as const] : [])),
    ...Object.entries(traits).flatMap(([name, trait]) => [
      [`trait ${name}`, trait.label] as const,
      ...('options' in trait
        ? Object.entries(trait.options).map(([each, text]) => [`${name}: ${each}`, text] as const)
        : []),
    ]),
  ]
}

function doubles(words: readonly (string | number)[]): readonly (string | number)[] {
  return words.filter((word, at) => words.indexOf(word) !== at)
}

for (const type of catalogue) {
  const { shape, examples, ruleTable } = type
  const fields = Object.values(shape.fields)

  test(`${shape.name}: every text is there in both languages, and they differ`, () => {
    for (const [place, { da, en }] of textsOf(type)) {
      assert.ok(da.trim() === da && da !== '', `${place}: ${da}`)
      assert.ok(en.trim() === en && en !== '', `${place}: ${en}`)
      assert.notEqual(da, en, place)
      assert.ok(isLatin1(da), `${place} fits the wire`)
      assert.equal(da.endsWith('.'), en.endsWith('.'), `${place}: one ends as a sentence`)
    }
  })

  test(`${shape.name}: what is left to people are marks that it has, and is told in its traits`, () => {
    const { marks } = type.traits
    assert.ok(marks && 'options' in marks)
    const known = Object.keys(marks.options)
    assert.deepEqual(
      type.leftToPeople.filter((code) => !known.includes(code)),
      [],
    )
    if (type.decidedBy === 'second-person') return
    const there = given(type)
    for (const example of examples) {
      const marked = type.marks(example, there.situation).map(({ code }) => code)
      assert.deepEqual(
        marked.filter((code) => !known.includes(code)),
        [],
      )
    }
  })

  test(`${shape.name}: every field is asked for once, on a page of its own name`, () => {
    const { pages } = type.asking
    const asked = pages.flatMap((page) => page.fields)
    assert.deepEqual([...asked].sort(), Object.keys(shape.fields).sort())
    assert.deepEqual(doubles(pages.map(({ name }) => name)), [])
    for (const { name } of pages) assert.match(name, /^[a-z][a-z0-9-]{0,29}$/)
  })

  test(`${shape.name}: its titles fit a heading`, () => {
    const { da, en } = shape.title
    assert.ok(da.length <= titleMax && en.length <= titleMax)
  })

  test(`${shape.name}: no name stands for two things, on the wire or off it`, () => {
    const singles = fields.filter(({ kind }) => kind !== 'persons').map(({ wire }) => wire)
    const tables = fields.flatMap((field) => (field.kind === 'persons' ? [field.table] : []))
    assert.deepEqual(doubles([...Object.values(keyFields).map(({ wire }) => wire), ...singles]), [])
    assert.deepEqual(doubles(tables), [])
    for (const field of fields) {
      if (field.kind !== 'choice') continue
      assert.deepEqual(doubles(Object.values(field.options).map(({ wire }) => wire)), [])
    }
    const names = Object.keys(shape.fields)
    assert.deepEqual(
      names.filter((name) => Object.hasOwn(keyFields, name) || !/^[a-z][A-Za-z0-9]*$/.test(name)),
      [],
    )
  })

  test(`${shape.name}: every rule blames a field that there is and names its source`, () => {
    const known = [...Object.keys(keyFields), ...Object.keys(shape.fields)]
    for (const { blames, source, name } of ruleTable) {
      assert.ok(known.includes(blames), `${name} blames ${blames}`)
      assert.notEqual(source.trim(), '', name)
      assert.match(name, /^[a-z0-9-]+$/)
    }
  })

  test(`${shape.name}: its examples are read as they stand, and fit the JSON schema`, () => {
    const ajv = new Ajv2020({ strict: false })
    formats.default(ajv)
    const accepts = ajv.compile(dataSchema(shape))
    assert.ok(examples.length > 0)
    for (const example of examples) {
      assert.deepEqual(readData(shape, example), { ok: true, value: example })
      assert.ok(accepts(example), JSON.stringify(accepts.errors))
    }
  })

  test(`${shape.name}: what is sent over GCTP is what was meant, a thousand times`, () => {
    fc.assert(
      fc.property(keys, readings(shape), (key, reading) => {
        const request = readRequest(
          writeUpdate({
            service: shape.code,
            key: writeIncidentKeys(key),
            data: writeIncidentData(shape, reading),
          }),
        )
        assert.ok(request.kind === 'update' && request.data)
        assert.deepEqual(readIncidentKeys(request.key), { ok: true, value: key })
        assert.deepEqual(readIncidentData(shape, request.data), { ok: true, value: reading })
      }),
      { numRuns: 1000 },
    )
  })
}

test('no two types have the same code or name', () => {
  assert.deepEqual(doubles(catalogue.map(({ shape }) => shape.code)), [])
  assert.deepEqual(doubles(catalogue.map(({ shape }) => shape.name)), [])
})

test('no two rules have the same number, and theirs begin at 9100 or are receipts', () => {
  const rules = catalogue.flatMap(({ shape, ruleTable }) =>
    ruleTable.map((rule) => ({ ...rule, type: shape.name })),
  )
  assert.deepEqual(doubles(rules.map(({ number }) => number)), [])
  for (const { number, name } of rules) {
    assert.ok(number >= 9100 || Object.hasOwn(receipts, number), `${name}: ${number}`)
  }
})

test('a number says one thing: what a status is told has no other text elsewhere', () => {
  const told = catalogue.flatMap(({ statuses, ruleTable }) => [
    ...Object.values(statuses).flatMap((each) => (each === 'yes' ? [] : [each])),
    ...ruleTable.flatMap(({ number, text }) => (text ? [{ number, text }] : [])),
  ])
  for (const [number, same] of Map.groupBy(told, (each) => each.number)) {
    assert.equal(new Set(same.map(({ text }) => JSON.stringify(text))).size, 1, String(number))
    assert.ok(number >= 9100)
  }
})
