/** Stands in for #server/compose.ts: the same, and the ears know whose field set shows what. */

import { assert } from '#base/assert.ts'
import { composeServer as compose, type Server, type ServerParts } from '#server/compose.ts'
import { knowReaders } from '#test/canaries/ears.ts'
import { readersOf } from '#test/canaries/readers.ts'

export async function composeServer(parts: ServerParts): Promise<Server> {
  const app = await compose(parts)
  app.server.once('listening', () => {
    const address = app.server.address()
    assert(typeof address === 'object' && address !== null, 'a server that listens has a port')
    knowReaders(`http://127.0.0.1:${address.port}`, readersOf(parts.pool))
  })
  return app
}
