/** The bodies and answers of the JSON door, as schemas from which the types follow. */

import { type Static, type TSchema, Type } from 'typebox'
import { entryKinds, hearingTurns } from '#casework/timeline.ts'
import { states, steps } from '#casework/transitions.ts'
import { reasonsOfClients } from '#incident/reasons.ts'

const closed = { additionalProperties: false }
const nullable = <T extends TSchema>(schema: T) => Type.Optional(schema)
const Instant = Type.String({ format: 'date-time' })
const Day = Type.String({ format: 'date' })

export const TextSchema = Type.Object({ da: Type.String(), en: Type.String() }, closed)
const Coded = Type.Object({ code: Type.String(), name: Type.String() }, closed)

export const RefusalSchema = Type.Object(
  {
    number: Type.Integer({ description: 'The receipt number, the same as in GCTP' }),
    severity: Type.Enum(['error', 'warning']),
    field: nullable(Type.String({ description: 'The key or field that is to blame' })),
    text: TextSchema,
  },
  closed,
)

const State = Type.Enum([...states])
const Action = Type.Enum([...steps])

/** RFC 9457, with the receipt number of the first refusal and all the others. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ format: 'uri-reference' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: nullable(Type.String()),
    receipt: Type.Integer(),
    refusals: Type.Array(RefusalSchema),
    state: nullable(State),
    actions: nullable(Type.Array(Action, { description: 'What is allowed now' })),
    reference: nullable(Type.String({ description: 'Quote it when asking for help' })),
  },
  { ...closed, description: 'Why not: every refusal, in order of precedence' },
)

const Rights = Type.Array(Type.String(), {
  description: 'What its group may ask for: pages show no more than that',
})

export const SessionBody = Type.Object(
  {
    personCode: Type.String({ maxLength: 200, description: 'W and seven digits' }),
    password: Type.String({ maxLength: 1000 }),
  },
  closed,
)
export const SessionAnswer = Type.Object(
  {
    token: Type.String(),
    expiresAt: Instant,
    passwordExpiresAt: Instant,
    passwordEndsSoon: Type.Boolean({ description: 'Within 14 days: change it' }),
    authority: Type.String(),
    group: Type.String(),
    rights: Rights,
  },
  closed,
)

export const FederatedBody = Type.Object(
  {
    idToken: Type.String({ maxLength: 16_000, description: 'As the OpenID provider gave it' }),
    proof: Type.String({
      maxLength: 200,
      description: 'At least 256 random bits as base64url, whose SHA-256 is the nonce',
    }),
  },
  closed,
)
export const FederatedAnswer = Type.Object(
  {
    token: Type.String(),
    expiresAt: Instant,
    personCode: Type.String(),
    authority: Type.String(),
    group: Type.String(),
    rights: Rights,
  },
  closed,
)

export const PasswordBody = Type.Object(
  {
    personCode: Type.String({ maxLength: 200 }),
    password: Type.String({ maxLength: 1000 }),
    newPassword: Type.String({ maxLength: 1000 }),
    endOldNow: Type.Optional(
      Type.Boolean({ description: 'End the old one at once, also where there is an overlap' }),
    ),
  },
  closed,
)
export const PasswordAnswer = Type.Object(
  {
    passwordExpiresAt: Instant,
    previousUntil: nullable(
      Type.String({ format: 'date-time', description: 'The old one signs on until then' }),
    ),
  },
  closed,
)

export const NoticeQuery = Type.Object(
  {
    after: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$' })),
  },
  closed,
)
export const NoticeAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          at: Instant,
          personCode: Type.String(),
          kind: Type.String(),
          text: TextSchema,
          endsAt: nullable(Instant),
        },
        closed,
      ),
    ),
    next: Type.String({ description: 'Hand it in as `after` to hear what comes later' }),
  },
  closed,
)

export const MasterDataSchema = Type.Object(
  {
    pnr: Type.String(),
    pending: Type.Boolean({ description: 'Something waits in the pending register' }),
    addressingName: nullable(Type.String({ description: 'Left out when it is protected' })),
    sex: Type.String(),
    status: Type.Object({ code: Type.String(), text: Type.String() }, closed),
    statusFrom: nullable(Day),
    statusStartedAt: nullable(
      Type.String({ description: 'YYYYMMDDHHMM; zeros where the minute is not known' }),
    ),
    statusUncertain: nullable(Type.Boolean({ description: 'Its day is not certain' })),
    currentPnr: nullable(Type.String()),
    bornOn: nullable(Day),
    bornOnUncertain: Type.Boolean(),
    nameAndAddressProtected: Type.Boolean(),
    protections: nullable(
      Type.Array(
        Type.Object(
          { type: Type.String(), text: Type.String(), from: Day, to: nullable(Day) },
          closed,
        ),
        { description: 'Only to those who see protected data' },
      ),
    ),
    addressFrom: nullable(Day),
    careOf: nullable(Type.String()),
    address: nullable(
      Type.Object(
        {
          municipality: Coded,
          road: Coded,
          house: Type.String(),
          floor: nullable(Type.String()),
          door: nullable(Type.String()),
          building: nullable(Type.String()),
          locality: nullable(Type.String()),
          town: nullable(Type.String()),
          postcode: nullable(Type.Object({ code: Type.String(), district: Type.String() }, closed)),
        },
        closed,
      ),
    ),
    foreignAddress: nullable(
      Type.Object({ country: Coded, lines: Type.Array(Type.String()) }, closed),
    ),
    standardAddress: nullable(Type.String()),
  },
  closed,
)

export const KeysSchema = Type.Object(
  { pnr: Type.String(), date: Type.String(), municipality: Type.String() },
  closed,
)

const Representative = Type.String({
  maxLength: 100,
  description: 'Who acts for the person: by a power of attorney, or for a child',
})

export const InitiateBody = Type.Object(
  {
    type: Type.String({ maxLength: 100, description: 'The English name of an incident type' }),
    pnr: Type.String({ maxLength: 100, description: 'Ten digits, with or without a hyphen' }),
    date: Type.String({ maxLength: 100, description: 'The date of the incident, YYYY-MM-DD' }),
    municipality: Type.String({
      maxLength: 100,
      description: 'Whom it is reported to, four digits',
    }),
    representative: Type.Optional(Representative),
  },
  closed,
)

/** What a type's data are is judged by the type's own fields, which answer with their numbers. */
export const ValidateBody = Type.Object(
  { data: Type.Object({}, { description: 'By type' }) },
  closed,
)

