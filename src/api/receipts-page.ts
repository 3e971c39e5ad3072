/** The documentation page of every receipt number, from the table of receipts and the types. */

import { generatedNote, shownText } from '#api/incident-page.ts'
import { code, page, table } from '#api/markdown.ts'
import type { Text } from '#base/text.ts'
import type { Incident } from '#incident/define.ts'
import type { Receipt } from '#incident/receipt.ts'

export type ReceiptRow = {
  readonly number: number
  readonly severity: string
  readonly text: Text
  readonly source: string
  readonly from: string
}

/** Every number that an answer can carry, in order; a rule's own text stands beside the general. */
export function receiptRows(
  receipts: { readonly [number: number]: Receipt },
  types: readonly Incident[],
  exampleTexts: ReadonlyMap<number, Text>,
): readonly ReceiptRow[] {
  const general = Object.entries(receipts).map(
    ([number, { text, source, severity = 'error' }]) => ({
      ...{ number: Number(number), severity: severity as string, text, source, from: '' },
      ...(['0', '900'].includes(number) && { severity: 'success' }),
    }),
  )
  const ofRules = types.flatMap(({ shape, ruleTable }) =>
    ruleTable.map(({ number, severity = 'error', text, source, blames }) => ({
      number,
      severity,
      text: shownText(number, text, exampleTexts),
      source,
      from: `${shape.name}: ${blames}`,
    })),
  )
  const ofStatuses = [...Map.groupBy(types.flatMap(statusRows), ({ number }) => number).values()]
  const merged = ofStatuses.flatMap(([first, ...others]) =>
    first
      ? [{ ...first, from: [...new Set([first, ...others].map(({ from }) => from))].join(', ') }]
      : [],
  )
  return [...general, ...ofRules, ...merged].sort((a, b) => a.number - b.number)
}

function statusRows({ shape, statuses }: Incident): readonly ReceiptRow[] {
  return Object.values(statuses).flatMap((permitted) => {
    if (permitted === 'yes') return []
    const { number, text } = permitted
    return [{ number, severity: 'error', text, source: 'rules 4.2', from: `${shape.name}: pnr` }]
  })
}

export function receiptsPage(rows: readonly ReceiptRow[]): string {
  return page([
    '# Receipts',
    generatedNote,
    'Every number that an answer can carry, the same in GCTP and JSON. `%1%` stands for what was ' +
      'sent; a text in italics is an example of one that is written from what was sent. The source ' +
      'says of a general number how sure its Danish text is (see [gctp.md](gctp.md)), of a rule ' +
      'where it comes from. Rules of incident types number from 9100; the column *rule of* names ' +
      'the type and what it blames.',
    table(
      ['number', 'severity', 'dansk', 'English', 'source', 'rule of'],
      rows.map(({ number, severity, text, source, from }) => [
        String(number),
        severity,
        text.da,
        text.en,
        source,
        from === '' ? '' : code(from),
      ]),
    ),
  ])
}
