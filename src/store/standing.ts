/**
 * As whom a program has logged in, and whether that is the role it needs. PostgreSQL itself would
 * say that permission is denied, and not to whom it would be given; and to a role that may too much
 * it would say nothing at all. Knows no table but whose tables they are.
 */

import { present } from '#base/assert.ts'
import { type Pool, type Row, statement } from '#store/pool.ts'

/** The login is another one than is needed; an operator must name the right one. */
export class WrongRole extends Error {
  override readonly name = 'WrongRole'
}

/** The roles that the migrations make. A database beside another on the same server finds them. */
const roles = ['samspil_app', 'samspil_reader', 'samspil_admin', 'samspil_log', 'samspil_monitor']

const selectStanding = statement(
  'standing',
  `
select current_user as role, current_database() as database, t.owner,
  coalesce(t.acts, true) as acts_as_owner,
  has_schema_privilege('public', 'create') as may_create,
  r.rolsuper or r.rolcreaterole as makes_roles,
  (select count(*)::int from pg_roles where rolname = any ($1)) as made_roles,
  r.rolsuper or r.rolbypassrls or coalesce(t.acts, false) as is_unbound,
  coalesce((select pg_has_role(n.oid, 'member') from pg_roles n where n.rolname = $2), false)
    as acts_as_needed
from pg_roles r left join (
  select pg_get_userbyid(relowner) as owner, pg_has_role(relowner, 'usage') as acts
  from pg_class where oid = to_regclass('migration')) t on true
where r.rolname = current_user`,
)

async function readStanding(pool: Pool, needed = ''): Promise<Row> {
  return present((await pool.run(selectStanding, [roles, needed])).rows[0], 'a row')
}

/** Throws unless this login may bring the tables up to date. */
export async function refuseOtherThanOwner(pool: Pool): Promise<void> {
  const standing = await readStanding(pool)
  const [role, owner, database] = [standing['role'], standing['owner'], standing['database']].map(
    String,
  )
  if (standing['acts_as_owner'] !== true) {
    throw new WrongRole(
      `the tables belong to the role ${owner}, and DATABASE_URL logs in as ${role}, which may not ` +
        `change them: name ${owner} in DATABASE_URL`,
    )
  }
  if (standing['may_create'] !== true) {
    throw new WrongRole(
      `the role ${role} may not make tables in the database ${database}: let its administrator ` +
        `run «alter database ${database} owner to ${role}», or name the owner in DATABASE_URL`,
    )
  }
  if (standing['makes_roles'] !== true && standing['made_roles'] !== roles.length) {
    throw new WrongRole(
      `the role ${role} may not make the roles that the programs log in with: let a superuser run ` +
        `«alter role ${role} createrole», or make them first: ${roles.join(', ')}`,
    )
  }
}

/** Throws unless this login has the role, or is a member of it. */
export async function refuseOtherThan(
  pool: Pool,
  needed: 'samspil_app' | 'samspil_admin',
): Promise<Row> {
  const standing = await readStanding(pool, needed)
  if (standing['acts_as_needed'] === true) return standing
  throw new WrongRole(
    `DATABASE_URL logs in as ${String(standing['role'])}, which may not do this: name ${needed} in it`,
  )
}

/**
 * Throws unless this login is the program's, and nothing more: the second wall, row-level security,
 * does not stand before an owner or a superuser (decision 0023).
 */
export async function refuseOtherThanProgram(pool: Pool): Promise<void> {
  const standing = await refuseOtherThan(pool, 'samspil_app')
  if (standing['is_unbound'] !== true) return
  throw new WrongRole(
    `DATABASE_URL logs in as ${String(standing['role'])}, which may do too much: row-level security ` +
      'does not bind it, so the server does not run as it. Name samspil_app in DATABASE_URL',
  )
}
