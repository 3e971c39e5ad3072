/** What persons ask about themselves, in the JSON door's bodies and answers, as schemas. */

import { Type } from 'typebox'
import { IncidentAnswer, TextSchema } from '#api/contracts.ts'

const closed = { additionalProperties: false }
const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Coded = Type.Object({ code: Type.String(), name: Type.String() }, closed)
const nullable = Type.Optional
const Next = nullable(Type.String({ description: 'The cursor of the next page' }))

/** Whom the caller has signed on, and who asks in that person's place. */
const whose = {
  pnr: Type.String({ maxLength: 100, description: 'Whom the caller has signed on' }),
  holder: Type.Optional(
    Type.String({ maxLength: 100, description: 'Who asks, by a power of attorney' }),
  ),
}
const page = {
  cursor: Type.Optional(Type.String({ maxLength: 300 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
}

export const OwnBody = Type.Object(whose, closed)
export const OwnPageBody = Type.Object({ ...whose, ...page }, closed)

const Role = Type.Enum(['subject', 'holder', 'companion'], {
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
          holder: nullable(Type.String()),
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

const { data, translations, hearings, outcomes, marks, timeline, next, reason, actions } =
  IncidentAnswer.properties

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
    holder: nullable(Type.String()),
    ...{ data, translations, hearings, outcomes, marks, timeline, next, reason, actions },
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
          purpose: nullable(Type.String({ description: 'In the words of the one who asked' })),
          isOwn: Type.Boolean({ description: 'The person, or a holder in the person’s place' }),
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
