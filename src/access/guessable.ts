/**
 * Whether a password is one that others try first, once its decoration is stripped. Pure; knows no
 * rule of composition.
 */

import { commonPasswords, commonWords, municipalityNames } from '#access/guessable-words.ts'
import leakedWords from '#access/leaked-words.json' with { type: 'json' }
import { possibleEssencesOf, readLeakedWords, writtenFor } from '#access/leaked-words.ts'

const leaked = readLeakedWords(leakedWords.words)

/** ASVS 6.2.4, 6.2.11, 6.2.12: common and leaked ones, and words that belong to this register. */
export function isGuessable(password: string, personCode: string): boolean {
  const small = password.toLowerCase()
  if (commonPasswords.has(small) || possibleEssencesOf(small).some((each) => leaked.has(each)))
    return true
  if (small.includes('cpr') || small.includes(personCode.toLowerCase())) return true
  return [small, lettersOf(small)].some(
    (written) =>
      seasonAndYear.test(written) || commonWords.has(coreOf(written)) || namesMunicipality(written),
  )
}

const seasonAndYear =
  /(?:spring|summer|autumn|fall|winter|foraar|forar|sommer|efteraar|efterar|vinter)[^a-z0-9]{0,3}(?:19|20)?[0-9]{2}(?![0-9])/

/** What is left when digits and signs around it are gone: `2024!Password#1` is about `password`. */
function coreOf(written: string): string {
  return written.replaceAll(/^[^a-z]+/g, '').replaceAll(/[^a-z]+$/g, '')
}

/** `p@ssw0rd` as `password`. Signs at the ends are decoration, not letters. */
function lettersOf(small: string): string {
  const core = small.replace(/^[^a-z@$]+/, '').replace(/[^a-z]+$/, '')
  return [...core].map((sign) => writtenFor[sign] ?? sign).join('')
}

/** Short names are found only when nothing else is left: `aero` is part of ordinary words. */
const nameLettersMin = 5

function namesMunicipality(written: string): boolean {
  const core = coreOf(written)
  return municipalitySpellings.some((name) =>
    name.length < nameLettersMin ? core === name : core.includes(name),
  )
}

/** Danish letters cannot be typed in a password, so each is looked for as people rewrite it. */
const rewritings = [
  { æ: 'ae', ø: 'oe', å: 'aa' },
  { æ: 'ae', ø: 'o', å: 'a' },
  { æ: 'a', ø: 'o', å: 'a' },
]

const municipalitySpellings: readonly string[] = [
  ...new Set(
    municipalityNames
      .flatMap((name) => name.toLowerCase().split('-'))
      .flatMap((name) =>
        rewritings.map(({ æ, ø, å }) =>
          name.replaceAll('æ', æ).replaceAll('ø', ø).replaceAll('å', å),
        ),
      )
      .flatMap((name) => [name, name.replaceAll('aa', 'a')]),
  ),
]
