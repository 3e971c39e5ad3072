/**
 * The list of leaked passwords as it is shipped: what is left of each when the decoration is gone,
 * sorted, each word by how much of the one before it begins it. Knows no rule.
 */

/** Shorter ones are part of too much that is not guessable. */
const lettersMin = 4

/** The words of the shipped text: `0dragon6fly` is `dragon` and `dragonfly`. */
export function readLeakedWords(text: string): ReadonlySet<string> {
  const words = new Set<string>()
  let before = ''
  for (const [, kept, rest = ''] of text.matchAll(/(\d{1,3})([a-z]+)/g)) {
    before = before.slice(0, Number(kept)) + rest
    words.add(before)
  }
  return words
}

export function writeLeakedWords(words: Iterable<string>): string {
  let before = ''
  let text = ''
  for (const word of [...new Set(words)].sort()) {
    let kept = 0
    while (kept < word.length - 1 && word[kept] === before[kept]) kept += 1
    text += `${kept}${word.slice(kept)}`
    before = word
  }
  return text
}

/** Signs behind a word are its decoration, or stand for its last letters: so many are tried. */
const lastLettersMax = 6

/**
 * What a password is about, in small letters alone: with signs read as the letters they stand for,
 * and with them left out. The same is done to the list and to what is judged, so `P4ssw0rd!2024` is
 * found as `password`.
 */
export function essencesOf(password: string): readonly string[] {
  return distinct(bothWays(withoutDecoration(password)[0]))
}

/** The same, and what it is about when the signs at its end are letters, as in `ch33$3`. */
export function possibleEssencesOf(password: string): readonly string[] {
  const [core, behind] = withoutDecoration(password)
  const ends = Array.from({ length: lastLettersMax + 1 }, (_, signs) => behind.slice(0, signs))
  return distinct(ends.flatMap((end) => bothWays(core + end)))
}

function withoutDecoration(password: string): readonly [core: string, behind: string] {
  const begun = password.toLowerCase().replace(/^[^a-z@$]+/, '')
  const core = begun.replace(/[^a-z]+$/, '')
  return [core, begun.slice(core.length)]
}

function bothWays(core: string): readonly string[] {
  const read = [...core].map((sign) => writtenFor[sign] ?? sign).join('')
  return [read, core].map((each) => each.replaceAll(/[^a-z]/g, ''))
}

function distinct(essences: readonly string[]): readonly string[] {
  return [...new Set(essences)].filter((each) => each.length >= lettersMin)
}

export const writtenFor: { readonly [sign: string]: string } = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  '5': 's',
  $: 's',
  '7': 't',
  '+': 't',
}