const Data = Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]))

export const ReceiptSchema = Type.Object(
  {
    number: Type.Integer(),
    text: TextSchema,
    at: Instant,
    incident: Type.String(),
    pnr: Type.String({ description: 'Whom it is about' }),
    representative: nullable(Type.String({ description: 'Who acted for that person' })),
  },
  closed,
)

const ReasonSchema = Type.Object(
  { code: Type.String(), title: TextSchema, text: Type.String() },
  closed,
)

/** The reporter is told that somebody is asked, and neither who nor what they say (PROT-4). */
const HearingSchema = Type.Object(
  {
    kind: Type.String(),
    title: TextSchema,
    state: Type.Enum(['open', 'answered', 'given-up']),
    stateText: TextSchema,
    deadline: nullable(Day),
    id: nullable(Type.String({ description: 'For the authority that decides, as what follows' })),
    about: nullable(Type.Array(Type.String())),
    asked: nullable(Type.Object({ pnr: Type.String(), name: Type.String() }, closed)),
    answer: nullable(Type.Enum(['yes', 'no'])),
    answerText: nullable(TextSchema),
    fromDate: nullable(Day),
    text: nullable(Type.String()),
    answeredBy: nullable(Type.String({ description: 'The person code' })),
    note: nullable(
      Type.Enum(['moved-out', 'withdrawn', 'amended', 'decided'], {
        description:
          'Why it says nothing: the host lives elsewhere by now, the report is gone or another, or ' +
          'it was decided without the answer',
      }),
    ),
  },
  closed,
)

const ReturnedSchema = Type.Object(
  {
    fields: Type.Array(Type.Object({ name: Type.String(), label: TextSchema }, closed)),
    text: Type.String({ description: 'In the words of the authority' }),
    by: Day,
  },
  { ...closed, description: 'What its reporter is to amend, why, and by when' },
)

