/** The file of OpenID providers, read when a server starts: what is wrong in it refuses the start. */

import { readFileSync } from 'node:fs'
import { type OpenIdProvider, usualLevels } from '#access/id-token.ts'

const names = ['issuer', 'clientIds', 'levels', 'jwksUri']

export function readOpenIdProviders(path: string | undefined): readonly OpenIdProvider[] {
  if (path === undefined) return []
  const said: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!Array.isArray(said)) throw new Error(`${path} must hold a list of providers`)
  return said.map((each: unknown, place) => readProvider(each, `${path}, provider ${place + 1}`))
}

function readProvider(said: unknown, where: string): OpenIdProvider {
  if (typeof said !== 'object' || said === null) throw new Error(`${where} is no object`)
  const strange = Object.keys(said).find((name) => !names.includes(name))
  if (strange !== undefined) throw new Error(`${where} has ${strange}, which means nothing`)
  const { issuer, clientIds, levels = usualLevels, jwksUri }: Partial<OpenIdProvider> = said
  if (!isAddress(issuer)) throw new Error(`${where}: issuer must be an https address`)
  if (!areTexts(clientIds)) throw new Error(`${where}: clientIds must be a list of texts`)
  if (!areTexts(levels)) throw new Error(`${where}: levels must be a list of texts`)
  if (jwksUri === undefined) return { issuer, clientIds, levels }
  if (!isAddress(jwksUri)) throw new Error(`${where}: jwksUri must be an https address`)
  return { issuer, clientIds, levels, jwksUri }
}

/** By http on this machine alone: whoever stands between could give keys of their own. */
function isAddress(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isHere)
}

function areTexts(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => typeof each === 'string' && each !== '')
  )
}
