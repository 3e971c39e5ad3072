/** Reaches a server that asks every client for a certificate. Knows neither of the two doors. */

import { Agent, request } from 'node:https'
import type { Fetch } from '#client/transport.ts'

/** As PEM. */
export type ClientCertificate = {
  /** With its chain, where there is one. */
  readonly certificate: string
  readonly key: string
  /** Who issued the server's; those that Node trusts when left out. */
  readonly authority?: string | undefined
}

/**
 * For `fetch` of `openGctp` and `openJson`: the global one shows no certificate. Keeps connections.
 * A renewed certificate needs a new one of these, and signs on anew.
 */
export function fetchWithCertificate({ certificate, key, authority }: ClientCertificate): Fetch {
  const agent = new Agent({ cert: certificate, key, ca: authority, keepAlive: true })
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': String(body === undefined ? 0 : Buffer.byteLength(body)) }
      const asked = request(url, { method, headers: { ...headers, ...length }, agent, signal })
      asked.on('error', reject)
      asked.on('response', (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        // A connection that broke in the middle of an answer has closed, and not ended.
        answer.on('close', () => reject(new Error('the answer broke off')))
        answer.on('end', () => {
          const told = new Headers()
          for (const [name, values = []] of Object.entries(answer.headersDistinct)) {
            for (const value of values) told.append(name, value)
          }
          resolve({
            status: answer.statusCode ?? 0,
            headers: told,
            arrayBuffer: async () => new Uint8Array(Buffer.concat(parts)).buffer,
          })
        })
      })
      asked.end(body)
    })
}
