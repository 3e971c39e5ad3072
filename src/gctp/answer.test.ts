/** Every text that may be answered has its place in ISO-8859-1, in both languages. */

import { doesNotMatch, match, ok, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { readLatin1 } from '#base/latin1.ts'
import { writeAnswer } from '#gctp/answer.ts'
import { receipts } from '#incident/receipts.ts'

function written(text: string, english: string): string {
  const receipt = { kind: 'Fejl', number: 9004, text, details: [{ text, english }] } as const
  return readLatin1(writeAnswer({ kind: 'security', version: '2.0', receipt }))
}

test('every receipt can be written in both languages', () => {
  const all = Object.values(receipts).filter(({ text }) => text.da !== '')
  ok(all.length > 50)
  for (const { text } of all) written(text.da, text.en)
})

test('marks for screens are written as those that ISO-8859-1 has', () => {
  const plain = written('»Flyt«', 'the child’s “move” – ‘now’ …')
  match(plain, /»Flyt«/)
  match(plain, /the child'|the child&apos;|the child&#39;/)
  doesNotMatch(plain, /[^\t\n\r\u0020-\u00ff]/)
})

test('what has no such mark is a fault still, and never replaced', () => {
  throws(() => written('5 €', 'x'), /not ISO-8859-1: U\+20AC/)
})
