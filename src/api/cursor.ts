/** A place in the pending register as an opaque text, and back. Holds no personal data. */

import { type PlainDate, readDate } from '#base/calendar.ts'

type Place = { readonly savedAt: Date; readonly id: string }

/** As `writeCursor` writes them; anything else would only be refused by PostgreSQL. */
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const idForm = /^[a-z0-9.-]{1,100}$/

type DuePlace = Place & { readonly due: PlainDate | undefined }

/** The same in a list that may be in the order of deadlines. */
export function writeDueCursor({ savedAt, id, due }: DuePlace): string {
  const parts = [savedAt.toISOString(), id, due ?? null]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

export function readDueCursor(text: string): DuePlace | undefined {
  const place = readCursor(text)
  if (!place) return undefined
  const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  const due: unknown = Array.isArray(parts) ? parts[2] : undefined
  if (due === null || due === undefined) return { ...place, due: undefined }
  const day = typeof due === 'string' ? readDate(due) : undefined
  return day && { ...place, due: day }
}

export function writeCursor({ savedAt, id }: Place): string {
  return Buffer.from(JSON.stringify([savedAt.toISOString(), id])).toString('base64url')
}

export function readCursor(text: string): Place | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(parts)) return undefined
    const [instant, id]: readonly unknown[] = parts
    if (typeof instant !== 'string' || !instantForm.test(instant)) return undefined
    if (typeof id !== 'string' || !idForm.test(id)) return undefined
    const savedAt = new Date(instant)
    return Number.isNaN(savedAt.valueOf()) ? undefined : { savedAt, id }
  } catch {
    return undefined
  }
}
