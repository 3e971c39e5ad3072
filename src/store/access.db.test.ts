/** Signing on against a real PostgreSQL: the lock, the life of tokens and passwords, the evidence. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { personCode } from '#access/person-code.ts'
import { Unavailable } from '#base/outage.ts'
import { openAccess, type SignedOn, signOff, signOn, sweepAccess } from '#store/access.ts'
import { findCaller } from '#store/caller.ts'
import { keepTime } from '#store/clock-mark.ts'
import { changePassword } from '#store/password-change.ts'
import {
  createPersonCode,
  disablePersonCode,
  lockPersonCode,
  resetPersonCode,
  unlockPersonCode,
} from '#store/person-codes.ts'
import { statement } from '#store/pool.ts'
import { openTestDatabase } from '#test/database.ts'

const start = new Date('2026-01-05T08:00:00Z')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const source = '192.0.2.7'
const right = 'Ny-molle7Q'
const wrong = 'Forkert-9x'

const database = await openTestDatabase()
const access = openAccess(database.pool, randomBytes)
await database.ownerPool.script(`insert into authority (code, type, name, valid_from) values
  ('0042', '42', 'Borger direkte', '1968-01-01'), ('0751', '05', 'Aarhus', '1968-01-01')`)

/** Time runs on between tests, as the clock's mark demands: each begins a year after the last. */
let years = 0
function nextStart(): Date {
  return new Date(start.valueOf() + years++ * 366 * day)
}

const after = (at: Date, ms: number) => new Date(at.valueOf() + ms)
const by = (now: Date) => ({ actor: 'test', purpose: 'test', now })

async function newCode(now: Date, kind: 'lasting' | 'one-time' = 'lasting') {
  const lastingPassword = kind === 'lasting' ? right : undefined
  const wanted = { group: 'municipality', authority: '0751', lastingPassword } as const
  const made = await createPersonCode(access, wanted, by(now))
  assert.equal(made.kind, 'created')
  return made
}

const knock = (userId: string, password: string) => ({ userId, password, source })

async function signedOn(code: string, now: Date, password = right): Promise<SignedOn> {
  const answer = await signOn(access, knock(code, password), now)
  assert.equal(answer.kind, 'signed-on')
  return answer
}

async function receiptOf(code: string, password: string, now: Date): Promise<number | 'busy'> {
  const answer = await signOn(access, knock(code, password), now)
  if (answer.kind === 'busy') return 'busy'
  return answer.kind === 'signed-on' ? 900 : answer.receipt
}

async function change(code: string, password: string, newPassword: string, now: Date) {
  const answer = await changePassword(access, { ...knock(code, password), newPassword }, now)
  return answer.kind === 'changed' || answer.kind === 'busy' ? answer.kind : answer.receipt
}

async function count(sql: string, values: readonly unknown[] = []): Promise<unknown> {
  const { rows } = await database.ownerPool.run(
    statement(`test-${sql.length}-${sql.slice(-20)}`, sql),
    values,
  )
  return rows[0]?.['count']
}

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

const endings: readonly (readonly [string, (code: string, token: string, now: Date) => unknown])[] =
  [
    ['a change of password', (code, _, now) => change(code, right, 'Grus-vej.48', now)],
    ['a reset', (code, _, now) => resetPersonCode(access, personCode(code), by(now))],
    ['a lock', (code, _, now) => lockPersonCode(access, personCode(code), by(now))],
    ['a disabling', (code, _, now) => disablePersonCode(access, personCode(code), by(now))],
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
    await unlockPersonCode(access, code, by(issuedAt))
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

test('the fifth wrong password in a row locks; four and a right one do not', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  for (let round = 0; round < 3; round++) {
    for (let miss = 0; miss < 4; miss++) assert.equal(await receiptOf(code, wrong, now), 905)
    assert.equal(await receiptOf(code, right, now), 900)
  }
  for (let miss = 0; miss < 5; miss++) assert.equal(await receiptOf(code, wrong, now), 905)
  assert.equal(await receiptOf(code, right, now), 905)
  assert.equal(await receiptOf(code, right, after(now, 30 * day)), 905)
  await unlockPersonCode(access, code, by(now))
  assert.equal(await receiptOf(code, right, after(now, 30 * day)), 900)
})

