/** Attempts to sign on against a real PostgreSQL: the lock, the one answer, the evidence. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Unavailable } from '#base/outage.ts'
import { openAccess, signOn, sweepAccess } from '#store/access.ts'
import { findCaller } from '#store/caller.ts'
import { keepTime } from '#store/clock-mark.ts'
import { changePassword } from '#store/password-change.ts'
import { movePersonCode } from '#store/person-code-moves.ts'
import { statement } from '#store/pool.ts'
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
  await movePersonCode(access, 'unlock', code, by(now))
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
  const guesses = Array.from({ length: 200 }, (_, n) =>
    receiptOf(code, `Forkert-${n}`, now, `192.0.2.${n}`),
  )
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
    const guess = knock(code, n === place ? right : `Forkert-${n}`)
    return signOn(mine, { ...guess, source: `192.0.2.${n}` }, now)
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
  await movePersonCode(access, 'lock', locked, by(later))
  await movePersonCode(access, 'disable', inactive, by(later))
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
  await movePersonCode(access, 'lock', code, by(now))
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
