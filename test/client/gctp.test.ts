/** The GCTP door through the SDK, against a whole server. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import {
  type Fetch,
  type Message,
  openGctp,
  openJson,
  type Step,
  Unavailable,
} from '#client/index.ts'
import { newPassword, openTestServer, type TestCode, unusedUrl } from '#test/server.ts'

const server = await openTestServer()
const { url, scenario, codes } = server
const today = danishDate(server.clock())
const { ordinaryAdult, protectedAdult, flatmates, withPending, familyOfFour } = scenario

function open({ code: userId, password, authority }: TestCode, more: { fetch?: Fetch } = {}) {
  return openGctp({ url, userId, password, authority, ...more })
}

function emptyDwelling(nth: number) {
  const empty = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)
  const { road, house, floor, door } = present(empty[nth], 'an empty dwelling')
  return { road, house, ...(floor && { floor }), ...(door && { door }) }
}

/** The step, which must have been OK. */
function done<T extends { readonly ok: boolean }>(result: T): Extract<T, { readonly ok: true }> {
  assert.ok(result.ok, JSON.stringify(result))
  return result as Extract<T, { readonly ok: true }>
}

function refusedOf<T extends { readonly ok: boolean }>(
  result: T,
): Extract<T, { readonly ok: false }> {
  assert.ok(!result.ok, JSON.stringify(result))
  return result as Extract<T, { readonly ok: false }>
}

const keysOf = (pnr: string) => ({ pnr, date: today, municipality: '0751' })

async function savedMove(pnr: string, nth: number): Promise<Step<'domestic-move'>> {
  const citizen = open(codes.citizen)
  const { conversation } = done(await citizen.initiate('domestic-move', keysOf(pnr)))
  done(await citizen.validate(conversation, emptyDwelling(nth)))
  return done(await citizen.save(conversation))
}

test('a B-number of Greenland comes by both doors, in place of a house number', async () => {
  const greenlander = server.scenario.greenlander
  const { masterData } = done(await open(codes.municipality).stamp(greenlander))
  const { code: personCode, password } = codes.municipality
  const json = openJson({ url, personCode, password })
  const found = await json.lookUp({ pnr: greenlander, purpose: 'a test' })
  assert.ok(found.ok)
  assert.deepEqual(masterData.address?.building, '2')
  assert.deepEqual(masterData.address, found.value.address)
  assert.match(masterData.standardAddress ?? '', / B-2$/)
})

test('a move goes from its keys to the register', async () => {
  const citizen = open(codes.citizen)
  const initiated = done(await citizen.initiate('domestic-move', keysOf(ordinaryAdult)))
  assert.equal(initiated.state, 'initiated')
  assert.deepEqual(initiated.actions, ['validate', 'cancel'])
  assert.equal(initiated.masterData?.pnr, ordinaryAdult)
  assert.match(initiated.ts, /^\d{20}$/)
  const { conversation } = initiated

  const wrong = { ...emptyDwelling(0), road: '8999' }
  const refused = refusedOf(await citizen.validate(conversation, wrong))
  assert.equal(refused.receipt.number, 9114)
  assert.deepEqual(
    refused.receipt.details.map(({ field }) => field),
    ['VEJKOD'],
  )
  assert.equal(refused.state, 'initiated')
  assert.equal(refused.isWarning, false)

  const validated = done(await citizen.validate(conversation, emptyDwelling(0)))
  assert.equal(validated.state, 'validated')
  assert.equal(validated.data['road'], emptyDwelling(0).road)
  assert.ok(validated.texts['road'])
  assert.equal(done(await citizen.save(conversation, emptyDwelling(0))).state, 'pending')

  const municipality = open(codes.municipality)
  const waiting = done(await municipality.stamp(ordinaryAdult))
  assert.equal(waiting.masterData.pending, true)
  assert.notEqual(waiting.masterData.address?.house, emptyDwelling(0).house)
  assert.equal(done(await municipality.approve(conversation)).state, 'approved')
  const { masterData } = done(await municipality.stamp(ordinaryAdult))
  const { road, house, floor, door } = present(masterData.address, 'an address')
  assert.deepEqual(
    { road: road.code, house, ...(floor && { floor }), ...(door && { door }) },
    emptyDwelling(0),
  )
  assert.equal(masterData.pending, false)
})

