/** Municipalities and countries to choose from, out of the reference lists that the product ships. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCsv } from '#base/csv.ts'

export type ListItem = { readonly value: string; readonly text: string }

export type Lists = {
  readonly municipalities: readonly ListItem[]
  readonly countries: readonly ListItem[]
  readonly nameOf: (code: string) => string | undefined
}

const file = join(import.meta.dirname, '../../reference/authorities.csv')
const headings = ['code', 'type', 'name', 'alpha2', 'valid_from', 'valid_to']
const byName = new Intl.Collator('da')

/** Those that exist on a day. Denmark is no country to move to or from. */
export function readLists(today: string): Lists {
  const rows = readCsv(readFileSync(file, 'utf8'), headings).filter(
    ({ valid_from: from = '', valid_to: to = '' }) => from <= today && (to === '' || to > today),
  )
  const list = (fits: (row: (typeof rows)[number]) => boolean): readonly ListItem[] =>
    rows
      .filter(fits)
      .map(({ code = '', name = '' }) => ({ value: code, text: name }))
      .sort((a, b) => byName.compare(a.text, b.text))
  const names = new Map(rows.map(({ code = '', name = '' }) => [code, name]))
  return {
    municipalities: list(({ type, code = '' }) => type === '05' && code < '0900'),
    countries: list(({ type }) => type === '30'),
    nameOf: (code) => names.get(code),
  }
}
