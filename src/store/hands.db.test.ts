/** That one person who may hold two person codes does not grant what they asked for (A43). */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PersonCode, personCode } from '#access/person-code.ts'
import { present } from '#base/assert.ts'
import { linkIdentity, unlinkIdentities } from '#store/federated.ts'
import { raiseFeedEpoch } from '#store/feed.ts'
import { askForGrant, findGrantRequest, grant, refuseGrant } from '#store/grant-requests.ts'
import { createPersonCode, resetPersonCode } from '#store/person-codes.ts'
import { access, after, database, minute, nextStart, right } from '#test/access-kit.ts'

let now = nextStart()
const as = (actor: string, second?: string) => {
  now = after(now, minute)
  return { actor, second, purpose: 'a test', now }
}

let last = 300
async function newAdministrator(actor = 'Karen', second = 'Ole'): Promise<PersonCode> {
  const code = personCode(`W0000${last++}`)
  const wanted = {
    code,
    group: 'administrator',
    authority: '0751',
    lastingPassword: right,
  } as const
  const made = await createPersonCode(access, wanted, as(actor, second))
  assert.equal(made.kind, 'created')
  return code
}

const reset = (code: PersonCode, actor: string) => resetPersonCode(access, code, as(actor))
const link = async (code: PersonCode, actor: string) => {
  const identity = { issuer: 'https://idp.example', subject: `${code}-${now.valueOf()}` }
  assert.equal(await linkIdentity(access, code, identity, as(actor)), 'linked')
}
const unlink = (code: PersonCode, actor: string) => unlinkIdentities(access, code, as(actor))

async function ask(actor: string) {
  const wish = { group: 'administrator', authority: '0751', isNew: true } as const
  const asked = await askForGrant(access, wish, as(actor))
  assert.equal(asked.kind, 'asked')
  return present(await findGrantRequest(access.pool, asked.id), 'what was asked for')
}
const granted = async (request: Awaited<ReturnType<typeof ask>>, actor: string) =>
  (await grant(access, request, as(actor))).kind
const both = async (asker: string, second: string) => granted(await ask(asker), second)

test('two administrators whom one administrator made grant what the other asked for', async () => {
  const [office, colleague] = [await newAdministrator(), await newAdministrator()]
  const one = await newAdministrator(colleague, office)
  const two = await newAdministrator(colleague, office)
  assert.equal(await both(one, two), 'granted')
  assert.equal(await both(office, colleague), 'granted')
})

test('who reset a code is not granted by it, nor grants it, until somebody else resets it', async () => {
  const [one, two, three] = [
    await newAdministrator(),
    await newAdministrator(),
    await newAdministrator(),
  ]
  const before = await ask(two)
  await reset(two, one)
  assert.equal(await both(one, two), 'same-person')
  const whileHeld = await ask(two)
  assert.equal(await granted(whileHeld, one), 'same-person')
  assert.equal(await granted(before, one), 'granted')
  assert.equal(await both(one, three), 'granted')
  await reset(two, three)
  assert.equal(await both(one, two), 'granted')
  assert.equal(await both(three, two), 'same-person')
  // What it asked for while it was held stays asked for by who held it.
  assert.equal(await granted(whileHeld, one), 'same-person')
  assert.equal(await granted(whileHeld, three), 'granted')
})

test('what is not granted has left no trace, and who may not grant may refuse', async () => {
  const [one, two] = [await newAdministrator(), await newAdministrator()]
  await reset(two, one)
  const request = await ask(one)
  assert.equal(await granted(request, two), 'same-person')
  assert.deepEqual(await findGrantRequest(access.pool, request.id), request)
  assert.equal((await refuseGrant(access, request, as(two))).kind, 'refused')
  assert.equal(await granted(request, two), 'gone')
})

test('who linked an identity to a code counts as who reset it, until it is unlinked', async () => {
  const [one, two, three] = [
    await newAdministrator(),
    await newAdministrator(),
    await newAdministrator(),
  ]
  await link(two, one)
  await link(two, three)
  const whileHeld = await ask(two)
  assert.equal(await both(one, two), 'same-person')
  assert.equal(await both(three, two), 'same-person')
  await reset(two, 'Karen')
  assert.equal(await both(one, two), 'same-person')
  await unlink(two, one)
  assert.equal(await both(one, two), 'granted')
  assert.equal(await granted(whileHeld, one), 'same-person')
})

test('a code that came through the hands of another comes from whoever held that one', async () => {
  const [one, two, three] = [
    await newAdministrator(),
    await newAdministrator(),
    await newAdministrator(),
  ]
  await reset(two, one)
  await link(three, two)
  assert.equal(await both(one, three), 'same-person')
  assert.equal(await both(three, one), 'same-person')
  await reset(two, 'Karen')
  assert.equal(await both(one, three), 'same-person')
})

test('two codes that one administrator reset are one, two of the command line are not', async () => {
  const [one, two, three] = [
    await newAdministrator(),
    await newAdministrator(),
    await newAdministrator(),
  ]
  await reset(one, three)
  await link(two, three)
  assert.equal(await both(one, two), 'same-person')
  await reset(one, 'Karen')
  await unlink(two, 'Karen')
  await reset(two, 'Karen')
  assert.equal(await both(one, two), 'granted')
  assert.equal(await both('Karen', two), 'same-person')
})

test('who was told the first password of a code grants nothing with it', async () => {
  const [one, two] = [await newAdministrator(), await newAdministrator()]
  const made = await newAdministrator(two, one)
  assert.equal(await both(one, made), 'same-person')
  assert.equal(await both(two, made), 'granted')
})

test('two administrators who reset each other are judged, and not for ever', async () => {
  const [one, two] = [await newAdministrator(), await newAdministrator()]
  for (const [code, actor] of [
    [two, one],
    [one, two],
    [two, one],
  ] as const) {
    await reset(code, actor)
  }
  assert.equal(await both(one, two), 'same-person')
  for (const code of [one, two]) await reset(code, 'Karen')
  assert.equal(await both(one, two), 'granted')
})

test('a reset of before a restore frees nobody of a hand of after it', async () => {
  const [one, two, three] = [
    await newAdministrator(),
    await newAdministrator(),
    await newAdministrator(),
  ]
  await reset(two, three)
  // What another server wrote, which had counted further.
  await database.ownerPool.script(`update notice set xid = '1000000000000'`)
  await raiseFeedEpoch(database.ownerPool)
  await reset(two, one)
  assert.equal(await both(one, two), 'same-person')
  await reset(two, 'Karen')
  assert.equal(await both(one, two), 'granted')
})
