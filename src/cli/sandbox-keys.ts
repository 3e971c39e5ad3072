/** What the sandbox's programs keep secret between runs, beside passwords: made once, in a file. */

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivately } from '#cli/sandbox-state.ts'
import { type IdpKeys, makeIdpKeys } from '#idp/keys.ts'

export type SandboxKeys = {
  readonly idp: IdpKeys
  /** Of the citizens' site, as base64url: 32 bytes. */
  readonly seal: string
  /** Of the desk, likewise. */
  readonly deskSeal: string
}

const file = 'keys.json'

export async function findOrMakeKeys(folder: string): Promise<SandboxKeys> {
  const path = join(folder, file)
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'))
  const keys = {
    idp: await makeIdpKeys(randomBytes),
    seal: randomBytes(32).toString('base64url'),
    deskSeal: randomBytes(32).toString('base64url'),
  }
  writePrivately(path, keys)
  return keys
}
