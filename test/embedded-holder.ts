/** A program that holds an embedded PostgreSQL until it is killed; tests start it as a process. */

import { startEmbedded } from '#store/embedded/start.ts'

const [dataDir] = process.argv.slice(2)
if (dataDir === undefined) throw new Error('usage: embedded-holder FOLDER')

try {
  const server = await startEmbedded({ dataDir })
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)))
  console.log(JSON.stringify({ url: server.url, pid: server.pid }))
  setInterval(() => {}, 60_000)
} catch (error) {
  console.log(JSON.stringify({ refusal: error instanceof Error ? error.message : String(error) }))
}
