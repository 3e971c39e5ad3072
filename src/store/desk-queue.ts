/**
 * The queue of the caller's authority in one statement: a page, how many there are by each filter,
 * or both. It chooses among all that waits there, which indexes alone tell narrowly, and reads
 * whole only what it shows. A search for words also reads the names of those who wait.
 */

import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import type {
  QueueCounts,
  QueueFilter,
  QueueInquiry,
  QueueItem,
  QueuePage,
} from '#casework/desk-ports.ts'
import { type OpenPerson, shut } from '#register/person.ts'
import { callerParameters, callerStatement } from '#store/caller.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { type PageHeadRow, readPageHead } from '#store/page-head.ts'
import type { Pool, Row, Statement } from '#store/pool.ts'
import { type Form, queueText } from '#store/queue-text.ts'

/** Built when first asked; a connection prepares only what it is asked. */
const statements = new Map<string, Statement>()

function statementOf(form: Form): Statement {
  const { sort, byWords, withCounts } = form
  const name = `queue-${sort}${byWords ? '-words' : ''}${withCounts ? '-counts' : ''}`
  const known =
    statements.get(name) ?? callerStatement(name, queueText(form), { isPlannedOnce: true })
  statements.set(name, known)
  return known
}

type ItemRow = {
  readonly record: IncidentRow
  readonly subject: OpenPerson
  readonly due: string | null
  readonly waitsFor: QueueItem['waitsFor']
  readonly isOverdue: boolean
  readonly isSimilar: boolean
  readonly claimBy: string | null
  readonly claimUntil: string | null
}

type PageRow = {
  readonly items?: readonly ItemRow[] | null
  readonly counts?: QueueCounts
  readonly found?: readonly string[] | null
}

export async function findQueue(pool: Pool, inquiry: QueueInquiry): Promise<QueuePage> {
  const { asker, at, today, filter, sort, after, limit, withCounts } = inquiry
  const statement = statementOf({ sort, byWords: filter.words.length > 0, withCounts })
  const { rows } = await pool.run(statement, [
    ...callerParameters(asker.token ?? '', at, asker.source),
    today,
    ...choiceOf(filter),
    after?.savedAt ?? null,
    after?.id ?? null,
    sort === 'deadline' ? (after?.due ?? null) : null,
    limit,
    filter.ids ?? null,
  ])
  const row: Row & PageHeadRow & PageRow = present(rows[0], 'a row')
  const { items, counts, found } = row
  return {
    ...readPageHead(row, asker),
    items: (items ?? []).map(readItem),
    counts,
    found: found ?? [],
  }
}

/** `$5` to `$10`; the ids alone are behind the page. */
function choiceOf(filter: QueueFilter): readonly unknown[] {
  return [
    filter.code ?? null,
    filter.flag ?? null,
    filter.waitsFor ?? null,
    filter.claimed ?? null,
    filter.overdue ?? null,
    filter.words.length > 0 ? filter.words : null,
  ]
}

function readItem(row: ItemRow): QueueItem {
  const { record, subject, due, waitsFor, isOverdue, isSimilar, claimBy, claimUntil } = row
  return {
    record: readIncidentRow(record),
    subject: shut(subject),
    due: due === null ? undefined : date(due),
    waitsFor,
    isOverdue,
    isSimilar,
    claim:
      claimBy === null || claimUntil === null
        ? undefined
        : { personCode: claimBy, until: new Date(claimUntil) },
  }
}
