/** The commands for person codes, as an operator types them, against a real PostgreSQL. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import type { Command } from 'commander'
import { date } from '#base/calendar.ts'
import { Unavailable } from '#base/outage.ts'
import type { Connect } from '#cli/on-database.ts'
import { addPersonCodeCommands } from '#cli/person-code.ts'
import { openNumbers } from '#population/numbers.ts'
import { openAccess, signOn } from '#store/access.ts'
import { changePassword } from '#store/password-change.ts'
import { statement } from '#store/pool.ts'
import { openTestDatabase } from '#test/database.ts'
import { type Ended, type Terminal, typed } from '#test/typed.ts'

const database = await openTestDatabase()
const access = openAccess(database.pool, randomBytes)
await database.ownerPool.script(`insert into authority (code, type, name, valid_from) values
  ('0751', '05', 'Aarhus', '1968-01-01'), ('1101', '10', 'En ret', '1968-01-01')`)

const now = new Date('2026-01-05T08:00:00Z')
const useTest: Connect = async () => ({ pool: database.adminPool, close: async () => {} })

function samspil(
  args: readonly string[],
  connect: Connect = useTest,
  onError = () => {},
): Promise<Ended> {
  const add = (program: Command, { write }: Terminal) =>
    addPersonCodeCommands(program, connect, {
      clock: () => now,
      random: randomBytes,
      write,
      user: () => 'ole',
    })
  return typed(['person-code', ...args], add, onError)
}

const municipality = ['--group', 'municipality', '--authority', '0751']
const knock = (userId: string, password: string) => ({ userId, password, source: '192.0.2.7' })

test('create prints a one-time password that works, and list never shows it or a hash', async () => {
  const made = await samspil(['create', ...municipality, '--code', 'W0000751', '--name', 'Ida'])
  assert.equal(made.exitCode, 0)
  const password = /One-time password: (\S+)\n/.exec(made.out)?.[1] ?? ''
  assert.match(made.out, /until 2026-01-06 09:00:00/)
  const change = { ...knock('W0000751', password), newPassword: 'Grus-vej.48' }
  assert.equal((await changePassword(access, change, now)).kind, 'changed')
  const listed = await samspil(['list'])
  assert.match(listed.out, /W0000751 {2}municipality {2}0751 .* active .* never .* Ida/)
  for (const { out } of [listed, await samspil(['list', '--json'])]) {
    assert.ok(!out.includes(password) && !out.includes('argon2'))
  }
})

test('create without a code chooses a free one, and --json tells all of it', async () => {
  const { out } = await samspil(['create', ...municipality, '--json'])
  const said: Record<string, unknown> = JSON.parse(out)
  assert.match(String(said['code']), /^W[0-9]{7}$/)
  assert.deepEqual(Object.keys(said), [
    'code',
    'group',
    'authority',
    'oneTimePassword',
    'passwordExpiresAt',
  ])
})

test('lock, unlock, disable and reset do what they say', async () => {
  const { out } = await samspil(['create', ...municipality, '--json'])
  const { code, oneTimePassword } = JSON.parse(out)
  const receipt = async (password: string) => {
    const answer = await signOn(access, knock(code, password), now)
    return answer.kind === 'denied' ? answer.receipt : answer.kind
  }
  assert.equal(await receipt(oneTimePassword), 906)
  assert.match((await samspil(['lock', code])).out, /is locked/)
  assert.equal(await receipt(oneTimePassword), 905)
  assert.match((await samspil(['unlock', code])).out, /is unlocked/)
  assert.equal(await receipt(oneTimePassword), 906)
  assert.match((await samspil(['disable', code])).out, /is disabled/)
  assert.equal(await receipt(oneTimePassword), 903)
  const reset = JSON.parse((await samspil(['reset', code, '--json'])).out)
  assert.equal(await receipt(oneTimePassword), 905)
  assert.equal(await receipt(reset.oneTimePassword), 906)
})

test('each change leaves evidence of who and why', async () => {
  await samspil(['create', ...municipality, '--code', 'W0000002', '--reason', 'sag 7'])
  await samspil(['lock', 'W0000002', '--by', 'Karen'])
  const { rows } = await database.ownerPool.run(
    statement(
      'test-who',
      `select act, actor, purpose from audit where detail->>'personCode' = $1 order by xid`,
    ),
    ['W0000002'],
  )
  assert.deepEqual(rows, [
    { act: 'person-code-created', actor: 'ole', purpose: 'sag 7' },
    { act: 'person-code-locked', actor: 'Karen', purpose: 'administration of person codes' },
  ])
})

const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['a code that exists', ['create', ...municipality, '--code', 'W0000002'], /exists already/],
  [
    'an unknown authority',
    ['create', '--group', 'municipality', '--authority', '0999'],
    /no authority 0999/,
  ],
  [
    'the wrong group',
    ['create', '--group', 'citizen', '--authority', '0751'],
    /Use --group municipality/,
  ],
  [
    'a court',
    ['create', '--group', 'citizen', '--authority', '1101'],
    /type that has no person codes/,
  ],
  ['an unknown group', ['create', '--group', 'boss', '--authority', '0751'], /Allowed choices/],
  ['no group', ['create', '--authority', '0751'], /--group/],
  ['a malformed code', ['lock', 'w1'], /W and seven digits/],
  ['a code of nobody', ['reset', 'W9999999'], /samspil person-code list/],
  [
    'a name that writes on the terminal',
    ['create', ...municipality, '--name', 'a\u001b[2J'],
    /one line/,
  ],
]

for (const [what, args, expected] of mistakes) {
  test(`${what} ends with 1, changes nothing and says what to do`, async () => {
    const before = (await samspil(['list', '--json'])).out
    const { exitCode, out, err } = await samspil(args)
    assert.equal(exitCode, 1)
    assert.equal(out, '')
    assert.match(err, expected)
    assert.equal((await samspil(['list', '--json'])).out, before)
  })
}

test('a database that does not answer ends with 3', async () => {
  const { exitCode, err } = await samspil(['list'], async () => {
    throw new Unavailable('the database did not answer', { outcome: 'nothing-happened' })
  })
  assert.equal(exitCode, 3)
  assert.match(err, /Check DATABASE_URL or --data/)
})

test('the connection is closed before an error is told, which ends the process', async () => {
  const seen: string[] = []
  const close = async () => void seen.push('closed')
  const closing: Connect = async () => ({ pool: database.pool, close })
  await samspil(['list'], closing, () => seen.push('told'))
  await samspil(['lock', 'W9999999'], closing, () => seen.push('told'))
  assert.deepEqual(seen, ['closed', 'closed', 'told'])
})

test('unlock does not open a disabled code, and says what does', async () => {
  await samspil(['create', ...municipality, '--code', 'W0000759'])
  assert.equal((await samspil(['disable', 'W0000759'])).exitCode, 0)
  const refused = await samspil(['unlock', 'W0000759'])
  assert.equal(refused.exitCode, 1)
  assert.match(refused.err, /is disabled\. Open it again with: samspil person-code reset/)
  assert.equal((await samspil(['reset', 'W0000759'])).exitCode, 0)
})

test('change lists addresses and an overlap, and list tells them as JSON', async () => {
  await samspil(['create', ...municipality, '--code', 'W0000760', '--source', '192.0.2.7'])
  const settings = ['--source', '2001:DB8::7', '--overlap', '240', '--holder', 'Udbyder A/S']
  assert.equal((await samspil(['change', 'W0000760', ...settings])).exitCode, 0)
  const listed: readonly Record<string, unknown>[] = JSON.parse(
    (await samspil(['list', '--json'])).out,
  )
  const one = listed.find(({ code }) => code === 'W0000760')
  assert.deepEqual(
    [one?.['sources'], one?.['overlapMinutes'], one?.['holder']],
    [['2001:db8::7'], 240, 'Udbyder A/S'],
  )
  await samspil(['change', 'W0000760', '--any-source'])
  const after: readonly Record<string, unknown>[] = JSON.parse(
    (await samspil(['list', '--json'])).out,
  )
  assert.deepEqual(after.find(({ code }) => code === 'W0000760')?.['sources'], [])
})

test('change lists certificates as openssl prints them, and lets in any again', async () => {
  const prints = ['0A:1B', '2C:3D'].map((pair) => Array.from({ length: 16 }, () => pair).join(':'))
  const listed = async () => {
    const all: readonly Record<string, unknown>[] = JSON.parse(
      (await samspil(['list', '--json'])).out,
    )
    return all.find(({ code }) => code === 'W0000760')?.['certificates']
  }
  const both = prints.flatMap((print) => ['--certificate', print])
  assert.equal((await samspil(['change', 'W0000760', ...both])).exitCode, 0)
  assert.deepEqual(await listed(), ['0a1b'.repeat(16), '2c3d'.repeat(16)])
  assert.equal((await samspil(['change', 'W0000760', '--overlap', '10'])).exitCode, 0)
  assert.equal(((await listed()) as readonly unknown[]).length, 2)
  assert.equal((await samspil(['change', 'W0000760', '--certificate', 'client.pem'])).exitCode, 1)
  assert.equal((await samspil(['change', 'W0000760', '--any-certificate'])).exitCode, 0)
  assert.deepEqual(await listed(), [])
})

test('an address that is none, and an overlap of more than a day, are refused', async () => {
  for (const wrong of [
    ['--source', '10.0.0.0/8'],
    ['--overlap', '1441'],
    ['--source', 'here'],
  ]) {
    assert.equal((await samspil(['change', 'W0000760', ...wrong])).exitCode, 1)
  }
})

test('a retired code stays retired, and the commands say what to do instead', async () => {
  await samspil(['create', ...municipality, '--code', 'W0000761'])
  assert.match((await samspil(['expire', 'W0000761'])).out, /must have its password changed/)
  assert.match((await samspil(['retire', 'W0000761'])).out, /is retired for good/)
  for (const name of ['reset', 'unlock', 'lock', 'change']) {
    assert.match((await samspil([name, 'W0000761'])).err, /Give its user another with: samspil/)
  }
  assert.match((await samspil(['list'])).out, /W0000761 .* retired /)
})

test('administrator rights are asked for by one and granted by another', async () => {
  const wanted = ['--group', 'administrator', '--authority', '0751', '--code', 'W0000770']
  const asked = await samspil(['create', ...wanted, '--by', 'Karen', '--reason', 'sag 8'])
  assert.match(asked.out, /takes two people/)
  const id = /grant (\S+) --by/.exec(asked.out)?.[1] ?? ''
  assert.match((await samspil(['list'])).out, /^(?![\s\S]*W0000770)/)
  assert.match((await samspil(['requests'])).out, /W0000770: administrator of 0751, asked by Karen/)
  const own = await samspil(['grant', id, '--by', 'Karen'])
  assert.deepEqual([own.exitCode, own.out], [1, ''])
  assert.match(own.err, /Karen asked for it, and cannot grant it/)
  assert.match((await samspil(['grant', id, '--by', 'Ole'])).out, /One-time password: \S{19}\n/)
  assert.match((await samspil(['grant', id, '--by', 'Ole'])).err, /nothing waits as/)
  assert.match((await samspil(['list'])).out, /W0000770 {2}administrator/)
})

test('a move waits for somebody else, once for each code, and may be refused', async () => {
  await samspil(['create', ...municipality, '--code', 'W0000771'])
  const moved = ['move', 'W0000771', '--group', 'log-reviewer', '--authority', '0751']
  const asked = await samspil([...moved, '--by', 'Karen'])
  const id = /grant (\S+) --by/.exec(asked.out)?.[1] ?? ''
  assert.match((await samspil(moved)).err, /waits for that person code already/)
  assert.match((await samspil(['refuse', id, '--by', 'Karen'])).out, /is refused/)
  assert.match((await samspil(['requests'])).out, /Nothing waits/)
  const nowhere = ['move', 'W0000771', '--group', 'citizen', '--authority', '0751']
  assert.match((await samspil(nowhere)).err, /Use --group/)
})

test('an identity is linked to one person code, and unlinked', async () => {
  await samspil(['create', ...municipality, '--code', 'W0000780'])
  await samspil(['create', ...municipality, '--code', 'W0000781'])
  const identity = ['--issuer', 'https://idp.example', '--subject', 'karen']
  assert.match((await samspil(['link', 'W0000780', ...identity])).out, /opens W0000780/)
  assert.match((await samspil(['link', 'W0000781', ...identity])).err, /linked already/)
  assert.match((await samspil(['unlink', 'W0000780'])).out, /No identity opens W0000780/)
  assert.equal((await samspil(['unlink', 'W0000780'])).exitCode, 1)
  assert.equal((await samspil(['link', 'W0000781', ...identity])).exitCode, 0)
})

test('whose a person code is gets stated, changed and taken back, and no number is ever shown', async () => {
  await samspil(['create', ...municipality, '--code', 'W0000790'])
  const stated = async () => {
    const { rows } = await database.ownerPool.script(
      "select pnr, stated_by from employee where person_code = 'W0000790'",
    )
    return rows.map(({ pnr, stated_by: by }) => [pnr, by].map(String).join(' '))
  }
  const numbers = openNumbers()
  const [one, other] = [numbers(date('1980-06-15'), 'K').pnr, numbers(date('1980-06-15'), 'K').pnr]
  for (const pnr of [one, `${other.slice(0, 6)}-${other.slice(6)}`]) {
    const { out, err, exitCode } = await samspil(['employee', 'W0000790', pnr, '--by', 'Karen'])
    assert.equal(exitCode, 0, err)
    assert.match(out, /It is stated who uses W0000790\./)
    assert.doesNotMatch(out, /\d{10}/)
  }
  assert.deepEqual(await stated(), [`${other} Karen`])
  const { rows } = await database.ownerPool.script(
    "select act, actor, outcome from audit where act = 'employee-stated'",
  )
  assert.deepEqual(rows[0], { act: 'employee-stated', actor: 'Karen', outcome: 'done' })
  assert.match((await samspil(['employee', 'W0000790', 'none'])).out, /Nobody is stated/)
  assert.deepEqual(await stated(), [])
  assert.match((await samspil(['employee', 'W0000790', '12'])).err, /personal number/)
  assert.match((await samspil(['employee', 'W0000799', one])).err, /no person code W0000799/)
})
