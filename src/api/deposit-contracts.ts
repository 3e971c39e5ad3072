/** Deposits in the JSON door's bodies and answers, as schemas. */

import { Type } from 'typebox'

const closed = { additionalProperties: false }
const Instant = Type.String({ format: 'date-time' })
/** 32 KiB, of which each three bytes are four letters. */
const contentLengthMax = 43_691

const Content = (description: string) =>
  Type.String({
    minLength: 2,
    maxLength: contentLengthMax,
    pattern: '^[A-Za-z0-9_-]*$',
    description,
  })

export const DepositKindParam = Type.Object({ kind: Type.String({ maxLength: 100 }) })

/** Too long for a personal number, and for anybody to guess: 128 bits take 22 letters. */
export const DepositParams = Type.Object({
  kind: Type.String({ maxLength: 100 }),
  key: Type.String({
    pattern: '^[A-Za-z0-9_-]{22,64}$',
    description: 'Unguessable, of the provider’s own making: letters, digits, - and _',
  }),
})

export const DepositBody = Type.Object(
  {
    content: Content('Sealed by the provider, at most 32 KiB, as base64url'),
    concerns: Type.Array(Type.String({ maxLength: 100 }), {
      maxItems: 4,
      description: 'Personal numbers of those it is about; first the one it belongs to',
    }),
    expiresAt: Type.Optional(
      Type.String({ maxLength: 100, description: 'As late as the kind has it when left out' }),
    ),
    replaces: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2_147_483_647,
        description:
          'The version that must be there now, 0 for none; whatever there is when left out',
      }),
    ),
  },
  closed,
)

export const DepositStored = Type.Object({ version: Type.Integer(), expiresAt: Instant }, closed)

export const DepositAnswer = Type.Object(
  {
    key: Type.String(),
    concerns: Type.Array(Type.String()),
    version: Type.Integer(),
    content: Type.String(),
    storedAt: Instant,
    expiresAt: Instant,
  },
  closed,
)

export const DepositsAnswer = Type.Object({ items: Type.Array(DepositAnswer) }, closed)

export const DepositOwnerBody = Type.Object(
  { pnr: Type.String({ maxLength: 100, description: 'Whom they concern' }) },
  closed,
)

export const DepositsRemoved = Type.Object({ removed: Type.Integer() }, closed)
