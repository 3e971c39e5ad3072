import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkSeals, type Seal, type SealedRow, sealedColumns, sealRows } from '#evidence/seal.ts'

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
      assert.deepEqual((await checkSeals(each(seals), each(rows))).faults, [])
      const at = nth % rows.length
      const changed = rows.map((each, index) =>
        index === at ? { ...each, texts: each.texts.with(column % each.texts.length, to) } : each,
      )
      const isSame = JSON.stringify(changed) === JSON.stringify(rows)
      const { faults } = await checkSeals(each(seals), each(changed))
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
    const { faults } = await checkSeals(each(seals), each([{ ...one, texts: moved }]))
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
  const { faults, seals } = await checkSeals(each(sealAll(rows, 1)), each(rows))
  assert.deepEqual([faults, seals], [[], 3])
})

test('a seal over nothing is a bug', () => {
  assert.throws(() => sealRows(undefined, [], at), /a seal over nothing/)
})
