/** Policies in the JSON door's bodies and answers, as schemas. */

import { Type } from 'typebox'
import { ClauseSchema, FailureSchema, TextSchema } from '#api/contracts.ts'
import {
  clausesMax,
  conditionsMax,
  policyNamePattern,
  titleLengthMax,
} from '#casework/read-policy.ts'

const closed = { additionalProperties: false }
const Instant = Type.String({ format: 'date-time' })
const Version = Type.Integer({ minimum: 1 })

const Title = Type.Object(
  {
    da: Type.String({ minLength: 1, maxLength: titleLengthMax }),
    en: Type.String({ minLength: 1, maxLength: titleLengthMax }),
  },
  closed,
)

const TraitValue = Type.Union([
  Type.Boolean(),
  Type.Integer(),
  Type.String(),
  Type.Array(Type.String()),
])

const Condition = Type.Object(
  {
    trait: Type.String({ description: 'A trait that the incident type offers' }),
    test: Type.Enum(['is', 'at-least', 'at-most', 'within', 'without']),
    value: Type.Optional(TraitValue),
    other: Type.Optional(Type.String({ description: 'Another trait to compare with' })),
  },
  closed,
)

const Name = Type.String({ pattern: policyNamePattern })

/** The document of a policy, as the contract tells it; what it says is judged by `readPolicy`. */
export const PolicyDocument = Type.Object(
  {
    name: Name,
    title: Title,
    source: Type.Optional(Type.String({ maxLength: titleLengthMax })),
    clauses: Type.Array(
      Type.Object(
        {
          name: Name,
          title: Title,
          incident: Type.String({ description: 'The English name of an incident type' }),
          decides: Type.Enum(['approve']),
          when: Type.Array(Condition, { minItems: 1, maxItems: conditionsMax }),
        },
        closed,
      ),
      { minItems: 1, maxItems: clausesMax },
    ),
  },
  closed,
)

/** As the route takes it: every fault is told with its place and in both languages. */
export const PolicyBodySent = Type.Object({}, { additionalProperties: true })

const OnSchema = Type.Object(
  {
    version: Version,
    samplePercent: Type.Integer({ description: 'How many of a hundred go to a person (DESK-8)' }),
    at: Instant,
    by: Type.String(),
  },
  closed,
)

const PolicyItem = Type.Object(
  {
    name: Type.String(),
    title: TextSchema,
    version: Version,
    madeAt: Instant,
    madeBy: Type.String(),
    on: Type.Optional(OnSchema),
  },
  closed,
)

export const PoliciesAnswer = Type.Object({ items: Type.Array(PolicyItem) }, closed)

const ClauseTold = Type.Object(
  {
    name: Type.String(),
    title: TextSchema,
    incident: TextSchema,
    conditions: Type.Array(TextSchema, { description: 'What must hold, as people read it' }),
  },
  closed,
)

export const PolicyAnswer = Type.Object(
  {
    name: Type.String(),
    on: Type.Optional(OnSchema),
    versions: Type.Array(
      Type.Object(
        {
          version: Version,
          madeAt: Instant,
          madeBy: Type.String(),
          document: PolicyDocument,
          clauses: Type.Array(ClauseTold),
        },
        closed,
      ),
      { description: 'The latest first; none is ever changed' },
    ),
    switches: Type.Array(
      Type.Object(
        {
          at: Instant,
          by: Type.String(),
          version: Type.Optional(Version),
          samplePercent: Type.Optional(Type.Integer()),
        },
        closed,
      ),
      { description: 'The latest first; without a version the policy was switched off' },
    ),
  },
  closed,
)

export const SwitchOnBody = Type.Object(
  {
    version: Type.Integer({ minimum: 1, description: 'The version that was looked at' }),
    samplePercent: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  closed,
)

export const DryRunBody = Type.Object(
  {
    version: Version,
    since: Type.Optional(
      Type.String({ maxLength: 100, description: 'Past cases from this day on; 90 days ago' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  },
  closed,
)

const Would = Type.Enum(['approve', 'person', 'waits', 'sampled', 'taken-up', 'unknown'], {
  description:
    'approve; leave to a person; wait for an answer; stay with a person whom chance or an earlier ' +
    'decision gave it to; unknown, since decided before traits were kept',
})

export const DryRunAnswer = Type.Object(
  {
    name: Type.String(),
    version: Version,
    tally: Type.Object(
      {
        cases: Type.Integer(),
        approve: Type.Integer(),
        differs: Type.Integer({ description: 'Rejected by people, and it would approve' }),
      },
      closed,
    ),
    cases: Type.Array(
      Type.Object(
        {
          incident: Type.String(),
          type: Type.String(),
          done: Type.Optional(
            Type.Object(
              {
                decision: Type.Enum(['approved', 'rejected']),
                at: Instant,
                by: Type.Enum(['people', 'policy']),
              },
              closed,
            ),
          ),
          would: Would,
          by: Type.Optional(ClauseSchema),
          why: Type.Array(FailureSchema),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** What the traits of a type are: what conditions may be about. */
export const TraitsAnswer = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          incident: Type.String(),
          title: TextSchema,
          leftToPeople: Type.Array(Type.String(), {
            description: 'Marks with which no policy decides',
          }),
          traits: Type.Array(
            Type.Object(
              {
                name: Type.String(),
                kind: Type.Enum(['yes-no', 'number', 'date', 'choice', 'set']),
                label: TextSchema,
                tests: Type.Array(Type.String()),
                options: Type.Optional(Type.Record(Type.String(), TextSchema)),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)
