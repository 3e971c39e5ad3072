/** The sandbox as a user has it: its ready file, its stop, a crash in the middle, and the CLI. */

import assert from 'node:assert/strict'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import type { Ready } from '#cli/ready.ts'
import { openJson, Unavailable } from '#client/index.ts'
import { isAlive } from '#store/embedded/processes.ts'
import { findRunning } from '#store/embedded/start.ts'
import { openPool, statement } from '#store/pool.ts'
import { canariesIn } from '#test/canaries/canary.ts'
import { openEmptyDatabase } from '#test/database.ts'
import {
  databasePid,
  ended,
  newFolder,
  run,
  start,
  startSandbox,
  withVariable,
} from '#test/e2e/programs.ts'

const folder = newFolder()
const first = await startSandbox(folder)
const { ready } = first

function clientOf({ cpr, personCodes }: Ready, group: string, authority?: string) {
  const code = personCodes.find(
    (each) => each.group === group && (authority === undefined || each.authority === authority),
  )
  const { code: personCode, password } = present(code, `a person code of ${group}`)
  return openJson({ url: cpr, personCode, password })
}

test('one of the logins holds powers of attorney from three others', async () => {
  const holder = present(
    ready.logins.find(({ user }) => user === 'ordinary'),
    'who holds them',
  )
  assert.ok(holder.role === 'citizen')
  const kept = await clientOf(ready, 'citizen').deposits.concerning('power-of-attorney', holder.pnr)
  assert.ok(kept.ok)
  const givers = kept.value.map(({ concerns }) => concerns[0])
  assert.equal(new Set(givers).size, 3)
  assert.ok(!givers.includes(holder.pnr))
})

test('the ready file has what its contract says', async () => {
  assert.deepEqual(Object.keys(ready), [
    'cpr',
    'selfService',
    'desk',
    'idp',
    'personCodes',
    'logins',
    'persons',
    'addresses',
  ])
  const municipal = ready.personCodes.filter(({ group }) => group === 'municipality')
  assert.ok(municipal.length >= 5)
  assert.ok(ready.personCodes.some(({ group }) => group === 'citizen'))
  assert.ok(ready.personCodes.some(({ group }) => group === 'cpr-office'))
  assert.ok(ready.addresses.length >= 20)
  assert.ok(ready.addresses.some(({ residents }) => residents === 0))
  assert.ok(ready.addresses.some(({ residents }) => residents > 0))
  for (const name of [
    'ordinaryAdult',
    'familyOfFour',
    'protectedAdult',
    'dead',
    'disappeared',
    'emigrated',
    'changedNumber',
    'noFixedAddress',
    'child14',
    'withPending',
    'newcomer',
    'centenarian',
  ]) {
    assert.ok(Object.hasOwn(ready.persons, name), name)
  }
  // It holds passwords.
  assert.equal(statSync(first.readyFile).mode & 0o777, 0o600)
})

test('every address that it names answers', async () => {
  for (const url of [ready.selfService, ready.desk, ready.idp]) {
    const answer = await fetch(url)
    assert.equal(answer.status, 200, url)
    assert.match(await answer.text(), /<main id="main-content"/)
  }
  assert.match(await (await fetch(ready.cpr)).text(), /api\/v1\/docs/)
  const docs = await fetch(`${ready.cpr}/api/v1/docs/static/swagger-ui-bundle.js`)
  assert.equal(docs.status, 200)
})

test('the named persons are what they are called', async () => {
  const desk = clientOf(ready, 'municipality', '0751')
  const look = async (pnr: string) => {
    const found = await desk.lookUp({ pnr, purpose: 'test' })
    assert.ok(found.ok)
    return found.value
  }
  assert.equal((await look(ready.persons.ordinaryAdult)).address?.municipality.code, '0751')
  assert.equal((await look(ready.persons.withPending)).pending, true)
  assert.equal((await look(ready.persons.dead)).status.code, '90')
  assert.equal((await look(ready.persons.emigrated)).status.code, '80')
  assert.equal((await look(ready.persons.disappeared)).status.code, '70')
  assert.equal((await look(ready.persons.noFixedAddress)).status.code, '03')
  assert.ok((await look(ready.persons.changedNumber)).currentPnr)
  assert.ok((await look(ready.persons.protectedAdult)).nameAndAddressProtected)
})

