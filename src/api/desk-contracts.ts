/** The desk's bodies and answers at the JSON door, as schemas. */

import { Type } from 'typebox'
import { IncidentAnswer, KeysSchema, RefusalSchema, TextSchema } from '#api/contracts.ts'
import { bulkMax } from '#casework/bulk.ts'
import { deliveries } from '#casework/delivery.ts'
import { noteTextMax } from '#casework/desk.ts'
import { waits } from '#casework/desk-ports.ts'
import { flags } from '#casework/flags.ts'
import { forwardReasons } from '#casework/forward-to.ts'
import { states } from '#casework/transitions.ts'
import { authorityTextMax } from '#incident/rejection.ts'

const closed = { additionalProperties: false }
const Instant = Type.String({ format: 'date-time' })
const Day = Type.String({ format: 'date' })
const flagNames = Object.keys(flags)
const claimedNames = ['mine', 'free', 'others']
const Marks = Type.Array(Type.Object({ code: Type.String(), text: TextSchema }, closed))

/** Who works on it, until when. */
const ClaimSchema = Type.Object({ personCode: Type.String(), until: Instant }, closed)

/** A text that may hold a personal number is in the body, never in a URL. */
const filters = {
  type: Type.Optional(Type.String({ maxLength: 100, description: 'Name of an incident type' })),
  flag: Type.Optional(Type.Enum(flagNames)),
  waitsFor: Type.Optional(Type.Enum([...waits], { description: 'Whose turn it is' })),
  claimed: Type.Optional(Type.Enum(claimedNames)),
  overdue: Type.Optional(Type.Boolean({ description: 'Past a deadline or the service goal' })),
  text: Type.Optional(
    Type.String({ maxLength: 200, description: 'Words of name, number, address or id' }),
  ),
}

export const CountsBody = Type.Object(filters, closed)
export const NextBody = Type.Object(
  { ...filters, sort: Type.Optional(Type.Enum(['received', 'newest', 'deadline'])) },
  closed,
)
export const QueueBody = Type.Object(
  {
    ...filters,
    sort: Type.Optional(Type.Enum(['received', 'newest', 'deadline'])),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    counts: Type.Optional(
      Type.Boolean({ description: 'Whether to count what the filters let through as well' }),
    ),
  },
  closed,
)

export const QueueItemSchema = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    title: TextSchema,
    keys: KeysSchema,
    name: Type.String(),
    nameAndAddressProtected: Type.Boolean(),
    state: Type.Enum([...states]),
    version: Type.Integer(),
    receivedAt: Instant,
    due: Type.Optional(Day),
    overdue: Type.Boolean(),
    waitsFor: Type.Enum([...waits]),
    flags: Type.Array(Type.Enum(flagNames)),
    marks: Marks,
    claim: Type.Optional(ClaimSchema),
  },
  closed,
)

const Count = Type.Integer()
const countsOf = (names: readonly string[]) =>
  Type.Object(Object.fromEntries(names.map((name) => [name, Count])), closed)

export const CountsAnswer = Type.Object(
  {
    all: Count,
    overdue: Count,
    types: Type.Record(Type.String(), Count, { description: 'By name of the type' }),
    flags: countsOf(flagNames),
    waitsFor: countsOf(waits),
    claimed: countsOf(claimedNames),
  },
  closed,
)

export const QueueAnswer = Type.Object(
  {
    items: Type.Array(QueueItemSchema),
    next: Type.Optional(Type.String()),
    counts: Type.Optional(CountsAnswer),
  },
  closed,
)

export const NextAnswer = Type.Object(
  { id: Type.Optional(Type.String({ description: 'Claimed; left out when there is none' })) },
  closed,
)

export const ClaimAnswer = Type.Object(
  { id: Type.String(), claim: Type.Optional(ClaimSchema) },
  closed,
)

export const NoteBody = Type.Object(
  { text: Type.String({ maxLength: 5000, description: `At most ${noteTextMax} characters` }) },
  closed,
)
export const NoteSchema = Type.Object(
  { id: Type.String(), at: Instant, personCode: Type.String(), text: Type.String() },
  closed,
)

/** A person as the one who decides sees them: the protected are marked, and not hidden. */
const ResidentSchema = Type.Object(
  {
    pnr: Type.String(),
    name: Type.String(),
    bornOn: Day,
    nameAndAddressProtected: Type.Boolean(),
    livesThereFrom: Type.Optional(Day),
    relation: Type.Optional(
      Type.Enum(['subject', 'spouse', 'child', 'parent', 'companion'], {
        description: 'To the subject of the case',
      }),
    ),
  },
  closed,
)

const ForwardToSchema = Type.Object(
  {
    code: Type.String({ description: 'Of the municipality' }),
    name: Type.String({ description: 'The code again where the case does not tell it' }),
    certain: Type.Boolean({ description: 'The rules name it, and it has not sent the case away' }),
    why: Type.Array(
      Type.Object({ code: Type.Enum(Object.keys(forwardReasons)), text: TextSchema }, closed),
      { minItems: 1 },
    ),
  },
  closed,
)

