/**
 * Seals of the evidence: a chain of digests over rows in the order of their transactions, and the
 * judgement whether rows, seals and what was told elsewhere still agree. Knows no SQL.
 */

import { createHash } from 'node:crypto'
import { assert } from '#base/assert.ts'

/** Everything that a row of evidence has: what is not sealed could be changed unseen. */
export const sealedColumns = [
  ...['epoch', 'xid', 'id', 'at', 'act', 'outcome', 'receipt', 'actor', 'authority', 'source'],
  ...['purpose', 'persons', 'incident_id', 'detail'],
] as const

/** Where a row stands: a restore raises the epoch, a transaction id orders within it. */
export type Place = { readonly epoch: number; readonly xid: string; readonly id: string }

export type SealedRow = {
  readonly place: Place
  readonly at: Date
  /** Each column as PostgreSQL writes it, in the order of `sealedColumns`. */
  readonly texts: readonly (string | null)[]
}

/** What stays of a row that was cleared away when its time was over: of what kind it was, and that. */
export type ClearedRow = {
  readonly place: Place
  readonly act: string
  /** Of all its columns, as hexadecimal digits. */
  readonly digest: string
}

export type Seal = {
  /** From 1 on, without a gap. */
  readonly no: number
  readonly sealedAt: Date
  /** Hexadecimal, as `digest` and `head`: the head of the seal before it. */
  readonly before: string
  readonly reached: Place
  readonly rows: number
  readonly digest: string
  /** Vouches for all of this seal, and so for all before it. */
  readonly head: string
}

const beforeFirst = '0'.repeat(64)

/** The next seal, over rows that follow those of the last one; there is at least one. */
export function sealRows(last: Seal | undefined, rows: readonly SealedRow[], at: Date): Seal {
  const reached = rows.at(-1)?.place
  assert(reached !== undefined, 'a seal over nothing')
  const digest = new RowDigest()
  for (const row of rows) digest.add(row)
  const seal = {
    no: (last?.no ?? 0) + 1,
    sealedAt: at,
    before: last?.head ?? beforeFirst,
    reached,
    ...digest.end(),
  }
  return { ...seal, head: headOf(seal) }
}

const actColumn = sealedColumns.indexOf('act')

/** As JSON no two rows are written alike: where a text ends is told, and null is no text. */
export function whatStays({ place, texts }: SealedRow): ClearedRow {
  assert(texts.length === sealedColumns.length, 'a row with other columns than are sealed')
  const digest = createHash('sha256').update(JSON.stringify(texts)).digest('hex')
  return { place, act: texts[actColumn] ?? '', digest }
}

/** The rows of one seal, added one by one; of each what stays of it, also when the row is gone. */
class RowDigest {
  readonly #hash = createHash('sha256')
  #rows = 0

  add(row: SealedRow | ClearedRow): void {
    const { act, digest } = 'texts' in row ? whatStays(row) : row
    this.#hash.update(`${JSON.stringify([act, digest])}\n`)
    this.#rows += 1
  }