test('more than two hundred in it are protected, and the citizens’ side is told of none', async () => {
  const url = present(findRunning(join(folder, 'data', 'database')), 'its database')
  const owner = openPool(url, { max: 1 })
  const { rows } = await owner.script(
    `select pnr, current from person where current -> 'protections' @> '[{"type": "0001"}]'`,
  )
  await owner.close()
  assert.ok(rows.length > 200, `${rows.length}`)
  for (const { current } of rows) assert.ok(canariesIn(JSON.stringify(current)).length >= 2)
  const desk = clientOf(ready, 'municipality', '0751')
  const citizen = clientOf(ready, 'citizen')
  for (const { pnr } of rows.filter((_, nth) => nth % 10 === 0)) {
    const question = { pnr: String(pnr), purpose: 'test' }
    const [kept, told] = [await citizen.lookUp(question), await desk.lookUp(question)]
    assert.ok(kept.ok && told.ok)
    assert.equal(kept.value.addressingName, undefined)
    assert.match(told.value.addressingName ?? '', /^Kanarix/)
  }
})

test('a second sandbox on the same folder is refused and says why', async () => {
  const args = ['--data', join(folder, 'data'), '--port-base', '0']
  const { code, printed } = await run('sandbox', ...args)
  assert.equal(code, 1)
  assert.match(printed, /^samspil: .*(runs|used|in use)/m)
})

test('person codes can be seen to while it runs', async () => {
  const at = ['--data', join(folder, 'data')]
  const listed = await run('person-code', 'list', ...at)
  assert.equal(listed.code, 0, listed.printed)
  assert.match(listed.printed, /W0000751/)
  const created = await run(
    ...['person-code', 'create', '--group', 'municipality', '--authority', '0851', ...at],
  )
  assert.equal(created.code, 0, created.printed)
  const locked = await run('person-code', 'lock', 'W0000461', ...at)
  assert.equal(locked.code, 0, locked.printed)
  const refused = await clientOf(ready, 'municipality', '0461').signOn()
  assert.equal(refused.ok, false)
})

test('walk passes against a running sandbox, and again', async () => {
  for (const _ of [1, 2]) {
    const { code, printed } = await run('walk', '--ready', first.readyFile)
    assert.equal(code, 0, printed.slice(-2000))
    assert.match(printed, /All \d+ expectations held/)
  }
})

test('post sends a message of one’s own and tells by its exit code', async () => {
  const write = (name: string, key: string) => {
    const file = join(folder, name)
    writeFileSync(
      file,
      `<?xml version="1.0" encoding="ISO-8859-1"?><root xmlns="http://www.cpr.dk"><Gctp v="2.0"><System r="CprSoeg"><Service r="STAMP"><CprServiceHeader r="STAMP"><Key><Field r="PNR" v="${key}"/></Key></CprServiceHeader></Service></System></Gctp></root>`,
    )
    return file
  }
  const good = write('good.xml', ready.persons.ordinaryAdult)
  const answered = await run('post', good, '--ready', first.readyFile)
  assert.equal(answered.code, 0, answered.printed)
  assert.match(answered.printed, /<Kvit r="Ok"/)
  const bad = await run('post', write('bad.xml', '0000009999'), '--ready', first.readyFile)
  assert.equal(bad.code, 1, bad.printed)
  assert.match(bad.printed, /v="52"/)
})

test('DATABASE_URL takes an external server in place of the embedded one', async () => {
  const { url, pool } = await openEmptyDatabase()
  const elsewhere = newFolder()
  await withVariable('DATABASE_URL', url, async () => {
    const { ready: other, child } = await startSandbox(elsewhere)
    const found = await clientOf(other, 'municipality', '0751').lookUp({
      pnr: other.persons.ordinaryAdult,
      purpose: 'test',
    })
    assert.ok(found.ok)
    const persons = await pool.run(statement('count', 'select count(*) as n from person'))
    assert.ok(Number(persons.rows[0]?.['n']) >= 2000)
    assert.ok(!existsSync(join(elsewhere, 'data', 'database')))
    child.kill('SIGTERM')
    assert.equal(await ended(child), 0)
  })
})

