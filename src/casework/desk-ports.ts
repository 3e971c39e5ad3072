/** What the desk needs of the store: the queue, claims, notes, figures. Implemented higher up. */

import type { PlainDate } from '#base/calendar.ts'
import type { Delivery } from '#casework/delivery.ts'
import type { Flag } from '#casework/flags.ts'
import type { LetterKind } from '#casework/hearings.ts'
import type { Asker, Findings, PendingPlace } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { AuditRow } from '#evidence/audit.ts'
import type { Person } from '#register/person.ts'

/** Whom a case waits for. */
export const waits = ['authority', 'hearing', 'reporter'] as const
export type WaitsFor = (typeof waits)[number]

export type Claimed = 'mine' | 'free' | 'others'

export type QueueFilter = {
  /** The incident code of a type. */
  readonly code?: string | undefined
  readonly flag?: Flag | undefined
  readonly waitsFor?: WaitsFor | undefined
  readonly claimed?: Claimed | undefined
  /** Past its deadline, or waiting longer than the service goal. */
  readonly overdue?: boolean | undefined
  /** Words that must all be found: in name, number, address or id; in small letters. */
  readonly words: readonly string[]
  /** Of these cases alone. */
  readonly ids?: readonly string[] | undefined
}

export type QueueSort = 'received' | 'newest' | 'deadline'

/** Behind which case a page begins: its deadline counts where that is the order. */
export type QueuePlace = PendingPlace & { readonly due: PlainDate | undefined }

export type QueueInquiry = {
  readonly asker: Asker
  readonly at: Date
  readonly today: PlainDate
  readonly filter: QueueFilter
  readonly sort: QueueSort
  readonly after: QueuePlace | undefined
  /** 0 where nobody is shown a case. */
  readonly limit: number
  /** Of all that the filter lets through, whatever page is asked for. */
  readonly withCounts: boolean
}

export type Claim = { readonly personCode: string; readonly until: Date }

export type QueueItem = {
  readonly record: IncidentRecord
  readonly subject: Person
  readonly due: PlainDate | undefined
  readonly waitsFor: WaitsFor
  readonly isOverdue: boolean
  readonly isSimilar: boolean
  /** Of somebody who works on it now. */
  readonly claim: Claim | undefined
}

type Asked = Pick<Findings, 'caller' | 'authorities'>

export type QueueCounts = {
  readonly all: number
  readonly overdue: number
  readonly types: { readonly [code: string]: number }
  readonly flags: { readonly [F in Flag]: number }
  readonly waitsFor: { readonly [W in WaitsFor]: number }
  readonly claimed: { readonly [C in Claimed]: number }
}

/** A search that this many or more are found by asks about nobody in particular. */
export const foundMax = 50

export type QueuePage = Asked & {
  readonly items: readonly QueueItem[]
  readonly counts: QueueCounts | undefined
  /** Whom a search by words found that was counted; else nobody. */
  readonly found: readonly string[]
}

export type FiguresInquiry = {
  readonly asker: Asker
  readonly at: Date
  readonly today: PlainDate
  readonly days: number
}

/** For a team: numbers, and nobody's name. */
export type Figures = {
  readonly inflow: readonly {
    readonly day: PlainDate
    readonly received: number
    readonly decided: number
    /** Of these by a policy and no person. */
    readonly automatic: number
  }[]
  /** How long what waits has waited, in days. */
  readonly age: readonly { readonly days: string; readonly cases: number }[]
  /** How long what was decided had waited by then. */
  readonly toDecision: readonly { readonly days: string; readonly cases: number }[]
  readonly outcomes: { readonly [outcome: string]: number }
  readonly automatic: number
  readonly hoursToDecision: { readonly median: number | null; readonly p90: number | null }
  readonly clocks: Clocks
}

/** The goal that a municipality sets itself, and the deadlines of those who are waited for. */
export type Clocks = {
  readonly goalDays: number
  /** Of all that were decided in these days. */
  readonly withinGoal: number
  /** By letter in these days: hosts who had not answered, and persons whose protection lapses. */
  readonly reminded: { readonly hosts: number; readonly protected: number }
  /** Which end today and on each of the next days; what is behind stands in the overdue list. */
  readonly deadlines: readonly {
    readonly day: PlainDate
    readonly hearings: number
    readonly amendments: number
  }[]
}

export type FiguresPage = Asked & { readonly figures: Figures }

export type Note = {
  readonly id: string
  readonly at: Date
  readonly personCode: string
  readonly text: string
}

export type CaseLetter = {
  readonly id: string
  readonly at: Date
  readonly recipient: string
  readonly kind: LetterKind
  readonly text: { readonly da: string; readonly en: string }
  readonly delivery: Delivery
  /** Written by the caller's authority; another's, from before it was forwarded, is not its to send. */
  readonly isOwn: boolean
}

/** Another case that waits with the same authority, and why it is told of. */
export type RelatedCase = {
  readonly record: IncidentRecord
  readonly because: 'same-person' | 'same-address'
}

/** What stands around a case beside the incident itself. */
export type Surroundings = {
  readonly notes: readonly Note[]
  readonly letters: readonly CaseLetter[]
  readonly related: readonly RelatedCase[]
  readonly claim: Claim | undefined
}

/** Every method is one round trip; what it reads is on record before it is told. */
export type DeskStore = {
  readonly queue: (inquiry: QueueInquiry) => Promise<QueuePage>
  readonly figures: (inquiry: FiguresInquiry) => Promise<FiguresPage>
  /** Who holds it from now on: the one who asks, unless somebody else does already. */
  readonly claim: (
    id: string,
    by: Claim & { readonly authority: string; readonly at: Date },
    audit: AuditRow,
  ) => Promise<Claim>
  readonly release: (id: string, personCode: string, audit: AuditRow) => Promise<void>
  readonly note: (
    note: Note & { readonly incidentId: string; readonly authority: string },
    audit: AuditRow,
  ) => Promise<void>
  readonly surroundings: (
    record: IncidentRecord,
    at: Date,
    audit: AuditRow,
  ) => Promise<Surroundings>
}
