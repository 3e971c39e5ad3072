/** A row of `incident` that contradicts itself is refused by the table, whoever writes it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestDatabase } from '#test/database.ts'

const { ownerPool } = await openTestDatabase()

type Columns = { readonly [column: string]: string }

const begun: Columns = {
  ...{ id: 'flyt-i.whole', ts: '20260302090000000001', code: 'FLYT-I', pnr: '0611923700' },
  ...{ incident_date: '2026-03-02', municipality: '0751', authority: '0751', version: '1' },
  ...{ reported_by: 'W0000001', reporting_authority: '0042', rules_version: 'test' },
  ...{ state: 'initiated', initiated_at: '2026-03-02', expires_at: '2026-03-03' },
}
const validated = { ...begun, state: 'validated', data: '{}', data_hash: 'hash' }
const pending = { ...validated, state: 'pending', saved_at: '2026-03-02' }
const returned = { ...pending, state: 'returned', returned: '{}' }
const amended = { ...returned, state: 'amended', amended_at: '2026-03-03' }
const withdrawn = { ...pending, state: 'withdrawn', closed_at: '2026-03-04' }
const decided = { closed_at: '2026-03-04', decided_at: '2026-03-04', decided_by: 'W0000751' }
const approved = { ...pending, state: 'approved', ...decided }
const reason = { reason_code: '1', reason_text: 'No such dwelling' }
const rejected = { ...pending, state: 'rejected', ...decided, ...reason }
const rejectedAmendment = { ...rejected, returned: '{}' }
const cancelled = { ...begun, state: 'cancelled', closed_at: '2026-03-02' }
const expired = { ...validated, state: 'expired', closed_at: '2026-03-02' }

const whole = {
  ...{ begun, validated, pending, returned, amended, withdrawn, approved },
  ...{ rejected, rejectedAmendment, cancelled, expired },
}

/** Inserted and taken back. The values are ours, and none has a quote. */
function tryRow(columns: Columns): Promise<void> {
  const values = Object.values(columns).map((value) => `'${value}'`)
  const insert = `insert into incident (${Object.keys(columns).join(', ')}) values (${values.join(', ')})`
  return ownerPool.transaction(async (session) => {
    await session.script(insert)
    await session.script('delete from incident')
  })
}

function without(columns: Columns, ...left: readonly string[]): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => !left.includes(name)))
}

for (const [name, columns] of Object.entries(whole)) {
  test(`the table takes one that is ${name}`, async () => {
    await assert.doesNotReject(tryRow(columns))
  })
}

const broken: { readonly [constraint: string]: readonly Columns[] } = {
  incident_state_known: [{ ...begun, state: 'lost' }],
  incident_ts_is_digits: [{ ...begun, ts: '2026030209000000000x' }],
  incident_representative_is_another: [{ ...begun, representative: '0611923700' }],
  incident_saved_has_its_time: [
    { ...validated, saved_at: '2026-03-02' },
    { ...cancelled, saved_at: '2026-03-02' },
    ...[pending, returned, withdrawn, approved].map((each) => without(each, 'saved_at')),
  ],
  incident_saved_holds_data: [
    ...[validated, pending, approved, rejected].map((each) => without(each, 'data')),
    without(pending, 'data_hash'),
  ],
  incident_amended_was_saved: [{ ...validated, amended_at: '2026-03-03' }],
  incident_ended_has_its_time: [
    { ...pending, closed_at: '2026-03-04' },
    ...[withdrawn, approved, rejected, cancelled, expired].map((each) =>
      without(each, 'closed_at'),
    ),
  ],
  incident_decided_by_somebody: [
    { ...pending, decided_at: '2026-03-04', decided_by: 'W0000751' },
    without(approved, 'decided_at'),
    without(rejected, 'decided_by'),
  ],
  incident_rejected_for_a_reason: [
    { ...approved, ...reason },
    without(rejected, 'reason_code'),
    without(rejected, 'reason_text'),
  ],
  incident_returned_says_what: [
    ...[returned, amended].map((each) => without(each, 'returned')),
    ...[pending, approved, withdrawn].map((each) => ({ ...each, returned: '{}' })),
  ],
}

for (const [constraint, rows] of Object.entries(broken)) {
  test(`the table refuses by name what breaks ${constraint}`, async () => {
    for (const row of rows) {
      await assert.rejects(tryRow(row), { code: '23514', constraint, table: 'incident' })
    }
  })
}
