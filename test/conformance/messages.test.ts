/** The messages whose bytes are known, both ways: what we write is them, and we read them right. */

import { deepEqual, equal, ok } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
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
import { answers, requests } from '#test/conformance/known-messages.ts'

const fixture = (name: string) => readFileSync(new URL(`messages/${name}.xml`, import.meta.url))

/** The sizes that CPR has published (confirmed); 267 is its 260 with the `</root>` it left out. */
const publishedSizes = {
  'sign-on': 184,
  'sign-on-good': 118,
  'sign-on-bad': 130,
  'search-stamp': 267,
} as const

for (const [name, size] of Object.entries(publishedSizes)) {
  test(`${name} has the ${size} bytes that CPR published`, () => {
    equal(fixture(name).length, size)
  })
}

for (const [name, request] of Object.entries(requests)) {
  test(`request ${name}: read as meant, and written byte for byte`, () => {
    const bytes = fixture(name)
    deepEqual(readRequest(bytes), request)
    equal(writeRequest(request).toString('latin1'), bytes.toString('latin1'))
  })
}

for (const [name, answer] of Object.entries(answers)) {
  test(`answer ${name}: written byte for byte, and read as meant`, () => {
    const bytes = fixture(name)
    equal(writeAnswer(answer).toString('latin1'), bytes.toString('latin1'))
    deepEqual(readAnswer(bytes), answer)
  })
}

function writeRequest(request: (typeof requests)[string]): Buffer {
  switch (request.kind) {
    case 'sign-on':
      return writeSignOn(request)
    case 'new-password':
      return writeNewPassword(request)
    case 'sign-off':
      return writeSignOff(request)
    case 'search':
      return writeSearch(request)
    case 'update':
      return writeUpdate(request)
    default:
      throw new Error(`no client writes ${request.kind}`)
  }
}

test('the four shapes of envelope say the same', () => {
  const shape = (text: string) => readRequest(Buffer.from(text, 'latin1'))
  const gctp = fixture('search-stamp')
    .toString('latin1')
    .replace(/^.*?(<Gctp.*<\/Gctp>).*$/, '$1')
  const declaration = '<?xml version="1.0" encoding="iso-8859-1"?>'
  const asked = readRequest(fixture('search-stamp'))
  equal('kind' in asked && asked.kind, 'search')
  deepEqual(shape(`${declaration}${gctp}`), asked, 'declaration, no root, no namespace')
  deepEqual(shape(gctp), asked, 'neither declaration nor root')
  deepEqual(
    shape(
      gctp.replace(/<(\/?)/g, '<$1c:').replace('<c:Gctp', '<c:Gctp xmlns:c="http://www.cpr.dk"'),
    ),
    asked,
    'a prefix',
  )
})

test("the Ruby client's sign-on is refused, and taken only where leniency is turned on", () => {
  const bytes = Buffer.from(
    '\n  <?xml version=”1.0” encoding="ISO-8859-1"?>' +
      '<root xmlns="http://www.cpr.dk"><Gctp v="1.0">' +
      '<Sik function="signon" userid="PERSONKODE" password="PASSWORD"/></Gctp></root>',
    'utf8',
  )
  const strict = readRequest(bytes)
  equal(strict.kind, 'unreadable')
  deepEqual(readRequest(bytes, { lenient: true }), {
    kind: 'sign-on',
    version: '1.0',
    userId: 'PERSONKODE',
    password: 'PASSWORD',
  })
  const broken = Buffer.from('<root><Gctp v="1.0"></root>')
  ok(readRequest(broken, { lenient: true }).kind === 'unreadable', 'nothing else is mended')
})
