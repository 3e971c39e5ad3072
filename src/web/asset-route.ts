/** Serves the files of the design: for ever under their digest, never anything else. */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Asset, assets, assetsPrefix } from '#web/assets.ts'

const year = 31_536_000

export function serveAssets(app: FastifyInstance): void {
  const config = { staysOpen: true, limit: 'none' } as const
  app.get(`${assetsPrefix}/:digest/*`, { config }, (request, reply) => {
    const { digest, '*': path } = request.params as { digest: string; '*': string }
    const asset = assets().files.get(path)
    if (asset === undefined) return reply.callNotFound()
    // While versions change, a page of another one asks here: answered, but not to be kept.
    const keep = digest === assets().digest ? `public, max-age=${year}, immutable` : 'no-cache'
    const { bytes, encoding } = choose(asset, request)
    void reply.type(asset.type).header('cache-control', keep).header('vary', 'accept-encoding')
    if (encoding !== undefined) void reply.header('content-encoding', encoding)
    return reply.send(bytes)
  })
}

function choose(asset: Asset, { headers }: FastifyRequest) {
  const accepted = String(headers['accept-encoding'] ?? '')
  if (asset.brotli && /\bbr\b/.test(accepted)) return { bytes: asset.brotli, encoding: 'br' }
  if (asset.gzip && /\bgzip\b/.test(accepted)) return { bytes: asset.gzip, encoding: 'gzip' }
  return { bytes: asset.bytes, encoding: undefined }
}
