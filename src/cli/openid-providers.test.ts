/** The file of OpenID providers: what is wrong in it refuses the start and says where. */

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readOpenIdProviders } from '#cli/openid-providers.ts'

const folder = mkdtempSync(join(tmpdir(), 'samspil-openid-'))
after(() => rmSync(folder, { recursive: true }))

function read(value: unknown) {
  const path = join(folder, 'providers.json')
  writeFileSync(path, JSON.stringify(value))
  return readOpenIdProviders(path)
}

const good = { issuer: 'https://idp.example', clientIds: ['desk'] }

test('a provider has the levels of NSIS unless it says others, and no file is no provider', () => {
  const [provider] = read([good])
  assert.deepEqual(
    provider?.levels.map((each) => each.split('/').at(-1)),
    ['Substantial', 'High'],
  )
  assert.deepEqual(read([{ ...good, levels: ['high'] }])[0]?.levels, ['high'])
  assert.equal(read([{ ...good, issuer: 'http://127.0.0.1:8403' }]).length, 1)
  assert.deepEqual(readOpenIdProviders(undefined), [])
})

test('whatever is misspelt, missing or by http refuses the start', () => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [{}, /list of providers/],
    [['x'], /provider 1 is no object/],
    [[good, { ...good, jwks: 'x' }], /provider 2 has jwks, which means nothing/],
    [[{ ...good, issuer: 'http://idp.example' }], /issuer must be an https address/],
    [[{ ...good, issuer: undefined }], /issuer must be/],
    [[{ ...good, clientIds: [] }], /clientIds must be/],
    [[{ ...good, levels: [''] }], /levels must be/],
    [[{ ...good, jwksUri: 'ftp://x' }], /jwksUri must be/],
  ]
  for (const [value, expected] of wrong) assert.throws(() => read(value), expected)
})
