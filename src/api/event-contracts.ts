/** The feed of events in the JSON door's query and answer, as schemas. */

import { Type } from 'typebox'

const closed = { additionalProperties: false }

export const EventQuery = Type.Object(
  {
    cursor: Type.Optional(
      Type.String({ maxLength: 300, description: 'From the page before; left out: the beginning' }),
    ),
    limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,4}$' })),
  },
  closed,
)

export const EventAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String({ description: 'The same when it is delivered again: drop repeats' }),
          pnr: Type.String({ description: 'Whom it happened to' }),
          eventNo: Type.Integer({ description: 'Gapless for each person' }),
          kind: Type.Enum(['changed', 'in-effect', 'corrected', 'annulled', 'undone']),
          type: Type.String({ description: "CPR's code of the event" }),
          recordedAt: Type.String({ format: 'date-time' }),
        },
        closed,
      ),
    ),
    next: Type.String({ description: 'Where to go on, also when there were no items' }),
  },
  closed,
)
