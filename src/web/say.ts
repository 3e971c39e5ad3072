/** A text in the language of the page. Texts stand in both languages where they are said. */

import type { Language, Text } from '#base/text.ts'

/** Chooses; a plain text is the same in both languages, as a name. */
export type Say = (text: Text) => string

export function sayIn(language: Language): Say {
  return (text) => text[language]
}

export const languages: readonly Language[] = ['da', 'en']

export const languageNames: Readonly<Record<Language, string>> = { da: 'Dansk', en: 'English' }

export function otherLanguage(language: Language): Language {
  return language === 'da' ? 'en' : 'da'
}

/** '2026-03-01' as '1. marts 2026' and '1 March 2026'. */
export function sayDay(day: string): Text {
  const instant = new Date(`${day}T00:00:00Z`)
  return { da: longDays.da.format(instant), en: longDays.en.format(instant) }
}

/** An instant by the clock in Denmark: '1. marts 2026 kl. 14.05', '1 March 2026 at 14:05'. */
export function sayInstant(instant: Date): Text {
  return { da: longInstants.da.format(instant), en: longInstants.en.format(instant) }
}

const longDays = {
  da: new Intl.DateTimeFormat('da-DK', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
}

const inDenmark = { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Copenhagen' } as const
const longInstants = {
  da: new Intl.DateTimeFormat('da-DK', inDenmark),
  en: new Intl.DateTimeFormat('en-GB', inDenmark),
}
