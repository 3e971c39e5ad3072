/** Person codes against a real PostgreSQL: their addresses, their overlap, their end, their notices. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { noticeStart } from '#access/notices.ts'
import { personCode } from '#access/person-code.ts'
import { openAccess, signOn } from '#store/access.ts'
import { findCaller } from '#store/caller.ts'
import { listNotices, noteEndingPasswords } from '#store/notices.ts'
import { changePassword } from '#store/password-change.ts'
import { changePersonCode, moveNames, movePersonCode } from '#store/person-code-moves.ts'
import { createPersonCode, type PersonCodeSettings, resetPersonCode } from '#store/person-codes.ts'
import {
  access,
  after,
  by,
  change,
  count,
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
import { askUntil } from '#test/patience.ts'

const stranger = '198.51.100.9'
const next = 'Grus-vej.48'

async function codeWith(now: Date, settings: PersonCodeSettings) {
  const wanted = { group: 'municipality', authority: '0751', lastingPassword: right } as const
  const made = await createPersonCode(access, { ...wanted, ...settings }, by(now))
  assert.equal(made.kind, 'created')
  return made.code
}

// Addresses -----------------------------------------------------------------------------------

test('a person code signs on from an address that it lists, however that is spelt', async () => {
  const now = nextStart()
  const code = await codeWith(now, { sources: [source, '2001:db8::7'] })
  assert.equal(await receiptOf(code, right, now, source), 900)
  assert.equal(await receiptOf(code, right, now, `::ffff:${source}`), 900)
  assert.equal(await receiptOf(code, right, now, '2001:DB8:0::7'), 900)
  assert.equal(await receiptOf(code, right, now, stranger), 905)
  const changed = await changePassword(
    access,
    { ...knock(code, right), source: stranger, newPassword: next },
    after(now, day),
  )
  assert.deepEqual(changed, { kind: 'denied', receipt: 905 })
})

test('misses from an address that is not listed lock nobody out', async () => {
  const now = nextStart()
  const code = await codeWith(now, { sources: [source] })
  for (let miss = 0; miss < 9; miss++) {
    assert.equal(await receiptOf(code, wrong, now, stranger), 905)
  }
  assert.equal(await receiptOf(code, right, now, source), 900)
  const causes = await count(
    `select count(*)::integer from audit where actor = $1 and detail->>'cause' = 'unlisted-source'`,
    [code],
  )
  assert.equal(causes, 9)
})

test('the same misses do lock a code that lists no address, which is what the list is for', async () => {
  const now = nextStart()
  const code = await codeWith(now, {})
  for (let miss = 0; miss < 9; miss++) await receiptOf(code, wrong, now, stranger)
  assert.equal(await receiptOf(code, right, now, source), 905)
})

test('an address that is not as it is spelt here is a bug, not a list that locks out', async () => {
  const now = nextStart()
  const code = await codeWith(now, {})
  for (const sources of [['2001:DB8::7'], ['10.0.0.0/8'], ['here']]) {
    await assert.rejects(changePersonCode(access, code, { sources }, by(now)), /not as it is spelt/)
  }
})

// The throttle by address ---------------------------------------------------------------------

const throttle = { missesMax: 10, windowMs: 15 * minute }
const strict = openAccess(database.pool, randomBytes, { throttle })
const loose = openAccess(database.pool, randomBytes, {
  throttle: { ...throttle, missesMax: 1_000_000 },
})

const tryMany = async (mine: typeof access, now: Date, from: string, times: number) => {
  const answers: string[] = []
  for (let n = 0; n < times; n++) {
    const userId = `W8${String(n).padStart(6, '0')}`
    answers.push((await signOn(mine, { userId, password: wrong, source: from }, now)).kind)
  }
  return answers
}

test('one address that tries many person codes is told to wait, and for how long', async () => {
  const now = nextStart()
  const answers = await tryMany(strict, now, stranger, 30)
  assert.deepEqual(new Set(answers.slice(0, 10)), new Set(['denied']))
  assert.deepEqual(new Set(answers.slice(10)), new Set(['throttled']))
  const { code } = await newCode(now)
  const credentials = { ...knock(code, right), source: stranger }
  const told = await signOn(strict, credentials, after(now, minute))
  assert.deepEqual(told, { kind: 'throttled', until: after(now, throttle.windowMs) })
  const newPassword = { ...credentials, newPassword: next }
  assert.equal((await changePassword(strict, newPassword, after(now, minute))).kind, 'throttled')
  const over = after(now, throttle.windowMs)
  assert.equal((await signOn(strict, credentials, over)).kind, 'signed-on')
})

test('one who calls from many addresses of a network of IPv6 is one', async () => {
  const now = nextStart()
  const answers: string[] = []
  for (let n = 1; n <= 12; n++) {
    const [answer] = await tryMany(strict, now, `2001:db8:0:7::${n}`, 1)
    answers.push(answer ?? '')
  }
  assert.deepEqual(new Set(answers.slice(0, 10)), new Set(['denied']))
  assert.deepEqual(new Set(answers.slice(10)), new Set(['throttled']))
  assert.deepEqual(await tryMany(strict, now, '2001:db8:0:8::1', 1), ['denied'])
})

test('without the throttle the same address goes on, which is what the throttle is for', async () => {
  const answers = await tryMany(loose, nextStart(), stranger, 15)
  assert.deepEqual(new Set(answers), new Set(['denied']))
})

test('another address, and one that the code lists, sign on meanwhile', async () => {
  const now = nextStart()
  await tryMany(strict, now, stranger, 12)
  const { code } = await newCode(now)
  assert.equal((await signOn(strict, knock(code, right), now)).kind, 'signed-on')
  const listed = await codeWith(now, { sources: [stranger] })
  const fromThere = { ...knock(listed, right), source: stranger }
  assert.equal((await signOn(strict, fromThere, now)).kind, 'signed-on')
  assert.equal((await signOn(strict, { ...fromThere, userId: code }, now)).kind, 'throttled')
})

test('a hundred addresses with one guess each lock the one code they guess at the fifth', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const from = (n: number) => `203.0.${n >> 8}.${n & 255}`
  const guesses = Array.from({ length: 100 }, (_, n) => receiptOf(code, wrong, now, from(n)))
  assert.deepEqual(new Set(await Promise.all(guesses)), new Set([905]))
  const evaluated = await count(
    `select count(*)::integer from audit where actor = $1 and detail->>'cause' = 'wrong-password'`,
    [code],
  )
  assert.equal(evaluated, 5)
  assert.equal(await receiptOf(code, right, now), 905)
})

// The overlap ---------------------------------------------------------------------------------

test('with an overlap the old password signs on until it ends, and its tokens end with it', async () => {
  const now = nextStart()
  const code = await codeWith(now, { overlapMinutes: 60 })
  const old = await signedOn(code, after(now, day))
  const at = after(now, day)
  assert.equal(await change(code, right, next, at), 'changed')
  assert.equal(await findCaller(database.pool, old.token, source, at), undefined)
  assert.equal(await receiptOf(code, next, at), 900)
  const late = await signedOn(code, after(at, 59 * minute))
  assert.deepEqual(late.expiresAt, after(at, hour))
  assert.deepEqual([late.passwordExpiresAt, late.passwordEndsSoon], [after(at, hour), true])
  assert.equal(await receiptOf(code, right, after(at, hour)), 905)
  assert.equal(await findCaller(database.pool, late.token, source, after(at, hour)), undefined)
  assert.equal(await receiptOf(code, next, after(at, hour)), 900)
})

test('the old password changes nothing any more, and counts as no miss', async () => {
  const now = nextStart()
  const code = await codeWith(now, { overlapMinutes: 60 })
  const at = after(now, day)
  assert.equal(await change(code, right, next, at), 'changed')
  for (let times = 0; times < 6; times++) {
    assert.equal(await change(code, right, 'Sten-bro.59', after(at, minute)), 908)
  }
  assert.equal(await receiptOf(code, next, after(at, minute)), 900)
})

test('without an overlap, or when it is ended at once, the old password is dead', async () => {
  const now = nextStart()
  const at = after(now, day)
  const plain = await codeWith(now, {})
  assert.equal(await change(plain, right, next, at), 'changed')
  assert.equal(await receiptOf(plain, right, at), 905)
  const known = await codeWith(now, { overlapMinutes: 60 })
  const leaked = { ...knock(known, right), newPassword: next, endOldNow: true }
  assert.equal((await changePassword(access, leaked, at)).kind, 'changed')
  assert.equal(await receiptOf(known, right, at), 905)
})

test('an overlap never lets a password outlive its own end', async () => {
  const now = nextStart()
  const code = await codeWith(now, { overlapMinutes: 1440 })
  const end = after(now, 90 * day)
  assert.equal(await change(code, right, next, after(end, -minute)), 'changed')
  assert.equal(await receiptOf(code, right, after(end, -1)), 900)
  assert.equal(await receiptOf(code, right, end), 905)
  const ended = await codeWith(now, { overlapMinutes: 1440 })
  assert.equal(await change(ended, right, next, end), 'changed')
  assert.equal(await receiptOf(ended, right, end), 905)
})

test('whatever an administrator does ends the overlap, and so does the fifth miss', async () => {
  const acts = moveNames.map((name) => (code: string, now: Date) => {
    return movePersonCode(access, name, personCode(code), by(now))
  })
  const reset = (code: string, now: Date) => resetPersonCode(access, personCode(code), by(now))
  const misses = async (code: string, now: Date) => {
    for (let miss = 0; miss < 5; miss++) await receiptOf(code, wrong, now)
  }
  for (const act of [...acts, reset, misses]) {
    const now = nextStart()
    const code = await codeWith(now, { overlapMinutes: 1440 })
    const at = after(now, day)
    assert.equal(await change(code, right, next, at), 'changed')
    assert.equal(await receiptOf(code, right, at), 900)
    await act(code, at)
    assert.equal(await receiptOf(code, right, at), 905)
  }
})

test('five guesses lock also a code with two passwords', async () => {
  const now = nextStart()
  const code = await codeWith(now, { overlapMinutes: 60 })
  const at = after(now, day)
  assert.equal(await change(code, right, next, at), 'changed')
  for (let miss = 0; miss < 5; miss++) assert.equal(await receiptOf(code, wrong, at), 905)
  for (const password of [right, next]) assert.equal(await receiptOf(code, password, at), 905)
})

// Expired and retired -------------------------------------------------------------------------

test('an expired password opens nothing but its change', async () => {
  const now = nextStart()
  const code = await codeWith(now, {})
  const at = after(now, day)
  assert.equal((await movePersonCode(access, 'expire', code, by(at))).kind, 'done')
  assert.equal(await receiptOf(code, right, at), 906)
  assert.equal(await change(code, right, next, at), 'changed')
  assert.equal(await receiptOf(code, next, at), 900)
})

test('a retired code is retired for ever, and nobody else gets it', async () => {
  const now = nextStart()
  const code = await codeWith(now, {})
  assert.equal((await movePersonCode(access, 'retire', code, by(now))).kind, 'done')
  for (const name of moveNames) {
    assert.deepEqual(await movePersonCode(access, name, code, by(now)), { kind: 'retired' })
  }
  assert.deepEqual(await resetPersonCode(access, code, by(now)), { kind: 'retired' })
  assert.deepEqual(await changePersonCode(access, code, { overlapMinutes: 1 }, by(now)), {
    kind: 'retired',
  })
  assert.equal(await receiptOf(code, right, now), 903)
  assert.equal(await receiptOf(code, wrong, now), 905)
  const again = { code, group: 'municipality', authority: '0751' } as const
  assert.equal((await createPersonCode(access, again, by(now))).kind, 'code-taken')
})

// Notices -------------------------------------------------------------------------------------

/** Asked again where they come short: other files' transactions hold the horizon back too. */
async function noticesOf(
  token: string,
  at: Date,
  { atLeast = 0 }: { readonly atLeast?: number } = {},
): Promise<readonly string[]> {
  const order = { asker: { token, source }, at, after: noticeStart, limit: 100 }
  const { items } = await askUntil(
    () => listNotices(database.pool, order),
    (page) => page.items.length >= atLeast,
  )
  return items.map(({ personCode: code, kind }) => `${code} ${kind}`)
}

