/** Requests of the GCTP door about the named people of a test server, written by our own writer. */

import type { Data, Fields } from '#gctp/message.ts'
import { writeSearch, writeUpdate } from '#gctp/write-request.ts'
import { emptyIn, moveTo, today } from '#test/doors/incidents.ts'
import type { TestServer } from '#test/server.ts'

export type Changes = {
  readonly service?: string
  readonly mk?: string
  readonly action?: string
  readonly ts?: string | undefined
  readonly key?: Fields
  readonly data?: Data
}

type Named = Readonly<Record<string, string>>

export function fieldsOf(named: Readonly<Record<string, string | undefined>>): Fields {
  return Object.entries(named).map(([name, value]) => ({ name, value }))
}

export function stamp(key: Fields): Buffer {
  return writeSearch({ service: 'STAMP', key })
}

export function companions(numbers: readonly string[]): Data['tables'] {
  const rows = numbers.map((value) => ({ key: undefined, fields: [{ name: 'PNR', value }] }))
  return [{ name: 'MEDFLYT', rows }]
}

export function messagesFor(server: TestServer) {
  const keyOf = (pnr: string, changes: Named = {}): Fields =>
    fieldsOf({ PNR: pnr, HDTO: today(server).replaceAll('-', ''), KOMKOD: '0751', ...changes })

  /** A move to an empty dwelling. */
  const dataOf = (changes: Named = {}): Data => {
    const { road, house, floor, door } = moveTo(emptyIn(server, '0751'))
    const fields = { VEJKOD: road, HUSNR: house, ETAGE: floor, SIDEDOER: door, ...changes }
    return { fields: fieldsOf(fields), tables: [] }
  }

  /** A step of a move; an initiation about the ordinary adult if nothing else is said. */
  const update = (changes: Changes = {}): Buffer =>
    writeUpdate({
      service: 'FLYT-I',
      mk: '0042',
      action: 'INIT',
      vent: true,
      st: 'P',
      key: keyOf(server.scenario.ordinaryAdult),
      ...changes,
    })

  return { keyOf, dataOf, update }
}
