/** What moving a sandbox's clock means: it is kept, passwords are renewed, and time does its work. */

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Database } from '#cli/database.ts'
import { explain } from '#cli/explain.ts'
import type { ClockWork, MovableClock, Moved } from '#cli/sandbox-clock.ts'
import { renewPasswords } from '#cli/sandbox-codes.ts'
import { lettersFolder, type SandboxState, writeState } from '#cli/sandbox-state.ts'
import { version } from '#cli/version.ts'
import { buildHouse } from '#server/house.ts'
import { letterFolder } from '#server/letter-folder.ts'
import { runTimeWork } from '#server/time-work.ts'
import { countLettersSince } from '#store/letters.ts'

export type Moving = {
  readonly clock: MovableClock
  readonly database: Database
  readonly folder: string
  readonly state: SandboxState
  /** Told when passwords are other ones now. */
  readonly onRenewed: (state: SandboxState) => void
}

export function clockWork({ clock, database, folder, state, onRenewed }: Moving): ClockWork {
  let current = state
  const keep = (next: SandboxState) => {
    if (next === current) return
    current = next
    writeState(folder, current)
  }
  const random = (bytes: number) => randomBytes(bytes)
  const deliver = letterFolder(join(folder, lettersFolder), (letter, error) =>
    process.stderr.write(`samspil: letter ${letter} was not delivered: ${explain(error)}\n`),
  )
  const parts = { clock: clock.now, random, rulesVersion: version, deliver }
  const house = buildHouse(database.app, parts)
  const moveTo = async (to: Date): Promise<Moved> => {
    clock.move(to.valueOf() - clock.now().valueOf())
    // Kept before anything is done: a sandbox that stops here must not come back to an earlier day.
    keep({ ...current, clockShiftMs: clock.shiftMs() })
    const from = clock.now()
    const before = new Map(current.personCodes.map(({ code, password }) => [code, password]))
    keep(await renewPasswords(database.owner, current, from))
    const renewed = current.personCodes
      .filter(({ code, password }) => before.get(code) !== password)
      .map(({ code }) => code)
    if (renewed.length > 0) onRenewed(current)
    const done = await runTimeWork(database.app, house)
    const letters = await countLettersSince(database.app, from)
    return { now: clock.now().toISOString(), done: { ...done, letters }, renewed }
  }
  return { clock, moveTo }
}
