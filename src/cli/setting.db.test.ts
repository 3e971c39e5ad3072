/** Settings and letters as an operator types the commands, against a real PostgreSQL. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addLettersCommand } from '#cli/letters.ts'
import type { Connect } from '#cli/on-database.ts'
import { addSettingCommands } from '#cli/setting.ts'
import { municipalSettings } from '#incident/situation.ts'
import { openTestDatabase } from '#test/database.ts'
import { type Ended, typed } from '#test/typed.ts'

const { adminPool, ownerPool } = await openTestDatabase()
await ownerPool.script(`insert into authority (code, type, name, valid_from) values
  ('0751', '05', 'Aarhus', '1968-01-01'), ('1101', '10', 'En ret', '1968-01-01')`)
const connect: Connect = async () => ({ pool: adminPool, close: async () => {} })
const now = new Date('2026-03-02T09:00:00Z')

function samspil(...args: readonly string[]): Promise<Ended> {
  return typed(args, (program, terminal) => {
    const surroundings = { ...terminal, clock: () => now, user: () => 'ole' }
    addSettingCommands(program, connect, surroundings)
    addLettersCommand(program, connect, surroundings)
  })
}

async function stored(): Promise<readonly string[]> {
  const { rows } = await ownerPool.script('select * from municipality_setting order by name')
  return rows.map(({ municipality, name, value }) =>
    [municipality, name, value].map(String).join(' '),
  )
}

test('a setting is set, set anew, listed and unset, and each change is on record', async () => {
  assert.equal((await samspil('setting', 'set', '0751', 'hostAnswerDays', '10')).exitCode, 0)
  assert.equal((await samspil('setting', 'set', '0751', 'hostAnswerDays', '21')).exitCode, 0)
  assert.deepEqual(await stored(), ['0751 hostAnswerDays 21'])
  const { out } = await samspil('setting', 'list', '0751')
  assert.match(out, /hostAnswerDays +14 {2}\(1 to 90\)/)
  assert.match(out, /0751 {2}hostAnswerDays = 21/)
  const unset = await samspil('setting', 'unset', '0751', 'hostAnswerDays', '--by', 'ida')
  assert.match(unset.out, /hostAnswerDays = 14 \(national\)/)
  assert.deepEqual(await stored(), [])
  const { rows } = await ownerPool.script(
    `select actor, detail from audit where act = 'setting-changed' order by id`,
  )
  assert.deepEqual(rows.map(({ actor }) => actor).toSorted(), ['ida', 'ole', 'ole'])
})

test('every setting has a place in the table, with its least and its greatest value', async () => {
  for (const [name, { min, max }] of Object.entries(municipalSettings)) {
    for (const value of [min, max]) {
      const ended = await samspil('setting', 'set', '0751', name, String(value))
      assert.equal(ended.exitCode, 0, ended.err)
    }
    for (const value of [min - 1, max + 1, 'x', '1.5']) {
      const ended = await samspil('setting', 'set', '0751', name, '--', String(value))
      assert.equal(ended.exitCode, 1, `${name} ${value}`)
      assert.match(ended.err, /must be a whole number/)
    }
  }
  assert.equal((await stored()).length, Object.keys(municipalSettings).length)
})

test('what is no municipality or no setting is refused, and says so', async () => {
  const before = await stored()
  for (const [args, why] of [
    [['set', '1101', 'hostAnswerDays', '5'], /no municipality/],
    [['set', '751', 'hostAnswerDays', '5'], /four digits/],
    [['set', '0751', 'colour', '5'], /one of reportableDaysAhead/],
    [['unset', '0752', 'hostAnswerDays'], /has not set/],
  ] as const) {
    const { exitCode, err } = await samspil('setting', ...args)
    assert.equal(exitCode, 1)
    assert.match(err, why)
  }
  assert.deepEqual(await stored(), before)
})

test('letters are listed in order, with masked numbers unless they are asked for in full', async () => {
  const pnr = '1703923701'
  for (const [id, at] of [
    ['b', '2026-03-02T09:00:00Z'],
    ['a', '2026-03-01T23:30:00Z'],
    ['c', '2026-03-01T22:30:00Z'],
  ]) {
    await ownerPool.script(
      `insert into letter (id, at, recipient, kind, authority, text_da, text_en)
       values ('${id}', '${at}', '${pnr}', 'rejected', '0751', 'Nej\n\u001b[2J', 'No ${id}')`,
    )
  }
  const all = await samspil('letters')
  assert.deepEqual(all.out.match(/No ./g), ['No c', 'No a', 'No b'])
  assert.ok(!all.out.includes(pnr) && !all.out.includes('\u001b'))
  assert.match(all.out, /170392-xxxx {2}rejected/)
  const since = await samspil('letters', '--since', '2026-03-02', '--json')
  const lines = since.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    lines.map(({ id }) => id),
    ['a', 'b'],
  )
  assert.equal(lines[0].recipient, '170392-xxxx')
  const full = await samspil('letters', '--full', '--limit', '1')
  assert.match(full.out, new RegExp(pnr))
  assert.match(full.err, /whole civil registration numbers/)
  const { rows } = await ownerPool.script(
    `select purpose, persons::text[] as persons from audit where act = 'list-letters' order by purpose`,
  )
  assert.deepEqual(
    rows.map(({ purpose }) => purpose),
    ['letters in full', 'letters, masked', 'letters, masked'],
  )
  assert.deepEqual(rows[0]?.['persons'], [pnr])
})
