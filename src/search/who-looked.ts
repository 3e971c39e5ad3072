/**
 * Who looked: every time a person's data were used, as the evidence has it: when, by which
 * authority and why. Never by which employee (C-579/21; rule AUD-3). Knows no storage.
 */

import type { Text } from '#base/text.ts'
import type { TurnedAway } from '#casework/admit.ts'
import type { House } from '#casework/house.ts'
import type { Settling } from '#casework/outbox.ts'
import {
  askOwn,
  type OwnOrder,
  type OwnPage,
  type OwnQuestion,
  type Refused,
} from '#casework/own.ts'
import type { Act } from '#evidence/audit.ts'
import { type Reason, type ShownReason, showReason } from '#incident/reasons.ts'

export type Look = Reason & {
  /** Of its row of evidence; it sorts by time. */
  readonly id: string
  readonly at: Date
  readonly act: Act
  /** Undefined where nobody asked: the register let time do its work. */
  readonly authority: { readonly code: string; readonly name: string } | undefined
  /** Whose page of their own it was, where it was one, and who asked in that person's place. */
  readonly whose: string | undefined
  readonly representative: string | undefined
  /** What was done with a letter, where it was one. */
  readonly to: string | undefined
}

export type LooksPage = OwnPage & { readonly looks: readonly Look[] }

export type FindLooks = (
  question: OwnQuestion & {
    readonly without: readonly Act[]
    readonly before: string | undefined
    readonly limit: number
  },
) => Promise<LooksPage>

/** What a provider keeps for itself is sealed: nobody can look at it. */
const noLooks: readonly Act[] = ['put-deposit', 'read-deposit', 'remove-deposit']

/** Only these say why; the others are said by the act. */
const saysWhy: readonly Act[] = ['look-up', 'search']

const reviewed: Text = { da: 'Kontrol af et opslag', en: 'A look-up was reviewed' }
const texts: { readonly [A in Act]?: Text } = {
  'look-up': { da: 'Opslag i registret', en: 'Looked up in the register' },
  search: { da: 'Søgning i registret', en: 'Searched for in the register' },
  initiate: { da: 'En anmeldelse blev påbegyndt', en: 'A report was begun' },
  validate: { da: 'En anmeldelse blev kontrolleret', en: 'A report was checked' },
  save: { da: 'En anmeldelse blev sendt', en: 'A report was sent' },
  cancel: { da: 'En anmeldelse blev fortrudt', en: 'A report was cancelled' },
  approve: { da: 'En sag blev godkendt', en: 'A case was approved' },
  reject: { da: 'En sag blev afvist', en: 'A case was rejected' },
  'read-incident': { da: 'En sag blev åbnet', en: 'A case was opened' },
  'list-pending': { da: 'Vist på listen over sager', en: 'Shown in the list of cases' },
  'list-hearings': { da: 'Spørgsmål i en sag blev vist', en: 'Questions of a case were shown' },
  'answer-hearing': { da: 'Et spørgsmål blev besvaret', en: 'A question was answered' },
  'own-cases': { da: 'Dine sager blev vist', en: 'Your cases were shown' },
  'own-case': { da: 'En af dine sager blev vist', en: 'One of your cases was shown' },
  'own-data': { da: 'Dine oplysninger blev vist', en: 'Your data were shown' },
  'own-letters': { da: 'Dine breve blev vist', en: 'Your letters were shown' },
  'who-looked': { da: 'Denne liste blev vist', en: 'This list was shown' },
  'read-reviewed-look': reviewed,
  'ask-why': reviewed,
  'list-asked-looks': reviewed,
  'answer-why': reviewed,
  'judge-look': reviewed,
  'employee-stated': {
    da: 'En arbejdsgiver oplyste, hvem der bruger en personkode',
    en: 'An employer stated who uses a person code',
  },
  'take-effect': { da: 'En ændring fik virkning', en: 'A change took effect' },
  'list-letters': {
    da: 'Breve blev hentet til afsendelse',
    en: 'Letters were fetched for sending',
  },
  'deliver-letter': { da: 'Et brev blev sendt', en: 'A letter was sent' },
}
/** A letter is in hand before it is sent, and may be let go of. */
const settledTexts: { readonly [T in Settling['to']]: Text } = {
  printing: {
    da: 'Et brev blev taget frem til udskrift',
    en: 'A letter was taken out for printing',
  },
  printed: { da: 'Et brev blev sendt på papir', en: 'A letter was sent on paper' },
  waiting: {
    da: 'Et brev blev sat til levering igen',
    en: 'A letter was put up for delivery again',
  },
}
const otherwise: Text = { da: 'Behandling af en sag', en: 'Work on a case' }

