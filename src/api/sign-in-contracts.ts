/** What a provider tells of people who sign in at it, as schemas. */

import { Type } from 'typebox'

export const SignInRefusal = Type.Object(
  {
    reason: Type.Union(
      [Type.Literal('refused'), Type.Literal('too-low'), Type.Literal('no-number')],
      {
        description:
          '`refused`: the answer of the OpenID provider was not one that may be trusted. `too-low`: ' +
          'its level of assurance. `no-number`: it told no personal number',
      },
    ),
  },
  { additionalProperties: false },
)
