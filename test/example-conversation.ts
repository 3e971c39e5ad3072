/** An example conversation about a type, over both doors, written by the doors' own writers. */

import type { Spoken } from '#api/incident-page.ts'
import { present } from '#base/assert.ts'
import { date } from '#base/calendar.ts'
import { actionsOf, type State } from '#casework/transitions.ts'
import { writeAnswer } from '#gctp/answer.ts'
import { writeIncidentAnswer, writeIncidentData, writeIncidentKeys } from '#gctp/incident-fields.ts'
import { okReceipt } from '#gctp/receipt.ts'
import { actionWords, selfServiceAuthority, stateWords } from '#gctp/values.ts'
import { writeUpdate } from '#gctp/write-request.ts'
import type { Incident } from '#incident/define.ts'
import type { Keys } from '#incident/fields.ts'
import { translate } from '#incident/translate.ts'
import { fictionalPnr } from '#register/pnr.ts'
import { person, situation } from '#test/incident-law.ts'

const ts = '20260310093000000001'
const bornOn = date('1980-06-15')
const keys: Keys = {
  pnr: present(fictionalPnr(bornOn, 'K', 0), 'a fictional number'),
  date: date('2026-03-20'),
  municipality: '0751',
}
const there = situation({ subject: person({ pnr: keys.pnr, bornOn }) })

export function gctpConversation({ shape, examples }: Incident): readonly Spoken[] {
  const reading = present(examples[0], 'an example')
  const ask = { service: shape.code, mk: selfServiceAuthority, vent: true, st: 'P' } as const
  const key = writeIncidentKeys(keys)
  const answer = (state: 'initiated' | 'validated' | 'pending', data?: typeof reading) =>
    writeAnswer({
      kind: 'update',
      version: '2.0',
      service: shape.code,
      header: {
        ...{ mk: selfServiceAuthority, state: stateWords[state], vent: true, st: 'P', ts },
        actions: wordsFor(state),
      },
      ...(data && {
        data: writeIncidentAnswer(shape, data, { translations: translate(shape, data, there) }),
      }),
      receipt: okReceipt,
    })
  const data = writeIncidentData(shape, reading)
  return [
    said('Initiate:', writeUpdate({ ...ask, action: actionWords.initiate, key })),
    said('The answer, without the master data that come with it:', answer('initiated', {})),
    said('Validate:', writeUpdate({ ...ask, action: actionWords.validate, ts, key, data })),
    said('The answer, with a clear text at every code:', answer('validated', reading)),
    said('Save:', writeUpdate({ ...ask, action: actionWords.save, ts, key })),
    said('The receipt:', answer('pending')),
  ]
}

export function jsonConversation({ shape, examples }: Incident): readonly Spoken[] {
  const reading = present(examples[0], 'an example')
  const state = (name: State) => ({ state: name, actions: actionsOf('reporter', name, () => true) })
  return [
    shown('`POST /api/v1/incidents`', { type: shape.name, ...keys }),
    shown('201, shortened:', { id: `${shape.code.toLowerCase()}.…`, ...state('initiated') }),
    shown('`POST /api/v1/incidents/{id}/validate`', { data: reading }),
    shown('200, shortened:', {
      ...state('validated'),
      data: reading,
      translations: translate(shape, reading, there),
    }),
    shown(
      '`POST /api/v1/incidents/{id}/save` without a body answers, shortened:',
      state('pending'),
    ),
  ]
}

function wordsFor(state: State): readonly string[] {
  const words: { readonly [action: string]: string } = actionWords
  return actionsOf('reporter', state, () => true).flatMap((action) => words[action] ?? [])
}

function said(title: string, bytes: Buffer): Spoken {
  return { title, language: 'xml', text: inLines(bytes.toString('latin1')) }
}

function shown(title: string, body: unknown): Spoken {
  return { title, language: 'json', text: JSON.stringify(body, undefined, 2) }
}

/** One element a line. '<' is escaped inside values, so that '><' stands between elements only. */
function inLines(xml: string): string {
  let depth = 0
  const lines = xml.replaceAll('><', '>\n<').split('\n')
  return lines
    .map((line) => {
      if (line.startsWith('</')) depth -= 1
      const written = '  '.repeat(depth) + line
      if (/^<[^/?][^>]*[^/]>$/.test(line)) depth += 1
      return written
    })
    .join('\n')
}
