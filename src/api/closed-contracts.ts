/** What an authority is done with, at the JSON door, as schemas. */

import { Type } from 'typebox'
import { KeysSchema, TextSchema } from '#api/contracts.ts'
import { endings } from '#casework/closed.ts'

const closed = { additionalProperties: false }

export const closedMax = 100

export const ClosedBody = Type.Object(
  {
    pnr: Type.Optional(
      Type.String({ maxLength: 20, description: 'Whom it was about, however long ago' }),
    ),
    mine: Type.Optional(Type.Boolean({ description: 'Decided by the caller alone' })),
    state: Type.Optional(Type.Enum([...endings], { description: 'How it ended' })),
    counts: Type.Optional(Type.Boolean({ description: 'How many ended how, as well' })),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: closedMax })),
  },
  closed,
)

export const ClosedItemSchema = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    title: TextSchema,
    keys: KeysSchema,
    name: Type.String(),
    nameAndAddressProtected: Type.Boolean(),
    state: Type.Enum([...endings]),
    closedAt: Type.String({ format: 'date-time' }),
    closedBy: Type.Optional(
      Type.String({
        description:
          'The person code of the authority; left out where a policy decided, or a citizen withdrew',
      }),
    ),
  },
  closed,
)

const ClosedCountsSchema = Type.Object(
  {
    approved: Type.Integer({ minimum: 0 }),
    rejected: Type.Integer({ minimum: 0 }),
    withdrawn: Type.Integer({ minimum: 0 }),
  },
  { ...closed, description: 'Whatever ending is asked for' },
)

export const ClosedAnswer = Type.Object(
  {
    items: Type.Array(ClosedItemSchema),
    next: Type.Optional(Type.String()),
    counts: Type.Optional(ClosedCountsSchema),
  },
  closed,
)