  end(): Pick<Seal, 'rows' | 'digest'> {
    return { rows: this.#rows, digest: this.#hash.digest('hex') }
  }
}

/** The first word names what is sealed and how, should that ever be another. */
function headOf({ no, sealedAt, before, reached, rows, digest }: Omit<Seal, 'head'>): string {
  const { epoch, xid, id } = reached
  const sealed = [
    'samspil-seal-2',
    no,
    sealedAt.toISOString(),
    before,
    epoch,
    xid,
    id,
    rows,
    digest,
  ]
  return createHash('sha256').update(JSON.stringify(sealed)).digest('hex')
}

// Checking --------------------------------------------------------------------------------------

/**
 * `rows`: those between a seal and the one before it are not the ones that were sealed. `chain`: the
 * seal does not follow the one before it. `head`: the seal itself was changed. `witness`: it is not
 * the one that was told elsewhere. `missing`: what was told elsewhere has no seal any more. `early`:
 * rows under it were cleared away before their time was over.
 */
export type SealFault = {
  readonly kind: 'rows' | 'chain' | 'head' | 'witness' | 'missing' | 'early'
  readonly no: number
  /** When the seal says that it was made; undefined where there is none. */
  readonly sealedAt?: Date
}

/** How many of the rows under a seal were cleared away. */
export type Cleared = { readonly no: number; readonly rows: number; readonly of: number }

export type SealCheck = {
  readonly faults: readonly SealFault[]
  readonly seals: number
  /** Rows under them, those that were cleared away among them. */
  readonly rows: number
  /** In the order of the seals; those alone of which any row was. */
  readonly cleared: readonly Cleared[]
  /** Of those that were told elsewhere, how many are here and the same. */
  readonly witnessed: number
  /** Rows behind the last seal, and since when the oldest of them waits. */
  readonly unsealed: { readonly rows: number; readonly since: Date | undefined }
}

export type SealsKept = {
  /** The heads that were told elsewhere, by the number of their seal. */
  readonly witness?: ReadonlyMap<number, string> | undefined
  /** Whether a row of such an act, sealed then, is old enough to be cleared away. */
  readonly isOver: (act: string, sealedAt: Date) => boolean
}

/** Both `rows` and what stays of those that were cleared away are in the order of the evidence. */
export async function checkSeals(
  seals: AsyncIterable<Seal>,
  rows: AsyncIterable<SealedRow | ClearedRow>,
  { witness = new Map(), isOver }: SealsKept,
): Promise<SealCheck> {
  const reader = rows[Symbol.asyncIterator]()
  let row = await reader.next()
  const [faults, seen, cleared]: [SealFault[], Set<number>, Cleared[]] = [[], new Set(), []]
  let last: Seal | undefined
  let sealed = 0
  for await (const seal of seals) {
    const digest = new RowDigest()
    let [gone, isEarly] = [0, false]
    for (; !row.done && !isBehind(row.value.place, seal.reached); row = await reader.next()) {
      digest.add(row.value)
      if ('texts' in row.value) continue
      gone += 1
      isEarly ||= !isOver(row.value.act, seal.sealedAt)
    }
    const found = digest.end()
    sealed += found.rows
    if (gone > 0) cleared.push({ no: seal.no, rows: gone, of: found.rows })
    faults.push(...faultsOf(seal, last, { ...found, isEarly }, witness))
    seen.add(seal.no)
    last = seal
  }
  const missing = [...witness.keys()].filter((no) => !seen.has(no)).toSorted((a, b) => a - b)
  faults.push(...missing.map((no) => ({ kind: 'missing' as const, no })))
  const wrong = faults.filter(({ kind }) => kind === 'witness' || kind === 'missing').length
  return {
    ...{ faults, seals: seen.size, rows: sealed, cleared, witnessed: witness.size - wrong },
    unsealed: await countLeft(reader, row),
  }
}

async function countLeft(
  reader: AsyncIterator<SealedRow | ClearedRow>,
  first: IteratorResult<SealedRow | ClearedRow>,
): Promise<SealCheck['unsealed']> {
  let rows = 0
  for (let row = first; !row.done; row = await reader.next()) rows += 1
  return { rows, since: first.done || !('at' in first.value) ? undefined : first.value.at }
}

function faultsOf(
  seal: Seal,
  last: Seal | undefined,
  found: Pick<Seal, 'rows' | 'digest'> & { readonly isEarly: boolean },
  witness: ReadonlyMap<number, string>,
): readonly SealFault[] {
  const { no, sealedAt } = seal
  const told = witness.get(no)
  const follows =
    no === (last?.no ?? 0) + 1 &&
    seal.before === (last?.head ?? beforeFirst) &&
    (last === undefined || isBehind(seal.reached, last.reached))
  const kinds: readonly (SealFault['kind'] | false)[] = [
    !follows && 'chain',
    (found.rows !== seal.rows || found.digest !== seal.digest) && 'rows',
    headOf(seal) !== seal.head && 'head',
    told !== undefined && told !== seal.head && 'witness',
    found.isEarly && 'early',
  ]
  return kinds.flatMap((kind) => (kind === false ? [] : [{ kind, no, sealedAt }]))
}

/** Whether one comes after the other in the order of the evidence. */
export function isBehind(one: Place, other: Place): boolean {
  if (one.epoch !== other.epoch) return one.epoch > other.epoch
  const [xid, otherXid] = [BigInt(one.xid), BigInt(other.xid)]
  return xid === otherXid ? one.id > other.id : xid > otherXid
}

// The witness -----------------------------------------------------------------------------------

/** What is told elsewhere of a seal, on the console and in the log. */
export function tellSeal({ no, sealedAt, rows, head }: Seal) {
  return { seal: no, sealedAt: sealedAt.toISOString(), rows, head }
}

/** The heads in lines of JSON, such as those of a log; other lines tell of nothing. */
export function readWitness(lines: Iterable<string>): ReadonlyMap<number, string> {
  const told = new Map<number, string>()
  for (const line of lines) {
    const { seal, head } = readLine(line)
    if (typeof seal !== 'number' || !Number.isSafeInteger(seal) || seal < 1) continue
    if (typeof head === 'string' && /^[0-9a-f]{64}$/.test(head) && !told.has(seal)) {
      told.set(seal, head)
    }
  }
  return told
}

function readLine(line: string): { readonly seal?: unknown; readonly head?: unknown } {
  try {
    const read: unknown = JSON.parse(line)
    return typeof read === 'object' && read !== null ? read : {}
  } catch {
    return {}
  }
}
