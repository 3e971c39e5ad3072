/**
 * Sealing the evidence as time passes, beside the steps, and reading seals and rows for a check.
 * Knows no program.
 */

import { assert, present } from '#base/assert.ts'
import {
  type ClearedRow,
  isBehind,
  type Place,
  type Seal,
  type SealedRow,
  sealedColumns,
  sealRows,
} from '#evidence/seal.ts'
import { timeStatement } from '#store/caller.ts'
import { type Pool, type Row, type Session, statement } from '#store/pool.ts'

/** So many rows a seal vouches for at most: what was changed is found to be among them. */
const batch = 1_000

/** In a text that hangs on no setting of the session; `texts` has no column of its own name. */
const texts = sealedColumns.map((column) =>
  column === 'at'
    ? `to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`
    : `a.${column}::text`,
)
export const sealedRowColumns = `a.epoch, a.xid::text, a.id, a.at, array[${texts.join(', ')}] as texts`
/** An id is letters and digits, whatever the language of the database. */
export const evidenceOrder = 'a.epoch, a.xid, a.id collate "C"'

const lastSeal = timeStatement('seal-last', 'select * from audit_seal order by no desc limit 1')

/**
 * Below the horizon alone (D-3): no transaction that is under way can add what comes before. What
 * a restore has brought back is below it, whatever its transaction was called.
 */
const unsealed = timeStatement(
  'seal-rows',
  `
select ${sealedRowColumns}
from audit a
where (a.epoch, a.xid, a.id collate "C") > ($1, $2::text::xid8, $3)
  and (a.epoch, a.xid) <
    ((select epoch from feed_epoch), pg_snapshot_xmin(pg_current_snapshot()))
order by ${evidenceOrder}
limit ${batch}
`,
)

const putSeal = timeStatement(
  'seal-put',
  `
insert into audit_seal (no, sealed_at, before, epoch, xid, id, rows, digest, head)
select $1::bigint, $2, $3::bytea, $4, $5::text::xid8, $6, $7, $8, $9
where $1::bigint = 1
  or exists (select from audit_seal l where l.no = $1::bigint - 1 and l.head = $3::bytea)
on conflict do nothing
`,
)

/**
 * Seals what there is, and gives how many rows. Two may do it at once: of two seals after the
 * same one, one is kept.
 * @param tell is told of each seal that is kept, so that it is known elsewhere too.
 * @param sealsMax so many at most; what is left then is for the next call.
 */
export async function sealEvidence(
  pool: Pool,
  clock: () => Date,
  tell: (seal: Seal) => void,
  sealsMax = Number.POSITIVE_INFINITY,
): Promise<number> {
  let last = await findLastSeal(pool)
  let sealed = 0
  for (let seals = 0; seals < sealsMax; seals += 1) {
    const { epoch, xid, id } = last?.reached ?? { epoch: 0, xid: '0', id: '' }
    const { rows } = await pool.run(unsealed, [epoch, xid, id])
    if (rows.length === 0) return sealed
    const seal = sealRows(last, rows.map(readSealedRow), clock())
    if (!(await keep(pool, seal))) return sealed
    tell(seal)
    sealed += rows.length
    if (rows.length < batch) return sealed
    last = seal
  }
  return sealed
}

async function keep(pool: Pool, seal: Seal): Promise<boolean> {
  const { epoch, xid, id } = seal.reached
  const [before, digest, head] = [seal.before, seal.digest, seal.head].map(bytesOf)
  const { count } = await pool.run(putSeal, [
    ...[seal.no, seal.sealedAt, before, epoch, xid, id, seal.rows, digest, head],
  ])
  return count === 1
}

export async function findLastSeal(session: Session): Promise<Seal | undefined> {
  const row = (await session.run(lastSeal)).rows[0]
  return row && readSeal(row)
}

// Reading for a check -------------------------------------------------------------------------

const fetchedAtOnce = 5_000

/** All of both as they stand at one moment, in parts, however many there are. */
export function readEvidence<T>(
  pool: Pool,
  work: (seals: AsyncIterable<Seal>, rows: AsyncIterable<SealedRow | ClearedRow>) => Promise<T>,
): Promise<T> {
  return pool.transaction(async (session) => {
    await session.run(openSeals)
    await session.run(openRows)
    await session.run(openCleared)
    const left = partsOf(session, fetchRows, readSealedRow)
    const cleared = partsOf(session, fetchCleared, readCleared)
    return work(partsOf(session, fetchSeals, readSeal), inOrder(left, cleared))
  }, 'begin isolation level repeatable read read only')
}

const openSeals = timeStatement(
  'seal-open-seals',
  'declare seals no scroll cursor for select * from audit_seal order by no',
)
const openRows = timeStatement(
  'seal-open-rows',
  `declare evidence no scroll cursor for select ${sealedRowColumns} from audit a order by ${evidenceOrder}`,
)
const openCleared = timeStatement(
  'seal-open-cleared',
  `declare cleared no scroll cursor for
   select epoch, xid::text, id, act, digest from audit_cleared order by epoch, xid, id`,
)
const fetchSeals = statement('seal-fetch-seals', `fetch ${fetchedAtOnce} from seals`)
const fetchRows = statement('seal-fetch-rows', `fetch ${fetchedAtOnce} from evidence`)

const fetchCleared = statement('seal-fetch-cleared', `fetch ${fetchedAtOnce} from cleared`)

/** Two that are each in the order of the evidence, as one. */
async function* inOrder(
  left: AsyncGenerator<SealedRow>,
  cleared: AsyncGenerator<ClearedRow>,
): AsyncGenerator<SealedRow | ClearedRow> {
  let [row, gone] = [await left.next(), await cleared.next()]
  while (!(row.done && gone.done)) {
    if (!row.done && (gone.done || !isBehind(row.value.place, gone.value.place))) {
      yield row.value
      row = await left.next()
    } else if (!gone.done) {
      yield gone.value
      gone = await cleared.next()
    }
  }
}

async function* partsOf<T>(
  session: Session,
  fetch: typeof fetchRows,
  read: (row: Row) => T,
): AsyncGenerator<T> {
  for (;;) {
    const { rows } = await session.run(fetch)
    if (rows.length === 0) return
    for (const row of rows) yield read(row)
  }
}

export function readSealedRow(row: Row): SealedRow {
  const { at, texts: read } = row
  assert(at instanceof Date && Array.isArray(read), 'a row of evidence without its texts')
  return { place: readPlace(row), at, texts: read }
}

function readCleared(row: Row): ClearedRow {
  return { place: readPlace(row), act: String(row['act']), digest: hexOf(row['digest']) }
}

export function readSeal(row: Row): Seal {
  const { no, sealed_at: sealedAt, rows, before, digest, head } = row
  assert(typeof no === 'number' && typeof rows === 'number', 'a seal without numbers')
  assert(sealedAt instanceof Date, 'a seal without its time')
  const hex = { before: hexOf(before), digest: hexOf(digest), head: hexOf(head) }
  return { no, sealedAt, rows, reached: readPlace(row), ...hex }
}

function readPlace({ epoch, xid, id }: Row): Place {
  return { epoch: Number(epoch), xid: String(present(xid, 'a transaction')), id: String(id) }
}

function hexOf(value: unknown): string {
  assert(value instanceof Buffer, 'a digest is bytes')
  return value.toString('hex')
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex, 'hex')
}