test('what happens to a person code is told to it, and to those with the same holder', async () => {
  const now = nextStart()
  const [mine, theirs] = [
    await codeWith(now, { holder: 'Udbyder A' }),
    await codeWith(now, { holder: 'Udbyder A' }),
  ]
  const other = await codeWith(now, { holder: 'Udbyder B' })
  for (let miss = 0; miss < 5; miss++) await receiptOf(theirs, wrong, now)
  await movePersonCode(access, 'unlock', theirs, by(now))
  const { token } = await signedOn(mine, now)
  assert.deepEqual(await noticesOf(token, now, { atLeast: 4 }), [
    `${mine} created`,
    `${theirs} created`,
    `${theirs} locked`,
    `${theirs} unlocked`,
  ])
  const stranger = await signedOn(other, now)
  assert.deepEqual(await noticesOf(stranger.token, now, { atLeast: 1 }), [`${other} created`])
})

test('a password that ends within 14 days is told once, and once more when it has ended', async () => {
  const now = nextStart()
  const code = await codeWith(now, { holder: 'Udbyder C' })
  const told = async (at: Date) => {
    await noteEndingPasswords(database.pool, at)
    return await count('select count(*)::integer from notice where person_code = $1', [code])
  }
  assert.equal(await told(after(now, 76 * day - 1)), 1)
  assert.equal(await told(after(now, 76 * day)), 2)
  assert.equal(await told(after(now, 80 * day)), 2)
  assert.equal(await told(after(now, 90 * day)), 3)
  assert.equal(await told(after(now, 95 * day)), 3)
})

test('a notice is read below the horizon alone: what is still being written may come before it', async () => {
  const now = nextStart()
  const code = await codeWith(now, {})
  const { token } = await signedOn(code, now)
  await database.ownerPool.transaction(async (session) => {
    await session.script('select pg_current_xact_id()')
    await movePersonCode(access, 'unlock', code, by(now))
    const again = await signedOn(code, now)
    assert.deepEqual(await noticesOf(again.token, now, { atLeast: 1 }), [`${code} created`])
  })
  const { token: later } = await signedOn(code, now)
  assert.deepEqual(await noticesOf(later, now, { atLeast: 2 }), [
    `${code} created`,
    `${code} unlocked`,
  ])
  assert.deepEqual(await noticesOf(token, now), [])
})
