/** Sealing and checking as an operator types the commands, against a real PostgreSQL. */

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as turn } from 'node:timers/promises'
import { addEvidenceCommands, type ConnectEvidence } from '#cli/evidence.ts'
import { openTestDatabase } from '#test/database.ts'
import { typed } from '#test/typed.ts'

const { pool, ownerPool } = await openTestDatabase()
const folder = mkdtempSync(join(tmpdir(), 'samspil-seals-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let now = new Date('2026-03-02T09:00:00Z')
const samspil = (line: string, onError = () => {}) =>
  typed(
    line.split(' '),
    (program, { write }) => {
      const connect: ConnectEvidence = async (_, to) => ({
        pool: to === 'seal' ? pool : ownerPool,
        close: async () => {},
      })
      addEvidenceCommands(program, connect, { clock: () => now, write })
    },
    onError,
  )

async function happen(id: string): Promise<void> {
  await pool.script(`insert into audit (id, at, act, outcome, receipt, purpose)
    values ('${id}', '${now.toISOString()}', 'search', 'done', 0, 'a question')`)
}

/** The line that was printed, once what is under way in other databases lets it be sealed. */
async function sealed(): Promise<string> {
  for (;;) {
    const { out } = await samspil('evidence seal')
    if (out !== '') return out
    await turn(20)
  }
}

test('before anything is sealed there is no head, and a check says how much is not', async () => {
  await happen('one')
  const { exitCode, err } = await samspil('evidence head')
  assert.equal(exitCode, 1)
  assert.match(err, /nothing is sealed yet/)
  now = new Date(now.valueOf() + 2 * 3_600_000)
  const { out } = await samspil('evidence check')
  assert.match(out, /^0 rows under 0 seals were read; 1 rows are not sealed yet\.$/m)
  assert.match(out, /^The oldest of these is of 2026-03-02T09:00:00\.000Z: does a server seal\?$/m)
})

test('what is printed is kept, and a check holds the evidence to it', async () => {
  const line = await sealed()
  assert.match(
    line,
    /^\{"seal":1,"sealedAt":"2026-03-02T11:00:00\.000Z","rows":1,"head":"[0-9a-f]{64}"\}\n$/,
  )
  assert.equal((await samspil('evidence head')).out, line)
  const file = join(folder, 'kept.jsonl')
  writeFileSync(file, `${line}{"level":30,"msg":"request"}\n`)
  const whole = await samspil(`evidence check --witness ${file}`)
  assert.match(whole.out, /^1 seals are as they were kept elsewhere\.\nEverything agrees\.$/m)
  assert.equal(whole.exitCode, 0)
  // As nobody but the owner can, and with everything that would tell.
  await ownerPool.script("delete from audit_seal; update audit set purpose = 'another'")
  await sealed()
  const alone = await samspil('evidence check')
  assert.match(alone.out, /^Without --witness, whoever owns the database could have/m)
  assert.match(alone.out, /^Everything agrees\.$/m)
  const found = await samspil(`evidence check --witness ${file}`)
  assert.equal(found.exitCode, 2)
  assert.match(found.out, /^CHANGED: seal 1 of \S+: it is not the one that was kept elsewhere\.$/m)
  assert.doesNotMatch(found.out, /agrees/)
})

test('a witness that tells of no seal is not taken for a good one', async () => {
  const file = join(folder, 'empty.jsonl')
  writeFileSync(file, '{"level":30,"msg":"request"}\n')
  const { exitCode, err } = await samspil(`evidence check --witness ${file}`)
  assert.equal(exitCode, 1)
  assert.match(err, /No line of it tells of a seal/)
})
