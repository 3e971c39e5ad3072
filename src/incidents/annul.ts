/** Declares one earlier event void: its days say again what they said before it. */

import { defineIncident } from '#incident/define.ts'
import { happenedRules } from '#incidents/own-registration.ts'
import { eventField, eventRules, factsWithout, findEvent } from '#incidents/past-event.ts'
import { whereverNumberIsUsed } from '#incidents/statuses.ts'

/** CPR's codes for annulling what another code brought; the others are known by their kind alone. */
const annulling: { readonly [type: string]: string } = {
  A01: 'A10',
  A02: 'A10',
  A06: 'A10',
  A13: 'A17',
  A14: 'A17',
  A15: 'A17',
  A21: 'A25',
  A24: 'A25',
}

export const annul = defineIncident({
  code: 'ANNUL-I',
  name: 'annul',
  title: { da: 'Annuller en hændelse', en: 'Annul an event' },
  summary: {
    da: 'En tidligere hændelse skulle aldrig have været registreret. Dens dage lyder igen som før den. For andre personer annulleres den for sig.',
    en: 'An earlier event should never have been recorded. Its days read as they did before it. For other persons it is annulled separately.',
  },
  decidedBy: 'second-person',
  reporters: 'authorities',
  needs: ['history'],

  statuses: whereverNumberIsUsed,

  fields: eventField,
  keyRules: happenedRules(9340),
  asks: () => ({}),

  rules: [
    ...eventRules(9343, 9436),
    {
      name: 'is-itself-no-revision',
      number: 9346,
      source: 'rules 9.5: annulment and undoing are distinct',
      blames: 'eventNo',
      text: {
        da: 'En rettelse eller annullering tages tilbage ved at fortryde den',
        en: 'A correction or an annulment is taken back by undoing it',
      },
      holds: (values, situation) => {
        const kind = findEvent(values, situation)?.kind
        return kind !== 'corrected' && kind !== 'annulled' && kind !== 'undone'
      },
    },
  ],

  marks: (values, situation) => {
    const type = findEvent(values, situation)?.type
    return type === undefined
      ? []
      : [{ code: `annuls-${type}`, text: { da: `Annullerer ${type}`, en: `Annuls ${type}` } }]
  },

  effect: (values, situation) => {
    const type = findEvent(values, situation)?.type ?? ''
    return [
      {
        pnr: situation.subject.pnr,
        event: annulling[type] ?? type,
        kind: 'annulled',
        facts: factsWithout(values, situation),
      },
    ]
  },

  examples: [{ eventNo: '2' }],
})
