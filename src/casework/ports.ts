/** What casework asks of a store, and how it is answered. Implemented higher up. */

import type { Caller } from '#access/security-groups.ts'
import type { PlainDate } from '#base/calendar.ts'
import type { Also, HearingRecord, Letter } from '#casework/hearings.ts'
import type { Milestone } from '#casework/milestones.ts'
import type { IncidentRecord } from '#casework/record.ts'
import type { AuditRow } from '#evidence/audit.ts'
import type {
  Dwelling,
  EarlierIncident,
  EventKind,
  MunicipalSettings,
  Need,
  OtherIncident,
  PastEvent,
  Question,
} from '#incident/situation.ts'
import type { RecordedFact } from '#register/fact.ts'
import type { Derived, Person } from '#register/person.ts'
import type { Pnr } from '#register/pnr.ts'

/** Who asks: what was shown as token, and the network address it came from. */
export type Asker = {
  readonly token: string | undefined
  readonly source: string
  /** Fingerprint of the certificate that the connection showed, where clients show one. */
  readonly certificate?: string | undefined
  /** Told, once the caller is found, when the password ends by which the token was given. */
  readonly onPasswordEnd?: (at: Date) => void
  /** Told whose token it is, once it is known. */
  readonly onCaller?: (personCode: string) => void
}

/** How an incident is named: by its id in JSON, by its `ts` in GCTP. */
export type IncidentReference = { readonly id: string } | { readonly ts: string }

/** Everything that one step may need, asked at once. */
export type Inquiry = {
  readonly asker: Asker
  readonly at: Date
  readonly today: PlainDate
  readonly incident?: IncidentReference | undefined
  /** The person on whose behalf it is asked: then only an incident that the person is part of. */
  readonly vouched?: Pnr | undefined
  /** The keys of a new incident; an old one brings its own. */
  readonly pnr?: string | undefined
  readonly municipality?: string | undefined
  readonly question: Question
  /** Authorities whose name and type are needed beside those of the incident. */
  readonly authorities: readonly string[]
  /** Facts are read only where a decision must derive persons anew. */
  readonly withFacts?: boolean
  /** Milestones and letters: only where they are shown. */
  readonly withTrail?: boolean
  /** What the type needs beside that; nothing when left out. */
  readonly needs?: readonly Need[]
  /** Who else is to move to the same address, which matters when an incident is decided. */
  readonly withArriving?: boolean
  /** On nobody's behalf, as where a policy decides. Never for a request. */
  readonly byTime?: boolean
}

/** The names that belong to an address in Denmark. */
export type Place = {
  readonly municipalityName: string | null
  readonly roadName: string | null
  readonly town: string | null
  readonly postcode: string | null
  readonly district: string | null
  /** Of the foreign address. */
  readonly countryName: string | null
}

/** A person as the register has it now, with the number of the last event and the place names. */
export type Registered = {
  readonly person: Person
  readonly eventNo: number
  readonly place: Place
}

/** A letter as the trail tells of it: that it went out, not what it says. */
export type SentLetter = Pick<Letter, 'at' | 'recipient' | 'kind'>

/** With the name of the authority that it was forwarded to. */
export type ToldMilestone = Milestone & { readonly toName?: string | undefined }

/** What befell an incident beside what its record says; read only to tell of it. */
export type Trail = {
  readonly milestones: readonly ToldMilestone[]
  readonly letters: readonly SentLetter[]
  /** When what was dated ahead took effect for its subject; undefined when it has not. */
  readonly inEffectAt: Date | undefined
}

