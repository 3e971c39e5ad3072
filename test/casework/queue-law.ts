/**
 * The queue counted by hand: what of some cases waits with an authority, in which order, and how
 * many there are by each filter, said once more in plain loops over all of them. Knows no SQL.
 */

import {
  type QueueCounts,
  type QueueFilter,
  type QueueSort,
  type WaitsFor,
  waits,
} from '#casework/desk-ports.ts'
import { type Flag, flags, isFlag } from '#casework/flags.ts'

/** All that may be asked of a case; a day is 'YYYY-MM-DD'. */
export type Drawn = {
  readonly id: string
  readonly pnr: string
  readonly name: string
  readonly isProtected: boolean
  readonly code: string
  readonly authority: string
  readonly state: string
  readonly savedAt: Date
  readonly mark: 'late' | 'child' | 'minors-only' | undefined
  readonly warned: readonly number[]
  readonly returnedBy: string | undefined
  /** Open ones, by their deadlines; `null` where there is none. */
  readonly asked: readonly (string | null)[]
  /** Of a time that is not over. */
  readonly claim: string | undefined
  readonly road: { readonly name: string; readonly house: string }
}

export type Asked = {
  readonly authority: string
  readonly personCode: string
  readonly at: Date
  readonly today: string
  readonly goalDays: number
}

const open = ['pending', 'returned', 'amended']
const dayMs = 86_400_000

/** A case with all that the queue says of it. */
type Seen = Drawn & {
  readonly waitsFor: WaitsFor
  readonly due: string | undefined
  readonly isOverdue: boolean
  readonly claimed: 'mine' | 'free' | 'others'
  readonly flags: readonly Flag[]
}

function seen(all: readonly Drawn[], { authority, personCode, at, today, goalDays }: Asked) {
  const own = all.filter((each) => each.authority === authority && open.includes(each.state))
  return own.map((each): Seen => {
    const days = [...each.asked, each.returnedBy].filter((day) => typeof day === 'string')
    const due = days.sort()[0]
    const age = at.valueOf() - each.savedAt.valueOf()
    const isLong = each.state === 'pending' && age > goalDays * dayMs
    const waiting = each.asked.length > 0 ? 'hearing' : 'authority'
    return {
      ...each,
      due,
      waitsFor: each.state === 'pending' ? waiting : 'reporter',
      isOverdue: isLong || (due !== undefined && due < today),
      claimed: claimedFor(each.claim, personCode),
      flags: flagsOf(each, own),
    }
  })
}

function claimedFor(claim: string | undefined, personCode: string): Seen['claimed'] {
  if (claim === undefined) return 'free'
  return claim === personCode ? 'mine' : 'others'
}

function flagsOf({ id, pnr, mark, warned, isProtected }: Drawn, own: readonly Drawn[]): Flag[] {
  const has: { readonly [F in Flag]: boolean } = {
    late: mark === 'late',
    children: mark === 'child' || mark === 'minors-only',
    crowded: warned.includes(9120),
    similar: own.some((other) => other.pnr === pnr && other.id !== id),
    protected: isProtected,
  }
  return Object.keys(flags)
    .filter(isFlag)
    .filter((flag) => has[flag])
}

function isChosen(each: Seen, filter: QueueFilter): boolean {
  const { code, flag, waitsFor, claimed, overdue, words, ids } = filter
  return (
    (code === undefined || each.code === code) &&
    (flag === undefined || each.flags.includes(flag)) &&
    (waitsFor === undefined || each.waitsFor === waitsFor) &&
    (claimed === undefined || each.claimed === claimed) &&
    (overdue === undefined || each.isOverdue === overdue) &&
    (ids === undefined || ids.includes(each.id)) &&
    words.every((word) => hasWord(each, word))
  )
}

function hasWord({ name, pnr, id, road }: Seen, word: string): boolean {
  const isOfRoad = road.name.toLowerCase().includes(word)
  const isOfHouse = /^[0-9]/.test(word) && road.house.toLowerCase().includes(word)
  return `${name} ${pnr} ${id}`.toLowerCase().includes(word) || isOfRoad || isOfHouse
}

/** Ids in order. */
export function listedOf(
  all: readonly Drawn[],
  asked: Asked,
  filter: QueueFilter,
  sort: QueueSort,
) {
  const keyOf = ({ savedAt, id, due = '9999-12-31' }: Seen) =>
    `${sort === 'deadline' ? due : ''} ${savedAt.toISOString()} ${id}`
  const chosen = seen(all, asked).filter((each) => isChosen(each, filter))
  const ids = chosen.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map(({ id }) => id)
  return sort === 'newest' ? ids.reverse() : ids
}

export function countedOf(
  all: readonly Drawn[],
  asked: Asked,
  filter: QueueFilter,
): Omit<QueueCounts, 'types'> & { readonly types: { readonly [code: string]: number } } {
  const chosen = seen(all, asked).filter((each) => isChosen(each, filter))
  const countBy = <K extends string>(keys: readonly K[], has: (each: Seen, key: K) => boolean) =>
    Object.fromEntries(
      keys.map((key) => [key, chosen.filter((each) => has(each, key)).length]),
    ) as Record<K, number>
  const codes = [...new Set(chosen.map(({ code }) => code))]
  return {
    all: chosen.length,
    overdue: chosen.filter(({ isOverdue }) => isOverdue).length,
    types: countBy(codes, ({ code }, key) => code === key),
    flags: countBy(Object.keys(flags).filter(isFlag), (each, key) => each.flags.includes(key)),
    waitsFor: countBy(waits, ({ waitsFor }, key) => waitsFor === key),
    claimed: countBy(['mine', 'free', 'others'], ({ claimed }, key) => claimed === key),
  }
}
