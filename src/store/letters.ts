/** The outbox, for whoever sends its letters: in the order in which they were written. */

import type { AuditRow } from '#evidence/audit.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { type Session, statement } from '#store/pool.ts'

export type LetterRow = {
  readonly id: string
  readonly at: Date
  readonly recipient: string
  readonly kind: string
  readonly incident_id: string | null
  readonly text_da: string
  readonly text_en: string
}

const listStatement = statement(
  'letters-list',
  `
select id, at, recipient, kind, incident_id, text_da, text_en from letter
where at >= $1 order by at, id limit $2
`,
)

const countStatement = statement(
  'letters-count',
  'select count(*)::int as letters from letter where at >= $1',
)

/** From an instant on, at most so many. */
export async function listLetters(
  session: Session,
  since: Date,
  limit: number,
): Promise<readonly LetterRow[]> {
  const { rows } = await session.run(listStatement, [since, limit])
  return rows as readonly LetterRow[]
}

export async function countLettersSince(session: Session, since: Date): Promise<number> {
  const { rows } = await session.run(countStatement, [since])
  return Number(rows[0]?.['letters'])
}

const noteStatement = statement(
  'letters-note',
  `with ${auditInsert('(select) as alone', '$1')} select 1 as written`,
)

/** The evidence that somebody read them. */
export async function noteListing(session: Session, audit: AuditRow): Promise<void> {
  await session.run(noteStatement, [writeAuditRow(audit)])
}
