/**
 * Listens to all that leaves a test's process and the programs that it starts: answers of every
 * server with their headers, lines of logs, what is printed, written and shown in a browser. A
 * canary fails the file, unless the caller's field set shows protected persons or the test said
 * whom it reads. Loaded before every test file.
 */

import { relative } from 'node:path'
import process from 'node:process'
import { heardInPrograms, letRead, type Sighting } from '#test/canaries/aviary.ts'
import { settled, writeInto } from '#test/canaries/ears.ts'
import { root } from '#test/step.ts'

const suite = relative(root, process.argv[1] ?? '')
const sightings = new Set<Sighting>()
const complaints: string[] = []
const readable = new Map<string, number>()
writeInto(sightings)

/** While `work` runs, those persons may be read: by themselves, or by whom the law lets know. */
export async function whileReadable<T>(
  pnrs: readonly string[],
  _why: string,
  work: () => Promise<T>,
): Promise<T> {
  allow(pnrs, 1)
  try {
    return await work()
  } finally {
    allow(pnrs, -1)
  }
}

/** From now on that person reads what is their own, as one who has signed in does. */
export function readsOwn(pnr: string): void {
  allow([pnr], 1)
}

function allow(pnrs: readonly string[], more: 1 | -1): void {
  for (const pnr of pnrs) readable.set(pnr, (readable.get(pnr) ?? 0) + more)
  letRead([...readable].filter(([, times]) => times > 0).map(([pnr]) => pnr))
}

/** What is seen in this process while `work` runs, and is then no failure: for controls. */
export async function seenDuring(work: () => Promise<unknown>): Promise<readonly Sighting[]> {
  const seen = new Set<Sighting>()
  const before = writeInto(seen)
  try {
    await work()
    await settled()
  } finally {
    writeInto(before)
  }
  return [...seen]
}

/** Something else by which the file fails. */
export function complain(text: string): void {
  complaints.push(text)
}

process.on('exit', () => {
  const told = [...sightings, ...heardInPrograms()].map(
    ({ channel, canary, place }) => `  ${suite}: ${channel}: ${canary} (${place})`,
  )
  if (told.length > 0) {
    complain(`a protected person was told of:\n${[...new Set(told)].join('\n')}`)
  }
  if (complaints.length === 0) return
  process.stderr.write(complaints.map((each) => `✖ ${each}\n`).join(''))
  process.exitCode = 1
})
