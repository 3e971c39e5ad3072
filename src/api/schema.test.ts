/** The JSON schema of a type's data: it accepts whatever the reader accepts, and is closed. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { dataSchema } from '#api/schema.ts'
import type { Shape } from '#incident/fields.ts'
import { readData } from '#incident/read.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { readings, sentData } from '#test/arbitraries.ts'

function schemaOf(shape: Shape) {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true })
  formats.default(ajv)
  for (const keyword of ['x-wire-name', 'x-code-list']) ajv.addKeyword(keyword)
  return ajv.compile(dataSchema(shape))
}

for (const { shape, examples } of catalogue) {
  const accepts = schemaOf(shape)
  const complete = (data: object) => ({ ...examples[0], ...data })

  test(`${shape.name}: what the reader accepts, the schema accepts`, () => {
    let read = 0
    fc.assert(
      fc.property(sentData(shape), (sent) => {
        if (!readData(shape, sent).ok) return
        read += 1
        assert.ok(accepts(sent), JSON.stringify(accepts.errors))
      }),
      { numRuns: 3000 },
    )
    assert.ok(read > 100, `only ${read} of the random data are readable`)
    fc.assert(
      fc.property(readings(shape), (reading) => {
        assert.ok(accepts(reading), JSON.stringify(accepts.errors))
      }),
      { numRuns: 300 },
    )
  })

  test(`${shape.name}: the schema is closed, and asks for what must be there`, () => {
    assert.equal(accepts(complete({})), true)
    assert.equal(accepts(complete({ stray: '1' })), false)
    for (const [name, { optional }] of Object.entries(shape.fields)) {
      const { [name]: _, ...without } = complete({})
      assert.equal(accepts(without), optional === true, name)
      assert.equal(accepts(complete({ [name]: 1 })), false, name)
      assert.equal(accepts(complete({ [name]: null })), false, name)
    }
  })

  test(`${shape.name}: every field is named in the schema with its label and its wire name`, () => {
    const { properties } = dataSchema(shape)
    for (const [name, field] of Object.entries(shape.fields)) {
      const said = JSON.stringify(
        Object.entries(Object(properties)).find(([each]) => each === name),
      )
      assert.ok(said.includes(JSON.stringify(field.label.en)), said)
      assert.ok(said.includes(field.label.da), said)
      const wire = field.kind === 'persons' ? `${field.table}/${field.wire}` : field.wire
      assert.ok(said.includes(`"x-wire-name":"${wire}"`), said)
    }
  })
}

test('the schema refuses what no reader could take', () => {
  const [move, protection] = catalogue.map(({ shape }) => schemaOf(shape))
  assert.ok(move && protection)
  const home = { road: '0012', house: '14' }
  assert.equal(move(home), true)
  for (const wrong of [
    { road: '12' },
    { house: '1000' },
    { house: '0' },
    { floor: '100' },
    { floor: 'stuen' },
    { door: '12345' },
    { careOf: 'x'.repeat(35) },
    { companions: ['12'] },
    { companions: 'one' },
  ]) {
    assert.equal(move({ ...home, ...wrong }), false, JSON.stringify(wrong))
  }
  assert.equal(protection({ action: 'OPRET' }), false)
  assert.equal(protection({ action: 'on', until: '2026-02-30' }), false)
})
