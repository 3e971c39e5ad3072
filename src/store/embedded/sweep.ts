/** Takes away what a killed program left in the folder for temporary files: its server, its data. */

import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isAbandoned } from '#store/embedded/folder-lock.ts'
import { clearLeftOver } from '#store/embedded/left-over.ts'

const names = /^samspil-[A-Za-z0-9]{6}$/

/** Only folders of this user, of our own making, whose holder is known to be dead. */
export function sweepTemporary(folder: string, log: (line: string) => void = () => {}): void {
  for (const name of readdirSync(folder).filter((each) => names.test(each))) {
    const path = join(folder, name)
    const database = join(path, 'database')
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats?.isDirectory() || stats.uid !== process.getuid?.()) continue
    if (!existsSync(database) || !isAbandoned(database)) continue
    // Another start may do the same; whoever comes second finds nothing.
    void clearLeftOver(join(database, 'pg'), log)
      .then(() => rmSync(path, { recursive: true, force: true }))
      .catch(() => {})
  }
}