test('a protection takes its choice and its children over the wire and back', async () => {
  const [mother, , child] = familyOfFour
  const citizen = open(codes.citizen)
  const begun = done(await citizen.initiate('name-and-address-protection', keysOf(mother)))
  assert.ok([begun.data['children']].flat().includes(child))
  const until = addDays(today, 100)
  const data = { action: 'on', until, children: [child] } as const
  const validated = done(await citizen.validate(begun.conversation, data))
  assert.deepEqual(validated.data, data)
  done(await citizen.save(begun.conversation))
  done(await open(codes.municipality).approve(begun.conversation))
  const outsider = done(await citizen.stamp(child))
  assert.equal(outsider.masterData.nameAndAddressProtected, true)
  assert.equal(outsider.masterData.addressingName, undefined)
  assert.equal(outsider.masterData.address, undefined)
})

test('a cancelled and a rejected incident change nothing in the register', async () => {
  const [one] = flatmates
  const municipality = open(codes.municipality)
  const before = done(await municipality.stamp(one)).masterData
  const citizen = open(codes.citizen)
  const { conversation } = done(await citizen.initiate('domestic-move', keysOf(one)))
  const cancelled = done(await citizen.cancel(conversation))
  assert.equal(cancelled.state, 'cancelled')
  assert.deepEqual(cancelled.actions, [])

  const saved = await savedMove(one, 1)
  const reason = { reasonCode: 'NOT_ACTUAL_RESIDENCE' as const, text: 'Ingen bor på adressen' }
  assert.equal(done(await municipality.reject(saved.conversation, reason)).state, 'rejected')
  assert.deepEqual(done(await municipality.stamp(one)).masterData, before)
})

test('another municipality is told of no incident', async () => {
  const { conversation } = await savedMove(withPending, 1)
  const refused = refusedOf(await open(codes.otherMunicipality).approve(conversation))
  assert.equal(refused.receipt.number, 9003)
  assert.equal(refused.state, undefined)
})

test('a warning of the first step does not stop it', async () => {
  const begun = done(await open(codes.citizen).initiate('domestic-move', keysOf(withPending)))
  assert.deepEqual(
    begun.warnings.map(({ number }) => number),
    [9007],
  )
  assert.equal(begun.state, 'initiated')
})

test('at 901 the client signs on once and repeats the message once', async () => {
  const seen: string[] = []
  const onMessage = ({ direction, text }: Message) => {
    if (direction === 'request') seen.push(/signon/.test(text) ? 'sign-on' : 'message')
  }
  const { code: userId, password } = codes.municipality
  const municipality = openGctp({ url, userId, password, onMessage })
  done(await municipality.stamp(protectedAdult))
  await server.ownerPool.script('delete from token')
  const [first, second] = await Promise.all([
    municipality.stamp(protectedAdult),
    municipality.stamp(protectedAdult),
  ])
  assert.ok(first.ok && second.ok)
  assert.equal(seen.filter((each) => each === 'sign-on').length, 2)
  assert.equal(seen.filter((each) => each === 'message').length, 5)
})

test('after a refused sign-on the client does not try again by itself', async () => {
  const messages: Message[] = []
  const { code: userId } = codes.otherMunicipality
  const password = newPassword()
  const onMessage = (message: Message) => messages.push(message)
  const stranger = openGctp({ url, userId, password, onMessage })
  for (let times = 0; times < 6; times += 1) {
    assert.equal(refusedOf(await stranger.stamp(ordinaryAdult)).receipt.number, 905)
  }
  assert.equal(messages.length, 2)
  done(await open(codes.otherMunicipality).signOn())
})

test('what is shown has stars for passwords, also in bytes', async () => {
  const messages: Message[] = []
  const { code: userId, password } = codes.citizen
  const onMessage = (message: Message) => messages.push(message)
  const client = openGctp({ url, userId, password, onMessage })
  done(await client.signOn())
  const [request, answer] = messages
  assert.match(request?.text ?? '', /password="\*{8}"/)
  assert.match(answer?.text ?? '', /Signon udført/)
  for (const { text, bytes } of messages) {
    assert.ok(!text.includes(password))
    assert.ok(!Buffer.from(bytes).toString('latin1').includes(password))
  }
  done(await client.signOff())
})

