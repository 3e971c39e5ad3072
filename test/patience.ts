/**
 * Waits for what happens beside a test: another process, another connection, the server's own work.
 * How long that may take is no rule that is proved: whatever passes is quick anyway, and a slow
 * machine must not fail. Knows nothing of what is waited for.
 */

import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'

/** Far longer than anything takes on the slowest machine, and shorter than a file may last. */
export const patienceMs = 180_000
const betweenMs = 20

/** Until it holds; when it never does it fails, and says what a program had to say of it. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  printed = () => '',
): Promise<void> {
  for (const end = performance.now() + patienceMs; !(await holds()); await pause(betweenMs)) {
    if (performance.now() > end) assert.fail(`never ${what}\n${printed()}`)
  }
}

/** Asks again until it is enough, and gives the last answer: whoever asked says what it lacks. */
export async function askUntil<T>(
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
): Promise<T> {
  for (const end = performance.now() + patienceMs; ; await pause(betweenMs)) {
    const answer = await ask()
    if (isEnough(answer) || performance.now() > end) return answer
  }
}
