/**
 * Canaries: texts that only a protected person has, as unmistakable as they are harmless. Each says
 * whose and which it is. Pure; it knows no register and no channel.
 */

/** What of a person a canary stands in for. */
export const places = {
  g: 'given name',
  s: 'surname',
  c: 'c/o name',
  k: 'contact address',
  a: 'road of an address',
  f: 'foreign address',
  n: 'report that waits',
} as const

export type Place = keyof typeof places

/** One of the canaries of one population; a test file and its programs may have several. */
export type Bird = { readonly flock: string; readonly index: number }

export const alphabet = 'abcdefghijklmnopqrstuvwxyz'
const song = /kanarix[a-z]{5}/gi

/** A name by CPR's letters, short enough that nothing cuts it. */
export function canary({ flock, index }: Bird, place: Place): string {
  const letters = [676, 26, 1].map((unit) => alphabet[Math.floor(index / unit) % 26]).join('')
  return `Kanarix${flock}${letters}${place}`
}

export type Heard = Bird & { readonly place: string; readonly text: string }

/** The canaries in a text, each once; in whatever case they are written. */
export function canariesIn(text: string): readonly Heard[] {
  // Most texts hold none: to find that out costs one search for a plain word.
  if (!/kanarix/i.test(text)) return []
  const heard = new Map<string, Heard>()
  for (const [whole] of text.matchAll(song)) {
    const [flock = '', ...letters] = whole.toLowerCase().slice('kanarix'.length)
    const place = letters.pop() ?? ''
    const index = letters.reduce((n, each) => n * 26 + alphabet.indexOf(each), 0)
    const known = Object.entries(places).find(([code]) => code === place)
    heard.set(whole.toLowerCase(), { flock, index, place: known?.[1] ?? place, text: whole })
  }
  return [...heard.values()]
}
