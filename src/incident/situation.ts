/**
 * What the rules of an incident may ask about: the register as it is when a step is judged.
 * Fetched beforehand, all at once, so that every rule stays a pure predicate.
 */

import type { PlainDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { Keys, Reading } from '#incident/fields.ts'
import type { RecordedFact } from '#register/fact.ts'
import type { Person } from '#register/person.ts'

/** A dwelling of the address register, with how many persons are registered there now. */
export type Dwelling = {
  readonly key: string
  readonly municipality: string
  readonly road: string
  readonly roadName: string
  readonly house: string
  readonly floor: string
  readonly door: string
  readonly town?: string
  readonly postcode: string
  readonly district: string
  readonly rooms: number
  readonly kind: DwellingKind
  /** Who is registered there now. Not for the reporter's eyes (PROT-4). */
  readonly people: readonly Person[]
  /** Who of them is registered as living elsewhere later, and from when. */
  readonly leaving: readonly Leaving[]
}

/** What decides who confirms a move there, and whether one may live there all year. */
export type DwellingKind = 'ordinary' | 'housing-company' | 'summer-house'

export type Leaving = { readonly pnr: string; readonly on: PlainDate }

/** An incident about the same person that is saved and waits for its municipality. */
export type OtherIncident = {
  readonly id: string
  readonly code: string
  readonly date: PlainDate
}

/** An incident about the same person that was saved before and waits or was approved. */
export type EarlierIncident = OtherIncident & {
  readonly state: 'pending' | 'approved'
  readonly reading: Reading
}

/** What happened to a person once: the event, and the facts that it recorded. */
export type PastEvent = {
  readonly eventNo: number
  /** CPR's event code. */
  readonly type: string
  readonly kind: EventKind
  readonly facts: readonly RecordedFact[]
}

/** How an event changed the register; `loaded` began a person's history. */
export type EventKind = 'loaded' | 'changed' | 'in-effect' | 'corrected' | 'annulled' | 'undone'

/**
 * What few types need and no other pays for: the subject's earlier events and facts; the subject's
 * spouse and children among the persons, with their facts; the subject's earlier incidents.
 */
export type Need = 'history' | 'relatives' | 'earlier'

/** What a reading makes it necessary to look up. Addresses lie in the municipality of the keys. */
export type Question = {
  readonly persons: readonly string[]
  /** Numbers that nobody may have yet. */
  readonly vacant: readonly string[]
  /** Address keys without their municipality: 'RRRR-house-floor-door'. */
  readonly addresses: readonly string[]
  /** Road codes of the municipality of the keys. */
  readonly roads: readonly string[]
  /** Codes of countries and other authorities. */
  readonly authorities: readonly string[]
}

export const noQuestion: Question = {
  persons: [],
  vacant: [],
  addresses: [],
  roads: [],
  authorities: [],
}

type SettingRow = {
  /** What holds where a municipality has set nothing. */
  readonly preset: number
  readonly min: number
  readonly max: number
  readonly text: Text
  readonly source: string
}

/** What each municipality may set for itself (rules 12). The limits are ours. */
export const municipalSettings = {
  reportableDaysAhead: {
    preset: 28,
    min: 0,
    max: 365,
    text: {
      da: 'Så mange dage før kan en flytning anmeldes',
      en: 'How many days before a move it may be reported',
    },
    source: 'rule M2 (borger.dk)',
  },
  legalRoomFactor: {
    preset: 2,
    min: 1,
    max: 20,
    text: {
      da: 'Flere personer pr. værelse giver en advarsel',
      en: 'More persons to a room than this is a warning',
    },
    source: 'boligreguleringsloven § 52 a',
  },
  softRoomFactor: {
    preset: 1,
    min: 1,
    max: 20,
    text: {
      da: 'Flere personer pr. værelse går til en sagsbehandler',
      en: 'More persons to a room than this is left to a person',
    },
    source: 'rules 6.1: the desks of Aarhus and Odense',
  },
  hostAnswerDays: {
    preset: 14,
    min: 1,
    max: 90,
    text: { da: 'Dage til logiværtens svar', en: 'Days that a host has to answer' },
    source: 'rules 7.2',
  },
  reminderDays: {
    preset: 14,
    min: 1,
    max: 90,
    text: { da: 'Dage, som en rykker giver', en: 'Days that a reminder gives' },
    source: 'rules 7.2',
  },
  undoMinutes: {
    preset: 60,
    min: 0,
    max: 1440,
    text: {
      da: 'Minutter, i hvilke en afgørelse kan fortrydes',
      en: 'Minutes within which a decision can be undone',
    },
    source:
      'inferred: long enough to see a slip of the hand, short enough that nobody has acted on it',
  },
  amendmentDays: {
    preset: 14,
    min: 1,
    max: 90,
    text: {
      da: 'Dage til at rette en anmeldelse',
      en: 'Days that a reporter has to amend a report',
    },
    source: 'rules 7.2, by analogy with the host',
  },
  serviceGoalDays: {
    preset: 14,
    min: 1,
    max: 365,
    text: {
      da: 'Dage, inden for hvilke en sag bør være afgjort',
      en: 'Days within which a case should be decided',
    },
    source: 'inferred: a goal of the municipality, and no right of the citizen',
  },
  claimMinutes: {
    preset: 15,
    min: 1,
    max: 480,
    text: { da: 'Minutter, i hvilke en sag er taget', en: 'Minutes for which a case is claimed' },
    source: 'inferred: as long as a plain case takes, with a telephone call',
  },
  logSampleMin: {
    preset: 20,
    min: 1,
    max: 1000,
    text: {
      da: 'Opslag, som logkontrollen mindst udtrækker om ugen',
      en: 'Look-ups that the control of the log draws in a week at least',
    },
    source: 'Datatilsynet 2023-423-0019: samples; the number: inferred',
  },
  logSamplePercent: {
    preset: 2,
    min: 0,
    max: 100,
    text: {
      da: 'Opslag af hundrede, som logkontrollen udtrækker',
      en: 'Look-ups of a hundred that the control of the log draws',
    },
    source: 'Datatilsynet 2023-423-0019: samples; the share: inferred',
  },
  logReviewDays: {
    preset: 14,
    min: 1,
    max: 90,
    text: {
      da: 'Dage, inden for hvilke to har godkendt en uges kontrol',
      en: 'Days within which two have signed off the review of a week',
    },
    source: 'inferred: before the next two weeks have come',
  },
  workdayFromHour: {
    preset: 7,
    min: 0,
    max: 23,
    text: {
      da: 'Timen, hvor arbejdsdagen begynder; opslag før den ses af logkontrollen',
      en: 'The hour when a workday begins; the control of the log sees look-ups before it',
    },
    source: 'inferred: with flexible hours at both ends',
  },
  workdayToHour: {
    preset: 19,
    min: 1,
    max: 24,
    text: {
      da: 'Timen, hvor arbejdsdagen slutter; opslag efter den ses af logkontrollen',
      en: 'The hour when a workday ends; the control of the log sees look-ups after it',
    },
    source: 'inferred: with flexible hours at both ends',
  },
} as const satisfies { readonly [name: string]: SettingRow }

export type SettingName = keyof typeof municipalSettings

export type MunicipalSettings = { readonly [N in SettingName]: number }

export const nationalSettings: MunicipalSettings = {
  reportableDaysAhead: municipalSettings.reportableDaysAhead.preset,
  legalRoomFactor: municipalSettings.legalRoomFactor.preset,
  softRoomFactor: municipalSettings.softRoomFactor.preset,
  hostAnswerDays: municipalSettings.hostAnswerDays.preset,
  reminderDays: municipalSettings.reminderDays.preset,
  undoMinutes: municipalSettings.undoMinutes.preset,
  amendmentDays: municipalSettings.amendmentDays.preset,
  serviceGoalDays: municipalSettings.serviceGoalDays.preset,
  claimMinutes: municipalSettings.claimMinutes.preset,
  logSampleMin: municipalSettings.logSampleMin.preset,
  logSamplePercent: municipalSettings.logSamplePercent.preset,
  logReviewDays: municipalSettings.logReviewDays.preset,
  workdayFromHour: municipalSettings.workdayFromHour.preset,
  workdayToHour: municipalSettings.workdayToHour.preset,
}

export function isSettingName(text: string): text is SettingName {
  return Object.hasOwn(municipalSettings, text)
}

export type Situation = {
  readonly keys: Keys
  /** Those of the municipality that it is reported to. */
  readonly settings: MunicipalSettings
  /** The day in Denmark on which the step is judged. */
  readonly today: PlainDate
  /** The day on which the report became available: today until it is saved (CPR-loven § 12(7)). */
  readonly reportedOn: PlainDate
  /** The person the incident is about. */
  readonly subject: Person
  /** Everyone the reading names, and who exists; and the parents of all of them. */
  readonly persons: ReadonlyMap<string, Person>
  /** Those registered in the subject's dwelling, without the subject. */
  readonly household: readonly Person[]
  readonly findDwelling: (tail: string) => Dwelling | undefined
  /** The name of a road in the municipality of the keys. */
  readonly findRoad: (code: string) => string | undefined
  /** The name and type of an authority: a municipality, a country. */
  readonly findAuthority: (
    code: string,
  ) => { readonly name: string; readonly type: string } | undefined
  /** Where the subject was registered last, when there is no address now. */
  readonly lastMunicipality: string | undefined
  /** The subject's events, earliest first; none unless the type needs the history. */
  readonly events: readonly PastEvent[]
  /** Facts by person, of those whose history was needed. */
  readonly facts: ReadonlyMap<string, readonly RecordedFact[]>
  /** Other incidents about the subject that wait in the pending register. */
  readonly pending: readonly OtherIncident[]
  /** The last ones that wait or were approved, latest first; none unless the type needs them. */
  readonly earlier: readonly EarlierIncident[]
  /** Other incidents to the same address that are approved from today on; looked up to decide. */
  readonly arriving: number | undefined
}
