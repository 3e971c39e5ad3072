import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readForm } from '#web/form.ts'
import { problemContent } from '#web/problem.ts'

function shown(body: string, isOnce: boolean): string {
  const sent = readForm(body)
  assert.ok(sent)
  const form = { to: '/en/said', sent, isOnce }
  return String(problemContent('unavailable', 'en', 'ref', form).body)
}

test('what can be sent again stands on the page with its button', () => {
  const body = shown('text=Moved+%3Cin%3E', true)
  assert.match(body, /What you wrote is still here/)
  assert.match(body, /name="text" value="Moved &lt;in&gt;"/)
  assert.match(body, /Send again/)
})

test('that it does no harm to send it twice is said only where that is so', () => {
  assert.match(shown('text=a', true), /It does no harm to send the same twice/)
  assert.doesNotMatch(shown('text=a', false), /does no harm/)
})

test('a form with a secret in it is neither shown again nor said to be still there', () => {
  const body = shown('person-code=W1&password=Tivoli', true)
  assert.doesNotMatch(body, /Tivoli|W1|<form|Send again|still here/)
  assert.match(body, /load the page again/)
})
