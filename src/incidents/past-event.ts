/** One earlier event as a field, and what must hold of it to be taken back. */

import type { Rule } from '#incident/define.ts'
import type { Fields } from '#incident/fields.ts'
import type { PastEvent, Situation } from '#incident/situation.ts'
import { isWhole, withoutEvent } from '#register/revise.ts'

export const eventField = {
  eventNo: {
    kind: 'number',
    digitsMax: 6,
    wire: 'HAENDNR',
    label: { da: 'Hændelsens nummer', en: 'Number of the event' },
    hint: {
      da: 'Som i personens historik: den første er nummer 1',
      en: 'As in the history of the person: the first is number 1',
    },
  },
} as const satisfies Fields

type Named = { readonly eventNo: string }

export function findEvent({ eventNo }: Named, { events }: Situation): PastEvent | undefined {
  return events.find((event) => event.eventNo === Number(eventNo))
}

/** What must be recorded so that the event is as though it had not been. */
export function factsWithout({ eventNo }: Named, { facts, subject }: Situation) {
  return withoutEvent(facts.get(subject.pnr) ?? [], Number(eventNo))
}

/** A number's change or its undoing concerns two numbers, and is taken back for both (P42). */
const ofTwoNumbers = ['P03', 'P42']

/** The event exists, concerns this number alone, still has something to say, and leaves a person behind: three numbers, and one for two numbers. */
export function eventRules(
  number: number,
  ofTwoNumbersNumber: number,
): readonly Rule<typeof eventField>[] {
  return [
    {
      name: 'the-event-exists',
      number,
      source: 'inferred',
      blames: 'eventNo',
      text: ({ eventNo }) => ({
        da: `Personen har ingen hændelse nummer ${eventNo}`,
        en: `The person has no event number ${eventNo}`,
      }),
      holds: (values, situation) => findEvent(values, situation) !== undefined,
    },
    {
      name: 'it-concerns-this-number-alone',
      number: ofTwoNumbersNumber,
      source: 'rules 9.5: P42 undoes a change of number',
      blames: 'eventNo',
      text: {
        da: 'Et nummerskift tages tilbage for begge numre på én gang: brug »Omgør et nyt personnummer«',
        en: 'A change of number is taken back for both numbers at once: use “Undo a change of number”',
      },
      holds: (values, situation) =>
        !ofTwoNumbers.includes(findEvent(values, situation)?.type ?? ''),
    },
    {
      name: 'it-still-has-the-last-word',
      number: number + 1,
      source: 'MOVE-18 by analogy: no change is refused',
      blames: 'eventNo',
      text: {
        da: 'Hændelsen gælder ikke længere nogen dag, så der er intet at tage tilbage',
        en: 'The event no longer holds on any day, so that there is nothing to take back',
      },
      holds: (values, situation) =>
        findEvent(values, situation) === undefined || factsWithout(values, situation).length > 0,
    },
    {
      name: 'somebody-is-left',
      number: number + 2,
      source: 'inferred: annulling a number (A40) is another event',
      blames: 'eventNo',
      text: {
        da: 'Uden hændelsen er personen ikke i registret. Et nummer annulleres af CPR-kontoret.',
        en: 'Without the event the person is not in the register. The CPR Office annuls numbers.',
      },
      holds: ({ eventNo }, { facts, subject }) => {
        const rest = (facts.get(subject.pnr) ?? []).filter(
          (fact) => fact.eventNo !== Number(eventNo),
        )
        return rest.length === (facts.get(subject.pnr) ?? []).length || isWhole(rest)
      },
    },
  ]
}
