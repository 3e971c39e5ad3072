/** The database of a command: embedded in a folder, or the one that DATABASE_URL names. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment } from '#cli/environment.ts'
import { checkDurability } from '#store/durability.ts'
import { findRunning, startEmbedded } from '#store/embedded/start.ts'
import { checkSchema, migrate, readMigrations } from '#store/migrate.ts'
import { openPool, type Pool, statement } from '#store/pool.ts'
import { refuseOtherThan } from '#store/standing.ts'

export type Database = {
  /** As who logs in. Of a sandbox and `samspil migrate` the owner: migrations, reference data. */
  readonly owner: Pool
  /** As who administers by the command line: no person, no case, nothing of the register. */
  readonly administration: Pool
  /** As the program: cannot change or remove what was recorded. */
  readonly app: Pool
  /** How many migrations were run just now. */
  readonly migrated: number
  /** Host and name of an external database; undefined for the one in a folder. */
  readonly place: string | undefined
  /** Settles when an embedded server ends by itself. */
  readonly broken: Promise<string>
  readonly close: () => Promise<void>
}

/** Whom DATABASE_URL must log in as; `any`: PostgreSQL itself refuses who was granted nothing. */
type Needed = 'samspil_admin' | 'samspil_app' | 'any'

export type DatabaseUse =
  | {
      /** A running sandbox's server, the folder's, or DATABASE_URL, but not both named at once. */
      readonly use: 'beside'
      readonly needs: Needed
    }
  | {
      /** `sandbox`: the folder's own server, or DATABASE_URL. `own`: never DATABASE_URL. */
      readonly use: 'sandbox' | 'own'
      /** Whether an empty one may be taken into use; else there must be one. */
      readonly mayMake: boolean
    }

/** The address in DATABASE_URL; none when it is empty. Throws when it is no address. */
export function externalUrl(): string | undefined {
  return readEnvironment().database
}

/** Opens it, of the tables that this program knows. `dataDir` is the folder of a sandbox. */
export async function openDatabase(
  dataDir: string | undefined,
  log: (line: string) => void,
  how: DatabaseUse,
): Promise<Database> {
  const { use } = how
  const url = use === 'own' ? undefined : externalUrl()
  if (url !== undefined) {
    if (use === 'beside' && dataDir !== undefined) {
      throw new Error('Both --data and DATABASE_URL name a database. Leave one of them out.')
    }
    return openExternal(url, log, how)
  }
  if (dataDir === undefined) throw new Error('Name a folder with --data, or set DATABASE_URL')
  const folder = join(dataDir, 'database')
  const running = use === 'beside' ? findRunning(folder) : undefined
  if (running !== undefined) return connect(running, log, 'owner', never)
  if (use === 'beside' && !existsSync(join(folder, 'pg', 'PG_VERSION'))) {
    throw new Error(
      `There is no sandbox in ${dataDir}. Start one: samspil sandbox --data ${dataDir}`,
    )
  }
  const server = await startEmbedded({ dataDir: folder, log })
  try {
    return await connect(server.url, log, 'owner', server.broken, server.stop)
  } catch (error) {
    await server.stop()
    throw error
  }
}

/**
 * The evidence, to read as whoever logs in (`samspil_log`, `samspil_monitor`, the owner of a backup
 * that was restored), to seal as the program does, or to clear away as the owner.
 */
export async function openEvidence(
  dataDir: string | undefined,
  log: (line: string) => void,
  to: 'read' | 'seal' | 'clear',
): Promise<Pick<Database, 'close'> & { readonly pool: Pool }> {
  const needs = to === 'seal' ? 'samspil_app' : 'any'
  const { owner, app, close } = await openDatabase(dataDir, log, { use: 'beside', needs })
  return { pool: to === 'seal' ? app : owner, close }
}

/** What a folder knows nothing of is looked at before it is migrated: it may be somebody's own. */
async function openExternal(
  url: string,
  log: (line: string) => void,
  how: DatabaseUse,
): Promise<Database> {
  const { host, pathname } = new URL(url)
  const place = `${pathname.slice(1) || 'default'} on ${host || 'this machine'}`
  if (how.use !== 'beside' && how.mayMake) {
    const look = openPool(url, { max: 1 })
    try {
      const { rows } = await look.run(anyTable)
      if (rows[0]?.['used'] === true) {
        throw new Error(
          `The database ${place} is in use, and this folder did not fill it. Name an empty one.`,
        )
      }
    } finally {
      await look.close()
    }
  }
  // What administers logs in with no right to migrate, and nobody migrates by listing.
  const login = how.use === 'beside' ? how.needs : 'owner'
  return { ...(await connect(url, log, login, never)), place }
}

const anyTable = statement(
  'database-used',
  `select exists (select from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)
    as used`,
)

const never = new Promise<string>(() => {})

async function connect(
  url: string,
  log: (line: string) => void,
  login: Needed | 'owner',
  broken: Promise<string>,
  stop: () => Promise<void> = async () => {},
): Promise<Database> {
  const owner = openPool(url, { max: 3, statementTimeoutMs: 0, applicationName: 'samspil-owner' })
  let migrated = 0
  try {
    await checkDurability(owner)
    if (login === 'owner') migrated = (await migrate(owner, readMigrations(), log)).length
    await checkSchema(owner)
    if (login === 'samspil_admin' || login === 'samspil_app') await refuseOtherThan(owner, login)
  } catch (error) {
    await owner.close()
    throw error
  }
  const app = openPool(inRole(url, 'samspil_app'), { max: 20 })
  const administration = openPool(inRole(url, 'samspil_admin'), { max: 2 })
  return {
    owner,
    app,
    administration,
    migrated,
    place: undefined,
    broken,
    close: async () => {
      await Promise.all([owner.close(), app.close(), administration.close()])
      await stop()
    },
  }
}

/** The same login, but in a lesser role from the first statement on. */
function inRole(url: string, role: 'samspil_app' | 'samspil_admin'): string {
  const withRole = new URL(url)
  withRole.searchParams.set('options', `-c role=${role}`)
  return withRole.href
}
