/**
 * Who is told of which event, all of it: each receiver by what it has subscribed to, each type and
 * kind of event, each way in which a person has to do with a municipality (A44).
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import { timedId } from '#base/ids.ts'
import { addSubscription } from '#store/feed.ts'
import { listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { askUntil } from '#test/patience.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer({ persons: 300 })
const { ownerPool, clock } = server
const [here, there] = ['0751', '0851'] as const
const types = ['A01', 'A02', 'A06', 'A09', 'A16', 'A21', 'A24', 'A33', 'A47', 'N01', 'P11', 'P42']

/** Days from today, and where the person lives from then on; what the tested event itself says. */
type Life = {
  readonly before: readonly (readonly [from: number, municipality: string | null])[]
  readonly says?: readonly [from: number, municipality: string | null]
  readonly kind?: 'in-effect' | 'corrected'
  readonly validFrom?: number
  /** Whose business it then is. */
  readonly of: readonly string[]
}

const lives: { readonly [relation: string]: Life } = {
  'lives here': { before: [[-900, here]], of: [here] },
  'lives elsewhere': { before: [[-900, there]], of: [there] },
  'moves away': { before: [[-900, here]], says: [0, there], of: [here, there] },
  'moves in': { before: [[-900, there]], says: [0, here], of: [here, there] },
  'will move away': { before: [[-900, here]], says: [20, there], of: [here, there] },
  'has reported to move away': {
    before: [
      [-900, here],
      [20, there],
    ],
    of: [here],
  },
  'has moved away as reported': {
    ...{
      before: [
        [-900, here],
        [0, there],
      ],
      kind: 'in-effect',
      validFrom: 0,
    },
    of: [here, there],
  },
  'left long ago': {
    before: [
      [-900, here],
      [-400, there],
    ],
    of: [there],
  },
  'left long ago, and is corrected': {
    ...{
      before: [
        [-900, here],
        [-400, there],
      ],
      kind: 'corrected',
      validFrom: -800,
    },
    of: [there],
  },
  'lived here by a mistake of the past': {
    ...{ before: [[-900, there]], says: [-800, here], kind: 'corrected' },
    of: [here, there],
  },
  'leaves the country': { before: [[-900, here]], says: [0, null], of: [here] },
  'left the country': {
    before: [
      [-900, here],
      [-10, null],
    ],
    of: [],
  },
}

type Subscribed = readonly (readonly [municipality: string, type: string])[]
const subscriptions: { readonly [name: string]: Subscribed } = {
  'all of here': [[here, '']],
  'all of there': [[there, '']],
  'moves of here': [[here, 'A01']],
  'of both': [
    [here, 'A01'],
    [there, ''],
  ],
  nothing: [],
}

const receivers = await Promise.all(
  Object.entries(subscriptions).flatMap(([name, subscribed]) =>
    ['0011', '0043'].map(async (authority) => {
      const { code: personCode, ...rest } = await server.newCode('receiver', authority)
      for (const [municipality, type] of subscribed) {
        const by = { actor: 'test', purpose: 'test', now: clock(), random: randomBytes }
        await addSubscription(ownerPool, { personCode, municipality, type }, by)
      }
      const token = await signOn(server, { code: personCode, ...rest })
      return { name, token, subscribed, isPublic: authority === '0011' }
    }),
  ),
)

const { rows: people } = await ownerPool.script(
  'select pnr, event_no from person order by pnr limit 200',
)

/** A person of the register is given that life, and one event of the type. */
type Told = {
  readonly pnr: string
  readonly type: string
  readonly life: Life
  isProtected: boolean
}
const cases: Told[] = []

const today = danishDate(clock())

function sqlOf(nth: number, type: string, life: Life, isProtected: boolean): string {
  const pnr = String(people[nth]?.['pnr'])
  const before = Number(people[nth]?.['event_no']) + 1
  const residence = (municipality: string | null) =>
    municipality === null
      ? 'null'
      : `'${JSON.stringify({ municipality, road: '0001', house: '1' })}'`
  const fact = (no: number, line: number, [from, municipality]: readonly [number, string | null]) =>
    `insert into fact (pnr, event_no, line, kind, valid_from, value) values
      ('${pnr}', ${no}, ${line}, 'address', date '${today}' + ${from}, ${residence(municipality)});`
  const event = (no: number, kind: string, of: string, from: number) =>
    `insert into event (pnr, event_no, id, kind, type, valid_from, recorded_at) values
      ('${pnr}', ${no}, '${timedId(clock(), randomBytes)}', '${kind}', '${of}',
       date '${today}' + ${from}, now());`
  const protections = isProtected ? '[{"type": "0001", "from": "2020-01-01"}]' : '[]'
  cases.push({ pnr, type, life, isProtected })
  return [
    `delete from fact where pnr = '${pnr}' and kind = 'address';`,
    event(before, 'loaded', '', -900),
    ...life.before.map((each, index) => fact(before, 10 + index, each)),
    event(before + 1, life.kind ?? 'changed', type, life.validFrom ?? life.says?.[0] ?? 0),
    ...(life.says ? [fact(before + 1, 1, life.says)] : []),
    `update person set current = jsonb_set(current, '{protections}', '${protections}')
     where pnr = '${pnr}';`,
  ].join('\n')
}

const wanted = Object.values(lives).flatMap((life) =>
  types.map((type) => ({ type, life, isProtected: types.indexOf(type) % 4 === 0 })),
)
await ownerPool.script(
  wanted.map(({ type, life, isProtected }, nth) => sqlOf(nth, type, life, isProtected)).join('\n'),
)

async function page(token: string, cursor?: string) {
  const from = cursor === undefined ? '' : `&cursor=${cursor}`
  return send(server, { path: `/api/v1/events?limit=1000${from}`, token })
}

/** All that is told, as `number type`. */
async function told(token: string): Promise<readonly string[]> {
  const items: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { body, status } = await page(token, cursor)
    assert.equal(status, 200)
    items.push(
      ...listAt(body, 'items').map((each) => `${textAt(each, 'pnr')} ${textAt(each, 'type')}`),
    )
    const next = textAt(body, 'next')
    if (next === cursor) return items.toSorted()
    cursor = next
  }
}

test('each receiver is told of each event exactly where it has subscribed to it', async () => {
  assert.equal(cases.length, Object.keys(lives).length * types.length)
  for (const { name, token, subscribed, isPublic } of receivers) {
    const expected = cases
      .filter(({ isProtected }) => isPublic || !isProtected)
      .filter(({ type, life }) =>
        subscribed.some(([of, only]) => life.of.includes(of) && (only === '' || only === type)),
      )
      .map(({ pnr, type }) => `${pnr} ${type}`)
      .toSorted()
    // What other databases of the server still write holds the feed back (D-3).
    const seen = await askUntil(
      () => told(token),
      (found) => found.length >= expected.length,
    )
    assert.deepEqual(seen, expected, `${name}, ${isPublic ? 'public' : 'private'}`)
  }
})
