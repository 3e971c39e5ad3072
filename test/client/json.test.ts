/** The JSON door through the SDK, against a whole server. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import { type Fetch, openJson, type Problem, type Result, Unavailable } from '#client/index.ts'
import { newPassword, openTestServer, type TestCode, unusedUrl } from '#test/server.ts'

const server = await openTestServer()
const { url, scenario, codes } = server
const today = danishDate(server.clock())
const { ordinaryAdult, protectedAdult, protectedFamily, flatmates, child14, dead } = scenario

function open({ code: personCode, password }: TestCode, more: { fetch?: Fetch } = {}) {
  return openJson({ url, personCode, password, ...more })
}

const citizen = open(codes.citizen)
const municipality = open(codes.municipality)

function good<Value>(result: Result<Value>): Value {
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}

function problemOf(result: Result<unknown>): Problem {
  assert.ok(!result.ok, JSON.stringify(result))
  return result.problem
}

function emptyDwelling(nth: number) {
  const empty = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)
  const { road, house, floor, door } = present(empty[nth], 'an empty dwelling')
  return { road, house, ...(floor && { floor }), ...(door && { door }) }
}

const keysOf = (pnr: string) => ({ pnr, date: today, municipality: '0751' })

async function saveMove(pnr: string, nth: number): Promise<string> {
  const { id } = good(await citizen.initiate('domestic-move', keysOf(pnr)))
  good(await citizen.validate<'domestic-move'>(id, emptyDwelling(nth)))
  return good(await citizen.save(id)).id
}

test('a client that is given a token works with it, and signs nobody on when it has ended', async () => {
  const { token } = good(await open(codes.municipality).signOn())
  const given = openJson({ url, token })
  assert.equal(good(await given.lookUp({ pnr: ordinaryAdult, purpose: 'test' })).pnr, ordinaryAdult)
  good(await given.signOff())
  const ended = problemOf(await given.lookUp({ pnr: ordinaryAdult, purpose: 'test' }))
  assert.deepEqual([ended.status, ended.receipt], [401, 901])
})

test('a move goes from its keys to the register', async () => {
  const begun = good(await citizen.initiate('domestic-move', keysOf(ordinaryAdult)))
  assert.equal(begun.state, 'initiated')
  assert.equal(begun.masterData.pnr, ordinaryAdult)
  const { id } = begun
  const wrong = { ...emptyDwelling(0), road: '8999' }
  const problem = problemOf(await citizen.validate<'domestic-move'>(id, wrong))
  assert.deepEqual([problem.status, problem.receipt, problem.state], [422, 9114, 'initiated'])
  assert.deepEqual(
    problem.refusals.map(({ field }) => field),
    ['road'],
  )

  const validated = good(await citizen.validate<'domestic-move'>(id, emptyDwelling(0)))
  assert.ok('road' in validated.translations)
  const saved = good(await citizen.save(id))
  assert.equal(saved.state, 'pending')
  assert.deepEqual(good(await citizen.save(id)).receipt, saved.receipt)

  const approved = good(await municipality.approve(id))
  assert.equal(approved.state, 'approved')
  assert.equal(good(await citizen.follow(id)).timeline.at(-1)?.state, 'approved')
  const person = good(await municipality.lookUp({ pnr: ordinaryAdult, purpose: 'a test' }))
  assert.equal(person.address?.house, emptyDwelling(0).house)
})

test('a protection is ended, and rejected with a reason', async () => {
  const [mother] = protectedFamily
  const begun = good(await citizen.initiate('name-and-address-protection', keysOf(mother)))
  const data = { action: 'off' } as const
  good(await citizen.validate<'name-and-address-protection'>(begun.id, data))
  good(await citizen.save(begun.id))
  const rejection = { reasonCode: 'IDENTITY_DOUBT' as const, text: 'Kom forbi med legitimation' }
  const rejected = good(await municipality.reject(begun.id, rejection))
  assert.equal(rejected.state, 'rejected')
  const followed = good(await citizen.follow(begun.id))
  assert.deepEqual(
    [followed.reason?.code, followed.reason?.text],
    [rejection.reasonCode, rejection.text],
  )
  const person = good(await municipality.lookUp({ pnr: mother, purpose: 'a test' }))
  assert.equal(person.nameAndAddressProtected, true)
})

test('a protection that is approved hides the person from the citizens’ side', async () => {
  const ask = { pnr: child14, purpose: 'a test' }
  assert.ok(good(await citizen.lookUp(ask)).addressingName)
  const { id } = good(await citizen.initiate('name-and-address-protection', keysOf(child14)))
  const data = { action: 'on', until: addDays(today, 30) } as const
  good(await citizen.validate<'name-and-address-protection'>(id, data))
  good(await citizen.save(id))
  good(await municipality.approve(id))
  assert.equal(good(await citizen.lookUp(ask)).addressingName, undefined)
})

test('a refusal is a problem with its number, and says what is allowed', async () => {
  const barred = problemOf(await citizen.initiate('domestic-move', keysOf(dead)))
  assert.deepEqual([barred.status, barred.receipt], [422, 9100])
  assert.ok(barred.refusals[0]?.text.da && barred.refusals[0].text.en)
  const { id } = good(await citizen.initiate('domestic-move', keysOf(protectedAdult)))
  const early = problemOf(await citizen.save(id))
  assert.deepEqual([early.status, early.receipt, early.state], [409, 9002, 'initiated'])
  assert.deepEqual(early.actions, ['validate', 'cancel'])
  assert.equal(good(await citizen.cancel(id)).state, 'cancelled')
  assert.equal(problemOf(await open(codes.otherMunicipality).follow(id)).status, 404)
  assert.equal(problemOf(await citizen.pending()).status, 403)
})

test('what waits comes page after page, each once, oldest first', async () => {
  const [one, other] = flatmates
  const ids = [await saveMove(one, 1), await saveMove(other, 2)]
  const page = good(await municipality.pending({ limit: 1 }))
  assert.equal(page.items.length, 1)
  assert.ok(page.next)
  const all: string[] = []
  for await (const item of municipality.allPending({ type: 'domestic-move', limit: 1 })) {
    all.push(good(item).id)
  }
  assert.deepEqual(all, ids)
  for await (const item of citizen.allPending()) assert.equal(problemOf(item).status, 403)
})

test('at 401 the session is renewed once', async () => {
  const calls: string[] = []
  const fetch: Fetch = (to, init) => {
    calls.push(new URL(to).pathname)
    return globalThis.fetch(to, init)
  }
  const client = open(codes.municipality, { fetch })
  good(await client.lookUp({ pnr: ordinaryAdult, purpose: 'a test' }))
  await server.ownerPool.script('delete from token')
  good(await client.lookUp({ pnr: ordinaryAdult, purpose: 'a test' }))
  assert.deepEqual(
    calls.map((path) => path.replace('/api/v1', '')),
    ['/sessions', '/persons/lookup', '/persons/lookup', '/sessions', '/persons/lookup'],
  )
})

test('a wrong password is a problem, and is not sent over and over', async () => {
  let calls = 0
  const fetch: Fetch = (to, init) => {
    calls += 1
    return globalThis.fetch(to, init)
  }
  const { code: personCode } = codes.otherMunicipality
  const client = openJson({ url, personCode, password: newPassword(), fetch })
  for (let times = 0; times < 6; times += 1) {
    assert.equal(problemOf(await client.follow('flyt-i.x')).receipt, 905)
  }
  assert.equal(calls, 1)
})

test('an outage throws with its cause, and the save may be repeated', async () => {
  const { id } = good(await citizen.initiate('domestic-move', keysOf(protectedAdult)))
  good(await citizen.validate<'domestic-move'>(id, emptyDwelling(3)))
  const fetch: Fetch = async (to, init) => {
    const answer = await globalThis.fetch(to, init)
    if (to.endsWith('/save')) throw new TypeError('fetch failed')
    return answer
  }
  const unlucky = open(codes.citizen, { fetch })
  await assert.rejects(unlucky.save(id), (error) => {
    return error instanceof Unavailable && error.outcome === 'unknown'
  })
  assert.equal(good(await citizen.save(id)).state, 'pending')
  const nowhere = openJson({ url: await unusedUrl(), personCode: 'W0000000', password: 'x' })
  await assert.rejects(nowhere.save(id), (error) => {
    return error instanceof Unavailable && error.outcome === 'nothing-happened'
  })
})

test('types, sign-on, a new password and sign-off', async () => {
  const office = open(codes.office)
  const types = good(await office.catalogue.types())
  assert.ok(types.some(({ name, code }) => name === 'domestic-move' && code === 'FLYT-I'))
  assert.equal(good(await office.signOn()).authority, '0001')
  good(await office.changePassword(newPassword()))
  assert.equal(good(await office.signOn()).group, 'cpr-office')
  assert.equal(problemOf(await office.changePassword(newPassword())).receipt, 908)
  good(await office.signOff())
  assert.equal(good(await office.lookUp({ pnr: dead, purpose: 'a test' })).status.code, '90')
})
