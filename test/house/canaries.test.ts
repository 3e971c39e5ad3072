/** No suite goes around the canaries: one way to a log, one to a population, one loader before all. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textOf, tracked } from '#test/house/tracked.ts'

const kit = tracked.filter((path) => /^test\/.*\.ts$/.test(path) && !path.includes('/house/'))

/** What would go around them, and the files that may do it, each for its reason. */
const ways: readonly {
  readonly what: string
  readonly used: RegExp
  readonly by: Readonly<Record<string, string>>
}[] = [
  {
    what: 'makes a log',
    used: /\bpino\(/,
    by: {
      'test/bench/desk-pages.ts': 'measures, and says nothing',
      'test/canaries/log.ts': 'the one that is listened to',
    },
  },
  {
    what: 'loads a population',
    used: /\bloadPopulation\(/,
    by: {
      'test/server.ts': 'with canaries',
      'test/bench/scene.ts': 'measures, and asserts nothing',
    },
  },
]

for (const { what, used, by } of ways) {
  test(`nothing but what is named here ${what}`, () => {
    assert.ok(kit.length > 100)
    const using = kit.filter((path) => used.test(textOf(path)))
    assert.deepEqual(using, Object.keys(by).sort())
  })
}

test('the runner loads the watch before every test file, and runs files nowhere else', () => {
  assert.match(textOf('test/suite.ts'), /'--import', new URL\('\.\/canaries\/watch\.ts', import/)
  assert.match(textOf('test/suite.ts'), /run\(\{[\s\S]*?^ {4}execArgv,$/m)
  const runners = kit.filter((path) => /from 'node:test'/.test(textOf(path)))
  const running = runners.filter((path) =>
    /import \{[^}]*\brun\b[^}]*\} from 'node:test'/.test(textOf(path)),
  )
  assert.deepEqual(running, ['test/suite.ts'])
})
