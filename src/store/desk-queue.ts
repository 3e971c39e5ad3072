/**
 * The queue of the caller's authority: one page, or how many there are by each filter. It chooses
 * among all that waits there, which an index alone tells narrowly, and reads whole only what it
 * shows. A search for words also reads the names of those who wait.
 */

import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import {
  type CountsPage,
  flags,
  type QueueCounts,
  type QueueFilter,
  type QueueInquiry,
  type QueueItem,
  type QueuePage,
} from '#casework/desk-ports.ts'
import { type OpenPerson, shut } from '#register/person.ts'
import { callerParameters, callerStatement } from '#store/caller.ts'
import { type IncidentRow, readIncidentRow } from '#store/incident-row.ts'
import { type PageHeadRow, readPageHead } from '#store/page-head.ts'
import type { Pool, Row, Statement } from '#store/pool.ts'
import { countsText, type Form, marked, pageText } from '#store/queue-text.ts'

/** Built when first asked; a connection prepares only what it is asked. */
const pages = new Map<string, Statement>()

function pageBy(form: Form): Statement {
  const { sort, byHearings, byWords } = form
  const name = `queue-${sort}${byHearings ? '-hearings' : ''}${byWords ? '-words' : ''}`
  const known = pages.get(name) ?? callerStatement(name, pageText(form))
  pages.set(name, known)
  return known
}

const counts = {
  plain: callerStatement('queue-counts', countsText(false)),
  words: callerStatement('queue-counts-words', countsText(true)),
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

type CountsRow = { readonly counts?: QueueCounts; readonly found?: readonly string[] | null }

export async function findQueue(pool: Pool, inquiry: QueueInquiry): Promise<QueuePage> {
  const { asker, filter, sort, after, limit } = inquiry
  const { rows } = await pool.run(pageBy(formOf(inquiry)), [
    ...askedBy(inquiry),
    ...choiceOf(filter),
    after?.savedAt ?? null,
    after?.id ?? null,
    sort === 'deadline' ? (after?.due ?? null) : null,
    limit,
  ])
  const row: Row & PageHeadRow & { readonly items?: readonly ItemRow[] | null } = present(
    rows[0],
    'a row',
  )
  return { ...readPageHead(row, asker), items: (row.items ?? []).map(readItem) }
}

export async function countQueue(
  pool: Pool,
  inquiry: Omit<QueueInquiry, 'after' | 'limit' | 'sort'>,
): Promise<CountsPage> {
  const { asker, filter } = inquiry
  const statement = filter.words.length > 0 ? counts.words : counts.plain
  const { rows } = await pool.run(statement, [...askedBy(inquiry), ...choiceOf(filter)])
  const row: Row & PageHeadRow & CountsRow = present(rows[0], 'a row')
  const told = present(row.counts, 'the counts')
  return { ...readPageHead(row, asker), counts: told, found: row.found ?? [] }
}

function formOf({ sort, filter: { waitsFor, overdue, words } }: QueueInquiry): Form {
  const byHearings = sort === 'deadline' || waitsFor !== undefined || overdue !== undefined
  return { sort, byHearings, byWords: words.length > 0 }
}

/** `$1` to `$4`. */
function askedBy({ asker, at, today }: Pick<QueueInquiry, 'asker' | 'at' | 'today'>) {
  return [...callerParameters(asker.token ?? '', at, asker.source), today]
}

/** `$5` to `$12`. A flag is told by marks and warnings, or by what stands beside the case. */
function choiceOf(filter: QueueFilter): readonly unknown[] {
  const flag = filter.flag && flags[filter.flag]
  const isOfMarks = flag !== undefined && marked(flag) !== ''
  return [
    filter.code ?? null,
    isOfMarks ? flag.marks.map((code) => JSON.stringify([{ code }])) : null,
    isOfMarks ? flag.warnings : null,
    filter.claimed ?? null,
    isOfMarks ? null : (filter.flag ?? null),
    filter.words.length > 0 ? filter.words : null,
    filter.waitsFor ?? null,
    filter.overdue ?? null,
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
