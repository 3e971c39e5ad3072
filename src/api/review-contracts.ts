/** Log reviews in the JSON door's bodies and answers, as schemas. */

import { Type } from 'typebox'
import { ReasonShown, TextSchema } from '#api/contracts.ts'
import { connections, patternNames, sightActs } from '#review/patterns.ts'
import { textMax, verdicts } from '#review/review.ts'

const closed = { additionalProperties: false }
const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })
const Written = Type.String({ maxLength: 10 * textMax, description: `${textMax} characters` })

const Week = Type.String({ maxLength: 20, description: 'A Danish week, as 2026-W47' })
export const WeekParams = Type.Object({ week: Week })
export const LookParams = Type.Object({ week: Week, number: Type.String({ maxLength: 10 }) })
export const ReviewsQuery = Type.Object({ before: Type.Optional(Week) }, closed)

/** Who did it, and when. */
const DoneSchema = Type.Object({ at: Instant, by: Type.String() }, closed)
const PatternSchema = Type.Object({ name: Type.Enum([...patternNames]), text: TextSchema }, closed)

/** Whoever sends it is told when there is another one by now (9088), and does nothing blindly. */
const SeenVersion = Type.Integer({ minimum: 1, description: 'The version that was seen' })

const head = {
  week: Type.String(),
  version: Type.Integer({
    description: 'Raised by one whenever something in it is asked or judged',
  }),
  from: Day,
  to: Day,
  drawnAt: Instant,
  due: Type.Object({ on: Day, overdue: Type.Boolean() }, closed),
  total: Type.Integer({ minimum: 0, description: 'Look-ups of the week, all of them' }),
  drawn: Type.Integer({ minimum: 0, description: 'Look-ups that are to be judged' }),
  judged: Count,
  awaited: Type.Integer({ minimum: 0, description: 'Questions that nobody has answered' }),
  signatures: Type.Array(DoneSchema, { description: 'Two, of different persons, and it is done' }),
}
export const ReviewHead = Type.Object(head, closed)

export const ReviewsAnswer = Type.Object(
  { items: Type.Array(ReviewHead), next: Type.Optional(Type.String()) },
  closed,
)

const look = {
  number: Type.Integer({ minimum: 1 }),
  version: Type.Integer({ description: 'Raised by one at every step' }),
  at: Instant,
  act: Type.Enum([...sightActs], {
    description: `initiate: a report was begun and never saved; read-case: a case was opened;
      list-queue, list-closed: somebody was searched for; decide: a case of their own was decided`,
  }),
  personCode: Type.String({ description: 'Who looked' }),
  ...ReasonShown,
  connection: Type.Enum([...connections], {
    description: 'worked-on: a case that who looked has worked on; authority: one of its cases',
  }),
  patterns: Type.Array(PatternSchema),
  byChance: Type.Boolean({ description: 'Drawn by chance; else for a pattern alone' }),
  asked: Type.Boolean(),
  answered: Type.Boolean(),
  verdict: Type.Optional(Type.Enum([...verdicts])),
}
export const ReviewedItem = Type.Object(look, closed)

export const ReviewAnswer = Type.Object(
  {
    ...head,
    sample: Type.Object(
      {
        seed: Type.String({ description: 'Draws the same again' }),
        atLeast: Type.Integer({ minimum: 1 }),
        percent: Count,
      },
      closed,
    ),
    tallies: Type.Array(
      Type.Object({ personCode: Type.String(), pattern: PatternSchema, count: Count }, closed),
      { description: 'How often each person code showed a pattern, drawn or not' },
    ),
    unnamed: Type.Array(Type.String(), {
      description: 'Person codes of which nobody has said who uses them',
    }),
    looks: Type.Array(ReviewedItem, { description: 'Without the numbers of who was looked at' }),
  },
  closed,
)

const Question = Type.Object({ at: Instant, by: Type.String(), text: Type.String() }, closed)
const Reply = Type.Object({ at: Instant, text: Type.String() }, closed)

export const ReviewedLookAnswer = Type.Object(
  {
    ...look,
    week: Type.String(),
    pnr: Type.Optional(Type.String({ description: 'Who was looked at' })),
    own: Type.Boolean({ description: "The reviewer's own: somebody else judges it" }),
    signed: Type.Boolean({
      description: 'Somebody has signed the review off: the judgement stands',
    }),
    question: Type.Optional(Question),
    answer: Type.Optional(Reply),
    judgement: Type.Optional(
      Type.Object(
        { at: Instant, by: Type.String(), verdict: Type.Enum([...verdicts]), note: Type.String() },
        closed,
      ),
    ),
  },
  closed,
)

export const WhyBody = Type.Object({ text: Written, version: Type.Optional(SeenVersion) }, closed)
export const SignBody = Type.Object({ version: SeenVersion }, closed)
export const JudgeBody = Type.Object(
  {
    version: Type.Optional(SeenVersion),
    verdict: Type.Enum([...verdicts]),
    note: Type.Optional(
      Type.String({ maxLength: 10 * textMax, description: 'Why; needed where it is not fine' }),
    ),
  },
  closed,
)

export const ReviewChanged = Type.Object(
  { week: Type.String(), number: Type.Optional(Type.Integer()) },
  closed,
)

export const AskedLooksAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          week: Type.String(),
          number: Type.Integer({ minimum: 1 }),
          version: look.version,
          at: Instant,
          act: look.act,
          ...ReasonShown,
          pnr: Type.Optional(Type.String({ description: 'Whom one looked at' })),
          question: Question,
          answer: Type.Optional(Reply),
          settled: Type.Boolean({ description: 'It is judged: nothing more can be said' }),
        },
        closed,
      ),
      { description: 'The latest question first' },
    ),
  },
  closed,
)
