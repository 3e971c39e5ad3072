/** Texts in the two languages that every user of the product meets. */

export type Language = 'da' | 'en'

/** A text in Danish and English; both are always there. */
export type Text = { readonly da: string; readonly en: string }

/** What somebody wrote, closed, so that what follows it begins a sentence of its own. */
export function sentence(written: string): string {
  return /[.!?…:][«»”"')]{0,3}$/.test(written) ? written : `${written}.`
}
