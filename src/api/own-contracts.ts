/** What persons ask about themselves, in the JSON door's bodies and answers, as schemas. */

import { Type } from 'typebox'
import { IncidentAnswer, ReasonShown, TextSchema } from '#api/contracts.ts'

const closed = { additionalProperties: false }
const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Coded = Type.Object({ code: Type.String(), name: Type.String() }, closed)
const nullable = Type.Optional
const Next = nullable(Type.String({ description: 'The cursor of the next page' }))

/** Whom the caller has signed on, and who asks in that person's place. */
const whose = {
  pnr: Type.String({ maxLength: 100, description: 'Whom the caller has signed on' }),
  representative: Type.Optional(
    Type.String({ maxLength: 100, description: 'Who asks, by a power of attorney' }),
  ),
}
const page = {
  cursor: Type.Optional(Type.String({ maxLength: 300 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
}

export const OwnBody = Type.Object(whose, closed)
export const OwnPageBody = Type.Object({ ...whose, ...page }, closed)

const Role = Type.Enum(['subject', 'representative', 'companion'], {
  description: 'From where the person sees it: it shows that column and no other',
})

/** What the person was asked: never by whom it was reported, nor how it ends. */
const AskedSchema = Type.Object(
  {
    id: Type.String(),
    kind: Type.String(),
    title: TextSchema,
    question: TextSchema,
    state: Type.Enum(['open', 'answered', 'given-up']),
    stateText: TextSchema,
    askedAt: Instant,
    deadline: nullable(Day),
    answeredAt: nullable(Instant),
    answerText: nullable(TextSchema),
    fromDate: nullable(Day),
    text: nullable(Type.String()),
  },
  closed,
)

export const OwnCasesAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          role: Role,
          type: Type.String(),
          title: TextSchema,
          date: Day,
          state: IncidentAnswer.properties.state,
          stateText: TextSchema,
          savedAt: Instant,
          authority: Coded,
          representative: nullable(Type.String()),
          pnr: nullable(
            Type.String({ description: 'Whom it is about, for who acts for that one' }),
          ),
        },
        closed,
      ),
    ),
    asked: Type.Array(AskedSchema, { description: 'What the person was asked, the last first' }),
    next: Next,
  },
  closed,
)

const { data, translations, hearings, outcomes, marks, timeline } = IncidentAnswer.properties
const { next, nextBy, returned, reason, actions } = IncidentAnswer.properties

export const OwnCaseAnswer = Type.Object(
  {
    id: Type.String(),
    role: Role,
    type: Type.String(),
    title: TextSchema,
    date: Day,
    municipality: Type.String(),
    state: IncidentAnswer.properties.state,
    stateText: TextSchema,
    savedAt: Instant,
    authority: Coded,
    pnr: nullable(Type.String({ description: 'Whom it is about; not for a companion' })),
    representative: nullable(Type.String()),
    conversation: nullable(
      Type.String({ description: 'By which GCTP knows it, for who may amend it; 20 digits' }),
    ),
    ...{ data, translations, hearings, outcomes, marks, timeline },
    ...{ next, nextBy, returned, reason, actions },
  },
  closed,
)

export const OwnDataBody = Type.Object(
  {
    ...whose,
    child: Type.Optional(
      Type.String({ maxLength: 100, description: 'A child of whom the person has custody' }),
    ),
    asValidOn: Type.Optional(
      Type.String({ maxLength: 100, description: 'YYYY-MM-DD; today when left out' }),
    ),
  },
  closed,
)

const Entry = Type.Object(
  {
    from: Day,
    to: nullable(Type.String({ format: 'date', description: 'The first day without it' })),
    lines: Type.Array(TextSchema),
  },
  closed,
)
const Person = Type.Object({ pnr: Type.String(), name: Type.String() }, closed)

export const OwnDataAnswer = Type.Object(
  {
    person: Person,
    day: Day,
    children: Type.Array(Person, { description: 'Under 18, of whom the person has custody' }),
    items: Type.Array(
      Type.Object(
        {
          item: Type.String(),
          slot: Type.String(),
          title: TextSchema,
          authority: Type.Object({ code: nullable(Type.String()), name: TextSchema }, closed),
          current: nullable(Entry),
          others: Type.Array(Entry, { description: 'Of other days, the last first' }),
          isWithheld: Type.Boolean({
            description: 'It is there, and the authority is to be asked',
          }),
        },
        closed,
      ),
    ),
  },
  closed,
)

export const WhoLookedAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          at: Instant,
          authority: nullable(Coded),
          act: Type.String(),
          text: TextSchema,
          ...ReasonShown,
          askedBy: nullable(
            Type.Enum(['self', 'representative', 'for-another', 'another'], {
              description:
                'Who of the citizens asked: the person; somebody in the person’s place; the person ' +
                'in somebody else’s place; somebody whose case or data the person is part of',
            }),
          ),
        },
        closed,
      ),
    ),
    next: Next,
  },
  closed,
)

export const OwnLettersAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          at: Instant,
          kind: Type.String(),
          text: TextSchema,
          incident: nullable(Type.String()),
          concerns: nullable(Day),
        },
        closed,
      ),
    ),
    next: Next,
  },
  closed,
)
