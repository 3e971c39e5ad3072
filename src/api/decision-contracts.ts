/** What an authority asks and is answered at the JSON door: what waits, and each decision. */

import { Type } from 'typebox'
import { KeysSchema, TextSchema } from '#api/contracts.ts'
import { authorityTextMax, rejectionReasons } from '#incident/rejection.ts'

const closed = { additionalProperties: false }
const Instant = Type.String({ format: 'date-time' })

export const PendingQuery = Type.Object(
  {
    type: Type.Optional(Type.String({ maxLength: 100 })),
    cursor: Type.Optional(Type.String({ maxLength: 300 })),
    limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$' })),
  },
  closed,
)
export const PendingAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          type: Type.String(),
          title: TextSchema,
          keys: KeysSchema,
          name: Type.String(),
          nameAndAddressProtected: Type.Boolean(),
          savedAt: Instant,
          marks: Type.Array(Type.Object({ code: Type.String(), text: TextSchema }, closed)),
        },
        closed,
      ),
    ),
    next: Type.Optional(Type.String({ description: 'The cursor of the next page' })),
  },
  closed,
)

/** Some of the persons of an incident, where the others must wait (DESK-3). */
const Chosen = Type.Optional(
  Type.Array(Type.String({ maxLength: 100 }), {
    maxItems: 100,
    description: 'For these of its persons alone; for all who are not decided on when left out',
  }),
)

/** Whoever sends it is told when the incident has changed since (9054, 9084, 9085), and decides nothing blindly. */
const Version = Type.Optional(
  Type.Integer({ minimum: 1, description: 'The version of the incident that was seen' }),
)

/** Without a body it is for all. */
export const ApproveBody = Type.Union([
  Type.Object({ persons: Chosen, version: Version }, closed),
  Type.Null(),
])

/** As the contract tells it. */
export const RejectBody = Type.Object(
  {
    reasonCode: Type.Enum(Object.keys(rejectionReasons), {
      description: Object.entries(rejectionReasons)
        .map(([code, { en }]) => `${code}: ${en}`)
        .join('; '),
    }),
    text: Type.String({
      minLength: 1,
      maxLength: authorityTextMax,
      description: 'Reaches the citizen',
    }),
    persons: Chosen,
    version: Version,
  },
  closed,
)

/** As the route takes it: a rejection without its reason is judged where all others are. */
export const RejectBodySent = Type.Object(
  {
    reasonCode: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    persons: Chosen,
    version: Version,
  },
  closed,
)

const Said = Type.String({
  minLength: 1,
  maxLength: authorityTextMax,
  description: 'Reaches the citizen',
})

/** As the contract tells them; `Sent` as the routes take them, for casework to judge. */
export const ReturnBody = Type.Object(
  {
    fields: Type.Array(Type.String(), {
      minItems: 1,
      description: 'Names of the fields that are to be amended',
    }),
    text: Said,
    version: Version,
  },
  closed,
)
export const ReturnBodySent = Type.Object(
  {
    fields: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
    text: Type.Optional(Type.String()),
    version: Version,
  },
  closed,
)

export const ForwardBody = Type.Object(
  {
    authority: Type.String({ description: 'Four digits: the municipality that is to decide' }),
    text: Said,
    version: Version,
  },
  closed,
)
export const ForwardBodySent = Type.Object(
  {
    authority: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    version: Version,
  },
  closed,
)
