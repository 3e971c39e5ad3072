/**
 * Requests as bytes, for those who call a CPR server. What is written here, `readRequest` reads.
 * Texts must fit ISO-8859-1: callers check with `firstOutside` and refuse, here it is a bug.
 */

import { element, type XmlElement } from '#base/xml/element.ts'
import { writeXml } from '#base/xml/write.ts'
import type { Data, Fields } from '#gctp/message.ts'
import {
  dataMarks,
  gctpNamespace,
  headerMarks,
  securityFunctions,
  systems,
  type Version,
} from '#gctp/values.ts'

type Versioned = { readonly version?: Version }

export function writeSignOn(
  request: Versioned & { readonly userId: string; readonly password: string },
): Buffer {
  const { version, userId, password } = request
  const sik = { function: securityFunctions.signOn, userid: userId, password }
  return writeMessage(version, element('Sik', sik))
}

export function writeNewPassword(
  request: Versioned & {
    readonly userId: string
    readonly password: string
    readonly newPassword: string
    readonly newPasswordAgain?: string | undefined
  },
): Buffer {
  const { version, userId, password, newPassword, newPasswordAgain } = request
  return writeMessage(
    version,
    element('Sik', {
      function: securityFunctions.newPassword,
      userid: userId,
      password,
      newpass1: newPassword,
      newpass2: newPasswordAgain,
    }),
  )
}

export function writeSignOff(request: Versioned = {}): Buffer {
  return writeMessage(request.version, element('Sik', { function: securityFunctions.signOff }))
}

export function writeSearch(
  request: Versioned & { readonly service: string; readonly key: Fields },
): Buffer {
  const { version, service, key } = request
  const header = element('CprServiceHeader', { r: service }, [writeKey(key)])
  return writeService(version, systems.search, service, [header])
}

export function writeUpdate(
  request: Versioned & {
    readonly service: string
    readonly mk?: string | undefined
    readonly action?: string | undefined
    readonly vent?: boolean
    readonly st?: string | undefined
    readonly ts?: string | undefined
    readonly key: Fields
    readonly data?: Data | undefined
  },
): Buffer {
  const { version, service, mk, action, vent, st, ts, key, data } = request
  const u = vent ? headerMarks.vent : undefined
  const header = element('CprServiceHeader', { r: service, mk, a: action, u, st, ts }, [
    writeKey(key),
  ])
  const content = data ? [header, writeData(data)] : [header]
  return writeService(version, systems.update, service, content)
}

function writeService(
  version: Version | undefined,
  system: string,
  service: string,
  content: readonly XmlElement[],
): Buffer {
  const inside = element('Service', { r: service }, content)
  return writeMessage(version, element('System', { r: system }, [inside]))
}

function writeMessage(version: Version = '2.0', message: XmlElement): Buffer {
  const root = element('root', {}, [element('Gctp', { v: version }, [message])])
  return writeXml(root, { namespace: gctpNamespace, declaration: true })
}

function writeKey(key: Fields): XmlElement {
  return element('Key', {}, writeFields(key))
}

function writeData({ fields, tables }: Data): XmlElement {
  const content = [
    ...writeFields(fields),
    ...tables.map(({ name, rows }) =>
      element(
        'Table',
        { r: name },
        rows.map((row) => element('Row', { k: row.key }, writeFields(row.fields))),
      ),
    ),
  ]
  const role = element('Rolle', { r: dataMarks.role }, content)
  return element('CprData', { u: dataMarks.data }, [role])
}

/** An empty field keeps its element and has no `v` (observed). */
function writeFields(fields: Fields): readonly XmlElement[] {
  return fields.map(({ name, value }) => element('Field', { r: name, v: value || undefined }))
}
