/** Every incident type over the wire: its examples are written, read and translated unharmed. */

import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { isLatin1 } from '#base/latin1.ts'
import { writeAnswer } from '#gctp/answer.ts'
import { readRequest } from '#gctp/envelope.ts'
import {
  readIncidentAnswer,
  readIncidentData,
  writeIncidentAnswer,
  writeIncidentData,
} from '#gctp/incident-fields.ts'
import { readAnswer } from '#gctp/read-answer.ts'
import { okReceipt } from '#gctp/receipt.ts'
import { writeUpdate } from '#gctp/write-request.ts'
import { keyFields } from '#incident/fields.ts'
import { readData } from '#incident/read.ts'
import { receipts } from '#incident/receipts.ts'
import { catalogue } from '#incidents/catalogue.ts'

for (const { shape, examples } of catalogue) {
  test(`${shape.code}: its examples go to the server and come back as they were`, () => {
    for (const example of examples) {
      const read = readData(shape, example)
      ok(read.ok, JSON.stringify(read))
      const data = writeIncidentData(shape, read.value)
      const request = readRequest(writeUpdate({ service: shape.code, key: [], data }))
      ok(request.kind === 'update' && request.data)
      deepEqual(readIncidentData(shape, request.data), read)

      const answer = readAnswer(
        writeAnswer({
          kind: 'update',
          version: '2.0',
          service: shape.code,
          header: {},
          data: writeIncidentAnswer(shape, read.value),
          receipt: okReceipt,
        }),
      )
      ok(answer.kind === 'update' && answer.data)
      const told = readIncidentAnswer(shape, answer.data).reading
      deepEqual(readData(shape, told), read)
    }
  })

  test(`${shape.code}: no two things have the same name on the wire, and all fit it`, () => {
    const fields = Object.values(shape.fields)
    const singles = fields.filter(({ kind }) => kind !== 'persons').map(({ wire }) => wire)
    const tables = fields.flatMap((field) => (field.kind === 'persons' ? [field.table] : []))
    const keys = Object.values(keyFields).map(({ wire }) => wire)
    for (const names of [[...keys, ...singles], tables]) {
      equal(new Set(names).size, names.length, names.join())
    }
    const words = fields.flatMap((field) =>
      field.kind === 'choice' ? Object.values(field.options).map(({ wire }) => wire) : [],
    )
    for (const each of [...keys, ...singles, ...tables, ...words]) equal(isLatin1(each), true, each)
  })
}

test('every Danish receipt text fits the wire', () => {
  const rules = catalogue.flatMap(({ ruleTable }) => ruleTable.flatMap(({ text }) => text ?? []))
  for (const { da } of [...Object.values(receipts).map(({ text }) => text), ...rules]) {
    equal(isLatin1(da), true, da)
  }
})
