/** Administration of person codes in the JSON door's bodies and answers, as schemas. */

import { Type } from 'typebox'
import { TextSchema } from '#api/contracts.ts'

/** As many as a person code lists. */
const sourcesMax = 50
/** The same of certificates. */
const certificatesMax = 20
const closed = { additionalProperties: false }
const Instant = Type.String({ format: 'date-time' })
const nullable = Type.Optional

const Code = Type.String({ maxLength: 20, description: 'W and seven digits' })
const Group = Type.String({ maxLength: 30, description: 'The name of a security group' })
const Authority = Type.String({ pattern: '^[0-9]{4}$' })
const Reason = Type.String({ minLength: 1, maxLength: 200, description: 'Goes into the evidence' })

const settings = {
  holder: nullable(
    Type.String({ minLength: 1, maxLength: 100, description: 'Those with the same share notices' }),
  ),
  sources: nullable(
    Type.Array(Type.String({ maxLength: 45 }), {
      maxItems: sourcesMax,
      description: 'Exact addresses it signs on from; every one when the list is empty',
    }),
  ),
  certificates: nullable(
    Type.Array(Type.String({ maxLength: 95 }), {
      maxItems: certificatesMax,
      description:
        'SHA-256 of the client certificates it signs on by; with any or none when the list is empty',
    }),
  ),
  overlapMinutes: nullable(
    Type.Integer({
      minimum: 0,
      maximum: 1440,
      description: 'So long an old password signs on beside a new one',
    }),
  ),
}

export const CodeParams = Type.Object({ code: Code })
export const RequestParams = Type.Object({ id: Type.String({ maxLength: 100 }) })
export const ReasonBody = Type.Object({ reason: Reason }, closed)

export const CreateBody = Type.Object(
  {
    group: Group,
    authority: Authority,
    code: nullable(Code),
    name: nullable(Type.String({ maxLength: 100, description: 'Whose it is' })),
    ...settings,
    reason: Reason,
  },
  closed,
)
export const ChangeBody = Type.Object({ ...settings, reason: Reason }, closed)
export const MoveBody = Type.Object({ group: Group, authority: Authority, reason: Reason }, closed)

export const LinkBody = Type.Object(
  {
    issuer: Type.String({ minLength: 1, maxLength: 500, description: 'As its ID tokens name it' }),
    subject: Type.String({ minLength: 1, maxLength: 255, description: 'The person there' }),
    reason: Reason,
  },
  closed,
)

export const EmployeeBody = Type.Object(
  {
    pnr: nullable(
      Type.String({ maxLength: 100, description: 'Who uses it; taken back when left out' }),
    ),
    reason: Reason,
  },
  closed,
)

export const OneTimeAnswer = Type.Object(
  {
    code: Type.String(),
    oneTimePassword: Type.String({ description: 'Told only now; opens nothing but its change' }),
    passwordExpiresAt: Instant,
  },
  closed,
)
/** What waits for somebody else. */
export const AskedAnswer = Type.Object(
  { request: Type.String({ description: 'To be granted by another administrator' }) },
  closed,
)
export const DoneAnswer = Type.Object({ code: Type.String(), text: TextSchema }, closed)

export const AccountsQuery = Type.Object(
  { after: nullable(Code), limit: nullable(Type.String({ pattern: '^[0-9]{1,3}$' })) },
  closed,
)
export const AccountsAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          group: Type.String(),
          authority: Type.String(),
          name: Type.String(),
          state: Type.String(),
          holder: nullable(Type.String()),
          sources: Type.Array(Type.String()),
          certificates: Type.Array(Type.String()),
          overlapMinutes: Type.Integer(),
          previousUntil: nullable(Instant),
          passwordExpiresAt: Instant,
          lastSignOnAt: nullable(Instant),
        },
        closed,
      ),
    ),
    next: nullable(Type.String({ description: 'Hand it in as `after` for the next page' })),
  },
  closed,
)

export const GrantRequestsAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          isNew: Type.Boolean(),
          code: nullable(Type.String()),
          group: Type.String(),
          authority: Type.String(),
          name: Type.String(),
          askedBy: Type.String(),
          askedAt: Instant,
          reason: Type.String(),
        },
        closed,
      ),
    ),
  },
  closed,
)
/** Of a new person code its one-time password; of another group nothing to be told. */
export const GrantedAnswer = Type.Object(
  {
    code: Type.String(),
    oneTimePassword: nullable(Type.String()),
    passwordExpiresAt: nullable(Instant),
  },
  closed,
)
