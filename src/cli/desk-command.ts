/** The sub-command `desk`: how the municipality's pages run outside the sandbox. */

import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { pino } from 'pino'
import type { Settings } from '#base/settings.ts'
import { readEnvironment } from '#cli/environment.ts'
import { pageLimitsOf, requireProxies } from '#cli/listener.ts'
import { listenOrEnd, readPort } from '#cli/port.ts'
import { certifiedFetch } from '#cli/reach.ts'
import { openStopping } from '#cli/stop.ts'
import { type DeskSettings, openDesk } from '#desk/app.ts'

export function addDeskCommand(program: Command): void {
  program
    .command('desk')
    .description("Run the municipality's pages, beside the CPR server that SAMSPIL_CPR names")
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <n>', 'the port to listen on', readPort, 8402)
    .action(runDesk)
}

async function runDesk({ host, port }: { readonly host: string; readonly port: number }) {
  const settings = readEnvironment()
  const { cpr, deskOrigin, deskKey, log } = settings
  if (cpr === undefined || deskOrigin === undefined || deskKey === undefined) {
    throw new Error('Set SAMSPIL_CPR, SAMSPIL_DESK_ORIGIN and SAMSPIL_DESK_KEY_FILE')
  }
  const provider = providerOf(settings)
  const takesPasswords = (settings.deskPasswords ?? (provider ? 'no' : 'yes')) === 'yes'
  if (!provider && !takesPasswords) {
    throw new Error('Without a provider, SAMSPIL_DESK_PASSWORDS=no would let nobody in')
  }
  requireProxies(settings, deskOrigin)
  const say = (line: string) => process.stderr.write(`samspil: ${line}\n`)
  const { announced, onSignal } = openStopping({ delaySeconds: settings.stopDelay }, say)
  const app = openDesk({
    ...{ cpr, fetch: certifiedFetch(settings) },
    ...{ provider, takesPasswords },
    origin: () => deskOrigin,
    log: pino({ level: log ?? 'info' }),
    key: readKey(deskKey),
    clock: () => new Date(),
    limits: pageLimitsOf(settings),
    statement: settings.deskStatement,
    announced,
  })
  onSignal(() => app.close())
  const address = await listenOrEnd(app, { host, port }, () => app.close())
  say(`the desk listens on ${address}`)
}

/** All three settings of it, or none. */
export function providerOf(settings: Settings): DeskSettings['provider'] {
  const { deskIssuer: issuer, deskClient: clientId, deskClientSecret: clientSecret } = settings
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    throw new Error('Set SAMSPIL_DESK_ISSUER, SAMSPIL_DESK_CLIENT and SAMSPIL_DESK_CLIENT_SECRET')
  }
  return { issuer: () => issuer, clientId, clientSecret, levels: settings.deskLevels }
}

/** 32 bytes as 64 hexadecimal digits, which `openssl rand -hex 32` writes. */
export function readKey(path: string): Uint8Array {
  const text = readFileSync(path, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new Error(`${path} must hold 64 hexadecimal digits: openssl rand -hex 32`)
  }
  return Buffer.from(text, 'hex')
}
