/** The database of a command: embedded in a folder, or the one that DATABASE_URL names. */

import { join } from 'node:path'
import { checkDurability } from '#store/durability.ts'
import { findRunning, startEmbedded } from '#store/embedded/start.ts'
import { checkSchema, migrate } from '#store/migrate.ts'
import { openPool, type Pool } from '#store/pool.ts'

export type Database = {
  /** As the owner: migrations, reference data, administration. */
  readonly owner: Pool
  /** As the program: cannot change or remove what was recorded. */
  readonly app: Pool
  readonly close: () => Promise<void>
}

/**
 * Opens it, migrated. `dataDir` is the folder of a sandbox: when one is running there its server is
 * used, else the server is started and stopped again by `close`.
 */
export async function openDatabase(
  dataDir: string | undefined,
  log: (line: string) => void,
  options: { readonly alone?: boolean } = {},
): Promise<Database> {
  const url = process.env['DATABASE_URL']
  if (url !== undefined) return connect(url, async () => {})
  if (dataDir === undefined) throw new Error('Name a folder with --data, or set DATABASE_URL')
  const folder = join(dataDir, 'database')
  const running = findRunning(folder)
  if (running !== undefined && !options.alone) return connect(running, async () => {})
  const server = await startEmbedded({ dataDir: folder, log })
  try {
    return await connect(server.url, server.stop)
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function connect(url: string, stop: () => Promise<void>): Promise<Database> {
  const owner = openPool(url, { max: 3, statementTimeoutMs: 0, applicationName: 'samspil-owner' })
  try {
    await checkDurability(owner)
    await migrate(owner)
    await checkSchema(owner)
  } catch (error) {
    await owner.close()
    throw error
  }
  const app = openPool(asApp(url), { max: 20 })
  return {
    owner,
    app,
    close: async () => {
      await Promise.all([owner.close(), app.close()])
      await stop()
    },
  }
}

/** The same login, but in the role that runs the product from the first statement on. */
function asApp(url: string): string {
  const withRole = new URL(url)
  withRole.searchParams.set('options', '-c role=samspil_app')
  return withRole.href
}
