/** What stands between a site and its CPR server in a test, and counts what is asked through it. */

import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

export type Between = {
  /** For the option `cpr` of a site. */
  readonly cpr: (url: string) => string
  /** How many calls went through so far. */
  readonly count: () => number
}

export async function openBetween(): Promise<Between> {
  let target = ''
  let count = 0
  const server = createServer((request, response) => {
    count += 1
    const { method, headers, url } = request
    const onward = httpRequest(`${target}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    cpr: (url) => {
      target = url
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    count: () => count,
  }
}
