/** A place in the pending register as an opaque text, and back. Holds no personal data. */

type Place = { readonly savedAt: Date; readonly id: string }

export function writeCursor({ savedAt, id }: Place): string {
  return Buffer.from(JSON.stringify([savedAt.toISOString(), id])).toString('base64url')
}

export function readCursor(text: string): Place | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(parts) || typeof parts[0] !== 'string' || typeof parts[1] !== 'string') {
      return undefined
    }
    const savedAt = new Date(parts[0])
    return Number.isNaN(savedAt.valueOf()) ? undefined : { savedAt, id: parts[1] }
  } catch {
    return undefined
  }
}
