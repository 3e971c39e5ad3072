/** What settings cannot go together refuses the start. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTable } from '#base/setting.ts'
import { settingsTable } from '#base/settings.ts'
import { listenerOf } from '#cli/listener.ts'

function listen(variables: Readonly<Record<string, string>>) {
  const read = readTable(settingsTable, { variables, readFile: () => '' })
  assert.ok(read.ok)
  return listenerOf(read.values)
}

test('a certificate that a proxy tells needs a proxy that is trusted', () => {
  const told = { SAMSPIL_PROXY_CERTIFICATE: 'client-cert' }
  assert.throws(() => listen(told), /SAMSPIL_PROXY_CERTIFICATE needs SAMSPIL_PROXIES/)
  const { proxy } = listen({ ...told, SAMSPIL_PROXIES: '192.0.2.1' })
  assert.deepEqual(proxy.proxies, ['192.0.2.1'])
  assert.equal(proxy.certificateHeader, 'client-cert')
})

test('without that setting no proxy tells a certificate', () => {
  const { proxy } = listen({ SAMSPIL_PROXIES: '192.0.2.1' })
  assert.equal(proxy.certificateHeader, undefined)
})
