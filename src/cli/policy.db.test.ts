/** Policies as an operator types the commands, against a real PostgreSQL. */

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Connect } from '#cli/on-database.ts'
import { addPolicyCommands } from '#cli/policy.ts'
import { openTestDatabase } from '#test/database.ts'
import { root } from '#test/step.ts'
import { typed } from '#test/typed.ts'

const { adminPool, ownerPool } = await openTestDatabase()
const connect: Connect = async () => ({ pool: adminPool, close: async () => {} })
const now = new Date('2026-03-02T09:00:00Z')
const aarhus = join(root, 'reference/policies/aarhus.json')

function samspil(...args: readonly string[]) {
  return typed(['policy', ...args], (program, { write }) =>
    addPolicyCommands(program, connect, { clock: () => now, write, user: () => 'ole' }),
  )
}

test('a policy is checked, put, switched on by another, shown and switched off', async () => {
  assert.match((await samspil('check', aarhus)).out, /The age of the oldest who moves: at least 19/)
  assert.match((await samspil('put', '0751', aarhus)).out, /aarhus {2}version 1, off/)
  const own = await samspil('on', '0751', 'aarhus', '1')
  assert.deepEqual([own.exitCode, own.err.includes('another person')], [1, true])
  const on = await samspil('on', '0751', 'aarhus', '1', '--by', 'ida', '--sample', '20')
  assert.match(on.out, /version 1 on since 2026-03-02T09:00:00.000Z, by ida, samples 20 %/)
  assert.match((await samspil('show', '0751', 'aarhus')).out, /one-adult-leaves \(emigration\)/)
  assert.match((await samspil('off', '0751', 'aarhus')).out, /latest version 1; off/)
  assert.match((await samspil('list', '0751')).out, /aarhus {2}latest version 1; off/)
  const { rows } = await ownerPool.script(
    `select act, actor from audit where act like 'policy-%' order by xid`,
  )
  assert.deepEqual(
    rows.map(({ act, actor }) => [act, actor].map(String).join(' ')),
    ['policy-written ole', 'policy-switched ida', 'policy-switched ole'],
  )
})

test('what is wrong is told and changes nothing', async () => {
  const file = join(tmpdir(), `policy-${process.pid}.json`)
  writeFileSync(file, JSON.stringify({ name: 'x y', clauses: [] }))
  const faults = await samspil('put', '0751', file)
  assert.equal(faults.exitCode, 1)
  for (const place of ['name:', 'title:', 'clauses:']) assert.ok(faults.err.includes(place), place)
  for (const args of [
    ['put', '0751', join(tmpdir(), 'no-such-file.json')],
    ['on', '0751', 'aarhus', '9', '--by', 'ida'],
    ['on', '0751', 'aarhus', '1', '--by', 'ida', '--sample', '0'],
    ['off', '0751', 'none'],
    ['show', '0751', 'none'],
    ['list', '751'],
  ]) {
    assert.equal((await samspil(...args)).exitCode, 1, args.join(' '))
  }
  const { rows } = await ownerPool.script('select count(*)::int as n from policy_version')
  assert.equal(rows[0]?.['n'], 1)
})
