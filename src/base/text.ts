/** Texts in the two languages that every user of the product meets. */

export type Language = 'da' | 'en'

/** A text in Danish and English; both are always there. */
export type Text = { readonly da: string; readonly en: string }
