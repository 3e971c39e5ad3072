/**
 * A test file that has to fail though its test passes: its programs tell of protected persons, and
 * one of them nobody hears. The control of the canaries runs it; no suite does.
 */

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { canary } from '#test/canaries/canary.ts'
import { whileReadable } from '#test/canaries/watch.ts'
import { at, send, signOn } from '#test/doors/talk.ts'
import { newFolder, run, start, urlOf, withVariable } from '#test/e2e/programs.ts'
import { openTestServer } from '#test/server.ts'

// A real program, on a clock of its own, runs on the same database.
const server = await openTestServer({ clock: () => new Date() })
const { codes, scenario, ownerPool, databaseUrl } = server
const [told, own] = scenario.protectedFamily

/** As though a mask had been left out: the register no longer says that these are protected. */
await ownerPool.script(
  `update person set current = current || '{"protections": []}' where pnr in ('${told}', '${own}')`,
)

function startServer(): Promise<string> {
  return withVariable('DATABASE_URL', databaseUrl, () => urlOf(start('server', '--port', '0')))
}

test('a program answers, prints and leaves what it must not, and another one is not heard', async () => {
  const program = { ...server, url: await startServer() }
  const citizen = await signOn(program, codes.citizen)
  const clerk = await signOn(program, codes.municipality)
  const nameOf = async (pnr: string, token: string) => {
    const body = { pnr, purpose: 'a test' }
    const answer = await send(program, { path: '/api/v1/persons/lookup', token, body })
    return String(at(answer.body, 'addressingName'))
  }
  assert.match(await nameOf(scenario.protectedAdult, clerk), /^Kanarix/)
  assert.match(await whileReadable([own], 'own', () => nameOf(own, citizen)), /^Kanarix/)
  assert.match(await nameOf(told, citizen), /^Kanarix/)

  const { code } = await run(canary({ flock: 'z', index: 1 }, 'g'))
  assert.equal(code, 1)
  writeFileSync(join(newFolder(), 'export.txt'), `given;${canary({ flock: 'z', index: 2 }, 'g')}`)
  assert.equal((await withVariable('NODE_OPTIONS', '', () => run('--version'))).code, 0)
})
