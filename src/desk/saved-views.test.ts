/** Saved views: whatever is kept, only views of ours come out of it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readViews, savedMax, writeViews } from '#desk/saved-views.ts'

test('a view comes back under its name, and without what was searched for', () => {
  const view = { flag: 'late', sort: 'deadline', text: 'Jens' } as const
  const { text: _, ...kept } = view
  assert.deepEqual(readViews(writeViews([{ name: 'Æ & ø', view }])), [
    { name: 'Æ & ø', view: kept },
  ])
  const typed = new URLSearchParams([['Æ & ø', 'flag=late&sort=deadline&text=Jens']]).toString()
  assert.deepEqual(readViews(typed), [{ name: 'Æ & ø', view: kept }])
})

test('nothing, and anything else that is kept, gives known filters or none', () => {
  assert.deepEqual([readViews(undefined), readViews({}), readViews('')], [[], [], []])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const views = readViews(text)
      assert.ok(views.length <= savedMax)
      for (const { view } of views) assert.equal(view.text, undefined)
    }),
  )
})
