/** The reasons for a look-up that programs of ours give by themselves, in words for everybody. */

import type { Text } from '#base/text.ts'

type Given = { readonly sent: string; readonly text: Text }

export const givenPurposes = {
  stamp: {
    sent: 'STAMP over GCTP',
    text: {
      da: 'Et it-system spurgte om navn, adresse og status (STAMP)',
      en: 'An IT system asked for name, address and status (STAMP)',
    },
  },
  letter: {
    sent: 'letter on paper',
    text: { da: 'Adresse til et brev på papir', en: 'The address for a letter on paper' },
  },
  delivery: {
    sent: 'delivery of a letter',
    text: { da: 'Levering af et brev', en: 'Delivery of a letter' },
  },
  insight: {
    sent: 'insight',
    text: { da: 'Egen indsigt i oplysningerne', en: 'Insight into own data' },
  },
  review: {
    sent: 'control of the log',
    text: { da: 'Kontrol af, hvem der har slået op', en: 'Control of who looked up' },
  },
  reviewAsked: {
    sent: 'control of the log: asked of the case worker',
    text: {
      da: 'Kontrol af opslag: sagsbehandleren blev spurgt om grunden',
      en: 'Control of look-ups: the case worker was asked for the reason',
    },
  },
  case: {
    sent: 'Behandling af sagen',
    text: { da: 'Behandling af sagen', en: 'Work on the case' },
  },
} as const satisfies { readonly [name: string]: Given }

/** What programs give for a look-up or a search, where people write reasons of their own. */
const ofLookUps: readonly Given[] = [givenPurposes.stamp, givenPurposes.letter, givenPurposes.case]

/**
 * The reason for a look-up or a search in words: ours, or as somebody wrote it. Nobody's own words
 * are taken for those of an act that needs no reason, such as insight or the control of the log.
 */
export function purposeText(purpose: string): Text {
  const given = ofLookUps.find(({ sent }) => sent === purpose)
  return given?.text ?? { da: purpose, en: purpose }
}
