/** A person's name: the characters and lengths it may have, and the forms it is written in. */

import type { NameMark } from '#register/codes.ts'

/** Given names, middle names and one surname, each within the letters of ISO-8859-1. */
export type Name = { readonly given: string; readonly middle?: string; readonly surname: string }

/** A piece of a name that fits the register, with what happened to it on the way. */
export type FittedName = {
  readonly text: string
  readonly marks: readonly NameMark[]
  /** What was given, where it differs. Nothing is dropped silently (rules CHR-2, CHR-4). */
  readonly original?: string
}

/** Lengths of the record layouts, counted in characters (rule CHR-6). */
export const nameLengths = { given: 50, middle: 40, surname: 40, addressing: 34 } as const

/** Letters of ISO-8859-1: × and ÷ lie among them and are none. */
const letters = 'A-Za-zÀ-ÖØ-öø-ÿ'
const nameForm = new RegExp(`^[${letters}](?:[${letters}' -]*[${letters}'])?$`)

/** Letters that have no accent to take away; the replacement is ours (inferred). */
const replacements: { readonly [letter: string]: string } = {
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  Œ: 'OE',
  œ: 'oe',
  Ħ: 'H',
  ħ: 'h',
  ı: 'i',
  Ŋ: 'N',
  ŋ: 'n',
  Ŧ: 'T',
  ŧ: 't',
  ĸ: 'k',
  Ə: 'E',
  ə: 'e',
  ẞ: 'SS',
  ʻ: "'",
  '’': "'",
  '‐': '-',
  '–': '-',
}

/** Whether the text can stand in a name field as it is. */
export function isNameText(text: string, lengthMax: number): boolean {
  return text.length <= lengthMax && !text.includes('  ') && nameForm.test(text)
}

/**
 * Makes a name fit the register: composed (CHR-3), one blank at a time (CHR-9), letters outside
 * ISO-8859-1 replaced under the mark '*', the end cut under the mark '+'. Undefined when it holds
 * what is no letter, blank, hyphen or apostrophe, or has no letter at all.
 */
export function fitName(given: string, lengthMax: number): FittedName | undefined {
  const tidy = given.normalize('NFC').replaceAll(/ +/g, ' ').trim()
  const latin = [...tidy].map(toLatin1).join('')
  if (!nameForm.test(latin)) return undefined
  const text = latin.slice(0, lengthMax).trimEnd()
  const marks: NameMark[] = []
  if (latin !== tidy) marks.push('*')
  if (latin.length > lengthMax) marks.push('+')
  return { text, marks, ...(marks.length > 0 && { original: given }) }
}

/** The whole name in natural order: 'Petra Test Prøve'. */
export function fullName(name: Name): string {
  return [name.given, name.middle, name.surname].filter(Boolean).join(' ')
}

/** The name in tables: 'Prøve,Petra Test'. */
export function nameForTable(name: Name): string {
  return `${name.surname},${[name.given, name.middle].filter(Boolean).join(' ')}`
}

/**
 * The name on an envelope, at most 34 characters. Whole where it fits; else the surname is kept
 * with at least one first name, possibly shortened (rule CHR-5). The order is ours (inferred):
 * initials from the end, then fewer of them, then a shorter first name, and the surname's end last.
 */
export function addressingName(name: Name): string {
  const max = nameLengths.addressing
  const [first = '', ...others] = [name.given, name.middle ?? ''].join(' ').trim().split(' ')
  const written = (before: readonly string[]) => [...before, name.surname].join(' ')
  const fits = (before: readonly string[]) => written(before).length <= max
  for (let kept = others.length; kept >= 0; kept -= 1) {
    const tried = [first, ...others.map((each, at) => (at < kept ? each : each.slice(0, 1)))]
    if (fits(tried)) return written(tried)
  }
  for (let kept = others.length; kept >= 0; kept -= 1) {
    const tried = [first, ...others.slice(0, kept).map((each) => each.slice(0, 1))]
    if (fits(tried)) return written(tried)
  }
  const room = Math.max(1, max - name.surname.length - 1)
  return written([first.slice(0, room)])
    .slice(0, max)
    .trimEnd()
}

const danish = new Intl.Collator('da', { sensitivity: 'variant' })

/** Danish order: æ, ø and å come last, and 'aa' sorts as å (rule CHR-7). */
export function compareDanish(a: string, b: string): number {
  return danish.compare(a, b)
}

/** Danish order of persons in lists: by surname, then by the rest. */
export function compareNames(a: Name, b: Name): number {
  return compareDanish(a.surname, b.surname) || compareDanish(fullName(a), fullName(b))
}

function toLatin1(letter: string): string {
  if (letter.codePointAt(0) === undefined || letter <= '\u00ff') return letter
  const base = letter.normalize('NFD').replaceAll(/\p{M}/gu, '')
  return replacements[letter] ?? replacements[base] ?? base
}
