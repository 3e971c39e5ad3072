/** What the sandbox's provider must keep between runs: its keys, and what its clients prove with. */

import { exportJWK, generateKeyPair, type JWK } from 'jose'

export type IdpKeys = {
  /** Private; signs what it says of people. */
  readonly signing: JWK
  readonly cookies: readonly string[]
  readonly clientSecrets: { readonly 'self-service': string; readonly desk: string }
}

export async function makeIdpKeys(random: (bytes: number) => Buffer): Promise<IdpKeys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const secret = () => random(32).toString('base64url')
  const signing = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: secret() }
  const clientSecrets = { 'self-service': secret(), desk: secret() }
  return { signing, cookies: [secret()], clientSecrets }
}
