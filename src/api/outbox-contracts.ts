/** The outbox of letters at the JSON door, as schemas. */

import { Type } from 'typebox'
import { TextSchema } from '#api/contracts.ts'
import { deliveries } from '#casework/delivery.ts'
import { letterTitles } from '#casework/letters.ts'
import { settlings } from '#casework/outbox.ts'

const closed = { additionalProperties: false }
const Instant = Type.String({ format: 'date-time' })
const kinds = Object.keys(letterTitles)

/** How many letters are read or settled at once. */
export const lettersMax = 100

const Ids = Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: lettersMax })

export const OutboxBody = Type.Object(
  {
    delivery: Type.Optional(Type.Enum([...deliveries], { description: 'What became of it' })),
    kind: Type.Optional(Type.Enum(kinds)),
    pnr: Type.Optional(Type.String({ maxLength: 20, description: 'Of the receiver' })),
    ids: Type.Optional(Ids),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: lettersMax })),
  },
  closed,
)

export const OutboxItemSchema = Type.Object(
  {
    id: Type.String(),
    at: Instant,
    kind: Type.Enum(kinds),
    title: TextSchema,
    text: TextSchema,
    pnr: Type.String({ description: 'The receiver' }),
    name: Type.Optional(Type.String()),
    nameAndAddressProtected: Type.Boolean(),
    incident: Type.Optional(Type.String()),
    delivery: Type.Enum([...deliveries]),
    tries: Type.Integer({ description: 'How often its delivery was tried' }),
    settledAt: Type.Optional(Instant),
    settledBy: Type.Optional(Type.String({ description: 'The person code that sent it by hand' })),
    held: Type.Optional(
      Type.Object(
        {
          until: Instant,
          by: Type.Optional(
            Type.String({
              description: 'The person code that prints it; else it is delivered now',
            }),
          ),
        },
        { ...closed, description: 'Somebody has it in hand, and nobody else sends it' },
      ),
    ),
  },
  closed,
)

const Count = Type.Integer()

export const OutboxAnswer = Type.Object(
  {
    items: Type.Array(OutboxItemSchema),
    counts: Type.Object({ waiting: Count, undeliverable: Count, failed: Count }, closed),
    next: Type.Optional(Type.String()),
  },
  closed,
)

export const SettleBody = Type.Object(
  {
    ids: Ids,
    to: Type.Enum(Object.keys(settlings), {
      description:
        '`printing`: taken in hand for an hour, so that nobody else sends it. `printed`: sent by ' +
        'hand. `waiting`: to be tried again, out of the own hands.',
    }),
  },
  closed,
)

export const SettleAnswer = Type.Object(
  {
    settled: Type.Array(Type.String()),
    left: Type.Array(Type.String(), {
      description: 'Not of the authority, settled already, or in other hands',
    }),
  },
  closed,
)
