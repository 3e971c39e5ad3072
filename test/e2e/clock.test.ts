/** The sandbox's clock as a user moves it, and that no other server has one that can be moved. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import { clockOf, runClock } from '#cli/clock.ts'
import { type Ready, readReady } from '#cli/ready.ts'
import { clockPath } from '#cli/sandbox-clock.ts'
import { openJson } from '#client/index.ts'
import { ended, newFolder, run, startSandbox } from '#test/e2e/programs.ts'
import { textOf, tracked } from '#test/house/tracked.ts'
import { openTestServer } from '#test/server.ts'

const folder = newFolder()
const first = await startSandbox(folder, '--population', '0')
const dayMs = 86_400_000

function clientOf({ cpr, personCodes }: Ready, group: string, authority?: string) {
  const code = personCodes.find(
    (each) => each.group === group && (authority === undefined || each.authority === authority),
  )
  const { code: personCode, password } = present(code, `a person code of ${group}`)
  return openJson({ url: cpr, personCode, password })
}

const days = (from: Date, to: Date) => Math.round((to.valueOf() - from.valueOf()) / dayMs)

test('moved forward it does what has become due, and it never goes back', async () => {
  const { ready, readyFile } = first
  const before = await clockOf(ready.cpr)
  const pnr = ready.persons.ordinaryAdult
  const target = present(
    ready.addresses.find(({ municipality, residents }) => municipality === '0751' && !residents),
    'an empty dwelling',
  )
  const date = addDays(danishDate(before), 10)
  const citizen = clientOf(ready, 'citizen')
  const begun = await citizen.initiate('domestic-move', { pnr, date, municipality: '0751' })
  assert.ok(begun.ok)
  const { road, house, floor, door } = target
  const data = { road, house, ...(floor && { floor }), ...(door && { door }) }
  const validated = await citizen.validate<'domestic-move'>(begun.value.id, data)
  if (!validated.ok) await citizen.validate<'domestic-move'>(begun.value.id, data)
  assert.ok((await citizen.save(begun.value.id)).ok)
  assert.ok((await clientOf(ready, 'municipality', '0751').approve(begun.value.id)).ok)

  const moved = await run('clock', '+11d', '--ready', readyFile)
  assert.equal(moved.code, 0, moved.printed)
  assert.match(moved.printed, /Done: \d+ effects/)
  assert.equal(days(before, await clockOf(ready.cpr)), 11)
  const found = await clientOf(ready, 'municipality', '0751').lookUp({ pnr, purpose: 'test' })
  assert.ok(found.ok)
  assert.equal(found.value.address?.road.code, road)

  const back = await run('clock', '2020-01-01', '--ready', readyFile)
  assert.equal(back.code, 1)
  assert.match(back.printed, /forward only/)
})

test('passwords that would end are renewed, and the ready file has the new ones', async () => {
  const { readyFile } = first
  const old = readReady(readyFile)
  const moved = await run('clock', '+100d', '--ready', readyFile)
  assert.equal(moved.code, 0, moved.printed)
  assert.match(moved.printed, /New passwords for W0000001/)
  const fresh = readReady(readyFile)
  assert.notEqual(fresh.personCodes[0]?.password, old.personCodes[0]?.password)
  const pnr = fresh.persons.newcomer
  assert.ok((await clientOf(fresh, 'citizen').lookUp({ pnr, purpose: 'test' })).ok)
})

test('stopped and started again, it goes on from where it was', async () => {
  const before = await clockOf(first.ready.cpr)
  first.child.kill('SIGTERM')
  assert.equal(await ended(first.child), 0)
  const second = await startSandbox(folder, '--population', '0')
  assert.equal(days(before, await clockOf(second.ready.cpr)), 0)
  const pnr = second.ready.persons.newcomer
  assert.ok((await clientOf(second.ready, 'citizen').lookUp({ pnr, purpose: 'test' })).ok)
})

test('a form of another site cannot move it', async () => {
  const file = readReady(first.readyFile)
  const before = await clockOf(file.cpr)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const headers = { 'content-type': type }
    const body = JSON.stringify({ move: '+1d' })
    const answer = await fetch(`${file.cpr}${clockPath}`, { method: 'POST', headers, body })
    assert.ok(answer.status >= 400, type)
  }
  assert.equal(days(before, await clockOf(file.cpr)), 0)
})

test('the server that others run has no such route', async () => {
  const { url } = await openTestServer()
  for (const method of ['GET', 'POST', 'PUT']) {
    const headers = { 'content-type': 'application/json' }
    const body = method === 'GET' ? {} : { body: JSON.stringify({ move: '+1d' }) }
    const answer = await fetch(`${url}${clockPath}`, { method, headers, ...body })
    assert.equal(answer.status, 404, method)
  }
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  assert.equal(await runClock(url, '+1d', { write, fetch }), 1)
  assert.match(lines.join('\n'), /no sandbox/)
  const users = tracked.filter(
    (path) => path.startsWith('src/') && /sandbox-(?:clock|move)\.ts'/.test(textOf(path)),
  )
  assert.deepEqual(
    users.filter((path) => !/^src\/cli\/(?:sandbox|clock)/.test(path)),
    [],
  )
})
