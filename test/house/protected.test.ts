/** Protected values are opened in few places, each with its reason; no door and no page is one. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sources, textOf } from '#test/house/tracked.ts'

/** What opens a value or goes around it, and the only files that may: as paths, or as floors. */
const ways: readonly {
  readonly what: string
  readonly used: RegExp
  readonly by: Readonly<Record<string, string>>
}[] = [
  {
    what: 'gives a permit',
    used: /\bnew Permit\(/,
    by: {
      'src/register/protected.ts': 'the one that everybody has',
      'src/access/permissions.ts': 'by the field set of the caller',
      'src/register/person.ts': 'to find who decides and who is asked; it goes no further',
    },
  },
  {
    what: 'opens a value',
    used: /\.openTo\(/,
    by: {
      'src/register/person.ts': 'to find who decides and who is asked',
      'src/incident/translate.ts': 'with the permit that everybody has',
      'src/casework/initiate.ts': 'names to choose from, by the caller',
      'src/search/disclose.ts': 'by the field policy',
      'src/search/changes.ts': 'before and after, by the caller',
    },
  },
  {
    what: 'has a person of whom nothing is shut',
    used: /\b(?:OpenPerson|openPersonOn)\b/,
    by: {
      'src/register/person.ts': 'makes them, and shuts them',
      'src/search/look-up.ts': 'another day, to look up the names of its address',
      'src/store/inquiry.ts': 'reads them, and shuts them',
      'src/store/hearings.ts': 'the same',
      'src/store/pending.ts': 'the same',
      'src/store/desk-queue.ts': 'the same',
      'src/store/closed.ts': 'the same',
      'src/store/outbox.ts': 'the same',
    },
  },
  {
    what: 'reads facts, which are what is kept',
    used: /'#register\/fact\.ts'/,
    by: Object.fromEntries(
      ['register', 'population', 'incident', 'incidents', 'casework', 'search', 'store'].map(
        (floor) => [`src/${floor}/`, 'below the doors'],
      ),
    ),
  },
]

const code = sources.filter((path) => !path.endsWith('.test.ts') && path.startsWith('src/'))

for (const { what, used, by } of ways) {
  test(`only those named here are code that ${what}`, () => {
    const using = code.filter((path) => used.test(textOf(path)))
    assert.ok(using.length > 0)
    const strays = using.filter((path) => !Object.keys(by).some((each) => path.startsWith(each)))
    assert.deepEqual(strays, [])
    const unused = Object.keys(by).filter((each) => !using.some((path) => path.startsWith(each)))
    assert.deepEqual(unused, [], 'a permission that nobody needs')
  })
}

test('a door that opens one by itself is found', () => {
  const [, opens] = ways
  assert.match('name: subject.name.openTo(permit),', opens?.used ?? /^$/)
})
