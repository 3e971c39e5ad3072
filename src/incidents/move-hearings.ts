/** Who must be heard before a move is registered: the host, and a child's other parent. */

import { ageOn } from '#base/calendar.ts'
import type { Hearing } from '#incident/hearing.ts'
import type { Situation } from '#incident/situation.ts'
import { adultFromAge } from '#incidents/movers.ts'
import { compareMovedIn, type Person, shareHome } from '#register/person.ts'

/** MOVE-8: the resident who has lived there longest; on a tie the oldest; adults before others. */
export function hostOf(staying: readonly Person[], situation: Situation): Person | undefined {
  const isAdult = (person: Person) => ageOn(person.bornOn, situation.today) >= adultFromAge
  const adults = staying.filter(isAdult)
  return (adults.length > 0 ? adults : staying).toSorted(
    (a, b) => compareMovedIn(a, b) || compare(a.bornOn, b.bornOn),
  )[0]
}

/** M10: if somebody stays at the address, one of them is asked to confirm. */
export function hostHearing(
  staying: readonly Person[],
  movers: readonly Person[],
  situation: Situation,
): readonly Hearing[] {
  const host = hostOf(staying, situation)
  return host ? [{ kind: 'host', asked: host.pnr, about: movers.map(({ pnr }) => pnr) }] : []
}

/**
 * CPR-loven § 13(2), rule B4: a parent who shares the child's home and does not move along may
 * comment, whatever the custody. One hearing for each parent, about all of the parent's children.
 */
export function parentHearings(
  movers: readonly Person[],
  situation: Situation,
): readonly Hearing[] {
  return hearParents(movers, situation, shareHome)
}

/** One hearing for each parent who is not among the movers and has a say about the child. */
export function hearParents(
  movers: readonly Person[],
  { persons, keys }: Situation,
  hasSay: (child: Person, parent: Person) => boolean,
): readonly Hearing[] {
  const moving = new Set<string>(movers.map(({ pnr }) => pnr))
  const asked = new Map<string, { parent: Person; children: Person[] }>()
  for (const child of movers) {
    if (ageOn(child.bornOn, keys.date) >= adultFromAge) continue
    for (const pnr of child.parents) {
      const parent = persons.get(pnr)
      if (!parent || moving.has(pnr) || !hasSay(child, parent)) continue
      const entry = asked.get(pnr) ?? { parent, children: [] }
      entry.children.push(child)
      asked.set(pnr, entry)
    }
  }
  return [...asked.values()].map(({ parent, children }) => ({
    kind: 'other-parent',
    asked: parent.pnr,
    about: children.map(({ pnr }) => pnr),
  }))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
