/** A full incident through each door, as one client of it: the four steps and how long each took. */

import { assert } from '#base/assert.ts'
import { writeIncidentKeys } from '#gctp/incident-fields.ts'
import { gctpPath, requestContentType } from '#gctp/values.ts'
import { writeUpdate } from '#gctp/write-request.ts'
import { readKeys } from '#incident/read.ts'
import { type Answered, Connection } from '#test/bench/connection.ts'
import { type Move, type Place, type StepTimes, stopwatch } from '#test/bench/incident.ts'

export type Tokens = {
  /** Of the self-service code. */
  readonly reporter: string
  readonly reporterAuthority: string
  /** Of the municipality that decides, by its code. */
  readonly municipalities: { readonly [code: string]: string }
}

/** One client. A step that is not answered with OK throws: a wrong answer has no speed. */
export type Lane = { readonly run: (move: Move) => Promise<StepTimes>; readonly close: () => void }

export type Sight = { readonly url: URL; readonly tokens: Tokens; readonly today: string }

export function jsonLane({ url, tokens, today }: Sight): Lane {
  const connection = new Connection(url, 'application/json')
  const bearer = (token: string) => `authorization: Bearer ${token}`
  const reporter = bearer(tokens.reporter)
  const post = async (path: string, as: string, body?: object) => {
    const answer = await connection.post(`/api/v1${path}`, as, body && JSON.stringify(body))
    if (answer.status >= 300) throw unexpected(path, answer)
    return answer.body
  }
  return {
    run: async ({ pnr, municipality, to }) => {
      const took = stopwatch()
      const keys = { type: 'domestic-move', pnr, date: today, municipality }
      const id = found(/"id":"([^"]+)"/, await post('/incidents', reporter, keys))
      const initiate = took()
      await post(`/incidents/${id}/validate`, reporter, { data: dataOf(to) })
      const validate = took()
      await post(`/incidents/${id}/save`, reporter)
      const save = took()
      await post(`/pending/${id}/approve`, bearer(tokenOf(tokens, municipality)))
      return [initiate, validate, save, took()]
    },
    close: () => connection.close(),
  }
}

export function gctpLane({ url, tokens, today }: Sight): Lane {
  const connection = new Connection(url, requestContentType)
  const post = async (token: string, order: Omit<Parameters<typeof writeUpdate>[0], 'service'>) => {
    const bytes = writeUpdate({ service: 'FLYT-I', vent: true, ...order })
    const answer = await connection.post(gctpPath, `cookie: Token=${token}`, bytes)
    if (answer.status !== 200 || !answer.body.includes('<Kvit r="Ok"')) {
      throw unexpected(order.action ?? 'GCTP', answer)
    }
    return answer.body
  }
  return {
    run: async ({ pnr, municipality, to }) => {
      const took = stopwatch()
      const keys = readKeys({ pnr, date: today, municipality })
      assert(keys.ok, 'the keys of a mover')
      const key = writeIncidentKeys(keys.value)
      const as = { mk: tokens.reporterAuthority, key }
      const begun = await post(tokens.reporter, { ...as, action: 'INIT' })
      const ts = found(/ ts="(\d{20})"/, begun)
      const initiate = took()
      await post(tokens.reporter, { ...as, ts, action: 'VALIDER', data: wireDataOf(to) })
      const validate = took()
      await post(tokens.reporter, { ...as, ts, action: 'GEM' })
      const save = took()
      const decider = tokenOf(tokens, municipality)
      await post(decider, { mk: municipality, key, ts, action: 'GODKEND' })
      return [initiate, validate, save, took()]
    },
    close: () => connection.close(),
  }
}

export function dataOf({ road, house, floor, door }: Place) {
  return { road, house, ...(floor && { floor }), ...(door && { door }) }
}

function wireDataOf({ road, house, floor, door }: Place) {
  const all = { VEJKOD: road, HUSNR: house, ETAGE: floor, SIDEDOER: door }
  const fields = Object.entries(all).map(([name, value]) => ({ name, value }))
  return { fields, tables: [] }
}

export function tokenOf({ municipalities }: Tokens, code: string): string {
  const token = municipalities[code]
  if (token === undefined) throw new Error(`Nobody is signed on for municipality ${code}`)
  return token
}

function found(pattern: RegExp, body: string): string {
  const text = pattern.exec(body)?.[1]
  if (text === undefined) throw new Error(`No ${pattern.source} in an answer`)
  return text
}

function unexpected(step: string, { status, body }: Answered): Error {
  return new Error(`${step} was answered with ${status}: ${body.slice(0, 600)}`)
}
