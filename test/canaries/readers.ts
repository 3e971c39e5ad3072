/** Who is shown protected persons: by the token, from the register of the server that is asked. */

import { seesProtected } from '#access/permissions.ts'
import { isSecurityGroup } from '#access/security-groups.ts'
import { hashToken } from '#access/token.ts'
import { type Pool, statement } from '#store/pool.ts'
import type { SeesProtected } from '#test/canaries/ears.ts'

/** By the field set of whoever asks: the group of a token, while there is one. */
const groupOfToken = statement(
  'test-group-of-token',
  `select c.code, c.authority, c.security_group from token t
   join person_code c on c.code = t.person_code where t.hash = $1`,
)

export function readersOf(pool: Pool): SeesProtected {
  return async (token) => {
    if (token === undefined) return false
    const { rows } = await pool.run(groupOfToken, [hashToken(token)])
    const group = String(rows[0]?.['security_group'])
    if (!isSecurityGroup(group)) return false
    const { code, authority } = rows[0] ?? {}
    return seesProtected({ group, personCode: String(code), authority: String(authority) })
  }
}