/** What is said when the page was somebody else's. */
const textsOfOthers: { readonly [A in Act]?: Text } = {
  'own-cases': { da: 'Sager blev vist', en: 'Cases were shown' },
  'own-case': { da: 'En sag blev vist', en: 'A case was shown' },
  'own-data': { da: 'Oplysninger blev vist', en: 'Data were shown' },
  'own-letters': { da: 'Breve blev vist', en: 'Letters were shown' },
  'who-looked': { da: 'En liste som denne blev vist', en: 'A list like this was shown' },
}

/**
 * Who of the citizens asked, as the person may know it. `self`: the person. `representative`:
 * somebody in the person's place. `for-another`: the person, in the place of somebody else.
 * `another`: somebody whose case or data the person is part of.
 */
export type AskedBy = 'self' | 'representative' | 'for-another' | 'another'

export type ShownLook = Omit<Look, keyof Reason | 'whose' | 'representative' | 'to'> & {
  readonly text: Text
  readonly why: ShownReason | undefined
  /** Undefined where it was an authority, or the register. */
  readonly askedBy: AskedBy | undefined
}

export type WhoLookedAnswer =
  | {
      readonly kind: 'done'
      readonly looks: readonly ShownLook[]
      /** Behind which the next page begins. */
      readonly next: string | undefined
    }
  | Refused
  | TurnedAway

/** A page of the looks at a person, the last first. To look at it is one of them. */
export async function whoLooked(
  house: House,
  find: FindLooks,
  order: OwnOrder & { readonly before: string | undefined; readonly limit: number },
): Promise<WhoLookedAnswer> {
  const { before, limit } = order
  const asked = await askOwn(house, { ...order, act: 'who-looked' }, (question) =>
    find({ ...question, without: noLooks, before, limit: limit + 1 }),
  )
  if (asked.kind !== 'asked') return asked
  const { looks } = asked.page
  await asked.answered()
  const shown = looks.slice(0, limit)
  return {
    kind: 'done',
    looks: shown.map((look) => showLook(look, asked.pnr)),
    next: looks.length > limit ? shown.at(-1)?.id : undefined,
  }
}

function showLook(look: Look, pnr: string): ShownLook {
  const { id, at, act, authority } = look
  const askedBy = askedByOf(look, pnr)
  const isAboutOther = askedBy === 'for-another' || askedBy === 'another'
  return {
    ...{ id, at, act, authority, askedBy },
    text: (isAboutOther ? textsOfOthers[act] : settledText(look)) ?? texts[act] ?? otherwise,
    why: saysWhy.includes(act) ? showReason(look) : undefined,
  }
}

function settledText({ act, to }: Look): Text | undefined {
  if (act !== 'settle-letters') return undefined
  const known: { readonly [to: string]: Text } = settledTexts
  return to === undefined ? undefined : known[to]
}

function askedByOf({ whose, representative }: Look, pnr: string): AskedBy | undefined {
  if (whose === undefined) return undefined
  if (whose === pnr) return representative === undefined ? 'self' : 'representative'
  return representative === pnr ? 'for-another' : 'another'
}
