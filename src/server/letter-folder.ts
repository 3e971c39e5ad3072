/**
 * Delivers letters into a folder, where whoever has Digital Post takes them from: for each letter a
 * folder of its own name with the document and what it is about. Knows no incident.
 */

import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { danishDate } from '#base/calendar.ts'
import { html } from '#base/html.ts'
import type { DeliveryPort, Mail } from '#casework/delivery.ts'
import { letterTitles } from '#casework/letters.ts'

/** Whose mailbox is closed: ten digits a line, kept by whoever empties the folder. */
export const noMailboxFile = 'no-digital-post.txt'

/** @param tell why a letter was not delivered; it is tried again, and nobody else would say. */
export function letterFolder(
  folder: string,
  tell: (letter: string, error: unknown) => void,
): DeliveryPort {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return async (mail) => {
    try {
      return deliverInto(folder, mail)
    } catch (error) {
      tell(mail.id, error)
      throw error
    }
  }
}

/**
 * A letter is there as a whole or not at all: written beside, on disk, and then named. Handed over
 * again, after a crash, it is there already.
 */
function deliverInto(folder: string, mail: Mail): 'delivered' | 'no-mailbox' {
  if (hasNoMailbox(folder, mail.recipient)) return 'no-mailbox'
  const draft = join(folder, `.${mail.id}.draft`)
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeDown(join(draft, 'letter.html'), documentOf(mail))
  writeDown(join(draft, 'letter.json'), `${JSON.stringify(metadataOf(mail), null, 2)}\n`)
  syncFolder(draft)
  try {
    renameSync(draft, join(folder, mail.id))
  } catch (error) {
    if (!isThere(error)) throw error
    rmSync(draft, { recursive: true, force: true })
  }
  syncFolder(folder)
  return 'delivered'
}

function hasNoMailbox(folder: string, pnr: string): boolean {
  try {
    return readFileSync(join(folder, noMailboxFile), 'utf8').split(/\s+/).includes(pnr)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

function isThere(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOTEMPTY', 'EEXIST'].includes(String(error.code))
  )
}

function writeDown(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600)
  try {
    // Whole, also where the system takes less of it at once; a full disk throws.
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function metadataOf({ id, at, recipient, kind, incidentId, authority }: Mail) {
  const title = letterTitles[kind]
  return {
    id,
    at: at.toISOString(),
    recipient,
    authority,
    kind,
    title,
    ...(incidentId && { incident: incidentId }),
  }
}

/** Both languages, for nobody here knows which the receiver reads. */
function documentOf({ kind, text, at, authority }: Mail): string {
  const title = letterTitles[kind]
  const day = danishDate(at)
  return html`<!doctype html>
<html lang="da">
<head><meta charset="utf-8"><title>${title.da}</title></head>
<body>
<p>Myndighed ${authority} · ${day}</p>
<h1>${title.da}</h1>
<p>${text.da}</p>
<section lang="en"><h2>${title.en}</h2>
<p>${text.en}</p></section>
</body>
</html>
`.toString()
}
