/** How the tests of the doors speak to a test server: JSON and GCTP over real HTTP, as bytes. */

import { request as httpRequest } from 'node:http'
import { assert, present } from '#base/assert.ts'
import { readTokenSetCookie } from '#gctp/cookie.ts'
import type { GctpAnswer, Receipt } from '#gctp/message.ts'
import { readAnswer } from '#gctp/read-answer.ts'
import { gctpPath } from '#gctp/values.ts'
import { writeSignOn } from '#gctp/write-request.ts'
import type { TestCode, TestServer } from '#test/server.ts'

export type Reply = {
  readonly status: number
  readonly type: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly bytes: Buffer
  /** The JSON of the body; undefined when there is none. */
  readonly body: unknown
}

export type Request = {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string | undefined
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is, in place of `body`. */
  readonly bytes?: Uint8Array
}

/** A route by its pattern, a request to it, and the status it is to have. */
export type Said = readonly [path: string, request: Request, status: number]

/** One request on a connection of its own; nothing is added that is not asked for. */
export function send(server: TestServer, request: Request): Promise<Reply> {
  const bytes =
    request.bytes ??
    (request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body)))
  const headers = {
    ...(request.body !== undefined && { 'content-type': 'application/json' }),
    ...(request.token !== undefined && { authorization: `Bearer ${request.token}` }),
    ...(bytes && { 'content-length': String(bytes.length) }),
    ...request.headers,
  }
  const method = request.method ?? (bytes ? 'POST' : 'GET')
  return new Promise((resolve, reject) => {
    const asked = httpRequest(`${server.url}${request.path}`, { method, headers, agent: false })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      const parts: Buffer[] = []
      answer.on('error', reject)
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const body = Buffer.concat(parts)
        const type = answer.headers['content-type'] ?? ''
        resolve({
          status: answer.statusCode ?? 0,
          type,
          headers: answer.headers,
          bytes: body,
          body: type.includes('json') && body.length > 0 ? JSON.parse(body.toString()) : undefined,
        })
      })
    })
    asked.end(bytes)
  })
}

/** What lies at a path of a JSON value; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null
        ? (found as Readonly<Record<string | number, unknown>>)[name]
        : undefined,
    value,
  )
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path)
  assert(typeof found === 'string', `no text at ${path.join('.')}: ${JSON.stringify(value)}`)
  return found
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path)
  assert(Array.isArray(found), `no list at ${path.join('.')}: ${JSON.stringify(value)}`)
  return found
}

/** The token of a sign-on over the JSON door. */
export async function signOn(server: TestServer, { code, password }: TestCode): Promise<string> {
  const body = { personCode: code, password }
  const reply = await send(server, { path: '/api/v1/sessions', body })
  assert(reply.status === 201, `not signed on: ${reply.bytes.toString()}`)
  return textAt(reply.body, 'token')
}

export type GctpReply = Reply & { readonly answer: GctpAnswer; readonly receipt: Receipt }

export async function sendGctp(
  server: TestServer,
  bytes: Uint8Array,
  token?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<GctpReply> {
  const cookie = token === undefined ? {} : { cookie: `Token=${token}` }
  const reply = await send(server, {
    method: 'POST',
    path: gctpPath,
    bytes,
    headers: { 'content-type': 'text/xml', ...cookie, ...headers },
  })
  const answer = readAnswer(reply.bytes)
  assert(
    answer.kind !== 'unreadable',
    `no GCTP answer: ${reply.status} ${reply.bytes.toString('latin1')}`,
  )
  return { ...reply, answer, receipt: answer.receipt }
}

/** The token of a sign-on over the GCTP door. */
export async function signOnGctp(server: TestServer, code: TestCode): Promise<string> {
  const bytes = writeSignOn({ userId: code.code, password: code.password })
  const { headers } = await sendGctp(server, bytes)
  const cookies = headers['set-cookie']
  assert(Array.isArray(cookies), 'a sign-on without cookie')
  return present(readTokenSetCookie(cookies), 'the token').token
}

/** A message in CPR's own envelope, written out by hand. */
export function envelope(message: string, encoding = 'ISO-8859-1'): Buffer {
  const text =
    `<?xml version="1.0" encoding="${encoding}"?>` +
    `<root xmlns="http://www.cpr.dk"><Gctp v="2.0">${message}</Gctp></root>`
  return Buffer.from(text, encoding === 'UTF-8' ? 'utf8' : 'latin1')
}
