/**
 * The network that an address belongs to, where what one can have is bounded. Knows no request and
 * no budget.
 */

const groupsOfNetwork = 4
const groupsOfSite = 3

/**
 * An IPv4 address is its own; one who has an IPv6 address has the whole /64 around it, and could
 * call from another one each time (RFC 6177). What is no address stays what it is.
 */
export function networkOf(address: string): string {
  return firstOf(address, groupsOfNetwork)
}

/**
 * What one customer has of IPv6 may be a /48, which is 65,536 such networks (RFC 6177). For shares
 * and wide bounds alone: smaller customers may be neighbours in it.
 */
export function siteOf(address: string): string {
  return firstOf(address, groupsOfSite)
}

function firstOf(address: string, count: number): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = groupsIn(head)
  const missing = tail === undefined ? 0 : 8 - groups.length - groupsIn(tail).length
  const all = [...groups, ...Array<string>(Math.max(missing, 0)).fill('0'), ...groupsIn(tail ?? '')]
  return all.slice(0, count).map(shortest).join(':')
}

function groupsIn(part: string): readonly string[] {
  return part.split(':').filter((group) => group !== '')
}

/** A proxy may write what Node would not: `2001:0DB8` is `2001:db8`. */
function shortest(group: string): string {
  return group.toLowerCase().replace(/^0+(?=[0-9a-f])/, '')
}
