/**
 * An answer as a value, for those who call a CPR server. Reads by path and by name: the order of
 * elements may differ (CPR's wiki), and what it does not know it passes over.
 */

import { type Unreadable, unreadable, type XmlElement } from '#base/xml/element.ts'
import { isUnreadable, readXml } from '#base/xml/read.ts'
import type {
  AnswerData,
  AnswerField,
  AnswerTable,
  GctpAnswer,
  Receipt,
  ReceiptDetail,
  UpdateHeader,
} from '#gctp/message.ts'
import {
  actionsTable,
  detailFields,
  gctpNamespace,
  headerMarks,
  receiptKinds,
  systems,
  versions,
} from '#gctp/values.ts'

/** Answers hold lists, so they may be larger than requests (inferred). */
const limits = { bytesMax: 2 * 1024 * 1024, elementsMax: 50_000 }

export function readAnswer(bytes: Uint8Array): GctpAnswer | Unreadable {
  const document = readXml(bytes, { namespace: gctpNamespace, limits })
  if (isUnreadable(document)) return document
  const gctp = document.name === 'root' ? findChild(document, 'Gctp') : document
  const version = versions.find((each) => each === gctp?.attributes.get('v'))
  if (gctp?.name !== 'Gctp' || version === undefined) return notAnswer
  const env = gctp.attributes.get('env')
  const frame = { version, ...(env !== undefined && { env }) }
  const sik = findChild(gctp, 'Sik')
  if (sik) {
    const receipt = readReceipt(findChild(sik, 'Kvit'))
    return receipt ? { kind: 'security', ...frame, receipt } : notAnswer
  }
  const system = findChild(gctp, 'System')
  const serviceElement = findChild(system, 'Service')
  const service = serviceElement?.attributes.get('r')
  const receipt = readReceipt(findChild(serviceElement, 'Kvit'))
  if (!service || !receipt) return notAnswer
  const header = findChild(serviceElement, 'CprServiceHeader')
  const data = readData(findChild(serviceElement, 'CprData'))
  const told = { ...frame, service, ...(data && { data }), receipt }
  switch (system?.attributes.get('r')) {
    case systems.search: {
      const ts = header?.attributes.get('ts')
      return { kind: 'search', ...told, ...(ts && { ts }) }
    }
    case systems.update:
      return { kind: 'update', ...told, header: readHeader(header) }
    default:
      return notAnswer
  }
}

const notAnswer = unreadable('Svaret er ikke et GCTP-svar', 'The answer is not one of GCTP')

function readReceipt(kvit: XmlElement | undefined): Receipt | undefined {
  const number = kvit?.attributes.get('v') ?? ''
  if (!kvit || !/^\d{1,9}$/.test(number)) return undefined
  const sent = kvit.attributes.get('r')
  // A kind that we do not know is never a success.
  const kind = Object.values(receiptKinds).find((each) => each === sent) ?? receiptKinds.error
  const text = kvit.attributes.get('t') ?? ''
  const details = children(findChild(kvit, 'Table'), 'Row').map(readDetail)
  return { kind, number: Number(number), text, ...(details.length > 0 && { details }) }
}

function readDetail(row: XmlElement): ReceiptDetail {
  const fields = readFields(row)
  const value = (name: string) => fields.find((field) => field.name === name)?.value
  const field = value(detailFields.field)
  const number = value(detailFields.number)
  const english = value(detailFields.english)
  return {
    text: value(detailFields.text) ?? '',
    ...(field !== undefined && { field }),
    ...(number !== undefined && /^\d{1,9}$/.test(number) && { number: Number(number) }),
    ...(english !== undefined && { english }),
  }
}

function readHeader(header: XmlElement | undefined): UpdateHeader {
  const told = (name: string) => header?.attributes.get(name) || undefined
  const [mk, state, st, ts] = [told('mk'), told('a'), told('st'), told('ts')]
  const table = children(header, 'Table').find(
    ({ attributes }) => attributes.get('r') === actionsTable.table,
  )
  const actions = table && readActions(table)
  return {
    ...(mk && { mk }),
    ...(state && { state }),
    ...(told('u') === headerMarks.vent && { vent: true }),
    ...(st && { st }),
    ...(ts && { ts }),
    ...(actions && { actions }),
  }
}

function readActions(table: XmlElement): readonly string[] {
  return dataRows(table)
    .flatMap(readFields)
    .flatMap(({ name, value }) => (name === actionsTable.field && value ? [value] : []))
}

function readData(data: XmlElement | undefined): AnswerData | undefined {
  const role = findChild(data, 'Rolle')
  if (!role) return undefined
  const praes = findChild(role, 'Praes')
  const fields = readFields(role)
  const tables = children(role, 'Table').map(readTable)
  return {
    ...(praes && { group: { name: praes.attributes.get('r') ?? '', fields: readFields(praes) } }),
    ...(fields.length > 0 && { fields }),
    ...(tables.length > 0 && { tables }),
  }
}

function readTable(table: XmlElement): AnswerTable {
  const count = table.attributes.get('aia')
  return {
    name: table.attributes.get('r') ?? '',
    ...(count && { count }),
    rows: dataRows(table).map((row) => {
      const key = row.attributes.get('k')
      return { ...(key && { key }), fields: readFields(row) }
    }),
  }
}

/** Rows with the mark `u` are headings; every client skips them (observed). */
function dataRows(table: XmlElement): readonly XmlElement[] {
  return children(table, 'Row').filter((row) => !row.attributes.has('u'))
}

function readFields(parent: XmlElement): readonly AnswerField[] {
  return children(parent, 'Field').map(({ attributes }) => {
    const [value, text] = [attributes.get('v'), attributes.get('t')]
    const [longText, furtherText] = [attributes.get('tl'), attributes.get('tm')]
    const shortText = attributes.get('ts')
    return {
      name: attributes.get('r') ?? '',
      ...(value && { value }),
      ...(text && { text }),
      ...(longText && { longText }),
      ...(furtherText && { furtherText }),
      ...(shortText && { shortText }),
    }
  })
}

function children(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return (parent?.children ?? []).filter((child) => child.name === name)
}

function findChild(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name === name)
}
