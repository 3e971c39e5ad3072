/** Tokens and passwords against a real PostgreSQL: how long each lives, and what ends it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personCode } from '#access/person-code.ts'
import { signOff } from '#store/access.ts'
import { findCaller } from '#store/caller.ts'
import { changePassword } from '#store/password-change.ts'
import { changePersonCode, type MoveName, movePersonCode } from '#store/person-code-moves.ts'
import { resetPersonCode } from '#store/person-codes.ts'
import {
  access,
  after,
  by,
  change,
  database,
  day,
  hour,
  knock,
  minute,
  newCode,
  nextStart,
  receiptOf,
  right,
  signedOn,
  source,
  wrong,
} from '#test/access-kit.ts'

test('a token opens for its person code, from its source, for two hours', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const { token, expiresAt } = await signedOn(code, now)
  assert.deepEqual(expiresAt, after(now, 2 * hour))
  const caller = { personCode: code, group: 'municipality', authority: '0751' }
  assert.deepEqual(await findCaller(database.pool, token, source, now), caller)
  assert.deepEqual(await findCaller(database.pool, token, source, after(now, 2 * hour - 1)), caller)
  assert.equal(await findCaller(database.pool, token, source, after(now, 2 * hour)), undefined)
  assert.equal(await findCaller(database.pool, token, '192.0.2.8', now), undefined)
  assert.equal(await findCaller(database.pool, 'ZZZxxxxxxxx', source, now), undefined)
})

test('a new sign-on leaves the other tokens of the person code', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const first = await signedOn(code, now)
  const second = await signedOn(code, now)
  assert.notEqual(first.token, second.token)
  assert.ok(await findCaller(database.pool, first.token, source, now))
  assert.ok(await findCaller(database.pool, second.token, source, now))
})

const byMove =
  (name: MoveName) =>
  (code: string, _: string, now: Date): unknown =>
    movePersonCode(access, name, personCode(code), by(now))

const endings: readonly (readonly [string, (code: string, token: string, now: Date) => unknown])[] =
  [
    ['a change of password', (code, _, now) => change(code, right, 'Grus-vej.48', now)],
    ['a reset', (code, _, now) => resetPersonCode(access, personCode(code), by(now))],
    ['a lock', byMove('lock')],
    ['a disabling', byMove('disable')],
    ['an expiry', byMove('expire')],
    ['a retirement', byMove('retire')],
    [
      'another list of addresses',
      (code, _, now) => changePersonCode(access, personCode(code), { sources: [source] }, by(now)),
    ],
    ['a sign-off', (_, token, now) => signOff(access, token, source, now)],
    [
      'the fifth miss',
      async (code, _, now) => {
        for (let miss = 0; miss < 5; miss++) await receiptOf(code, wrong, now)
      },
    ],
  ]

for (const [what, end] of endings) {
  test(`a token is dead after ${what}, also when the code is unlocked again`, async () => {
    const now = nextStart()
    const { code } = await newCode(now)
    const issuedAt = after(now, day)
    const { token } = await signedOn(code, issuedAt)
    assert.ok(await findCaller(database.pool, token, source, issuedAt))
    await end(code, token, issuedAt)
    assert.equal(await findCaller(database.pool, token, source, issuedAt), undefined)
    await movePersonCode(access, 'unlock', code, by(issuedAt))
    assert.equal(await findCaller(database.pool, token, source, issuedAt), undefined)
  })
}

test('signing off answers 901 from another source, and the token lives on', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const { token } = await signedOn(code, now)
  assert.equal(await signOff(access, token, '192.0.2.8', now), 901)
  assert.ok(await findCaller(database.pool, token, source, now))
  assert.equal(await signOff(access, token, source, now), 900)
  assert.equal(await signOff(access, token, source, now), 901)
})

test('a password lives 90 days to the second, and then opens only its change', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const end = after(now, 90 * day)
  const { token } = await signedOn(code, after(end, -hour))
  assert.equal(await receiptOf(code, right, after(end, -1000)), 900)
  assert.ok(await findCaller(database.pool, token, source, after(end, -1000)))
  assert.equal(await receiptOf(code, right, end), 906)
  assert.equal(await findCaller(database.pool, token, source, end), undefined)
  assert.equal(await receiptOf(code, right, after(end, 1000)), 906)
  assert.equal(await receiptOf(code, wrong, after(end, 1000)), 905)
  assert.equal(await change(code, right, 'Grus-vej.48', after(end, 1000)), 'changed')
  assert.equal(await receiptOf(code, 'Grus-vej.48', after(end, 1000)), 900)
})

test('the last 14 days warn', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const early = await signedOn(code, after(now, 76 * day - 1000))
  const late = await signedOn(code, after(now, 76 * day))
  assert.deepEqual([early.passwordEndsSoon, late.passwordEndsSoon], [false, true])
  assert.deepEqual(late.passwordExpiresAt, after(now, 90 * day))
})

test('a password is changed once in 24 hours, but at once after a reset', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  assert.equal(await change(code, right, 'Grus-vej.48', after(now, day - 1)), 908)
  assert.equal(await change(code, right, 'Grus-vej.48', after(now, day)), 'changed')
  const again = after(now, day + minute)
  assert.equal(await change(code, 'Grus-vej.48', 'Sten-bro.59', again), 908)
  const reset = await resetPersonCode(access, code, by(again))
  assert.equal(reset.kind, 'reset')
  assert.equal(await change(code, reset.oneTimePassword, 'Sten-bro.59', again), 'changed')
})

test('no password comes back, however many lie between', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const chosen = Array.from({ length: 8 }, (_, n) => `Grus-vej.${n}x${n}`)
  let current = right
  for (const [n, next] of chosen.entries()) {
    assert.equal(await change(code, current, next, after(now, (n + 1) * day)), 'changed')
    current = next
  }
  for (const earlier of [right, ...chosen]) {
    const refused = await changePassword(
      access,
      { ...knock(code, current), newPassword: earlier },
      after(now, 20 * day),
    )
    assert.equal(refused.kind, 'refused')
    assert.match(refused.refusals[0]?.text.en ?? '', /used before/)
  }
})

test('a one-time password opens only its change, once, within 24 hours', async () => {
  const now = nextStart()
  const { code, oneTimePassword } = await newCode(now, 'one-time')
  assert.ok(oneTimePassword)
  assert.equal(await receiptOf(code, oneTimePassword, now), 906)
  assert.equal(
    await change(code, oneTimePassword, 'Grus-vej.48', after(now, day - 1000)),
    'changed',
  )
  assert.equal(await change(code, oneTimePassword, 'Sten-bro.59', after(now, day - 1000)), 905)
  assert.equal(await receiptOf(code, oneTimePassword, after(now, day - 1000)), 905)
  const late = await newCode(now, 'one-time')
  const tooLate = after(now, day + 1000)
  assert.equal(await change(late.code, late.oneTimePassword ?? '', 'Sten-bro.59', tooLate), 906)
  assert.equal(await receiptOf(late.code, late.oneTimePassword ?? '', tooLate), 906)
})

test('every broken rule of a new password is told at once, and only to the owner', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const weak = { ...knock(code, right), newPassword: 'æ' }
  const owner = await changePassword(access, weak, after(now, day))
  assert.equal(owner.kind, 'refused')
  assert.ok(owner.refusals.length >= 5)
  assert.ok(owner.refusals.every(({ number }) => number === 908))
  const stranger = await changePassword(access, { ...weak, password: wrong }, after(now, day))
  assert.deepEqual(stranger, { kind: 'denied', receipt: 905 })
  const unequal = { ...weak, newPassword: 'Grus-vej.48', newPasswordAgain: 'Grus-vej.49' }
  const different = await changePassword(access, unequal, after(now, day))
  assert.equal(different.kind === 'refused' && different.receipt, 907)
})
