/**
 * The citizens' site for one test file: a whole CPR server, the sandbox's provider of sign-ins, and
 * the site itself, each on a free port. It knows no page.
 */

import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { present } from '#base/assert.ts'
import { type PlainDate, partsOf } from '#base/calendar.ts'
import { openIdp } from '#idp/app.ts'
import { type IdpKeys, makeIdpKeys } from '#idp/keys.ts'
import { type AssuranceLevel, acrOf, type IdpPerson } from '#idp/people.ts'
import { openSelfService } from '#self-service/app.ts'
import { type Clients, openClients } from '#self-service/clients.ts'
import { statement } from '#store/pool.ts'
import { newVisitor, type Visitor, type VisitorOptions } from '#test/browser/visitor.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { readsOwn } from '#test/canaries/watch.ts'
import { patienceMs, until } from '#test/patience.ts'
import {
  generousPages,
  openTestServer,
  type TestServer,
  type TestServerOptions,
} from '#test/server.ts'

export type TestSite = {
  readonly server: TestServer
  readonly url: string
  readonly issuer: string
  readonly keys: IdpKeys
  readonly clients: Clients
  readonly sealKey: Uint8Array
  /** A visitor who has signed in as the person, on the start page. */
  readonly signedIn: (pnr: string, options?: Partial<VisitorOptions>) => Promise<Visitor>
  readonly visitor: (options?: Partial<VisitorOptions>) => Promise<Visitor>
  /** Optional: what is left open is closed when the file's tests are over. */
  readonly close: () => Promise<void>
}

export type TestSiteOptions = TestServerOptions & {
  /** Where the site believes the CPR server to be. */
  readonly cpr?: (url: string) => string
  readonly issuer?: string
  readonly isClosed?: () => boolean
  /** Who signs in more weakly than is asked for. */
  readonly assurance?: (role: string) => AssuranceLevel
}

const closings: (() => Promise<unknown>)[] = []
after(async () => {
  for (const close of closings.reverse()) await close()
})

export async function openTestSite(options: TestSiteOptions = {}): Promise<TestSite> {
  const server = await openTestServer(options)
  const { codes, scenario, clock } = server
  const keys = await makeIdpKeys(randomBytes)
  const log = watchedLog()
  const newReference = () => randomBytes(6).toString('hex')
  const urls = { site: '', idp: '' }
  const shared = { log, newReference, clock }
  const idp = openIdp({
    ...shared,
    origin: () => urls.idp,
    clients: () => [{ id: 'self-service', name: 'Samspil', origin: urls.site }],
    people: peopleOf(scenario, options.assurance ?? (() => 'Substantial')),
    keys,
  })
  const account = {
    cpr: options.cpr?.(server.url) ?? server.url,
    personCode: codes.citizen.code,
  }
  const clients = openClients(account, () => codes.citizen.password, patienceMs)
  const sealKey = randomBytes(32)
  const site = openSelfService({
    ...shared,
    clients,
    levels: (['Substantial', 'High'] as const).map(acrOf),
    isClosed: options.isClosed ?? (() => false),
    origin: () => urls.site,
    issuer: () => options.issuer ?? urls.idp,
    clientId: 'self-service',
    clientSecret: keys.clientSecrets['self-service'],
    sealKey,
    isSandbox: true,
    limits: generousPages,
  })
  urls.idp = await idp.listen({ host: '127.0.0.1', port: 0 })
  urls.site = await site.listen({ host: '127.0.0.1', port: 0 })
  const closePages = () => Promise.all([site.close(), idp.close()])
  closings.push(closePages)

  const visitor = (more: Partial<VisitorOptions> = {}) =>
    newVisitor({ url: urls.site, also: [urls.idp], ...more })
  const signedIn = async (pnr: string, more: Partial<VisitorOptions> = {}) => {
    const someone = await visitor(more)
    readsOwn(pnr)
    const button = someone.page.locator(`button[name="person"][value="${pnr}"]`)
    // The site gives the provider five seconds, and then says that it is away.
    await until('at the provider', async () => {
      await someone.page.goto(`${urls.site}/${more.language ?? 'da'}/sign-in`)
      return (await button.count()) > 0
    })
    await someone.follow(button)
    return someone
  }
  const close = async () => {
    await closePages()
    await server.close()
  }
  const known = { server, url: urls.site, issuer: urls.idp, keys, clients, sealKey }
  return { ...known, signedIn, visitor, close }
}

/** Everybody of the scenario; the user name is the number, so that a test finds it. */
function peopleOf(
  scenario: TestServer['scenario'],
  assurance: (role: string) => AssuranceLevel,
): readonly IdpPerson[] {
  const { addresses: _, ...persons } = scenario
  return Object.entries(persons).flatMap(([role, numbers]) =>
    [numbers].flat().map((pnr, at): IdpPerson => {
      const name = `${role}${at === 0 ? '' : ` ${at + 1}`}`
      const about = { da: 'Opdigtet', en: 'Invented' }
      return {
        user: pnr,
        password: 'p',
        name,
        about,
        assurance: assurance(role),
        role: 'citizen',
        pnr,
      }
    }),
  )
}

/** An empty dwelling of 0751 as people write it; each is given to one test. */
export function emptyHome({ server }: TestSite, nth: number) {
  const empty = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)
  return present(empty[nth], 'an empty dwelling')
}

export async function roadNameOf(
  { server }: TestSite,
  { road, municipality }: { readonly road: string; readonly municipality: string },
): Promise<string> {
  const { rows } = await server.ownerPool.run(roadName, [municipality, road])
  return String(rows[0]?.['name'])
}

const roadName = statement(
  'test-road',
  'select name from road where municipality = $1 and code = $2',
)

/** Into the only date of the page. */
export async function fillDate(visitor: Visitor, day: PlainDate): Promise<void> {
  const { year, month, day: dayOfMonth } = partsOf(day)
  const isEnglish = visitor.path().startsWith('/en')
  await visitor.fill(isEnglish ? 'Day' : 'Dag', String(dayOfMonth))
  await visitor.fill(isEnglish ? 'Month' : 'Måned', String(month))
  await visitor.fill(isEnglish ? 'Year' : 'År', String(year))
}
