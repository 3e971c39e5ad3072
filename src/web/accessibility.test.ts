/** The foot of a page and the short address lead to the accessibility statement. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { statementRoutes } from '#web/accessibility.ts'

function siteWith(published: string | undefined) {
  const app = fastify()
  statementRoutes(app, {
    paths: ['/da/accessibility', '/en/accessibility'],
    published,
    ownPage: async (_, reply) => reply.send('what we know'),
  })
  return async (url: string) => {
    const { statusCode, headers, body } = await app.inject({ method: 'GET', url })
    return [statusCode, headers.location ?? body]
  }
}

test('what the authority has published stands in place of our page, in both languages', async () => {
  const statement = 'https://www.was.digst.dk/selvbetjening-example-dk'
  const ask = siteWith(statement)
  for (const url of ['/was', '/da/accessibility', '/en/accessibility']) {
    assert.deepEqual(await ask(url), [302, statement])
  }
})

test('where nothing is published, our page says what is known', async () => {
  const ask = siteWith(undefined)
  assert.deepEqual(await ask('/was'), [302, '/da/accessibility'])
  for (const url of ['/da/accessibility', '/en/accessibility']) {
    assert.deepEqual(await ask(url), [200, 'what we know'])
  }
})
