/**
 * The documentation page of an incident type, from its declaration. Pure: the diagram and the
 * example conversation, which are spoken on other floors, are handed in.
 */

import { code, fenced, page, table } from '#api/markdown.ts'
import type { Text } from '#base/text.ts'
import type { Incident, RuleRow } from '#incident/define.ts'
import { type Field, keyFields, unknown } from '#incident/fields.ts'
import { statuses as codes, isStatusCode } from '#register/codes.ts'

/** One message of an example conversation. */
export type Spoken = {
  readonly title: string
  readonly language: 'xml' | 'json'
  readonly text: string
}

export type PageParts = {
  /** The states of an incident in Mermaid's notation. */
  readonly diagram: string
  /** What a rule says whose text is written from what was sent: one example by number. */
  readonly exampleTexts: ReadonlyMap<number, Text>
  readonly gctp: readonly Spoken[]
  readonly json: readonly Spoken[]
}

const deciders = {
  residence: 'The municipality where the person lives when it is decided.',
  'reported-to': 'The municipality that it is reported to, which the key `municipality` names.',
  'second-person': 'A second person of the authority that reported it; the first one may not.',
} as const satisfies { readonly [By in Incident['decidedBy']]: string }

const reporters = {
  citizens: 'The person, through a provider of self-service, or an authority for the person.',
  authorities: 'Authorities only; it is registered without the pending register of a municipality.',
} as const satisfies { readonly [Who in Incident['reporters']]: string }

export const generatedNote =
  'Generated from the declaration: do not edit, but run ' +
  '`node set-up/run.mjs test/house/docs.test.ts --write`.'

export function incidentPage(type: Incident, parts: PageParts): string {
  const { shape } = type
  const said = (spoken: readonly Spoken[]) =>
    spoken.flatMap(({ title, language, text }) => [title, fenced(language, text)])
  return page([
    `# ${shape.title.en}`,
    generatedNote,
    `**${shape.title.da}.** ${shape.summary.da}`,
    shape.summary.en,
    table(
      ['what', 'value'],
      [
        ['Incident code, the GCTP service', code(shape.code)],
        ['Name in the JSON door', code(shape.name)],
        ['Who reports', reporters[type.reporters]],
        ['Who decides', deciders[type.decidedBy]],
      ],
    ),
    '## Keys',
    'Given when the incident is initiated, and frozen then.',
    fieldTable(keyFields),
    '## Data',
    fieldTable(shape.fields),
    ...choiceTables(shape.fields),
    '## Whom it may be about',
    statusTable(type),
    '## Rules',
    'In order of precedence; all that do not hold are told at once. An *error* stops the step. A ' +
      '*warning* stops it once: the same step sent again passes. Every other number stands in the ' +
      '[receipts](../protocol/receipts.md).',
    ruleTable(type.ruleTable, parts.exampleTexts),
    '## Its life',
    fenced('mermaid', parts.diagram),
    '## An example over GCTP',
    'One line each on the wire, in ISO-8859-1; broken into lines here.',
    ...said(parts.gctp),
    '## The same over JSON',
    ...said(parts.json),
  ])
}

function fieldTable(fields: { readonly [name: string]: Field }): string {
  return table(
    ['name', 'on the wire', 'what it is', 'needed', 'dansk', 'English'],
    Object.entries(fields).map(([name, field]) => [
      code(name),
      field.kind === 'persons'
        ? `table ${code(field.table)}, ${code(field.wire)}`
        : code(field.wire),
      field.orUnknown
        ? `${limitsOf(field)}; ${code(unknown)} where it is not known`
        : limitsOf(field),
      field.optional ? 'no' : 'yes',
      hinted(field, 'da'),
      hinted(field, 'en'),
    ]),
  )
}

function hinted({ label, hint }: Field, language: keyof Text): string {
  return hint ? `${label[language]}: ${hint[language]}` : label[language]
}

function limitsOf(field: Field): string {
  switch (field.kind) {
    case 'pnr':
      return `a civil registration number${field.vacant ? ' that nobody has had' : ''}, ten digits with or without a hyphen after the sixth`
    case 'date':
      return 'a day: `YYYY-MM-DD`, on the wire `YYYYMMDD`'
    case 'time':
      return 'a time of day: `HH:MM`, on the wire `HHMM`'
    case 'code':
      return `a ${field.list} code, ${field.digits} digits`
    case 'number':
      return `a whole number, at most ${field.digitsMax} digits`
    case 'house':
      return 'a number from 1 to 999, possibly with a letter'
    case 'floor':
      return '`st`, `kl`, `k2` to `k9`, or 1 to 99'
    case 'door':
      return '`tv`, `mf`, `th`, or at most four digits and letters'
    case 'choice':
      return `one of ${Object.keys(field.options).map(code).join(', ')}`
    case 'text':
      return field.letters === 'name'
        ? `a name of at most ${field.lengthMax} characters; it may begin with \`c/o \``
        : `text of ISO-8859-1, at most ${field.lengthMax} characters`
    case 'persons':
      return `at most ${field.itemsMax} civil registration numbers, each once`
    default:
      return field satisfies never
  }
}

function choiceTables(fields: { readonly [name: string]: Field }): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.kind !== 'choice') return []
    const rows = Object.entries(field.options).map(([value, { wire, text }]) => {
      return [code(value), code(wire), text.da, text.en]
    })
    return [
      `The values of ${code(name)}:`,
      table(['value', 'on the wire', 'dansk', 'English'], rows),
    ]
  })
}

function statusTable({ statuses }: Incident): string {
  const rows = inOrder(statuses).map(([status, permitted]) => {
    const meaning = isStatusCode(status) ? codes[status].text.en : ''
    if (permitted === 'yes') return [status, meaning, 'yes', '', '']
    const { number, text } = permitted
    return [status, meaning, `no: ${number}`, text.da, text.en]
  })
  return table(['status', 'meaning', 'permitted', 'dansk', 'English'], rows)
}

/** By their code: names that look like numbers come first in an object, whatever was written. */
function inOrder<Value>(record: { readonly [code: string]: Value }): readonly [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
}

function ruleTable(rules: readonly RuleRow[], examples: ReadonlyMap<number, Text>): string {
  return table(
    ['number', 'rule', 'severity', 'blames', 'dansk', 'English', 'source'],
    rules.map(({ number, name, severity = 'error', blames, text, source }) => {
      const { da, en } = shownText(number, text, examples)
      return [String(number), name, severity, code(blames), da, en, source]
    }),
  )
}

/** The text, or an example of it in italics where it depends on what was sent. */
export function shownText(
  number: number,
  text: Text | undefined,
  examples: ReadonlyMap<number, Text>,
): Text {
  if (text) return text
  const example = examples.get(number)
  return example ? { da: `*${example.da}*`, en: `*${example.en}*` } : { da: '', en: '' }
}
