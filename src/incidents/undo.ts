/** Takes back a correction, an annulment, or the last thing that was recorded about a person. */

import { defineIncident } from '#incident/define.ts'
import { happenedRules } from '#incidents/own-registration.ts'
import { eventField, eventRules, factsWithout, findEvent } from '#incidents/past-event.ts'
import { whereverNumberIsUsed } from '#incidents/statuses.ts'

export const undo = defineIncident({
  code: 'OMGOER-I',
  name: 'undo',
  title: { da: 'Omgør en hændelse', en: 'Undo an event' },
  summary: {
    da: 'En rettelse, en annullering eller den sidste hændelse tages tilbage, så det lyder som før den.',
    en: 'A correction, an annulment or the last event is taken back, so that all reads as before it.',
  },
  decidedBy: 'second-person',
  reporters: 'authorities',
  needs: ['history'],

  statuses: whereverNumberIsUsed,

  fields: eventField,
  keyRules: happenedRules(9350),
  asks: () => ({}),

  rules: [
    ...eventRules(9353, 9435),
    {
      name: 'a-revision-or-the-last-event',
      number: 9356,
      source: 'rules 9.5: annulment and undoing are distinct',
      blames: 'eventNo',
      text: {
        da: 'Kun en rettelse, en annullering eller den sidste hændelse kan omgøres. Annuller den i stedet.',
        en: 'Only a correction, an annulment or the last event can be undone. Annul it instead.',
      },
      holds: (values, situation) => {
        const event = findEvent(values, situation)
        const last = situation.events.findLast(({ facts }) => facts.length > 0)
        return (
          event === undefined ||
          event === last ||
          event.kind === 'corrected' ||
          event.kind === 'annulled' ||
          event.kind === 'undone'
        )
      },
    },
  ],

  marks: (values, situation) => {
    const type = findEvent(values, situation)?.type
    return type === undefined
      ? []
      : [{ code: `undoes-${type}`, text: { da: `Omgør ${type}`, en: `Undoes ${type}` } }]
  },

  effect: (values, situation) => [
    {
      pnr: situation.subject.pnr,
      // CPR knows its own codes for undoing numbers only; the kind says that it is undone.
      event: findEvent(values, situation)?.type ?? '',
      kind: 'undone',
      facts: factsWithout(values, situation),
    },
  ],

  examples: [{ eventNo: '2' }],
})
