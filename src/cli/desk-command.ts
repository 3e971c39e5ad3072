/** The sub-command `desk`: how the municipality's pages run outside the sandbox. */

import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { pino } from 'pino'
import { readEnvironment } from '#cli/environment.ts'
import { readPort } from '#cli/port.ts'
import { openDesk } from '#desk/app.ts'

export function addDeskCommand(program: Command): void {
  program
    .command('desk')
    .description("Run the municipality's pages, beside the CPR server that SAMSPIL_CPR names")
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <n>', 'the port to listen on', readPort, 8402)
    .action(runDesk)
}

async function runDesk({ host, port }: { readonly host: string; readonly port: number }) {
  const { cpr, deskOrigin, deskKey, log } = readEnvironment()
  if (cpr === undefined || deskOrigin === undefined || deskKey === undefined) {
    throw new Error('Set SAMSPIL_CPR, SAMSPIL_DESK_ORIGIN and SAMSPIL_DESK_KEY_FILE')
  }
  const app = openDesk({
    cpr,
    origin: () => deskOrigin,
    log: pino({ level: log ?? 'info' }),
    key: readKey(deskKey),
    clock: () => new Date(),
  })
  const address = await app.listen({ host, port })
  process.stderr.write(`samspil: the desk listens on ${address}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      app.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

/** 32 bytes as 64 hexadecimal digits, which `openssl rand -hex 32` writes. */
export function readKey(path: string): Uint8Array {
  const text = readFileSync(path, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new Error(`${path} must hold 64 hexadecimal digits: openssl rand -hex 32`)
  }
  return Buffer.from(text, 'hex')
}
