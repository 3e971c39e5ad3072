/** Hearings in the JSON door's bodies and answers, as schemas. */

import { Type } from 'typebox'
import { TextSchema } from '#api/contracts.ts'

const closed = { additionalProperties: false }
const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })

const Representative = Type.String({
  maxLength: 100,
  description: 'Who acts for that person, by a power of attorney',
})

export const HearingLookUpBody = Type.Object(
  {
    pnr: Type.String({ maxLength: 100, description: 'Whom the caller has signed on' }),
    representative: Type.Optional(Representative),
  },
  closed,
)

export const AskedAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          kind: Type.String(),
          title: TextSchema,
          question: TextSchema,
          answers: Type.Object({ yes: TextSchema, no: TextSchema }, closed),
          askedAt: Instant,
          deadline: Type.Optional(Day),
          about: Type.Array(
            Type.Object(
              {
                name: Type.String({ description: 'Or that it is protected' }),
                nameAndAddressProtected: Type.Boolean(),
              },
              closed,
            ),
          ),
          authority: Type.Object({ code: Type.String(), name: Type.String() }, closed),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** What an answer may say is judged by the kind of hearing, which refuses with its numbers. */
export const HearingAnswerBody = Type.Object(
  {
    pnr: Type.Optional(
      Type.String({ maxLength: 100, description: 'Who answers; must be the one who is asked' }),
    ),
    representative: Type.Optional(Representative),
    answer: Type.String({ maxLength: 100, description: "'yes' or 'no'" }),
    fromDate: Type.Optional(
      Type.String({ maxLength: 100, description: 'A host: from when, YYYY-MM-DD' }),
    ),
    text: Type.Optional(Type.String({ maxLength: 5000, description: 'At most 1,000 characters' })),
  },
  closed,
)

export const HearingAnswered = Type.Object(
  {
    state: Type.Enum(['answered']),
    receipt: Type.Object(
      {
        number: Type.Integer(),
        text: TextSchema,
        at: Instant,
        hearing: Type.String(),
        pnr: Type.Optional(Type.String()),
        representative: Type.Optional(Type.String()),
      },
      closed,
    ),
  },
  closed,
)
