/** Canaries of secrets: what a server was given in confidence is nowhere to be read (A34). */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openTestDatabase } from '#test/database.ts'
import { ended, newFolder, run, start, urlOf, withVariable } from '#test/e2e/programs.ts'

const canaries = { token: 'canary-of-the-metrics-7f3a', password: 'canary-of-the-database-9b2c' }
const folder = newFolder()
const tokenFile = join(folder, 'token')
writeFileSync(tokenFile, `${canaries.token}\n`, { mode: 0o600 })

/** The command lines of all processes: what `ps` shows to everybody. */
function commandLines(): string {
  if (process.platform !== 'linux') return ''
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      } catch {
        // It ended while the list was read.
        return ''
      }
    })
    .join('\n')
}

function assertSilent(text: string, where: string): void {
  for (const canary of Object.values(canaries)) assert.ok(!text.includes(canary), where)
}

test('canaries of secrets are in no log, no answer, no error and no command line', async () => {
  const { url } = await openTestDatabase()
  await withVariable('DATABASE_URL', url, () =>
    withVariable('SAMSPIL_METRICS_TOKEN_FILE', tokenFile, async () => {
      const server = start('server', '--port', '0')
      const address = await urlOf(server)
      const answers = await Promise.all(
        ['/metrics', '/', '/health/ready', '/api/v1/openapi.json', '/none'].map(async (path) => {
          const reply = await fetch(`${address}${path}`)
          return JSON.stringify([...reply.headers]) + (await reply.text())
        }),
      )
      const authorization = `Bearer ${canaries.token}`
      const figures = await fetch(`${address}/metrics`, { headers: { authorization } })
      assert.equal(figures.status, 200, 'the secret was not read from its file')
      assertSilent(answers.join('\n') + (await figures.text()), 'an answer')
      assertSilent(commandLines(), 'the list of processes')
      server.child.kill('SIGTERM')
      await ended(server.child)
      assertSilent(server.printed(), 'the log')
    }),
  )
})

test('a leak of the same canaries is found, in a text and in the list of processes: the control', async (t) => {
  const leaking = ['-e', 'setTimeout(() => {}, 60_000)', canaries.password]
  const child = spawn(process.execPath, leaking, { stdio: 'ignore' })
  t.after(() => child.kill('SIGKILL'))
  await once(child, 'spawn')
  assert.throws(() => assertSilent(`metrics with ${canaries.token}`, 'a text'), /a text/)
  if (process.platform !== 'linux') return
  assert.throws(() => assertSilent(commandLines(), 'the list of processes'), /processes/)
})

test('canaries of secrets are in no error: a wrong password, a wrong address, a wrong setting', async () => {
  const wrong = [
    `postgres://nobody:${canaries.password}@127.0.0.1:1/nothing`,
    `mysql://nobody:${canaries.password}@127.0.0.1/nothing`,
    canaries.password,
  ]
  for (const url of wrong) {
    const { code, printed } = await withVariable('DATABASE_URL', url, () =>
      run('server', '--port', '0'),
    )
    assert.notEqual(code, 0)
    assert.ok(printed.length > 10)
    assertSilent(printed, url.split(':')[0] ?? '')
  }
  const { code, printed } = await withVariable('SAMSPIL_TYPO', canaries.token, () =>
    run('--version'),
  )
  assert.notEqual(code, undefined)
  assertSilent(printed, 'an unknown variable')
})

test('a setting that is not read as it was meant refuses the start, whatever the command', async () => {
  const bad = [
    ['SAMSPIL_TYPO', 'x'],
    ['SAMSPIL_CONNECTIONS', 'many'],
    ['SAMSPIL_LOG', 'loud'],
    ['SAMSPIL_HOSTS', 'http://cpr.example.dk/'],
  ] as const
  for (const [name, value] of bad) {
    const { code, printed } = await withVariable(name, value, () => run('letters', '--help'))
    assert.equal(code, 1, printed)
    assert.match(printed, new RegExp(name))
  }
})
