/**
 * Network addresses as person codes list them: IPv4 and IPv6, each exact and in one spelling, as at
 * CPR. Ranges are not taken. Knows no request.
 */

/** As many addresses as a provider with several machines needs (inferred). */
export const sourcesMax = 50

/** The address in its one spelling; undefined for what is none. */
export function readSource(text: string): string | undefined {
  if (isIpv4(text)) return text
  if (text.length > 45 || !/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) return undefined
  const host = `http://[${text}]/`
  if (!URL.canParse(host)) return undefined
  const address = new URL(host).hostname.slice(1, -1)
  return ipv4Within(address) ?? address
}

/** As the doors see it: what is no address, as in a test, stays what it is and is never listed. */
export function sourceOf(text: string): string {
  return readSource(text) ?? text
}

/** Whether the list lets the address in; an empty one lets in all. */
export function isListed(sources: readonly string[], source: string): boolean {
  return sources.length === 0 || sources.includes(source)
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  // A leading zero is octal to some readers: no address, rather than another one.
  return (
    parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  )
}

/** A socket that listens on both gives IPv4 as `::ffff:c000:207`. */
function ipv4Within(address: string): string | undefined {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address) ?? []
  if (high === undefined || low === undefined) return undefined
  const bits = [high, low].map((part) => Number.parseInt(part, 16))
  return bits.flatMap((part) => [part >> 8, part & 255]).join('.')
}
