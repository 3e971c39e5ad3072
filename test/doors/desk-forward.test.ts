/** Whom a case might be forwarded to, as the JSON door suggests it: why, and how surely. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openJson } from '#client/index.ts'
import { beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { signOn } from '#test/doors/talk.ts'
import { openTestServer, type TestCode } from '#test/server.ts'

const server = await openTestServer()
const { codes, scenario, ownerPool, url } = server
await ownerPool.script('update address set rooms = 9')
const token = await signOn(server, codes.citizen)
const elsewhere = await signOn(server, codes.otherMunicipality)
const there = codes.otherMunicipality.authority

async function suggested(id: string, by: TestCode = codes.municipality) {
  const { code, password } = by
  const found = await openJson({ url, personCode: code, password }).desk.case(id)
  assert.ok(found.ok)
  return found.value.forwardTo.map(({ code: to, certain, why }) => [
    to,
    certain,
    why.map((each) => each.code).join(' '),
  ])
}

async function wish(pnr: string): Promise<string> {
  const data = { action: 'on' }
  const keys = { pnr, type: 'name-and-address-protection', municipality: '0751', data }
  return (await beginPending(server, token, keys)).id
}

let moves = 0
async function moveAway(pnr: string): Promise<void> {
  const data = moveTo(emptyIn(server, there, moves++))
  const { id } = await beginPending(server, token, { pnr, data, municipality: there })
  assert.equal((await step(server, elsewhere, `pending/${id}/approve`)).status, 200)
}

const forward = async (id: string, authority: string, by: string) =>
  assert.equal(
    (await step(server, by, `pending/${id}/forward`, { authority, text: 'Bor der' })).status,
    200,
  )

test('nobody is suggested where the rules name the own municipality and all else does, too', async () => {
  assert.deepEqual(await suggested(await wish(scenario.ordinaryAdult)), [])
})

test('the municipality that the rules name is certain, once the person has moved there', async () => {
  const pnr = scenario.familyOfFour[0]
  const id = await wish(pnr)
  await moveAway(pnr)
  assert.deepEqual(await suggested(id), [[there, true, 'decides lives-there']])
  const clerk = await signOn(server, codes.municipality)
  await forward(id, there, clerk)
  // Who has it now sees where it came from, and that the rules send it nowhere.
  assert.deepEqual(await suggested(id, codes.otherMunicipality), [
    ['0751', false, 'reported-to had-it-before'],
  ])
})

test('where the person lives is suggested and not certain, where the rules name who has it', async () => {
  const pnr = scenario.flatmates[0]
  await moveAway(pnr)
  const data = moveTo(emptyIn(server, '0751'))
  const { id } = await beginPending(server, token, { pnr, data, municipality: '0751' })
  assert.deepEqual(await suggested(id), [[there, false, 'lives-there']])
})

test('a case is not sent back by itself to the one that sent it away', async () => {
  const id = await wish(scenario.flatmates[1])
  await forward(id, there, await signOn(server, codes.municipality))
  assert.deepEqual(await suggested(id, codes.otherMunicipality), [
    ['0751', false, 'decides lives-there reported-to had-it-before'],
  ])
})

test('what cannot be forwarded names nobody', async () => {
  const pnr = scenario.familyOfFour[1]
  const id = await wish(pnr)
  await moveAway(pnr)
  const clerk = await signOn(server, codes.municipality)
  assert.equal((await suggested(id)).length, 1)
  const words = { reasonCode: 'CONDITIONS_NOT_MET', text: 'Nej' }
  assert.equal((await step(server, clerk, `pending/${id}/reject`, words)).status, 200)
  assert.deepEqual(await suggested(id), [])
})
