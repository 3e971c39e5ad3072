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