test('misses over signon and newpass share one count', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  for (let miss = 0; miss < 3; miss++) assert.equal(await receiptOf(code, wrong, now), 905)
  for (let miss = 0; miss < 2; miss++) {
    assert.equal(await change(code, wrong, 'Grus-vej.48', now), 905)
  }
  assert.equal(await receiptOf(code, right, now), 905)
  assert.equal(await change(code, right, 'Grus-vej.48', after(now, day)), 905)
})

const evaluatedSql = `select count(*)::integer from audit
  where actor = $1 and act = 'sign-on' and (receipt = 900 or detail->>'cause' = 'wrong-password')`
const missesSql = `select count(*)::integer from audit
  where actor = $1 and act = 'sign-on' and detail->>'cause' = 'wrong-password'`

test('of 200 guesses at once five are evaluated, and the code is locked', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const guesses = Array.from({ length: 200 }, (_, n) => receiptOf(code, `Forkert-${n}`, now))
  assert.deepEqual(new Set(await Promise.all(guesses)), new Set([905]))
  assert.equal(await count(evaluatedSql, [code]), 5)
  assert.equal(await receiptOf(code, right, now), 905)
})

test('of 200 guesses from several processes no six in a row are wrong', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const processes = Array.from({ length: 8 }, () => openAccess(database.pool, randomBytes))
  const place = 3
  const guesses = Array.from({ length: 200 }, (_, n) => {
    const mine = processes[n % processes.length] ?? access
    return signOn(mine, knock(code, n === place ? right : `Forkert-${n}`), now)
  })
  const answers = await Promise.all(guesses)
  const opened = answers.filter(({ kind }) => kind === 'signed-on').length
  // With the right one among them the count begins anew once; those begun before it stay misses.
  const misses = Number(await count(missesSql, [code]))
  assert.ok(misses >= 5 && misses <= 5 + 4 * opened, `${misses} misses, ${opened} opened`)
  assert.equal(await receiptOf(code, right, now), 905)
})

test('eight right passwords at once, from eight processes, all sign on', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const processes = Array.from({ length: 8 }, () => openAccess(database.pool, randomBytes))
  const answers = await Promise.all(processes.map((mine) => signOn(mine, knock(code, right), now)))
  assert.deepEqual(new Set(answers.map(({ kind }) => kind)), new Set(['signed-on']))
})

test('six kinds of failure get one and the same answer', async () => {
  const now = nextStart()
  const codes = await Promise.all(Array.from({ length: 4 }, () => newCode(now)))
  const [known, locked, inactive, expired] = codes.map(({ code }) => code)
  assert.ok(known && locked && inactive && expired)
  const later = after(now, 91 * day)
  const fresh = await newCode(later)
  await lockPersonCode(access, locked, by(later))
  await disablePersonCode(access, inactive, by(later))
  const attempts = [
    knock('W9999999', wrong),
    knock(fresh.code, wrong),
    knock(locked, right),
    knock(inactive, wrong),
    knock(expired, wrong),
    knock("' or 1=1 --", wrong),
    knock('', ''),
    knock(fresh.code, 'x'.repeat(100_000)),
  ]
  for (const attempt of attempts) {
    assert.equal(
      JSON.stringify(await signOn(access, attempt, later)),
      '{"kind":"denied","receipt":905}',
    )
    const change = { ...attempt, newPassword: 'Grus-vej.48' }
    assert.equal(
      JSON.stringify(await changePassword(access, change, later)),
      '{"kind":"denied","receipt":905}',
    )
  }
  assert.equal(await receiptOf(inactive, right, later), 903)
})

test('the compatibility setting brings back the numbers of CPR', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const asCpr = { ...access, numbers: 'as-cpr' } as const
  const receipt = async (userId: string, password: string) => {
    const answer = await signOn(asCpr, knock(userId, password), now)
    return answer.kind === 'denied' ? answer.receipt : answer.kind
  }
  assert.equal(await receipt('W9999999', right), 902)
  assert.equal(await receipt('nobody', right), 904)
  assert.equal(await receipt(code, wrong), 905)
  await lockPersonCode(access, code, by(now))
  assert.equal(await receipt(code, right), 903)
})

