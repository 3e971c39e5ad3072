/** A desk with the CPR server behind it, for a test file: real pages, real port, real register. */

import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { usualLevels } from '#access/id-token.ts'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { type JsonClient, openJson, type Result } from '#client/index.ts'
import { openDesk } from '#desk/app.ts'
import type { Visitor } from '#test/browser/visitor.ts'
import { knowReaders } from '#test/canaries/ears.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { generousPages, openTestServer, type TestCode, type TestServer } from '#test/server.ts'

export type DeskSite = {
  readonly url: string
  readonly server: TestServer
  /** Saves a move of that person to the nth empty dwelling of 0751, and gives its id. */
  readonly saveMove: (pnr: string, nth: number, companions?: readonly string[]) => Promise<string>
  /** The same to where somebody lives, who is asked. */
  readonly saveMoveIn: (pnr: string) => Promise<string>
  /** Saves that person's wish for name and address protection, and gives its id. */
  readonly saveProtection: (pnr: string, municipality?: string) => Promise<string>
}

/** Its people sign in at a provider, too, where it is given them. */
export type DeskPeople = {
  readonly clientSecret: string
  readonly issuer: () => string
}

export type DeskSiteOptions = {
  readonly clock?: () => Date
  readonly provider?: DeskPeople
  /** How many numbers there are beside the named people's. */
  readonly persons?: number
}

export async function openDeskSite(options: DeskSiteOptions = {}): Promise<DeskSite> {
  const { provider, persons = 0 } = options
  const openIdProviders = () =>
    provider ? [{ issuer: provider.issuer(), clientIds: ['desk'], levels: usualLevels }] : []
  const server = await openTestServer({
    ...(options.clock && { clock: options.clock }),
    ...{ persons, parts: { openIdProviders } },
  })
  const { clock } = server
  let url = ''
  const app = openDesk({
    ...(provider && { provider: { ...provider, clientId: 'desk' } }),
    cpr: server.url,
    origin: () => url,
    takesPasswords: true,
    limits: generousPages,
    log: watchedLog(),
    key: randomBytes(32),
    clock,
  })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
  // Case workers alone sign in there, and what a page says of persons the door has answered them.
  knowReaders(url, () => Promise.resolve(true))
  after(() => app.close())
  const { code, password } = server.codes.citizen
  const citizen = openJson({ url: server.url, personCode: code, password })
  return {
    url,
    server,
    saveMove: (pnr, nth, companions) =>
      saveMove(server, citizen, pnr, { place: placesIn(server, false)[nth], companions }),
    saveMoveIn: (pnr) => saveMove(server, citizen, pnr, { place: placesIn(server, true)[0] }),
    saveProtection: (pnr, municipality = '0751') =>
      saveProtection(server, citizen, pnr, municipality),
  }
}

type Place = TestServer['addresses'][number]

function placesIn({ addresses }: TestServer, isLivedIn: boolean): readonly Place[] {
  return addresses.filter(
    (each) => each.municipality === '0751' && each.residents > 0 === isLivedIn,
  )
}

async function saveMove(
  server: TestServer,
  citizen: JsonClient,
  pnr: string,
  to: { readonly place: Place | undefined; readonly companions?: readonly string[] | undefined },
): Promise<string> {
  const { road, house, floor, door } = present(to.place, 'a dwelling to move to')
  const keys = { pnr, date: danishDate(server.clock()), municipality: '0751' }
  const { id } = good(await citizen.initiate('domestic-move', keys))
  const companions = to.companions && { companions: to.companions }
  const data = { road, house, ...(floor && { floor }), ...(door && { door }), ...companions }
  good(await citizen.validate<'domestic-move'>(id, data))
  return good(await citizen.save(id)).id
}

async function saveProtection(
  server: TestServer,
  citizen: JsonClient,
  pnr: string,
  municipality: string,
): Promise<string> {
  const keys = { pnr, date: danishDate(server.clock()), municipality }
  const { id } = good(await citizen.initiate('name-and-address-protection', keys))
  good(await citizen.validate<'name-and-address-protection'>(id, { action: 'on' }))
  return good(await citizen.save(id)).id
}

function good<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

export async function signIn(visitor: Visitor, { code, password }: TestCode, english = false) {
  await visitor.goTo(english ? '/en/' : '/da/')
  await visitor.fill(english ? 'Person code' : 'Personkode', code)
  await visitor.fill(english ? 'Password' : 'Adgangskode', password)
  await visitor.press(english ? 'Sign in' : 'Log ind')
}
