/**
 * The citizens' site for one test file without a browser: people who are signed in ask for pages
 * and send forms. Knows no page.
 */

import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { openSelfService } from '#self-service/app.ts'
import { type Clients, openClients } from '#self-service/clients.ts'
import { openSessions } from '#self-service/session.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { readsOwn } from '#test/canaries/watch.ts'
import { patienceMs } from '#test/patience.ts'
import {
  generousPages,
  openTestServer,
  type TestServer,
  type TestServerOptions,
} from '#test/server.ts'
import type { PageLimits } from '#web/limits.ts'
import { sealWith } from '#web/seal.ts'

export type Page = {
  readonly status: number
  readonly body: string
  /** What stands between the tags of the main part, blanks as one. */
  readonly text: string
  /** Path and query of where the browser is sent; empty where it stays. */
  readonly location: string
  readonly headers: Readonly<Record<string, unknown>>
  /** How many were sent, as they were sent. */
  readonly bytes: number
}

export type Citizen = {
  readonly get: (path: string) => Promise<Page>
  readonly post: (path: string, fields?: Record<string, string | string[]>) => Promise<Page>
}

export type Site = {
  readonly server: TestServer
  readonly clients: Clients
  readonly sealKey: Uint8Array
  readonly as: (pnr: string, name?: string) => Promise<Citizen>
  /** Optional: what is left open is closed when the file's tests are over. */
  readonly close: () => Promise<void>
  /** From now on it is also to be asked over a socket, at that address. */
  readonly listen: () => Promise<string>
  /** The cookie of a new session of that person. */
  readonly cookieOf: (pnr: string, name?: string) => Promise<string>
  /** Nobody is signed in. */
  readonly stranger: Citizen
  /** A page of another site that makes a browser post here. */
  readonly foreign: Citizen['post']
  /** Whoever has that cookie. */
  readonly bearing: (cookie: string) => Citizen
}

export type SiteOptions = TestServerOptions & {
  /** A process of the same site, which shares its server, person code, token and key. */
  readonly beside?: Site
  /** Where the site believes the CPR server to be. */
  readonly cpr?: (url: string) => string
  /** How long it waits for it; beside another one it then has clients of its own. */
  readonly waitMs?: number
  readonly isClosed?: () => boolean
  readonly issuer?: string
  readonly limits?: PageLimits
  readonly levels?: readonly string[]
}

const origin = 'https://site.example'
const closings: (() => Promise<unknown>)[] = []
after(() => Promise.all(closings.map((close) => close())))

export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const server = options.beside?.server ?? (await openTestServer(options))
  const { codes, clock } = server
  const account = { cpr: options.cpr?.(server.url) ?? server.url, personCode: codes.citizen.code }
  const shared = options.waitMs === undefined ? options.beside?.clients : undefined
  const waitMs = options.waitMs ?? patienceMs
  const clients = shared ?? openClients(account, () => codes.citizen.password, waitMs)
  const sealKey = options.beside?.sealKey ?? randomBytes(32)
  const app = openSelfService({
    ...{ clients, sealKey, clock, origin: () => origin, isSandbox: true },
    issuer: () => options.issuer ?? 'https://idp.example',
    ...{ clientId: 'site', clientSecret: 'secret', levels: options.levels ?? ['high'] },
    log: watchedLog(),
    newReference: () => randomBytes(6).toString('hex'),
    isClosed: options.isClosed ?? (() => false),
    limits: options.limits ?? generousPages,
  })
  const close = async () => {
    await app.close()
    await server.close()
  }
  closings.push(() => app.close())
  const sessions = openSessions(clients, sealWith(sealKey, randomBytes), clock)

  const citizenOf = (cookie: string | undefined, from = origin): Citizen => {
    const ask = async (method: 'GET' | 'POST', url: string, payload?: string): Promise<Page> => {
      const reply = await app.inject({
        ...{ method, url },
        headers: {
          'accept-encoding': 'br',
          ...(cookie !== undefined && { cookie }),
          ...(method === 'POST' && {
            origin: from,
            'content-type': 'application/x-www-form-urlencoded',
          }),
        },
        ...(payload !== undefined && { payload }),
      })
      const { statusCode: status, body, headers, rawPayload } = reply
      const bytes = rawPayload.length
      return { status, body, headers, bytes, text: textOf(body), location: headers.location ?? '' }
    }
    return {
      get: (path) => ask('GET', path),
      post: (path, fields = {}) => {
        const pairs = Object.entries(fields).flatMap(([name, value]) =>
          [value].flat().map((each): [string, string] => [name, each]),
        )
        return ask('POST', path, new URLSearchParams(pairs).toString())
      },
    }
  }
  const cookieOf = async (pnr: string, name = 'Aksel Ærø') => {
    readsOwn(pnr)
    const [cookie = ''] = (await sessions.open({ pnr, name }, undefined)).split(';')
    return cookie
  }
  return {
    ...{ server, clients, sealKey, close, stranger: citizenOf(undefined) },
    foreign: citizenOf(undefined, 'https://evil.example').post,
    bearing: (cookie) => citizenOf(cookie),
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    cookieOf,
    as: async (pnr, name) => citizenOf(await cookieOf(pnr, name)),
  }
}

function textOf(body: string): string {
  const [, main = body] = /<main[^>]*>([\s\S]*)<\/main>/.exec(body) ?? []
  return main
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** The forms of a page that send something, as a browser without a script would send them. */
export function formsOf({ body }: Page): readonly SentForm[] {
  const forms = [...body.matchAll(/<form method="post" action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g)]
  return forms.map(([, to = '', inside = '']) => {
    const hidden = inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)
    const fields: Record<string, string[]> = {}
    for (const [, name = '', value = ''] of hidden) {
      fields[plain(name)] = [...(fields[plain(name)] ?? []), plain(value)]
    }
    return { to: plain(to), fields, text: textOf(inside) }
  })
}

export type SentForm = {
  readonly to: string
  readonly fields: Readonly<Record<string, string[]>>
  readonly text: string
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

/** The parts of a day as a form sends them. */
export function dayFields(name: string, day: string): Record<string, string> {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-')
  return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: dayOfMonth }
}
