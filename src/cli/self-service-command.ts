/** The sub-command `self-service`: how the citizens' site runs outside the sandbox. */

import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { pino } from 'pino'
import type { Settings } from '#base/settings.ts'
import { readKey } from '#cli/desk-command.ts'
import { readEnvironment } from '#cli/environment.ts'
import { pageLimitsOf, requireProxies } from '#cli/listener.ts'
import { passwordFile } from '#cli/password-file.ts'
import { listenOrEnd, readPort } from '#cli/port.ts'
import { certifiedFetch } from '#cli/reach.ts'
import { openStopping } from '#cli/stop.ts'
import { Unavailable } from '#client/index.ts'
import { openSelfService } from '#self-service/app.ts'
import { type Clients, openKeptClients } from '#self-service/clients.ts'

export function addSelfServiceCommand(program: Command): void {
  program
    .command('self-service')
    .description("Run the citizens' site, beside the CPR server that SAMSPIL_CPR names")
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <n>', 'the port to listen on', readPort, 8401)
    .action(runSelfService)
}

type Options = { readonly host: string; readonly port: number }

async function runSelfService({ host, port }: Options): Promise<void> {
  const settings = readEnvironment()
  const given = requireAll(settings)
  requireProxies(settings, given.siteOrigin)
  const log = pino({ level: settings.log ?? 'info' })
  const fetch = certifiedFetch(settings)
  const account = { cpr: given.cpr, fetch, personCode: given.sitePersonCode }
  const clients = openKeptClients(account, passwordFile(given.sitePassword))
  const sealKey = readKey(given.siteKey)
  await signOn(clients, log)
  const { siteClosed, stopDelay } = settings
  const say = (line: string) => process.stderr.write(`samspil: ${line}\n`)
  const { announced, onSignal } = openStopping({ delaySeconds: stopDelay }, say)
  const app = openSelfService({
    clients,
    origin: () => given.siteOrigin,
    issuer: () => given.siteIssuer,
    clientId: given.siteClient,
    clientSecret: given.siteClientSecret,
    levels: settings.siteLevels,
    sealKey,
    log,
    clock: () => new Date(),
    newReference: () => randomBytes(6).toString('hex'),
    isClosed: () => siteClosed !== undefined && existsSync(siteClosed),
    isSandbox: false,
    statement: settings.siteStatement,
    limits: pageLimitsOf(settings),
    announced,
  })
  const daily = setInterval(() => void signOn(clients, log).catch(() => undefined), dayMs)
  const stop = async () => {
    clearInterval(daily)
    await app.close()
  }
  onSignal(stop)
  const address = await listenOrEnd(app, { host, port }, stop)
  say(`the citizens' site listens on ${address}`)
}

const dayMs = 86_400_000

/**
 * At the start, so that a wrong password is told at once, and every day, so that it is changed in
 * its last 14 days also where nobody comes. A server that is away is no reason not to start.
 */
async function signOn({ json }: Clients, log: pino.Logger): Promise<void> {
  try {
    const signed = await json.signOn()
    if (signed.ok) {
      const { passwordExpiresAt } = signed.value
      log.info({ passwordExpiresAt }, 'signed on to the CPR server')
      return
    }
    const { receipt, title } = signed.problem
    log.error({ receipt }, 'the CPR server does not accept the person code')
    throw new Error(`The CPR server does not accept the person code: ${receipt} ${title}`)
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    log.warn('the CPR server does not answer; every page says so until it does')
  }
}

/** What the site cannot be without; all that is missing is told at once. */
const needed = [
  ['cpr', 'SAMSPIL_CPR'],
  ['siteOrigin', 'SAMSPIL_SELF_SERVICE_ORIGIN'],
  ['siteKey', 'SAMSPIL_SELF_SERVICE_KEY_FILE'],
  ['sitePersonCode', 'SAMSPIL_SELF_SERVICE_PERSON_CODE'],
  ['sitePassword', 'SAMSPIL_SELF_SERVICE_PASSWORD_FILE'],
  ['siteIssuer', 'SAMSPIL_SELF_SERVICE_ISSUER'],
  ['siteClient', 'SAMSPIL_SELF_SERVICE_CLIENT'],
  ['siteClientSecret', 'SAMSPIL_SELF_SERVICE_CLIENT_SECRET'],
] as const satisfies readonly (readonly [keyof Settings, string])[]

type Needed = { readonly [Name in (typeof needed)[number][0]]: NonNullable<Settings[Name]> }

function requireAll(settings: Settings): Needed {
  const missing = needed.filter(([name]) => settings[name] === undefined)
  if (missing.length > 0) {
    throw new Error(`Set ${missing.map(([, variable]) => variable).join(', ')}`)
  }
  // Each was just looked for.
  return settings as Settings & Needed
}
