/** Histories of the invented persons, event by event, for the types that look back. */

import type { Situation } from '#incident/situation.ts'
import type { Fact, RecordedFact } from '#register/fact.ts'
import { type Person, personOn } from '#register/person.ts'
import { opened, today } from '#test/incident-law.ts'

type Later = {
  readonly type: string
  readonly kind?: Situation['events'][number]['kind']
  readonly facts: readonly Fact[]
}

export type History = {
  readonly subject: Person
  readonly events: Situation['events']
  readonly facts: Situation['facts']
}

/** A person loaded as the parts say, and what happened since; the person is as of today. */
export function historyOf(person: Person, ...later: readonly Later[]): History {
  const happened = [{ type: 'LOAD', kind: 'loaded' as const, facts: firstFacts(person) }, ...later]
  const events = happened.map(({ type, kind = 'changed', facts }, at) => ({
    eventNo: at + 1,
    type,
    kind,
    facts: facts.map((fact, line) => ({ ...fact, eventNo: at + 1, line: line + 1 })),
  }))
  const facts = events.flatMap((event) => event.facts)
  return {
    subject: personOn(person.pnr, facts, today),
    events,
    facts: new Map([[person.pnr, facts]]),
  }
}

/** The facts of one event that says all there is about a person. */
export function firstFacts(person: Person): readonly Fact[] {
  const { bornOn, sex, status, statusFrom, statusStartedAt, spouse } = person
  const { address, foreignAddress } = opened(person)
  const facts: Fact[] = [
    { kind: 'birth', from: bornOn, value: { bornOn, sex } },
    { kind: 'name', from: bornOn, value: opened(person).name },
    { kind: 'status', from: statusFrom, value: { code: status, startedAt: statusStartedAt } },
    ...person.parents.map((pnr, at) => {
      return { kind: 'parent', slot: String(at + 1), from: bornOn, value: { pnr } } as const
    }),
    ...person.protections.map(({ type, from, to }) => {
      return { kind: 'protection', slot: type, from, ...(to && { to }), value: { type } } as const
    }),
  ]
  if (address) {
    const { from, ...value } = address
    facts.push({ kind: 'address', from, value })
  }
  if (spouse) facts.push({ kind: 'spouse', from: statusFrom, value: { pnr: spouse } })
  if (foreignAddress) {
    facts.push({ kind: 'foreign-address', from: statusFrom, value: foreignAddress })
  }
  return facts
}

/** A history with the facts of one more event. */
export function recorded(
  facts: readonly RecordedFact[],
  more: readonly Fact[],
): readonly RecordedFact[] {
  const last = Math.max(0, ...facts.map(({ eventNo }) => eventNo))
  return [...facts, ...more.map((fact, at) => ({ ...fact, eventNo: last + 1, line: at + 1 }))]
}
