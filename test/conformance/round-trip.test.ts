/** Whatever is written is read as it was, and keeps to the published schema. */

import assert, { deepEqual, equal } from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm'
import { writeAnswer } from '#gctp/answer.ts'
import { readRequest } from '#gctp/envelope.ts'
import { readAnswer } from '#gctp/read-answer.ts'
import {
  writeNewPassword,
  writeSearch,
  writeSignOff,
  writeSignOn,
  writeUpdate,
} from '#gctp/write-request.ts'
import {
  gctpAnswers,
  newPasswords,
  searches,
  signOffs,
  signOns,
  updates,
} from '#test/conformance/arbitrary-messages.ts'

// libxml2 holds its memory outside JavaScript: everything made by it is disposed of.
const schemaText = readFileSync(new URL('../../docs/protocol/gctp.xsd', import.meta.url), 'utf8')
const schemaDocument = XmlDocument.fromString(schemaText)
const schema = XsdValidator.fromDoc(schemaDocument)
after(() => {
  schema.dispose()
  schemaDocument.dispose()
})

function validate(bytes: Uint8Array): void {
  const document = XmlDocument.fromBuffer(bytes)
  try {
    schema.validate(document)
  } finally {
    document.dispose()
  }
}

test('a request comes back as it was, and is valid', () => {
  const written = fc.oneof(
    signOns.map((request) => ({ request, bytes: writeSignOn(request) })),
    newPasswords.map((request) => ({ request, bytes: writeNewPassword(request) })),
    signOffs.map((request) => ({ request, bytes: writeSignOff(request) })),
    searches.map((request) => ({ request, bytes: writeSearch(request) })),
    updates.map((request) => ({ request, bytes: writeUpdate(request) })),
  )
  fc.assert(
    fc.property(written, ({ request, bytes }) => {
      deepEqual(readRequest(bytes), request)
      validate(bytes)
    }),
    { numRuns: 500 },
  )
})

test('an answer comes back as it was, and is valid', () => {
  fc.assert(
    fc.property(gctpAnswers, (answer) => {
      const bytes = writeAnswer(answer)
      deepEqual(readAnswer(bytes), answer)
      // An answer to a security call has no declaration, and HTTP names its encoding.
      const text = bytes.toString('latin1')
      validate(answer.kind === 'security' ? Buffer.from(text, 'utf8') : bytes)
    }),
    { numRuns: 500 },
  )
})

test('every answer of a service is the same to us and to libxml2', () => {
  fc.assert(
    fc.property(
      gctpAnswers.filter((answer) => answer.kind !== 'security'),
      (answer) => {
        const document = XmlDocument.fromBuffer(writeAnswer(answer))
        try {
          const receipt = document.get('//*[local-name()="Kvit"]/@t')
          equal(receipt?.content, answer.receipt.text)
          const all = document.find('//*[local-name()="Kvit"]')
          equal(all.length, 1, 'exactly one receipt')
        } finally {
          document.dispose()
        }
      },
    ),
  )
})

for (const file of readdirSync(new URL('messages/', import.meta.url))) {
  if (!file.endsWith('.xml')) continue
  test(`the schema accepts ${file}`, () => {
    const bytes = readFileSync(new URL(`messages/${file}`, import.meta.url))
    const declared = bytes.subarray(0, 5).toString() === '<?xml'
    const utf8 = declared ? bytes : Buffer.from(bytes.toString('latin1'), 'utf8')
    assert.doesNotThrow(() => validate(utf8))
  })
}

test('the schema refuses what we never write', () => {
  const gctp = (inside: string) =>
    Buffer.from(`<root xmlns="http://www.cpr.dk"><Gctp v="2.0">${inside}</Gctp></root>`)
  const service = (inside: string) =>
    gctp(
      '<System r="CprSoeg"><Service r="STAMP"><CprServiceHeader r="STAMP"/>' +
        `${inside}</Service></System>`,
    )
  validate(service('<Kvit r="Ok" t="" v="0"/>'))
  for (const bytes of [
    service('<Kvit r="Ok" v="0"/>'),
    service('<Kvit t="" v="0"/>'),
    service('<Kvit r="Ok" t=""/>'),
    service('<Kvit r="Ok" t="" v="0"/><Kvit r="Ok" t="" v="0"/>'),
    service('<Kvit r="Okay" t="" v="0"/>'),
    service('<Kvit r="Ok" t="" v="00"/>'),
    service('<Felt r="PNR"/>'),
    service('text'),
    gctp(''),
    gctp('<Sik/><System r="CprSoeg"/>'),
    gctp('<System r="CprSøg"/>'),
    Buffer.from('<root><Gctp v="2.0"><Sik function="signoff"/></Gctp></root>'),
    Buffer.from('<root xmlns="http://www.cpr.dk"><Gctp v="3.0"><Sik/></Gctp></root>'),
  ]) {
    assert.throws(() => validate(bytes), XmlValidateError, bytes.toString())
  }
})
