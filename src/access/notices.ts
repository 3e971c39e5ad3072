/**
 * Notices: what those who hold a person code are told of it, and in which words. Knows no store.
 */

import type { Text } from '#base/text.ts'

export const noticeKinds = {
  created: { da: 'Personkoden er oprettet', en: 'The person code was created' },
  'password-changed': { da: 'Kodeordet er skiftet', en: 'The password was changed' },
  'password-ends-soon': {
    da: 'Kodeordet udløber inden for 14 dage',
    en: 'The password expires within 14 days',
  },
  'password-ended': {
    da: 'Kodeordet er udløbet og kan kun bruges til at skifte det',
    en: 'The password has expired and can only be used to change it',
  },
  locked: {
    da: 'Personkoden er låst. Find ud af, hvem der har gættet, og kontakt CPR-kontoret',
    en: 'The person code is locked. Find out who guessed, and contact the CPR Office',
  },
  unlocked: { da: 'Personkoden er låst op', en: 'The person code was unlocked' },
  reset: {
    da: 'Personkoden har fået et engangskodeord',
    en: 'The person code has been given a one-time password',
  },
  expired: {
    da: 'Kodeordet skal skiftes, før personkoden kan bruges',
    en: 'The password must be changed before the person code can be used',
  },
  disabled: { da: 'Personkoden er lukket indtil videre', en: 'The person code is closed for now' },
  retired: { da: 'Personkoden er nedlagt', en: 'The person code has been retired' },
  changed: {
    da: 'Personkodens gruppe, adresser, certifikater eller overlap er ændret',
    en: 'The group, addresses, certificates or overlap of the person code were changed',
  },
} as const satisfies { readonly [kind: string]: Text }

export type NoticeKind = keyof typeof noticeKinds

export function isNoticeKind(text: string): text is NoticeKind {
  return Object.hasOwn(noticeKinds, text)
}

/** Where a notice stands in the feed. `epoch` is raised when a backup is restored (D-3). */
export type NoticePlace = { readonly epoch: number; readonly xid: string; readonly id: string }

export const noticeStart: NoticePlace = { epoch: 0, xid: '0', id: '' }

export type Notice = {
  readonly place: NoticePlace
  readonly at: Date
  readonly personCode: string
  readonly kind: NoticeKind
  /** Of the password, where it is about that. */
  readonly endsAt: Date | undefined
}
