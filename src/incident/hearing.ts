/**
 * Hearings: who must be asked before an incident is decided, how long they have, and what they are
 * told. A hearing holds the approval back and never refuses it: the register states a fact, it
 * does not grant a permission (CPR-loven § 1). Plain data; knows no storage.
 */

import type { Text } from '#base/text.ts'
import type { MunicipalSettings, SettingName } from '#incident/situation.ts'
import type { Pnr } from '#register/pnr.ts'

/** The host of the dwelling; the parent who does not move along; the register abroad. */
export type HearingKind = 'host' | 'other-parent' | 'foreign-register'

export type Hearing = {
  readonly kind: HearingKind
  /** Who is asked; undefined where the deciding authority finds it out itself. */
  readonly asked: Pnr | undefined
  /** Whom the answer is about. */
  readonly about: readonly Pnr[]
}

/** What somebody may answer; neither decides the case. */
export type HearingAnswer = 'yes' | 'no'

type HearingRow = {
  readonly title: Text
  /** What is asked, in a letter to the one who is asked. */
  readonly question: Text
  readonly answers: { readonly [A in HearingAnswer]: Text }
  /** Days to answer, and what a reminder gives (rules 7.2). Undefined: no deadline, no reminder. */
  readonly days: SettingName | number | undefined
  readonly reminderDays: SettingName | number | undefined
  readonly reminder: Text
  /** To the reporter, when it is asked and when nobody answered. */
  readonly toReporter: Text
  readonly silence: Text
  readonly answered: Text
  readonly source: string
}

/** Every kind with its clocks and letters. No letter names a resident: one may be protected. */
export const hearings: { readonly [K in HearingKind]: HearingRow } = {
  host: {
    title: { da: 'Logiværtserklæring', en: "Host's declaration" },
    question: {
      da: 'En person er meldt flyttet til din adresse. Bekræft eller afvis, at personen bor eller kommer til at bo hos dig. Du har pligt til at svare.',
      en: 'Somebody has been reported as moving to your address. Confirm or deny that the person lives or will live with you. You must answer.',
    },
    answers: {
      yes: { da: 'Personen bor eller skal bo her', en: 'The person lives or will live here' },
      no: { da: 'Personen bor ikke her', en: 'The person does not live here' },
    },
    days: 'hostAnswerDays',
    reminderDays: 'reminderDays',
    reminder: {
      da: 'Vi mangler dit svar om, hvem der bor på din adresse. Det kan give bøde ikke at svare.',
      en: 'We have no answer from you about who lives at your address. Not answering can lead to a fine.',
    },
    toReporter: {
      da: 'Der bor nogen på den nye adresse. Vi har bedt en af dem bekræfte flytningen, som registreres, når svaret er kommet.',
      en: 'Somebody lives at the new address. We have asked one of them to confirm the move, which is registered once the answer is in.',
    },
    silence: {
      da: 'Beboeren på den nye adresse har ikke svaret. Kontakt kommunen inden 8 dage.',
      en: 'The resident at the new address has not answered. Contact the municipality within 8 days.',
    },
    answered: {
      da: 'Logiværten på den nye adresse har svaret.',
      en: 'The host at the new address has answered.',
    },
    source: 'rules M10 to M12, 7.2, DESK-1; CPR-loven § 10',
  },
  'other-parent': {
    title: { da: 'Høring af den anden forælder', en: 'Hearing of the other parent' },
    question: {
      da: 'Dit barn er meldt flyttet. Du kan udtale dig, før flytningen registreres. Skriv, om du er enig, og hvorfor.',
      en: 'Your child has been reported as moving. You may comment before the move is registered. Say whether you agree, and why.',
    },
    answers: {
      yes: { da: 'Jeg er enig', en: 'I agree' },
      no: { da: 'Jeg er uenig', en: 'I disagree' },
    },
    days: 14,
    reminderDays: undefined,
    reminder: {
      da: 'Fristen for at udtale sig om barnets flytning udløber',
      en: 'The time to comment on the child’s move is running out',
    },
    toReporter: {
      da: 'Den anden forælder bliver hørt, før barnets flytning registreres.',
      en: 'The other parent is heard before the child’s move is registered.',
    },
    silence: {
      da: 'Den anden forælder har ikke svaret. Kommunen afgør nu sagen.',
      en: 'The other parent has not answered. The municipality now decides.',
    },
    answered: { da: 'Den anden forælder har svaret.', en: 'The other parent has answered.' },
    source: 'rules B4, B5, MOVE-11, MOVE-12; CPR-loven § 13(2)',
  },
  'foreign-register': {
    title: { da: 'Svar fra det nordiske register', en: 'Answer of the Nordic register' },
    question: {
      da: 'Udrejsen registreres, når det nye lands register har meldt personen ind.',
      en: 'The departure is registered when the register of the new country has reported the person in.',
    },
    answers: {
      yes: { da: 'Personen er meldt ind', en: 'The person has been reported in' },
      no: { da: 'Personen er ikke meldt ind', en: 'The person has not been reported in' },
    },
    days: undefined,
    reminderDays: undefined,
    reminder: {
      da: 'Der er ikke kommet svar fra landet',
      en: 'No answer has come from the country',
    },
    toReporter: {
      da: 'Husk at melde dig til folkeregistret i det nye land. Først da registreres udrejsen her.',
      en: 'Remember to report to the register of the new country. Only then is the departure registered here.',
    },
    silence: { da: 'Det nye land har ikke svaret', en: 'The new country has not answered' },
    answered: {
      da: 'Svaret fra det nye lands register er kommet.',
      en: 'The answer of the register of the new country is in.',
    },
    source: 'rules 6.2, EMI-4',
  },
}

export function isHearingKind(text: string): text is HearingKind {
  return Object.hasOwn(hearings, text)
}

/** A number of days that a municipality may have set for itself. */
export function daysBy(
  days: SettingName | number | undefined,
  settings: MunicipalSettings,
): number | undefined {
  return typeof days === 'string' ? settings[days] : days
}
