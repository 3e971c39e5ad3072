/**
 * No suite goes around the canaries: one way to a log, one to a population, one to a program of
 * ours, one loader before all.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textOf, tracked } from '#test/house/tracked.ts'

const kit = tracked.filter(
  (path) => /^test\/.*\.ts$|\.test\.ts$/.test(path) && !path.includes('/house/'),
)

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
      'src/register/protected.test.ts': 'proves that it tells nothing',
      'src/server/start.test.ts': 'says nothing, and has no register',
    },
  },
  {
    what: 'loads a population',
    used: /from '#store\/population\.ts'/,
    by: {
      'test/canaries/population.ts': 'with canaries',
      'test/bench/scene.ts': 'measures, and asserts nothing',
      'src/store/population.db.test.ts': 'the loading itself',
    },
  },
  {
    what: 'starts a process',
    used: /^import \{[^}]*\b(?:spawn|fork|exec|execFile)(?:Sync)?\b[^}]*\} from 'node:child_process'/m,
    by: {
      'test/e2e/programs.ts': 'programs of ours, and listens to each',
      'test/bench/processes.ts': 'measures, and asserts nothing',
      'test/bench/sandbox-start.ts': 'measures, and asserts nothing',
      'test/canaries/canaries.test.ts': 'files that have to fail',
      'test/client/package.test.ts': 'tools, and a client that answers nobody',
      'test/e2e/secrets.test.ts': 'what does nothing, with a secret on its command line',
      'test/browser/chromium.ts': 'asks what the browser lacks',
      'test/set-up.test.ts': 'the set-up, with another program in place of ours',
      'test/step.ts': 'checks of the source',
      'src/base/calendar.test.ts': 'a sum, in other time zones',
      'src/register/pnr.test.ts': 'a sum, in other time zones',
      'src/store/embedded/start.db.test.ts': 'a database without a person',
    },
  },
]

for (const { what, used, by } of ways) {
  test(`nothing but what is named here ${what}`, () => {
    assert.ok(kit.length > 100)
    const using = kit.filter((path) => used.test(textOf(path)))
    assert.deepEqual(using.sort(), Object.keys(by).sort())
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
