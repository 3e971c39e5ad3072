/**
 * The envelope of a request: what kind of message the bytes are, with its fields as they stood.
 * Knows no incident type and judges no value; passwords are only ever in the value it returns.
 */

import { type Unreadable, unreadable, type XmlElement } from '#base/xml/element.ts'
import { isUnreadable, readXml } from '#base/xml/read.ts'
import { findFormFault } from '#gctp/form.ts'
import { mendRubyShape } from '#gctp/lenient.ts'
import type { Data, Fields, GctpRequest, Search, Update } from '#gctp/message.ts'
import {
  countryKeys,
  gctpNamespace,
  headerMarks,
  securityFunctions,
  systems,
  type Version,
  versions,
} from '#gctp/values.ts'

export type RequestOptions = {
  /** Also takes the Ruby client's sign-on, which is not well-formed. */
  readonly lenient?: boolean
  readonly bytesMax?: number
}

/** What a client asks, or why its message is not one (9000). */
export function readRequest(
  bytes: Uint8Array,
  options: RequestOptions = {},
): GctpRequest | Unreadable {
  const { lenient = false, bytesMax } = options
  const document = readXml(lenient ? mendRubyShape(bytes) : bytes, {
    namespace: gctpNamespace,
    ...(bytesMax !== undefined && { limits: { bytesMax } }),
  })
  if (isUnreadable(document)) return document
  // CPR says that a message should lie in `root`, and that `root` may be left out.
  if (document.name !== 'root' && document.name !== 'Gctp') return notOne
  const fault = findFormFault(document)
  if (fault) return fault
  const gctp = document.name === 'root' ? document.children[0] : document
  const version = versions.find((each) => each === gctp?.attributes.get('v'))
  if (version === undefined) {
    return unreadable('Versionen skal være 1.0 eller 2.0', 'The version must be 1.0 or 2.0')
  }
  const [message, ...others] = gctp?.children ?? []
  if (!message || others.length > 0) return notOne
  return message.name === 'Sik' ? readSecurity(message, version) : readService(message, version)
}

const notOne = unreadable(
  'Dokumentet er ikke én meddelelse til CPR',
  'The document is not one message to CPR',
)

function readSecurity({ attributes }: XmlElement, version: Version): GctpRequest | Unreadable {
  // A missing user id or password is an empty one: refused as wrong (905), not as unreadable.
  const userId = attributes.get('userid') ?? ''
  const password = attributes.get('password') ?? ''
  switch (attributes.get('function')) {
    case securityFunctions.signOn:
      return { kind: 'sign-on', version, userId, password }
    case securityFunctions.newPassword: {
      const newPassword = attributes.get('newpass1') ?? ''
      const newPasswordAgain = attributes.get('newpass2')
      return { kind: 'new-password', version, userId, password, newPassword, newPasswordAgain }
    }
    case securityFunctions.signOff:
      return { kind: 'sign-off', version }
    default:
      return unreadable('Sikkerhedsfunktionen kendes ikke', 'The security function is not known')
  }
}

function readService(system: XmlElement, version: Version): GctpRequest | Unreadable {
  const [serviceElement] = system.children
  const header = findChild(serviceElement, 'CprServiceHeader')
  const service = serviceElement?.attributes.get('r') ?? ''
  const serviceKey = service.toUpperCase()
  if (header?.attributes.get('r')?.toUpperCase() !== serviceKey) {
    return unreadable(
      'Service og CprServiceHeader nævner ikke den samme service',
      'Service and CprServiceHeader do not name the same service',
    )
  }
  const name = system.attributes.get('r') ?? ''
  const key = readFields(findChild(header, 'Key'))
  const dataElement = findChild(serviceElement, 'CprData')
  switch (name) {
    case systems.search: {
      if (dataElement) return unreadable('En søgning har ingen CprData', 'A search has no CprData')
      const search: Search = { kind: 'search', version, service, serviceKey, key }
      return search
    }
    case systems.update: {
      const told = readHeader(header, key)
      if (!told) return unreadable('Mærket u skal være v', 'The mark u must be v')
      const data = dataElement && readData(dataElement)
      return { kind: 'update', version, service, serviceKey, ...told, key, data }
    }
    default:
      return { kind: 'unknown-system', version, system: name, service }
  }
}

type Header = Pick<Update, 'mk' | 'action' | 'vent' | 'st' | 'ts' | 'countryOrOnBehalf'>

function readHeader(header: XmlElement, key: Fields): Header | undefined {
  const told = (name: string) => header.attributes.get(name) || undefined
  const vent = told('u')
  if (vent !== undefined && vent !== headerMarks.vent) return undefined
  return {
    mk: told('mk'),
    action: told('a'),
    vent: vent !== undefined,
    st: told('st'),
    ts: told('ts'),
    countryOrOnBehalf:
      told('pt') !== undefined ||
      told('pv') !== undefined ||
      key.some(({ name }) => countryKeys.includes(name)),
  }
}

function readData(data: XmlElement): Data {
  const role = findChild(data, 'Rolle')
  const tables = (role?.children ?? []).filter((child) => child.name === 'Table')
  return {
    fields: readFields(role),
    tables: tables.map((table) => ({
      name: table.attributes.get('r') ?? '',
      rows: table.children.map((row) => ({
        key: row.attributes.get('k') || undefined,
        fields: readFields(row),
      })),
    })),
  }
}

function readFields(parent: XmlElement | undefined): Fields {
  return (parent?.children ?? [])
    .filter((child) => child.name === 'Field')
    .map(({ attributes }) => ({
      name: attributes.get('r') ?? '',
      value: attributes.get('v') || undefined,
    }))
}

function findChild(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name === name)
}

/** The value of the first field of that name; undefined when it is missing or empty. */
export function findValue(fields: Fields, name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value
}

/** The names that stand more than once, each once: which of the values was meant is not known. */
export function repeatedNames(fields: Fields): readonly string[] {
  const names = fields.map((field) => field.name)
  return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))]
}
