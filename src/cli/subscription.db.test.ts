/** Subscriptions as an operator types the commands, against a real PostgreSQL. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Unavailable } from '#base/outage.ts'
import type { Connect } from '#cli/on-database.ts'
import { addPersonCodeCommands } from '#cli/person-code.ts'
import { addSubscriptionCommands } from '#cli/subscription.ts'
import { openTestDatabase } from '#test/database.ts'
import { typed } from '#test/typed.ts'

const { adminPool, ownerPool } = await openTestDatabase()
const now = new Date('2026-03-02T09:00:00Z')
const useTest: Connect = async () => ({ pool: adminPool, close: async () => {} })

await ownerPool.script(`insert into authority (code, type, name, valid_from) values
  ('0751', '05', 'Aarhus', '1968-01-01')`)

function samspil(line: string, connect: Connect = useTest, onError = () => {}) {
  return typed(
    line.split(' '),
    (program, { write }) => {
      const surroundings = { clock: () => now, random: randomBytes, write, user: () => 'ole' }
      addPersonCodeCommands(program, connect, surroundings)
      addSubscriptionCommands(program, connect, surroundings)
    },
    onError,
  )
}

test('a subscription is added, listed and ended, and each change is on record', async () => {
  await samspil('person-code create --group receiver --authority 0751 --code W0000752')
  const added = await samspil('subscription add W0000752 0751 --type A05 --by ida')
  assert.equal(added.out, 'W0000752 is told of A05 in 0751.\n')
  await samspil('subscription add W0000752 0751')
  const { out } = await samspil('subscription list')
  assert.deepEqual(out.split('\n').slice(0, -1).toSorted(), [
    'W0000752  0751  A05',
    'W0000752  0751  all events',
  ])
  const ended = await samspil('subscription end W0000752 0751 --type A05')
  assert.equal(ended.out, 'W0000752 is no longer told of A05 in 0751.\n')
  assert.equal((await samspil('subscription list')).out, 'W0000752  0751  all events\n')
  const { rows } = await ownerPool.script(
    `select actor from audit where act like 'subscri%' order by xid`,
  )
  assert.deepEqual(rows.map(({ actor }) => actor).toSorted(), ['ida', 'ole', 'ole'])
})

for (const [line, expected] of [
  ['subscription add W0000751 0751', /W0000751 is no receiver, or is told of that already/],
  ['subscription end W0000752 0101', /W0000752 was not told of that/],
  ['subscription add W0000752 Aarhus', /A municipality is four digits/],
] as const) {
  test(`${line} changes nothing and says why`, async () => {
    const before = (await samspil('subscription list')).out
    const { exitCode, err } = await samspil(line)
    assert.equal(exitCode, 1)
    assert.match(err, expected)
    assert.equal((await samspil('subscription list')).out, before)
  })
}

test('a database that does not answer ends with 3, and is closed before the error is told', async () => {
  const away: Connect = async () => {
    throw new Unavailable('the database did not answer', { outcome: 'nothing-happened' })
  }
  const { exitCode, err } = await samspil('subscription list', away)
  assert.equal(exitCode, 3)
  assert.match(err, /Check DATABASE_URL or --data/)
  const seen: string[] = []
  const closing: Connect = async () => ({
    pool: ownerPool,
    close: async () => void seen.push('closed'),
  })
  await samspil('subscription end W0000752 0101', closing, () => seen.push('told'))
  assert.deepEqual(seen, ['closed', 'told'])
})
