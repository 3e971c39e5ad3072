/** The cookie of saved views: whatever stands in it, only views of ours come out of it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { savedMax, savedViews } from '#desk/saved-views.ts'

function cookieWith(text: string): string {
  return `__Host-desk-views=${Buffer.from(text).toString('base64url')}`
}

test('a view comes back under its name, and without what was searched for', () => {
  const kept = new URLSearchParams([['Æ & ø', 'flag=late&sort=deadline&text=Jens']]).toString()
  const view = { flag: 'late', sort: 'deadline' }
  assert.deepEqual(savedViews(cookieWith(kept)), [{ name: 'Æ & ø', view }])
})

test('no cookie, and one with anything in it, gives known filters or none', () => {
  assert.deepEqual(savedViews(undefined), [])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const views = savedViews(cookieWith(text))
      assert.ok(views.length <= savedMax)
      for (const { view } of views) assert.equal(view.text, undefined)
    }),
  )
})
