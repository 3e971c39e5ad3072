/**
 * What two real clients break on, as tests over everything we can answer. Each row is one thing a
 * server must not do, as observed in the clients' code; the clients fail on different things.
 */

import { doesNotMatch, equal, match, ok, throws } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { writeAnswer } from '#gctp/answer.ts'
import { writeTokenCookie } from '#gctp/cookie.ts'
import { answerContentType } from '#gctp/values.ts'
import { gctpAnswers } from '#test/conformance/arbitrary-messages.ts'
import { answers } from '#test/conformance/known-messages.ts'

type Broken = { readonly ruby: string; readonly dotNet: string; readonly mustNot: string }
type Check = Broken & { readonly holds: (text: string, bytes: Buffer) => void }

/** Tags without their values, so that no value can look like markup. */
const tags = (text: string) => text.replace(/"[^"]*"/g, '""')

const checks: readonly Check[] = [
  {
    mustNot: 'answer with a root without the CPR namespace',
    ruby: 'works',
    dotNet: 'crashes',
    holds: (text) =>
      match(text, /^(?:<\?xml [^>]*\?>)?<root xmlns="http:\/\/www\.cpr\.dk"><Gctp v="/),
  },
  {
    mustNot: 'use a namespace prefix',
    ruby: 'fails',
    dotNet: 'works',
    holds: (text) => doesNotMatch(tags(text), /<\/?\w+:|xmlns:/),
  },
  {
    mustNot: 'leave out t, r or v on Kvit',
    ruby: 'works',
    dotNet: 'crashes',
    holds: (text) => match(tags(text), /<Kvit r="" t="" v=""\/?>/),
  },
  {
    mustNot: 'answer in UTF-8',
    ruby: 'works',
    dotNet: 'garbles æ, ø and å',
    holds: (text, bytes) => {
      equal(bytes.length, text.length, 'one byte a character')
      doesNotMatch(text, /encoding="(?!ISO-8859-1)/)
    },
  },
  {
    mustNot: 'answer with more or less than one receipt',
    ruby: 'reads the first in the document',
    dotNet: 'reads the first in the document',
    holds: (text) => equal(text.match(/<Kvit /g)?.length, 1),
  },
  {
    mustNot: 'write an empty field as v="", or without r',
    ruby: 'takes it for a value',
    dotNet: 'takes it for a value',
    holds: (text) => {
      doesNotMatch(text, /<Field r="[^"]*"[^>]* v=""/)
      doesNotMatch(text, /<Field (?!r=")/)
    },
  },
  {
    mustNot: 'write a detail row without Kvittxt',
    ruby: 'works',
    dotNet: 'shows no line for it',
    holds: (text) => {
      const details = /<Kvit [^>]*><Table>(.*)<\/Table><\/Kvit>/.exec(text)?.[1] ?? ''
      const rows = details.match(/<Row>/g)?.length ?? 0
      equal(details.match(/<Row><Field r="Kvittxt" v="/g)?.length ?? 0, rows)
    },
  },
  {
    mustNot: 'call a failure Ok, or use 900 to 908 for a service',
    ruby: 'judges by v: 0 or 900',
    dotNet: 'judges by v of 900 or r of Ok',
    holds: (text) => {
      const receipt = /<Kvit r="(\w+)" t="[^"]*" v="(\d+)"/.exec(text)
      const [kind, number] = [receipt?.[1], Number(receipt?.[2])]
      equal(kind === 'Ok', number === 0)
      equal(kind === 'returKode', number >= 900 && number <= 908)
      equal(text.includes('<Sik>'), !text.includes('<System '))
    },
  },
  {
    mustNot: 'declare the encoding on a security answer, or leave it out on a service answer',
    ruby: 'garbles ø without it',
    dotNet: 'works',
    holds: (text) => equal(text.startsWith('<?xml '), text.includes('<System ')),
  },
]

for (const { mustNot, ruby, dotNet, holds } of checks) {
  test(`no answer may ${mustNot} (Ruby: ${ruby}; .NET: ${dotNet})`, () => {
    const judge = (bytes: Buffer) => holds(bytes.toString('latin1'), bytes)
    for (const answer of Object.values(answers)) judge(writeAnswer(answer))
    fc.assert(fc.property(gctpAnswers, (answer) => judge(writeAnswer(answer))))
  })
}

test('the content type is exactly the one that CPR sends', () => {
  equal(answerContentType, 'text/xml;charset=ISO-8859-1')
})

test('the cookie is Token, has Expires with hyphens, and nothing else', () => {
  const cookie = writeTokenCookie('A1B2C3D4', new Date(Date.UTC(2021, 10, 25, 17, 29, 22)))
  equal(cookie, 'Token=A1B2C3D4; Expires=Thu, 25-Nov-2021 17:29:22 GMT')
  doesNotMatch(cookie, /secure|path|httponly/i)
})

test('an answer that would mislead a client cannot be written', () => {
  const frame = { kind: 'search', version: '2.0', service: 'STAMP' } as const
  const failedOk = { kind: 'Ok', number: 172, text: 'Personen findes ikke i CPR' } as const
  throws(() => writeAnswer({ ...frame, receipt: failedOk }), /number 0 is Ok/)
  const signedOn = { kind: 'Fejl', number: 905, text: 'x' } as const
  throws(() => writeAnswer({ ...frame, receipt: signedOn }), /900 to 908/)
  const silent = { kind: 'Fejl', number: 37, text: 'x', details: [{ text: '' }] } as const
  throws(() => writeAnswer({ ...frame, receipt: silent }), /detail row/)
  ok(writeAnswer({ ...frame, receipt: { kind: 'Ok', number: 0, text: '' } }))
})