test('a clock that is set back revives no token and signs nobody on', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const { token } = await signedOn(code, now)
  assert.ok(await findCaller(database.pool, token, source, after(now, hour)))
  await keepTime(database.pool, after(now, 2 * hour))
  assert.equal(await findCaller(database.pool, token, source, after(now, hour)), undefined)
  await assert.rejects(signOn(access, knock(code, right), after(now, hour)), Unavailable)
  const close = await signedOn(code, after(now, 2 * hour - minute))
  assert.deepEqual(close.expiresAt, after(now, 4 * hour))
})

test('a clock that was refused counts no attempt', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  await keepTime(database.pool, now)
  for (let time = 0; time < 6; time++) {
    await assert.rejects(signOn(access, knock(code, wrong), after(now, -hour)), Unavailable)
  }
  assert.equal(await receiptOf(code, right, now), 900)
})

test('each attempt leaves one row of evidence, without what was typed', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  const canary = 'Hemmelig-Kanarie.77'
  await receiptOf(code, canary, now)
  await receiptOf('W7654321', canary, now)
  await receiptOf(canary, canary, now)
  await change(code, right, canary.slice(0, 6), after(now, day))
  await signedOn(code, after(now, day))
  const { rows } = await database.ownerPool.run(
    statement('test-evidence', 'select * from audit where at >= $1 order by xid, id'),
    [now],
  )
  const seen = rows.map(({ act, outcome, receipt, actor, detail }) => [
    act,
    outcome,
    receipt,
    actor,
    detail,
  ])
  assert.deepEqual(seen.slice(1), [
    ['sign-on', 'denied', 905, code, { cause: 'wrong-password' }],
    ['sign-on', 'denied', 905, null, { cause: 'unknown', claimed: 'W7654321' }],
    ['sign-on', 'denied', 905, null, { cause: 'malformed' }],
    ['new-password', 'refused', 908, code, {}],
    ['sign-on', 'done', 900, code, {}],
  ])
  const dump = await database.ownerPool.run(
    statement(
      'test-dump',
      `select string_agg(t::text, ' ') as all from (
      select to_jsonb(audit) t from audit union all select to_jsonb(token) from token
      union all select to_jsonb(person_code) from person_code) x`,
    ),
  )
  assert.ok(!String(dump.rows[0]?.['all']).includes('Kanarie'))
})

test('the evidence of the fifth miss says that it locked', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  for (let miss = 0; miss < 6; miss++) await receiptOf(code, wrong, now)
  const { rows } = await database.ownerPool.run(
    statement('test-lock', `select detail from audit where actor = $1 order by xid`),
    [code],
  )
  const miss = { cause: 'wrong-password' }
  const details = rows.map(({ detail }) => detail)
  assert.deepEqual(details, [
    miss,
    miss,
    miss,
    miss,
    { ...miss, locked: true },
    { cause: 'locked' },
  ])
})

test('the program can neither rewrite earlier passwords nor lengthen a token', async () => {
  const now = nextStart()
  await newCode(now)
  const denied = { code: '42501' }
  await assert.rejects(database.pool.script('delete from password_history'), denied)
  await assert.rejects(database.pool.script('update password_history set set_at = now()'), denied)
  await assert.rejects(database.pool.script('update token set expires_at = now()'), denied)
  await assert.rejects(database.pool.script('delete from person_code'), denied)
})

test('sweeping removes what ended a day ago and nothing else', async () => {
  const now = nextStart()
  const { code } = await newCode(now)
  await signedOn(code, now)
  const later = after(now, 27 * hour)
  const { token } = await signedOn(code, later)
  await sweepAccess(database.pool, later)
  assert.equal(await count('select count(*)::integer from token where person_code = $1', [code]), 1)
  assert.ok(await findCaller(database.pool, token, source, later))
})