export const CaseAnswer = Type.Object(
  {
    incident: IncidentAnswer,
    undo: Type.Optional(
      Type.Object(
        {
          until: { ...Instant, description: 'The last of its decisions can be undone until then' },
          persons: Type.Array(Type.String(), { description: 'About whom a decision still can be' }),
        },
        { ...closed, description: 'Left out where no decision can be undone' },
      ),
    ),
    claim: Type.Optional(ClaimSchema),
    forwardTo: Type.Array(ForwardToSchema, {
      description: 'Whom it might be forwarded to, the likeliest first; empty where it cannot be',
    }),
    rules: Type.Array(RefusalSchema, { description: 'What the rules say to it as things are now' }),
    changes: Type.Array(
      Type.Object(
        {
          pnr: Type.String(),
          name: Type.String(),
          event: Type.String(),
          rows: Type.Array(
            Type.Object(
              {
                kind: Type.String(),
                from: Day,
                through: Type.Optional(Day),
                before: TextSchema,
                after: TextSchema,
              },
              closed,
            ),
          ),
        },
        closed,
      ),
      { description: 'What an approval would change; empty where a rule refuses it' },
    ),
    dwellings: Type.Array(
      Type.Object(
        { address: Type.String(), rooms: Type.Integer(), residents: Type.Array(ResidentSchema) },
        closed,
      ),
      { description: 'The reported ones, with those who live there' },
    ),
    household: Type.Array(ResidentSchema),
    notes: Type.Array(NoteSchema),
    letters: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          at: Instant,
          recipient: Type.String(),
          kind: Type.String(),
          text: TextSchema,
          delivery: Type.Enum([...deliveries], { description: 'What became of it' }),
          isOwn: Type.Boolean({
            description: 'Written by the own authority; nobody else can settle it',
          }),
        },
        closed,
      ),
    ),
    related: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          type: Type.String(),
          title: TextSchema,
          date: Day,
          receivedAt: Instant,
          because: Type.Enum(['same-person', 'same-address']),
        },
        closed,
      ),
    ),
  },
  closed,
)

const Ids = Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: bulkMax })

export const PreviewBody = Type.Object({ ids: Ids }, closed)
export const PreviewAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: Type.Optional(Type.String({ description: 'Of the person it is about' })),
          version: Type.Optional(Type.Integer()),
          approvable: Type.Boolean(),
          refusals: Type.Array(RefusalSchema),
          warnings: Type.Array(RefusalSchema, {
            description: 'What stops no approval, and is to be seen before it',
          }),
          flags: Type.Array(Type.Enum(flagNames)),
          marks: Marks,
          claim: Type.Optional(ClaimSchema),
          effects: Type.Array(
            Type.Object({ pnr: Type.String(), name: Type.String(), text: TextSchema }, closed),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)

export const DecideBody = Type.Object(
  {
    action: Type.Enum(['approve', 'reject', 'undo']),
    cases: Type.Array(
      Type.Object(
        {
          id: Type.String({ maxLength: 100 }),
          version: Type.Optional(Type.Integer({ minimum: 1 })),
        },
        closed,
      ),
      { minItems: 1, maxItems: bulkMax },
    ),
    rejection: Type.Optional(
      Type.Object(
        {
          code: Type.String({ maxLength: 100 }),
          text: Type.String({ maxLength: authorityTextMax }),
        },
        closed,
      ),
    ),
  },
  closed,
)
export const DecideAnswer = Type.Object(
  {
    done: Type.Integer(),
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: Type.Optional(Type.String({ description: 'Of the person it is about' })),
          done: Type.Boolean(),
          state: Type.Optional(Type.Enum([...states])),
          version: Type.Optional(Type.Integer({ description: 'As it is now' })),
          refusals: Type.Array(RefusalSchema),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** How many within a span of days, as '3-6'. */
const SpanSchema = Type.Object({ days: Type.String(), cases: Type.Integer() }, closed)

export const FiguresQuery = Type.Object(
  { days: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$', description: '1 to 366' })) },
  closed,
)
export const FiguresAnswer = Type.Object(
  {
    inflow: Type.Array(
      Type.Object(
        {
          day: Day,
          received: Type.Integer(),
          decided: Type.Integer(),
          automatic: Type.Integer({ description: 'Of these by a policy and no person' }),
        },
        closed,
      ),
    ),
    age: Type.Array(SpanSchema, { description: 'How long what waits has waited' }),
    toDecision: Type.Array(SpanSchema, {
      description: 'How long what was decided had waited by then',
    }),
    outcomes: Type.Record(Type.String(), Type.Integer()),
    automatic: Type.Integer({ description: 'Decided by a policy and no person' }),
    hoursToDecision: Type.Object(
      {
        median: Type.Union([Type.Number(), Type.Null()]),
        p90: Type.Union([Type.Number(), Type.Null()]),
      },
      closed,
    ),
    clocks: Type.Object(
      {
        goalDays: Type.Integer({ description: 'Within which a case should be decided' }),
        withinGoal: Type.Integer({ description: 'Decided within them' }),
        reminded: Type.Object(
          {
            hosts: Type.Integer({ description: 'Letters to hosts who had not answered' }),
            protected: Type.Integer({ description: 'Letters of protections that lapse' }),
          },
          closed,
        ),
        deadlines: Type.Array(
          Type.Object({ day: Day, hearings: Type.Integer(), amendments: Type.Integer() }, closed),
          { description: 'How many end today and on each of the next 14 days' },
        ),
      },
      closed,
    ),
  },
  closed,
)
