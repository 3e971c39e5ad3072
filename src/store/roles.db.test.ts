/**
 * The roles of the database: each table, each verb, tried in each role. What stands here is all
 * that a role may; a table or a right that is new has to be written down.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf } from '#store/outages.ts'
import { openTestDatabase } from '#test/database.ts'

const { ownerPool } = await openTestDatabase()

type Verb = 'r' | 'a' | 'w' | 'd'
/** The letters of PostgreSQL: read, append, write, delete. `c` where some columns alone are written. */
type Rights = { readonly [table: string]: string }

const register = { address: 'r', authority: 'r', postcode: 'r', road: 'r' }

const roles: { readonly [role: string]: Rights } = {
  samspil_admin: {
    ...{ authority: 'r', clock_mark: 'r', letter: 'r', audit: 'ra', person_code: 'raw' },
    ...{ password_history: 'ra', notice: 'ra', grant_request: 'rac', policy_version: 'ra' },
    ...{ policy_switch: 'ra', identity_link: 'rad', event_subscription: 'rad' },
    ...{ municipality_setting: 'rawd', employee: 'awd' },
  },
  samspil_log: { audit: 'r', audit_cleared: 'r', audit_seal: 'r', authority: 'r' },
  samspil_monitor: { job: 'r', clock_mark: 'r', audit_seal: 'r' },
}

/** What nobody but the owner may: what was recorded stands. */
const recorded = [
  'event',
  'fact',
  'audit',
  'audit_seal',
  'audit_cleared',
  'audit_cleared_until',
  'letter',
  'note',
  'notice',
  'milestone',
].concat(['password_history', 'policy_version', 'policy_switch', 'migration'])

async function namesOf(sql: string): Promise<readonly string[]> {
  return (await ownerPool.script(sql)).rows.map(({ name }) => String(name))
}

const tables = await namesOf(
  `select relname as name from pg_class
   where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
)

/** No row is touched; the right is asked for all the same. */
async function sqlOf(table: string, verb: Verb): Promise<string> {
  if (verb === 'r') {
    const columns = await namesOf(
      `select attname as name from pg_attribute
       where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped`,
    )
    return `select ${columns.join(', ')} from ${table} where false`
  }
  if (verb === 'd') return `delete from ${table}`
  const [column] = await namesOf(
    `select attname as name from pg_attribute
     where attrelid = '${table}'::regclass and attnum = 1`,
  )
  return verb === 'w'
    ? `update ${table} set ${column} = null`
    : `insert into ${table} (${column}) select null where false`
}

async function mayDo(role: string, table: string, verb: Verb): Promise<boolean> {
  const sql = await sqlOf(table, verb)
  try {
    await ownerPool.transaction(async (session) => {
      await session.script(`set local role ${role}`)
      await session.script(`explain ${sql}`)
      if (verb === 'r') await session.script(sql)
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof Undone) return true
    const code = codeOf(error)
    if (code === '42501') return false
    throw error
  }
  return true
}

class Undone extends Error {}

for (const [role, rights] of Object.entries(roles)) {
  test(`${role} may do what it needs, and nothing else with any table`, async () => {
    for (const table of tables) {
      // Every program sees which schema it works on.
      const given = table === 'migration' ? 'r' : (rights[table] ?? '')
      for (const verb of ['r', 'a', 'w', 'd'] as const) {
        assert.equal(await mayDo(role, table, verb), given.includes(verb), `${table}: ${verb}`)
      }
    }
  })
}

test('samspil_reader writes nothing at all', async () => {
  for (const table of tables) {
    for (const verb of ['a', 'w', 'd'] as const) {
      assert.equal(await mayDo('samspil_reader', table, verb), false, `${table}: ${verb}`)
    }
  }
})

test('the program changes and removes nothing that was recorded, and no reference data', async () => {
  for (const table of [...recorded, ...Object.keys(register), 'municipality_setting']) {
    for (const verb of ['w', 'd'] as const) {
      assert.equal(await mayDo('samspil_app', table, verb), false, `${table}: ${verb}`)
    }
  }
  for (const table of [...Object.keys(register), 'municipality_setting', 'event_subscription']) {
    assert.equal(await mayDo('samspil_app', table, 'a'), false, `${table}: a`)
  }
})

test('no role of the product owns anything, passes by row-level security or makes what is its own', async () => {
  const names = [...Object.keys(roles), 'samspil_app', 'samspil_reader']
  const { rows } = await ownerPool.script(
    `select r.rolname, has_schema_privilege(r.rolname, 'public', 'create') as creates
     from pg_roles r where r.rolname in ('${names.join("','")}')
       and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
         or has_schema_privilege(r.rolname, 'public', 'create')
         or exists (select from pg_class c where c.relowner = r.oid))`,
  )
  assert.deepEqual(rows, [])
  const found = await namesOf(`select rolname as name from pg_roles where rolname like 'samspil_%'
     and rolname <> 'samspil_owner'`)
  assert.deepEqual(found.toSorted(), names.toSorted())
})

test('every table of one authority or one person code stands behind the wall', async () => {
  const walled = await namesOf(
    `select relname as name from pg_class
     where relrowsecurity and relnamespace = 'public'::regnamespace`,
  )
  const own = ['incident', 'hearing', 'milestone', 'claim', 'note', 'audit', 'letter', 'deposit']
  const more = [
    'audit_seal',
    'deposit_count',
    'policy_version',
    'policy_switch',
    'event_subscription',
  ]
  for (const table of [...own, ...more]) assert.ok(walled.includes(table), table)
})
