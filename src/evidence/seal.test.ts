import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { present } from '#base/assert.ts'
import {
  type ClearedRow,
  checkSeals,
  type Seal,
  type SealedRow,
  sealedColumns,
  sealRows,
  whatStays,
} from '#evidence/seal.ts'

const at = new Date('2026-03-02T09:00:00Z')

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

const text = fc.option(fc.string({ maxLength: 8 }), { nil: null })
const row = fc.record({
  xid: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
  texts: fc.array(text, { minLength: sealedColumns.length, maxLength: sealedColumns.length }),
})
/** Rows in their order, each in a transaction of its own. */
const evidence = fc
  .uniqueArray(row, { selector: ({ xid }) => xid, minLength: 1, maxLength: 30 })
  .map((rows) =>
    rows
      .toSorted((a, b) => (a.xid < b.xid ? -1 : 1))
      .map(({ xid, texts }, nth): SealedRow => {
        return { place: { epoch: 1, xid: String(xid), id: `id${nth}` }, at, texts }
      }),
  )

function sealAll(rows: readonly SealedRow[], size: number): readonly Seal[] {
  const seals: Seal[] = []
  for (let from = 0; from < rows.length; from += size) {
    seals.push(sealRows(seals.at(-1), rows.slice(from, from + size), at))
  }
  return seals
}

const check = (
  seals: readonly Seal[],
  rows: readonly (SealedRow | ClearedRow)[],
  isOver: (act: string) => boolean = () => true,
) => checkSeals(each(seals), each(rows), { isOver })

test('whatever was sealed agrees, and no change of one text of one row does', async () => {
  const where = fc.record({
    row: fc.nat(),
    column: fc.nat(),
    to: text,
    size: fc.integer({ min: 1, max: 9 }),
  })
  await fc.assert(
    fc.asyncProperty(evidence, where, async (rows, { row: nth, column, to, size }) => {
      const seals = sealAll(rows, size)
      assert.deepEqual((await check(seals, rows)).faults, [])
      const at = nth % rows.length
      const changed = rows.map((each, index) =>
        index === at ? { ...each, texts: each.texts.with(column % each.texts.length, to) } : each,
      )
      const isSame = JSON.stringify(changed) === JSON.stringify(rows)
      const { faults } = await check(seals, changed)
      assert.deepEqual(
        faults.map(({ kind, no }) => [kind, no]),
        isSame ? [] : [['rows', Math.floor(at / size) + 1]],
      )
    }),
  )
})

test('no two rows are written alike: a text that moves into the next column is another row', async () => {
  const texts = sealedColumns.map(() => 'a')
  const one: SealedRow = { place: { epoch: 1, xid: '5', id: 'x' }, at, texts }
  const seals = [sealRows(undefined, [one], at)]
  for (const moved of [
    texts.with(4, 'aa').with(5, ''),
    texts.with(4, 'a","a'),
    [null, ...texts.slice(1)],
  ]) {
    const { faults } = await check(seals, [{ ...one, texts: moved }])
    assert.deepEqual(
      faults.map(({ kind }) => kind),
      ['rows'],
    )
  }
})

test('transactions are counted, not spelt: the tenth comes behind the ninth', async () => {
  const rows = ['9', '10', '99999999999999999999'].map((xid): SealedRow => {
    return { place: { epoch: 1, xid, id: 'x' }, at, texts: sealedColumns.map(() => null) }
  })
  const { faults, seals } = await check(sealAll(rows, 1), rows)
  assert.deepEqual([faults, seals], [[], 3])
})

test('whatever rows are cleared away, the seals hold; a kind or a digest that was changed does not', async () => {
  const which = fc.record({ gone: fc.array(fc.boolean(), { minLength: 30 }), nth: fc.nat() })
  await fc.assert(
    fc.asyncProperty(evidence, which, async (rows, { gone, nth }) => {
      const seals = sealAll(rows, 3)
      const left = rows.map((row, index) => (gone[index] ? whatStays(row) : row))
      const { faults, rows: counted, cleared } = await check(seals, left)
      assert.deepEqual([faults, counted], [[], rows.length])
      const sum = cleared.reduce((all, each) => all + each.rows, 0)
      assert.equal(sum, left.filter((row) => 'digest' in row).length)
      const at = nth % rows.length
      const forged = (change: Partial<ClearedRow>) =>
        check(
          seals,
          left.map((row, index) =>
            index === at ? { ...whatStays(present(rows[at], 'a row')), ...change } : row,
          ),
        )
      for (const change of [{ act: 'another act' }, { digest: 'f'.repeat(64) }]) {
        const found = (await forged(change)).faults.map(({ kind, no }) => `${kind} ${no}`)
        assert.deepEqual(found, [`rows ${Math.floor(at / 3) + 1}`])
      }
    }),
  )
})

test('what was cleared away before its time is found, by the kind that its seal vouches for', async () => {
  const acts = ['search', 'approve']
  const rows = acts.map((act, nth): SealedRow => {
    const texts = sealedColumns.map((column) => (column === 'act' ? act : 'x'))
    return { place: { epoch: 1, xid: String(nth), id: 'x' }, at, texts }
  })
  const left = rows.map(whatStays)
  const found = await check(sealAll(rows, 1), left, (act) => act === 'search')
  assert.deepEqual(
    found.faults.map(({ kind, no }) => `${kind} ${no}`),
    ['early 2'],
  )
})

test('a seal over nothing is a bug', () => {
  assert.throws(() => sealRows(undefined, [], at), /a seal over nothing/)
})
