/**
 * What a new password of a person code must be, and how long it lives (decision 0020).
 * Pure: knows neither hashes nor the store.
 */

import { isGuessable } from '#access/guessable.ts'
import { assert } from '#base/assert.ts'
import type { Random } from '#base/ids.ts'
import type { Text } from '#base/text.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'

/** Receipt 908, "Det nye kodeord er ikke gyldigt": one number for all broken rules (observed). */
export const passwordRefused = 908

const bytesMin = 8
/** NIST 800-63B asks for at least 64; CPR names no limit. Inferred. */
export const passwordBytesMax = 128

/**
 * CPR's three published lists differ. Inferred: what any list allows, less what any forbids, so
 * `\` and the back-tick may be used, `'` and the typographic apostrophe may not.
 */
export const specialCharacters = '~`!@#$%^*()_-+=,./\\{}[];:'

type Rule = {
  readonly name: string
  readonly text: Text
  readonly holds: (password: string, personCode: string) => boolean
}

/** In the order in which they are told. `Rule.text` never repeats what was typed. */
const rules: readonly Rule[] = [
  {
    name: 'long-enough',
    text: {
      da: 'Kodeordet skal være på mindst 8 tegn.',
      en: 'The password must have at least 8 characters.',
    },
    holds: (password) => password.length >= bytesMin,
  },
  {
    name: 'not-too-long',
    text: {
      da: 'Kodeordet må højst være på 128 tegn.',
      en: 'The password must have at most 128 characters.',
    },
    holds: (password) => Buffer.byteLength(password) <= passwordBytesMax,
  },
  {
    name: 'has-small-letter',
    text: {
      da: 'Kodeordet skal have mindst ét lille bogstav a-z.',
      en: 'The password must have at least one small letter a-z.',
    },
    holds: (password) => /[a-z]/.test(password),
  },
  {
    name: 'has-capital-letter',
    text: {
      da: 'Kodeordet skal have mindst ét stort bogstav A-Z.',
      en: 'The password must have at least one capital letter A-Z.',
    },
    holds: (password) => /[A-Z]/.test(password),
  },
  {
    name: 'has-digit',
    text: {
      da: 'Kodeordet skal have mindst ét ciffer.',
      en: 'The password must have at least one digit.',
    },
    holds: (password) => /[0-9]/.test(password),
  },
  {
    name: 'has-special-character',
    text: {
      da: `Kodeordet skal have mindst ét af tegnene ${specialCharacters}`,
      en: `The password must have at least one of the characters ${specialCharacters}`,
    },
    holds: (password) => [...password].some((sign) => specialCharacters.includes(sign)),
  },
  {
    name: 'only-allowed-characters',
    text: {
      da: `Kodeordet må kun have bogstaverne a-z og A-Z, cifre og tegnene ${specialCharacters}`,
      en: `The password may only have the letters a-z and A-Z, digits and ${specialCharacters}`,
    },
    holds: (password) => [...password].every(isAllowed),
  },
  {
    name: 'not-guessable',
    text: {
      da:
        'Kodeordet er for let at gætte. Undgå almindelige ord, kommunenavne, »cpr«, årstider ' +
        'med årstal og din egen personkode.',
      en:
        'The password is too easy to guess. Avoid common words, names of municipalities, “cpr”, ' +
        'seasons with a year, and your own person code.',
    },
    // Beyond the limit another rule refuses, and nothing long is searched.
    holds: (password, personCode) =>
      Buffer.byteLength(password) > passwordBytesMax || !isGuessable(password, personCode),
  },
]

/** Told by the store, which alone has the earlier hashes. */
export const passwordUsedBefore = refusalOf({
  da: 'Kodeordet har været brugt før. Vælg et, som du ikke har haft.',
  en: 'The password was used before. Choose one that you have not had.',
})

export const passwordChangedToday = refusalOf({
  da: 'Kodeordet kan kun skiftes én gang i døgnet. Prøv igen senere.',
  en: 'The password can be changed only once in 24 hours. Try again later.',
})

/** The one who asks has the password before the present one, which still signs on for a while. */
export const passwordChangedAlready = refusalOf({
  da: 'Kodeordet er skiftet. Brug det nye; det gamle kan ikke længere skifte det.',
  en: 'The password has been changed. Use the new one; the old one can no longer change it.',
})

/** Receipt 907; only a client that repeats the new password can meet it. */
export const passwordsDiffer: Refusal = refuse(907, 'newPasswordAgain')

/** Every broken rule at once, in the order of the table; none when the password may be used. */
export function refusalsOfPassword(password: string, personCode: string): readonly Refusal[] {
  return rules
    .filter(({ holds }) => !holds(password, personCode))
    .map(({ text }) => refusalOf(text))
}

function refusalOf(text: Text): Refusal {
  return { number: passwordRefused, severity: 'error', field: 'newPassword', text }
}

function isAllowed(sign: string): boolean {
  return /^[a-zA-Z0-9]$/.test(sign) || specialCharacters.includes(sign)
}

// Life ----------------------------------------------------------------------------------------

const hourMs = 3_600_000

/** Instants, not Danish days: 90 × 24 hours after the change, whatever summer time does. */
export const passwordLifeMs = 90 * 24 * hourMs
export const warnBeforeEndMs = 14 * 24 * hourMs
export const oneTimeLifeMs = 24 * hourMs
export const betweenChangesMs = 24 * hourMs

/** The first instant at which the password opens nothing more: the life is half-open. */
export function passwordEnd(setAt: Date, kind: 'lasting' | 'one-time'): Date {
  return new Date(setAt.valueOf() + (kind === 'lasting' ? passwordLifeMs : oneTimeLifeMs))
}

export function isPastLife(expiresAt: Date, now: Date): boolean {
  return now >= expiresAt
}

export function endsSoon(expiresAt: Date, now: Date): boolean {
  return expiresAt.valueOf() - now.valueOf() <= warnBeforeEndMs
}

/** A one-time password must be changed at once, so the day's limit is not for it (A16). */
export function mayChangePassword(
  current: { readonly oneTime: boolean; readonly passwordSetAt: Date },
  now: Date,
): boolean {
  return current.oneTime || now.valueOf() - current.passwordSetAt.valueOf() >= betweenChangesMs
}

// One-time passwords --------------------------------------------------------------------------

/** Without characters that are mistaken for each other when they are read aloud or typed. */
const readable = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** Sixteen readable letters and digits in four groups, about 92 random bits, within the rules. */
export function makeOneTimePassword(random: Random, personCode: string): string {
  for (let attempt = 0; attempt < 100; attempt++) {
    const groups = Array.from({ length: 4 }, () => readableLetters(random, 4))
    const password = groups.join('-')
    if (refusalsOfPassword(password, personCode).length === 0) return password
  }
  assert(false, 'a hundred one-time passwords broke the rules: the source of chance is broken')
}

function readableLetters(random: Random, length: number): string {
  let text = ''
  for (let attempt = 0; text.length < length; attempt++) {
    assert(attempt < 100, 'a hundred handfuls of bytes gave no letters: chance is broken')
    for (const byte of random(length)) {
      // Bytes beyond the last whole multiple are thrown away, or the first letters came oftener.
      const sign = byte < 256 - (256 % readable.length) ? readable[byte % readable.length] : ''
      if (text.length < length) text += sign ?? ''
    }
  }
  return text
}
