/** What an authority has decided, at the JSON door, as schemas. */

import { Type } from 'typebox'
import { KeysSchema, TextSchema } from '#api/contracts.ts'

const closed = { additionalProperties: false }

export const decidedMax = 100

export const DecidedBody = Type.Object(
  {
    pnr: Type.Optional(
      Type.String({ maxLength: 20, description: 'Whom it was about, however long ago' }),
    ),
    mine: Type.Optional(Type.Boolean({ description: 'Decided by the caller alone' })),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: decidedMax })),
  },
  closed,
)

export const DecidedItemSchema = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    title: TextSchema,
    keys: KeysSchema,
    name: Type.String(),
    nameAndAddressProtected: Type.Boolean(),
    state: Type.Enum(['approved', 'rejected']),
    decidedAt: Type.String({ format: 'date-time' }),
    decidedBy: Type.Optional(Type.String({ description: 'Left out where a policy did' })),
  },
  closed,
)

export const DecidedAnswer = Type.Object(
  { items: Type.Array(DecidedItemSchema), next: Type.Optional(Type.String()) },
  closed,
)