/** Which clause of which version of a policy. */
export const ClauseSchema = Type.Object(
  { policy: Type.String(), version: Type.Integer({ minimum: 1 }), clause: Type.String() },
  closed,
)

/** Why a clause does not decide; without `by` the program itself asks it of every case. */
export const FailureSchema = Type.Object({ by: nullable(ClauseSchema), text: TextSchema }, closed)

const LookSchema = Type.Object(
  {
    at: Instant,
    kind: Type.Enum(['approved', 'person', 'waits', 'sampled', 'taken-up']),
    text: TextSchema,
    by: nullable(ClauseSchema),
    why: nullable(
      Type.Array(FailureSchema, {
        description: 'For the authority that decides: what sent it to a person',
      }),
    ),
  },
  { ...closed, description: 'What the policies of the municipality came to' },
)

export const IncidentAnswer = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    version: Type.Integer({ description: 'Raised by one at every step' }),
    state: State,
    stateText: TextSchema,
    keys: KeysSchema,
    representative: nullable(Type.String({ description: 'Who acts for the person' })),
    authority: Coded,
    actions: Type.Array(Action),
    expiresAt: nullable(Instant),
    masterData: MasterDataSchema,
    data: Data,
    translations: Type.Record(Type.String(), Type.Union([TextSchema, Type.Array(TextSchema)])),
    candidates: Type.Record(
      Type.String(),
      Type.Array(Type.Object({ value: Type.String(), text: Type.String() }, closed)),
    ),
    marks: Type.Array(Type.Object({ code: Type.String(), text: TextSchema }, closed)),
    warnings: Type.Array(RefusalSchema),
    timeline: Type.Array(
      Type.Object(
        {
          kind: Type.Enum([...entryKinds], { description: 'What happened' }),
          state: { ...State, description: 'Where it stood from then on' },
          at: Instant,
          text: TextSchema,
          hearing: nullable(Type.Enum([...hearingTurns], { description: 'In a hearing' })),
          said: nullable(Type.String({ description: 'In the words of the authority' })),
          fields: nullable(Type.Array(Type.String(), { description: 'What is to be amended' })),
          by: nullable(Type.String({ description: 'The person code, for the authority alone' })),
        },
        closed,
      ),
    ),
    hearings: Type.Array(HearingSchema),
    look: nullable(LookSchema),
    outcomes: Type.Array(
      Type.Object(
        {
          pnr: Type.String(),
          decision: Type.Enum(['approved', 'rejected']),
          at: Instant,
          reason: nullable(ReasonSchema),
        },
        closed,
      ),
      { description: 'How it ended for each person who has been decided on' },
    ),
    forerunners: Type.Array(
      Type.Object({ id: Type.String(), title: TextSchema, isDecided: Type.Boolean() }, closed),
      { description: 'Cases that were saved with it, and are decided before it' },
    ),
    next: TextSchema,
    nextBy: nullable(
      Type.String({ format: 'date', description: 'The day by which that is, where there is one' }),
    ),
    returned: nullable(ReturnedSchema),
    reason: nullable(ReasonSchema),
    receipt: nullable(ReceiptSchema),
  },
  closed,
)

/** One of the two, where there is a reason at all: a program has given it where nobody wrote one. */
export const ReasonShown = {
  purpose: Type.Optional(Type.String({ description: 'In the words of the one who asked' })),
  given: Type.Optional(TextSchema),
}

export const LookUpBody = Type.Object(
  {
    pnr: Type.String({ maxLength: 100 }),
    purpose: Type.Optional(
      Type.String({
        pattern: '\\S',
        maxLength: 200,
        description: 'Why, in the words of who asks; the person can see it',
      }),
    ),
    given: Type.Optional(
      Type.Enum([...reasonsOfClients], {
        description: 'In place of a purpose, where a program asks and nobody has written one',
      }),
    ),
    asValidOn: Type.Optional(Type.String({ maxLength: 100, description: 'YYYY-MM-DD' })),
    asKnownOn: Type.Optional(
      Type.String({ maxLength: 100, description: 'What was known at the end of that day' }),
    ),
  },
  closed,
)

export type Problem = Static<typeof ProblemSchema>
export type IncidentBody = Static<typeof IncidentAnswer>
