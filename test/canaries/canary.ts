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
  f: 'foreign address',
  n: 'report that waits',
} as const

export type Place = keyof typeof places

/** A name by CPR's letters, short enough that nothing cuts it. */
export function canary(index: number, place: Place): string {
  const letters = [676, 26, 1].map((unit) => alphabet[Math.floor(index / unit) % 26]).join('')
  return `Kanarix${letters}${place}`
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz'
const song = /kanarix([a-z]{3})([a-z])/gi

export type Heard = { readonly index: number; readonly place: string; readonly text: string }

/** The canaries in a text, each once; in whatever case they are written. */
export function canariesIn(text: string): readonly Heard[] {
  // Most texts hold none: to find that out costs one search for a plain word.
  if (!/kanarix/i.test(text)) return []
  const heard = new Map<string, Heard>()
  for (const [whole, letters = '', place = ''] of text.matchAll(song)) {
    const index = [...letters.toLowerCase()].reduce((n, each) => n * 26 + alphabet.indexOf(each), 0)
    const known = Object.entries(places).find(([code]) => code === place.toLowerCase())
    heard.set(whole.toLowerCase(), { index, place: known?.[1] ?? place, text: whole })
  }
  return [...heard.values()]
}
