/**
 * What stands between the site and the CPR server, and may fail at any moment: a real server on a
 * free port that hands on, keeps silent, hangs up, or cuts off an answer. Knows paths alone.
 */

import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

/**
 * `cut`: the CPR server does what it is asked to, and nobody hears of it. `refused`: it refuses what
 * it never should, so that the site has a fault.
 */
export type Way = 'through' | 'silent' | 'gone' | 'cut' | 'refused'

export type Between = {
  /** For the calls whose path `affects` says. */
  way: Way
  affects: (path: string, method: string) => boolean
  /** The calls that came, as 'METHOD path'. */
  readonly came: string[]
  /** For the option `cpr` of a site. */
  readonly cpr: (url: string) => string
}

const refusal = { type: 'about:blank', title: 'No', status: 403, receipt: 184, refusals: [] }

export async function openBetween(): Promise<Between> {
  let target = ''
  const between: Between = {
    ...{ way: 'through', affects: () => true, came: [] },
    cpr: (url) => {
      target = url
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
  }
  const server = createServer((request, response) => {
    const { method = '', headers, url = '' } = request
    between.came.push(`${method} ${url}`)
    const way = between.affects(url, method) ? between.way : 'through'
    if (way === 'gone') return void request.socket.destroy()
    if (way === 'silent') return
    if (way === 'refused') {
      response.writeHead(403, { 'content-type': 'application/problem+json' })
      return void response.end(JSON.stringify(refusal))
    }
    const onward = httpRequest(`${target}${url}`, { method, headers }, (answer) => {
      if (way === 'cut') {
        answer.resume().on('end', () => request.socket.destroy())
        return
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  // As the CPR server's own: the site must not find a connection closed that it was about to use.
  server.keepAliveTimeout = 72_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return between
}
