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

/** The rows of one seal, added one by one. */
class RowDigest {
  readonly #hash = createHash('sha256')
  #rows = 0

  add({ texts }: SealedRow): void {
    assert(texts.length === sealedColumns.length, 'a row with other columns than are sealed')
    // As JSON no two rows are written alike: where a text ends is told, and null is no text.
    this.#hash.update(`${JSON.stringify(texts)}\n`)
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
    'samspil-seal-1',
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
 * the one that was told elsewhere. `missing`: what was told elsewhere has no seal any more.
 */
export type SealFault = {
  readonly kind: 'rows' | 'chain' | 'head' | 'witness' | 'missing'
  readonly no: number
  /** When the seal says that it was made; undefined where there is none. */
  readonly sealedAt?: Date
}

export type SealCheck = {
  readonly faults: readonly SealFault[]
  readonly seals: number
  readonly rows: number
  /** Of those that were told elsewhere, how many are here and the same. */
  readonly witnessed: number
  /** Rows behind the last seal, and since when the oldest of them waits. */
  readonly unsealed: { readonly rows: number; readonly since: Date | undefined }
}

/** @param witness the heads that were told elsewhere, by the number of their seal. */
export async function checkSeals(
  seals: AsyncIterable<Seal>,
  rows: AsyncIterable<SealedRow>,
  witness: ReadonlyMap<number, string> = new Map(),
): Promise<SealCheck> {
  const reader = rows[Symbol.asyncIterator]()
  let row = await reader.next()
  const [faults, seen]: [SealFault[], Set<number>] = [[], new Set()]
  let last: Seal | undefined
  let sealed = 0
  for await (const seal of seals) {
    const digest = new RowDigest()
    for (; !row.done && !isBehind(row.value.place, seal.reached); row = await reader.next()) {
      digest.add(row.value)
    }
    const found = digest.end()
    sealed += found.rows
    faults.push(...faultsOf(seal, last, found, witness))
    seen.add(seal.no)
    last = seal
  }
  const missing = [...witness.keys()].filter((no) => !seen.has(no)).toSorted((a, b) => a - b)
  faults.push(...missing.map((no) => ({ kind: 'missing' as const, no })))
  const since = row.done ? undefined : row.value.at
  let unsealed = 0
  for (; !row.done; row = await reader.next()) unsealed += 1
  const wrong = faults.filter(({ kind }) => kind === 'witness' || kind === 'missing').length
  return {
    ...{ faults, seals: seen.size, rows: sealed, witnessed: witness.size - wrong },
    unsealed: { rows: unsealed, since },
  }
}

function faultsOf(
  seal: Seal,
  last: Seal | undefined,
  found: Pick<Seal, 'rows' | 'digest'>,
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
  ]
  return kinds.flatMap((kind) => (kind === false ? [] : [{ kind, no, sealedAt }]))
}

function isBehind(one: Place, other: Place): boolean {
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
