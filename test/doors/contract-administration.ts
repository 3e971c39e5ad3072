/** What the contract's test says to the routes of feeds and administration: the good and the bad. */

import { randomBytes } from 'node:crypto'
import { newAdministrator } from '#test/doors/administrators.ts'
import { type Reply, type Request, type Said, textAt } from '#test/doors/talk.ts'
import { type ScriptedProvider, subject } from '#test/openid-provider.ts'
import type { TestServer } from '#test/server.ts'

const v1 = (path: string) => `/api/v1/${path}`
const reason = 'a test'
const wanted = { group: 'municipality', authority: '0751' }
const raised = { group: 'administrator', authority: '0751' }
const moved = { group: 'log-reviewer', authority: '0751' }

type Who = { readonly token: string }

const as = ({ token }: Who, path: string, body: object = {}): Request => ({
  method: 'POST',
  path: v1(path),
  token,
  body: { reason, ...body },
})

/** What is said first, and what afterwards, to what that made. */
export async function administrationSaid(
  server: TestServer,
  token: string,
  provider: ScriptedProvider,
) {
  const proof = randomBytes(32).toString('base64url')
  const idToken = await provider.token(proof, server.clock())
  const federated = (body: object): Request => ({
    ...{ method: 'POST', path: v1('sessions/federated'), body },
  })

  const karen = await newAdministrator(server, 'W0000201', '0001')
  const receiver = await newAdministrator(server, 'W0000203', '0011', 'receiver')
  const ole = await newAdministrator(server, 'W0000202', '0001')
  const first: readonly Said[] = [
    ['person-codes', as(karen, 'person-codes', wanted), 201],
    ['person-codes', as(karen, 'person-codes', raised), 202],
    ['person-codes', as(karen, 'person-codes', raised), 202],
    ['person-codes', as({ token }, 'person-codes', wanted), 403],
    ['person-codes', { path: v1('person-codes?limit=2'), token: karen.token }, 200],
    ['person-codes', { path: v1('person-codes'), token }, 403],
    ['grant-requests', { path: v1('grant-requests'), token: ole.token }, 200],
    ['grant-requests', { path: v1('grant-requests'), token }, 403],
    ['events', { path: v1('events?limit=10'), token: receiver.token }, 200],
    ['events', { path: v1('events'), token }, 403],
    ['notices', { path: v1('notices'), token }, 200],
    ['notices', { path: v1('notices?after=x'), token }, 400],
  ]
  const employee = { pnr: server.scenario.ordinaryAdult }
  const identity = { issuer: provider.issuer, subject }
  const afterwards = ([made, asked, taken]: readonly Reply[]): readonly Said[] => {
    const code = textAt(made?.body, 'code')
    const grant = `grant-requests/${textAt(asked?.body, 'request')}/grant`
    const refusal = `grant-requests/${textAt(taken?.body, 'request')}/refuse`
    const act = 'person-codes/{code}/{act}'
    return [
      ['grant-requests/{id}/grant', as(karen, grant), 403],
      ['grant-requests/{id}/grant', as(ole, grant), 200],
      ['grant-requests/{id}/refuse', as(karen, refusal), 200],
      ['grant-requests/{id}/refuse', as(karen, refusal), 404],
      ['person-codes/{code}/reset', as(karen, `person-codes/${code}/reset`), 200],
      [
        'person-codes/{code}/change',
        as(karen, `person-codes/${code}/change`, { sources: [] }),
        200,
      ],
      ['person-codes/{code}/move', as(karen, `person-codes/${code}/move`, moved), 202],
      ['person-codes/{code}/move', as(karen, `person-codes/${code}/move`, moved), 409],
      ['person-codes/{code}/employee', as(karen, `person-codes/${code}/employee`, employee), 200],
      [
        'person-codes/{code}/employee',
        as(karen, `person-codes/${code}/employee`, { pnr: 'x' }),
        422,
      ],
      ['person-codes/{code}/link', as(karen, `person-codes/${code}/link`, identity), 200],
      ['person-codes/{code}/link', as(karen, `person-codes/${code}/link`, identity), 409],
      ['sessions/federated', federated({ idToken, proof }), 201],
      ['sessions/federated', federated({ idToken, proof }), 401],
      ['sessions/federated', federated({ idToken }), 400],
      ['person-codes/{code}/unlink', as(karen, `person-codes/${code}/unlink`), 200],
      ['person-codes/{code}/unlink', as({ token }, `person-codes/${code}/unlink`), 403],
      [act, as(karen, `person-codes/${code}/retire`), 200],
      [act, as(karen, `person-codes/${code}/lock`), 409],
      ['person-codes/{code}/reset', as(karen, `person-codes/${code}/reset`), 409],
      ['person-codes/{code}/change', as(karen, `person-codes/${code}/change`), 409],
    ]
  }
  return { first, afterwards }
}
