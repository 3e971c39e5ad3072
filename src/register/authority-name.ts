/** What an authority is called in full, from its code and the short name that lists have. Knows no person. */

/** Municipalities of the register's kind lie between these, in Denmark and in Greenland. */
const first = '0101'
const last = '0999'

/** Those that are not called by their short name and the word for municipality after it. */
const calledOtherwise: ReadonlyMap<string, string> = new Map([
  ['0101', 'Københavns Kommune'],
  ['0400', 'Bornholms Regionskommune'],
  // Under a ministry, and part of no municipality.
  ['0411', 'Christiansø'],
  ['0955', 'Kommune Kujalleq'],
  ['0956', 'Kommuneqarfik Sermersooq'],
  ['0957', 'Qeqqata Kommunia'],
  ['0959', 'Kommune Qeqertalik'],
  ['0960', 'Avannaata Kommunia'],
  ['0961', 'Uden kommunal inddeling'],
  ['0999', 'Testkommune'],
])

/** A name, and so the same in each language. */
export function fullAuthorityName({
  code,
  name,
}: {
  readonly code: string
  readonly name: string
}): string {
  if (code < first || code > last) return name
  return calledOtherwise.get(code) ?? `${name} Kommune`
}
