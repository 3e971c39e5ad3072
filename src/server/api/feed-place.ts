/** A place in a feed as a text that clients hand back unread. Knows no feed. */

/** The epoch is raised by a restore; within one it is transactions and ids that order a feed. */
type Place = { readonly epoch: number; readonly xid: string; readonly id: string }

/** `readIn` is the epoch in which it was read: the place holds no longer than that. */
export function writePlace({ epoch, xid, id }: Place, readIn: number): string {
  return Buffer.from(`${readIn} ${epoch} ${xid} ${id}`).toString('base64url')
}

const form = /^(\d{1,9}) (\d{1,9}) (\d{1,18}) ([A-Za-z0-9.-]{0,100})$/

/** Undefined for what `writePlace` never wrote. */
export function readPlace(
  text: string,
): { readonly after: Place; readonly readIn: number } | undefined {
  const read = Buffer.from(text, 'base64url').toString('latin1')
  const [, readIn, epoch, xid, id] = form.exec(read) ?? []
  if (readIn === undefined || epoch === undefined || xid === undefined || id === undefined) {
    return undefined
  }
  return { after: { epoch: Number(epoch), xid, id }, readIn: Number(readIn) }
}