test('killed while it is filled for the first time, it goes on at the next start', async () => {
  for (const afterMs of [900, 1400, 1800, 2300, 2800]) {
    const begun = newFolder()
    const data = ['--data', join(begun, 'data'), '--port-base', '0', '--population', '400']
    const { child } = start('sandbox', ...data)
    await wait(afterMs)
    child.kill('SIGKILL')
    await ended(child)
    const { ready: again, child: next } = await startSandbox(begun, '--population', '400')
    const desk = clientOf(again, 'municipality', '0751')
    const found = await desk.lookUp({ pnr: again.persons.withPending, purpose: 'test' })
    assert.ok(found.ok, `killed after ${afterMs} ms`)
    assert.equal(found.value.pending, true)
    next.kill('SIGTERM')
    assert.equal(await ended(next), 0)
  }
})

test('when the database ends by itself, the sandbox says so and ends', async () => {
  const own = newFolder()
  const { child, printed } = await startSandbox(own, '--population', '100')
  process.kill(databasePid(own), 'SIGKILL')
  assert.equal(await ended(child), 1)
  assert.match(printed(), /the database ended \(.*\)\. Start again with the same --data/)
})

test('a folder of other things, and a folder without a sandbox, are refused', async () => {
  const other = newFolder()
  writeFileSync(join(other, 'mine.txt'), 'mine')
  const taken = await run('sandbox', '--data', other, '--port-base', '0')
  assert.equal(taken.code, 1)
  assert.match(taken.printed, /holds other things/)
  const typo = join(other, 'typo')
  const listed = await run('person-code', 'list', '--data', typo)
  assert.equal(listed.code, 1)
  assert.match(listed.printed, /There is no sandbox in/)
  assert.ok(!existsSync(typo))
})

test('killed in the middle of a run, it starts again with every acknowledged save', async () => {
  const ledger = await saveUntilKilled()
  assert.ok(ledger.length > 0, 'nothing was acknowledged before the kill')
  const orphan = databasePid(folder)
  const second = await startSandbox(folder)
  assert.ok(!isAlive(orphan) || databasePid(folder) === orphan, 'the orphan was dealt with')
  const citizen = clientOf(second.ready, 'citizen')
  for (const id of ledger) {
    const found = await citizen.follow(id)
    assert.ok(found.ok, id)
    assert.equal(found.value.state, 'pending')
  }
  const pid = databasePid(folder)
  second.child.kill('SIGTERM')
  assert.equal(await ended(second.child), 0)
  assert.ok(!isAlive(pid), 'the database outlived the sandbox')
})

/** Saves in a loop and writes down what was acknowledged; the sandbox is killed meanwhile. */
async function saveUntilKilled(): Promise<readonly string[]> {
  const citizen = clientOf(ready, 'citizen')
  const date = addDays(danishDate(new Date()), 1)
  const pnr = ready.persons.flatmates[0]
  const ledger: string[] = []
  let isKilled = false
  for (let count = 0; count < 200; count += 1) {
    try {
      const target = ready.addresses[count % ready.addresses.length]
      if (target?.municipality !== '0751') continue
      const { road, house, floor, door } = target
      const begun = await citizen.initiate('domestic-move', { pnr, date, municipality: '0751' })
      if (!begun.ok) continue
      const data = { road, house, ...(floor && { floor }), ...(door && { door }) }
      const { id } = begun.value
      // A warning stops it the first time.
      if (!(await citizen.validate<'domestic-move'>(id, data)).ok) {
        await citizen.validate<'domestic-move'>(id, data)
      }
      const saved = await citizen.save(id)
      if (saved.ok) ledger.push(id)
      if (ledger.length >= 3 && !isKilled) {
        isKilled = true
        setTimeout(() => first.child.kill('SIGKILL'), 5)
      }
    } catch (error) {
      if (error instanceof Unavailable && isKilled) break
      throw error
    }
  }
  await ended(first.child)
  return ledger
}
