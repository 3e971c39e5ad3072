/** A place in the pending register as an opaque text, and back. Holds no personal data. */

type Place = { readonly savedAt: Date; readonly id: string }

/** As `writeCursor` writes them; anything else would only be refused by PostgreSQL. */
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const idForm = /^[a-z0-9.-]{1,100}$/

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
