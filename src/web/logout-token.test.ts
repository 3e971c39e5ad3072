/** Where a provider is away, whoever posts logout tokens makes nobody ask it again and again. */

import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { openLogoutTokens } from '#web/logout-token.ts'

test('a provider that is away is asked once in five seconds, however many tokens come', async () => {
  let now = Date.parse('2026-03-01T10:00:00Z')
  let asked = 0
  const read = openLogoutTokens({
    ...{ issuer: () => 'https://idp.example', clientId: 'site', clock: () => new Date(now) },
    keysUrl: async () => {
      asked += 1
      throw new Error('away')
    },
  })
  for (let posts = 0; posts < 20; posts += 1) equal(await read('a.b.c'), 'keys-unreachable')
  equal(asked, 1)
  now += 4_999
  equal(await read('a.b.c'), 'keys-unreachable')
  equal(asked, 1)
  now += 1
  await read('a.b.c')
  equal(asked, 2, 'and then again')
})
