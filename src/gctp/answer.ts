/**
 * Answers as bytes. What real clients break on is kept here: the default namespace, exactly one
 * receipt with all three attributes, ISO-8859-1, and empty fields without `v`.
 */

import { assert } from '#base/assert.ts'
import { element, type XmlElement } from '#base/xml/element.ts'
import { writeXml } from '#base/xml/write.ts'
import type {
  AnswerData,
  AnswerField,
  AnswerTable,
  GctpAnswer,
  Receipt,
  SearchAnswer,
  UpdateAnswer,
} from '#gctp/message.ts'
import {
  actionsTable,
  dataMarks,
  declarationOn,
  detailFields,
  gctpNamespace,
  headerMarks,
  receiptKinds,
  systems,
} from '#gctp/values.ts'

export function writeAnswer(answer: GctpAnswer): Buffer {
  assertSpeakable(answer)
  const message = writeMessage(answer)
  const gctp = element('Gctp', { v: answer.version, env: answer.env }, [message])
  return writeXml(element('root', {}, [gctp]), {
    namespace: gctpNamespace,
    declaration: answer.kind === 'security' ? declarationOn.security : declarationOn.service,
  })
}

/** Clients take `r="Ok"` or 900 for a success and look no further (observed). */
function assertSpeakable({ kind, receipt }: GctpAnswer): void {
  const { ok, security } = receiptKinds
  assert((receipt.kind === ok) === (receipt.number === 0), 'number 0 is Ok, and nothing else is')
  if (kind === 'security') assert(receipt.kind !== ok, 'a security call is never Ok: it is 900')
  else assert(receipt.kind !== security, 'returKode answers security calls only')
  const securityNumber = receipt.number >= 900 && receipt.number <= 908
  assert(securityNumber === (receipt.kind === security), '900 to 908 belong to security calls')
}

function writeMessage(answer: GctpAnswer): XmlElement {
  switch (answer.kind) {
    case 'security':
      return element('Sik', {}, [writeReceipt(answer.receipt)])
    case 'search':
      return writeService(systems.search, answer, writeSearchHeader(answer))
    case 'update':
      return writeService(systems.update, answer, writeUpdateHeader(answer))
    default:
      return answer satisfies never
  }
}

function writeService(
  system: string,
  { service, data, receipt }: SearchAnswer | UpdateAnswer,
  header: XmlElement,
): XmlElement {
  const content = [header, ...(data ? [writeData(data)] : []), writeReceipt(receipt)]
  return element('System', { r: system }, [element('Service', { r: service }, content)])
}

function writeSearchHeader({ service, ts }: SearchAnswer): XmlElement {
  return element('CprServiceHeader', { r: service, ts })
}

function writeUpdateHeader({ service, header }: UpdateAnswer): XmlElement {
  const { mk, state, vent, st, ts, actions } = header
  const rows = (actions ?? []).map((action, place) =>
    element('Row', { k: String(place + 1) }, [
      writeField({ name: actionsTable.field, value: action }),
    ]),
  )
  return element(
    'CprServiceHeader',
    { r: service, mk, a: state, u: vent && headerMarks.vent, st, ts },
    actions ? [element('Table', { r: actionsTable.table }, rows)] : [],
  )
}

function writeData({ group, fields = [], tables = [], fieldsAfter = [] }: AnswerData): XmlElement {
  const content = [
    ...(group ? [element('Praes', { r: group.name }, group.fields.map(writeField))] : []),
    ...fields.map(writeField),
    ...tables.map(writeTable),
    ...fieldsAfter.map(writeField),
  ]
  return element('CprData', { u: dataMarks.data }, [
    element('Rolle', { r: dataMarks.role }, content),
  ])
}

function writeTable({ name, count, rows }: AnswerTable): XmlElement {
  return element(
    'Table',
    { r: name, aia: count },
    rows.map(({ key, heading, fields }) =>
      element('Row', { k: key, u: heading && dataMarks.headingRow }, fields.map(writeField)),
    ),
  )
}

/** An empty field is the element without `v`; it is never left out and never `v=""` (observed). */
function writeField(field: AnswerField): XmlElement {
  return element('Field', {
    r: field.name,
    v: field.value || undefined,
    t: field.text || undefined,
    tl: field.longText || undefined,
    tm: field.furtherText || undefined,
    ts: field.shortText || undefined,
  })
}

function writeReceipt({ kind, number, text, details = [] }: Receipt): XmlElement {
  const rows = details.map((detail) => {
    assert(detail.text !== '', 'every detail row has its text, which is what clients show')
    return element('Row', {}, [
      writeField({ name: detailFields.text, value: inLatin1(detail.text) }),
      writeField({ name: detailFields.field, value: detail.field ?? '' }),
      writeField({ name: detailFields.number, value: detail.number?.toString() ?? '' }),
      ...(detail.english === undefined
        ? []
        : [writeField({ name: detailFields.english, value: inLatin1(detail.english) })]),
    ])
  })
  const table = rows.length > 0 ? [element('Table', {}, rows)] : []
  return element('Kvit', { r: kind, t: inLatin1(text), v: String(number) }, table)
}

/** Texts of receipts are ours, and written for screens: ISO-8859-1 has no place for these marks. */
const plainMarks: Readonly<Record<string, string>> = {
  ...{ '‘': "'", '’': "'", '“': '"', '”': '"', '–': '-', '—': '-', '…': '...' },
}

function inLatin1(text: string): string {
  return text.replaceAll(/[‘’“”–—…]/g, (mark) => plainMarks[mark] ?? mark)
}