test('a character that the wire lacks is refused before anything is sent', async () => {
  const fetch: Fetch = () => Promise.reject(new Error('something was sent'))
  const client = open(codes.citizen, { fetch })
  const refused = refusedOf(await client.stamp('€'))
  assert.equal(refused.receipt.number, 60)
  assert.deepEqual(
    refused.receipt.details.map(({ field }) => field),
    ['PNR'],
  )
})

test('a save whose answer was lost is an outage, and may be repeated', async () => {
  const [, other] = flatmates
  let isLost = false
  const fetch: Fetch = async (to, init) => {
    const answer = await globalThis.fetch(to, init)
    if (!isLost) return answer
    isLost = false
    throw new TypeError('fetch failed', { cause: new Error('other side closed') })
  }
  const citizen = open(codes.citizen, { fetch })
  const { conversation } = done(await citizen.initiate('domestic-move', keysOf(other)))
  done(await citizen.validate(conversation, emptyDwelling(2)))
  isLost = true
  await assert.rejects(citizen.save(conversation), (error) => {
    assert.ok(error instanceof Unavailable)
    return error.outcome === 'unknown' && error.cause instanceof TypeError
  })
  assert.equal(done(await citizen.save(conversation)).state, 'pending')
})

test('a server that is not there is an outage in which nothing happened', async () => {
  const client = openGctp({ url: await unusedUrl(), userId: 'W0000000', password: 'x' })
  await assert.rejects(client.stamp(ordinaryAdult), (error) => {
    return error instanceof Unavailable && error.outcome === 'nothing-happened'
  })
})

test('an answer that is none of GCTP is an outage with an unknown outcome', async () => {
  const { code: userId, password } = codes.citizen
  const client = openGctp({ url: `${url}/api/v1/incident-types?`, userId, password })
  await assert.rejects(client.signOn(), (error) => {
    return error instanceof Unavailable && error.outcome === 'unknown'
  })
})

test('any message can be posted; one that cannot be read is answered too', async () => {
  const client = open(codes.municipality)
  const text = (service: string) =>
    `<Gctp v="2.0"><System r="CprSoeg"><Service r="${service}"><CprServiceHeader r="${service}">` +
    `<Key><Field r="PNR" v="${ordinaryAdult}"/></Key></CprServiceHeader></Service></System></Gctp>`
  const good = await client.post(Buffer.from(text('STAMP'), 'latin1'))
  assert.equal(good.ok, true)
  assert.equal(good.receipt?.number, 0)
  assert.match(Buffer.from(good.bytes).toString('latin1'), /STAMPNR/)
  assert.equal((await client.post(Buffer.from(text('NONE')))).receipt?.number, 9001)
  assert.equal((await client.post(Buffer.from('<Gctp'))).receipt?.number, 9000)
  const off = '<Gctp v="2.0"><Sik function="signoff"/></Gctp>'
  assert.equal((await client.post(Buffer.from(off))).receipt?.number, 900)
})

test('a new password is used from then on, and refused the same day again', async () => {
  const office = open(codes.office)
  done(await office.stamp(ordinaryAdult))
  done(await office.newPassword(newPassword()))
  done(await office.stamp(ordinaryAdult))
  const again = refusedOf(await office.newPassword(newPassword()))
  assert.equal(again.receipt.number, 908)
  assert.equal(refusedOf(await open(codes.office).signOn()).receipt.number, 905)
})

test('a client that asks for English has both texts of a refusal; another has the Danish alone', async () => {
  const asking = { url: server.url, userId: server.codes.citizen.code }
  const options = { ...asking, password: server.codes.citizen.password }
  const keys = { pnr: server.scenario.dead, date: danishDate(server.clock()), municipality: '0751' }
  const both = await openGctp({ ...options, english: true }).initiate('domestic-move', keys)
  assert.ok(!both.ok)
  const [detail] = both.receipt.details
  assert.ok(detail?.english !== undefined && detail.english !== detail.text)
  const danish = await openGctp(options).initiate('domestic-move', keys)
  assert.ok(!danish.ok)
  assert.equal(danish.receipt.details[0]?.text, detail.text)
  assert.equal(danish.receipt.details[0]?.english, undefined)
})
