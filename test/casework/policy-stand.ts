/**
 * A stand whose municipality has policies: a second person who switches them on, chance that a test
 * chooses, dwellings of its own, and a server that decides nothing by itself meanwhile.
 */

import assert from 'node:assert/strict'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import type { Standing } from '#casework/answer.ts'
import { reject } from '#casework/decide.ts'
import { follow } from '#casework/follow.ts'
import type { House } from '#casework/house.ts'
import { switchPolicy, writePolicy } from '#casework/policies.ts'
import type { Policy } from '#casework/policy.ts'
import type { Sent } from '#incident/read.ts'
import { catalogue as types } from '#incidents/catalogue.ts'
import {
  houseOn,
  openStand,
  orderOf,
  type Report,
  report,
  standingOf,
} from '#test/casework/stand.ts'
import { emptyIn } from '#test/doors/incidents.ts'

export const stand = await openStand()
const { house, server } = stand
const { codes, ownerPool } = server
const colleagueCode = await server.newCode('team-lead', '0751')
await ownerPool.script("update address set rooms = 9, kind = 'ordinary'")
/** These tests last longer than a password. */
await ownerPool.script(
  `update person_code set password_expires_at = password_expires_at + interval '3 years'`,
)
export const citizen = () => stand.caller(codes.citizen)
export const clerk = () => stand.caller(codes.municipality)
const colleague = () => stand.caller(colleagueCode)
export const today = () => danishDate(stand.now())

/** A house whose chance takes nothing out, unless it says otherwise. */
export const steady = withChance(house, 255)
export const other = withChance(houseOn(ownerPool, stand.now), 255)

/** Draws are four bytes; everything else stays unpredictable. */
export function withChance(over: House, drawn: number): House {
  const random = (bytes: number) =>
    bytes === 4 ? new Uint8Array([drawn, 0, 0, 0]) : over.random(bytes)
  return { ...over, random }
}

export async function switchOn(policy: Policy, samplePercent = 5): Promise<number> {
  const { name } = policy
  const written = await writePolicy(house, { asker: await clerk(), name, document: policy, types })
  assert.ok(written.kind === 'done', JSON.stringify(written))
  const { version } = present(written.policy.versions[0], 'a version')
  const order = { asker: await colleague(), name, version, samplePercent }
  const answer = await switchPolicy(house, order)
  assert.equal(answer.kind, 'done', JSON.stringify(answer))
  return version
}

export async function switchOff(name: string): Promise<void> {
  const order = { asker: await colleague(), name, version: undefined }
  assert.equal((await switchPolicy(house, order)).kind, 'done')
}

/** Dwellings of this test alone: each number is another one, where nobody lives. */
const { road } = emptyIn(server, '0751')
await ownerPool.script(
  `insert into address (key, municipality, road, house, postcode, rooms, valid_from)
   select '0751-${road}-' || n || '--', '0751', '${road}', n, a.postcode, 9, a.valid_from
   from generate_series(501, 560) n,
     (select * from address where municipality = '0751' and road = '${road}' limit 1) a`,
)
let built = 500
export function newHome(): Sent {
  built += 1
  return { road, house: String(built) }
}

export const reportMove = async (pnr: string, data: Sent = newHome(), more: Partial<Report> = {}) =>
  report(house, await citizen(), { pnr, data, ...more })

export async function caseNow(pending: Standing): Promise<Standing> {
  return standingOf(await follow(house, orderOf(await clerk(), pending)))
}

export const stateOf = async (pending: Standing) => (await caseNow(pending)).record.state
export const lookOf = async (pending: Standing) => (await caseNow(pending)).record.look

export async function tidy(...pending: readonly Standing[]): Promise<void> {
  for (const each of pending) {
    const reason = { reasonCode: 'DUPLICATE', text: 'Prøve' }
    standingOf(await reject(house, { ...orderOf(await clerk(), each), ...reason }))
  }
}