export type Findings = {
  /** Undefined when the token is unknown or its time is over. */
  readonly caller: Caller | undefined
  readonly record: IncidentRecord | undefined
  readonly subject: Registered | undefined
  readonly persons: ReadonlyMap<string, Registered>
  readonly household: readonly Person[]
  /** By the part of the key behind the municipality. */
  readonly dwellings: ReadonlyMap<string, Dwelling>
  readonly roads: ReadonlyMap<string, string>
  readonly authorities: ReadonlyMap<string, { readonly name: string; readonly type: string }>
  readonly pending: readonly OtherIncident[]
  readonly earlier: readonly EarlierIncident[]
  /** What the municipality of the keys has set for itself. */
  readonly settings: Partial<MunicipalSettings>
  /** Whom the incident made it necessary to ask. */
  readonly hearings: readonly HearingRecord[]
  /** Undefined where it was not asked for. */
  readonly trail: Trail | undefined
  /** Conversations about the subject that have not ended. */
  readonly openCount: number
  /** What the caller has begun and has waiting, about whomever, when it was last counted. */
  readonly reported: { readonly begun: number; readonly waiting: number }
  readonly facts: ReadonlyMap<string, readonly RecordedFact[]>
  /** Of the subject, earliest first, where the history is needed; without their facts. */
  readonly events: readonly Omit<PastEvent, 'facts'>[]
  /** Other incidents to the same address that are approved from today on; where it was asked. */
  readonly arriving: number | undefined
  /** Reported by the employee who calls now, under whichever code; read with the facts alone. */
  readonly isOwnReport: boolean | undefined
}

/** One person's share of a decision: the event, its facts, and the person derived anew. */
export type PersonChange = {
  readonly pnr: Pnr
  /** The event that must be the last one now; somebody else's is met with a new look. */
  readonly afterEventNo: number
  readonly event: {
    readonly id: string
    readonly type: string
    readonly kind: Exclude<EventKind, 'loaded'>
    readonly validFrom: PlainDate
  }
  readonly facts: readonly RecordedFact[]
  readonly derived: Derived
}

/** What few steps write beside the incident itself. */
export type Turn = {
  readonly milestone?: Milestone | undefined
  readonly ended: readonly HearingRecord[]
  readonly changes: readonly PersonChange[]
}

/** `overtaken`: somebody else's step came between; nothing was written, look again. */
export type Written = 'written' | 'overtaken'

/** A place in the pending register. */
export type PendingPlace = { readonly savedAt: Date; readonly id: string }

export type PendingInquiry = {
  readonly asker: Asker
  readonly at: Date
  readonly code?: string | undefined
  readonly after?: PendingPlace | undefined
  readonly limit: number
}

export type PendingItem = { readonly record: IncidentRecord; readonly subject: Person }

export type PendingPage = Pick<Findings, 'caller' | 'authorities'> & {
  readonly items: readonly PendingItem[]
}

/** The hearings of a person who is asked; or the one of an id, which that person is asked. */
export type HearingInquiry = {
  readonly asker: Asker
  readonly at: Date
  readonly asked: string | undefined
  readonly id?: string
}

/** A hearing with its incident, those it is about, and the name of the authority that decides. */
export type HearingItem = {
  readonly hearing: HearingRecord
  readonly record: IncidentRecord
  readonly about: readonly Person[]
  readonly authorityName: string
}

export type HearingPage = Pick<Findings, 'caller' | 'authorities'> & {
  readonly items: readonly HearingItem[]
}

/** Every method is one transaction and one round trip; the audit row goes with its effect. */
export type CaseworkStore = {
  readonly inquire: (inquiry: Inquiry) => Promise<Findings>
  /** Opens it if so many conversations about the person leave a place. */
  readonly open: (record: IncidentRecord, audit: AuditRow, placesMax: number) => Promise<Written>
  /** Writes a record whose version is one above the one that was read. */
  readonly step: (record: IncidentRecord, audit: AuditRow, also?: Also) => Promise<Written>
  readonly decide: (
    record: IncidentRecord,
    changes: readonly PersonChange[],
    audit: AuditRow,
    also?: Also,
  ) => Promise<Written>
  /** A step with what it ends, writes into the register, or leaves as a milestone. */
  readonly turn: (
    record: IncidentRecord,
    turn: Turn,
    audit: AuditRow,
    also?: Also,
  ) => Promise<Written>
  /** What waits for the caller's own authority; nothing for a caller who may not decide. */
  readonly pending: (inquiry: PendingInquiry) => Promise<PendingPage>
  readonly hearings: (inquiry: HearingInquiry) => Promise<HearingPage>
  /** Writes one hearing anew, if it stands as it was read, and the letters that tell of it. */
  readonly moveHearing: (
    before: HearingRecord,
    after: HearingRecord,
    audit: AuditRow,
    letters: readonly Letter[],
  ) => Promise<Written>
  /** An audit row with no other effect: a denial, a refusal, a read. */
  readonly note: (audit: AuditRow) => Promise<void>
}
