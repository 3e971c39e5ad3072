/** Refuses a database, embedded or not, that may forget an acknowledged commit. */

import type { Text } from '#base/text.ts'
import { type Pool, statement } from '#store/pool.ts'

type Setting = { readonly name: string; readonly refused: readonly string[]; readonly why: Text }

const forgets = {
  da: 'så en bekræftet gemt hændelse kan gå tabt ved strømsvigt',
  en: 'so an acknowledged save can be lost in a power cut',
}
const unseen = {
  da: 'så ødelagte data ikke opdages',
  en: 'so damaged data would not be noticed',
}

/** PostgreSQL manual, chapters on write-ahead log and error handling. */
const settings: readonly Setting[] = [
  { name: 'fsync', refused: ['off'], why: forgets },
  { name: 'full_page_writes', refused: ['off'], why: forgets },
  { name: 'synchronous_commit', refused: ['off'], why: forgets },
  { name: 'data_sync_retry', refused: ['on'], why: forgets },
  { name: 'data_checksums', refused: ['off'], why: unseen },
  { name: 'zero_damaged_pages', refused: ['on'], why: unseen },
  { name: 'ignore_checksum_failure', refused: ['on'], why: unseen },
]

/** The required ones; the last two exist only for superusers to see. */
const mustBeSeen = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums']

const readSettings = statement(
  'durability_settings',
  'select name, setting from pg_settings where name = any($1)',
)

/** One text for each reason not to trust the database; none when it keeps what it acknowledges. */
export async function durabilityFaults(pool: Pool): Promise<readonly Text[]> {
  const { rows } = await pool.run(readSettings, [settings.map(({ name }) => name)])
  const found = new Map(rows.map((row) => [String(row['name']), String(row['setting'])]))
  return faultsOf(found)
}

export function faultsOf(found: ReadonlyMap<string, string>): readonly Text[] {
  return settings.flatMap(({ name, refused, why }) => {
    const value = found.get(name)
    if (value === undefined) return mustBeSeen.includes(name) ? [hidden(name)] : []
    if (!refused.includes(value)) return []
    return [{ da: `${name} er ${value}, ${why.da}`, en: `${name} is ${value}, ${why.en}` }]
  })
}

/** Throws, in both languages, when the database is not to be trusted with an acknowledgement. */
export async function checkDurability(pool: Pool): Promise<void> {
  const faults = await durabilityFaults(pool)
  if (faults.length === 0) return
  throw new Error(
    `Samspil does not use this PostgreSQL: ${faults.map(({ en }) => en).join('; ')}. ` +
      `Samspil bruger ikke denne PostgreSQL: ${faults.map(({ da }) => da).join('; ')}.`,
  )
}

function hidden(name: string): Text {
  return { da: `${name} kan ikke ses`, en: `${name} cannot be seen` }
}
