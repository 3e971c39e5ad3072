/** The load generator, a process of its own: told what to run, it answers how long it took. */

import { openPool } from '#store/pool.ts'
import { Movers, type StepTimes } from '#test/bench/incident.ts'
import { gctpLane, jsonLane, type Lane, type Sight } from '#test/bench/lanes.ts'
import type { Done, Order, Report, Setting } from '#test/bench/orders.ts'
import { caseworkLane, type Recording, replay } from '#test/bench/raw.ts'
import { runWindow } from '#test/bench/window.ts'

function openLoad(setting: Setting): (order: Order) => Promise<Done> {
  const { tokens, today, connections } = setting
  const pool = openPool(setting.databaseUrl, { max: connections })
  const mirror = openPool(setting.mirrorUrl, { max: connections })
  const movers = new Movers(setting.movers)
  const rawMovers = new Movers(setting.rawMovers)
  const sight: Sight = { url: new URL(setting.url), tokens, today }
  let recordings: Recording[] = []

  const throughDoor = async (openLane: (sight: Sight) => Lane, { clients, seconds }: Order) => {
    const lanes = Array.from({ length: clients }, () => openLane(sight))
    const isOver = timer(seconds)
    try {
      return await runWindow(clients, (client) => {
        const lane = lanes[client]
        if (isOver() || !lane) return undefined
        const { move, done } = movers.take()
        return lane.run(move).finally(done)
      })
    } finally {
      for (const lane of lanes) lane.close()
    }
  }
  const casework = async ({ clients, seconds }: Order): Promise<Done> => {
    const lanes = Array.from({ length: clients }, () => caseworkLane(pool, tokens, today))
    const isOver = timer(seconds)
    const made: Recording[] = []
    const window = await runWindow(clients, (client) => {
      const lane = lanes[client]
      if (isOver() || !lane) return undefined
      const { move, done } = rawMovers.take()
      const place = made.push([]) - 1
      const keep = ({ times, recorded }: { times: StepTimes; recorded: Recording }) => {
        made[place] = recorded
        return times
      }
      return lane.run(move).then(keep).finally(done)
    })
    recordings = made
    return { ...window, roundTrips: mostStatements(made) }
  }
  const statements = async ({ clients }: Order): Promise<Done> => {
    const waiting = recordings.values()
    const window = await runWindow(clients, () => {
      const { value } = waiting.next()
      return value && replay(mirror, value)
    })
    recordings = []
    return window
  }
  return (order) => {
    switch (order.series) {
      case 'casework':
        return casework(order)
      case 'statements':
        return statements(order)
      case 'json':
        return throughDoor(jsonLane, order)
      case 'gctp':
        return throughDoor(gctpLane, order)
      default:
        return order.series satisfies never
    }
  }
}

function timer(seconds: number): () => boolean {
  const end = performance.now() + seconds * 1000
  return () => performance.now() >= end
}

function mostStatements(recordings: readonly Recording[]): readonly number[] {
  const counts = recordings.map((recording) => recording.map((sent) => sent.length))
  return [0, 1, 2, 3].map((step) => Math.max(0, ...counts.map((count) => count[step] ?? 0)))
}

let run: ((order: Order) => Promise<Done>) | undefined

process.on('message', (message: Setting | Order) => {
  const answer = (report: Report | 'ready') => process.send?.(report)
  if ('tokens' in message) {
    run = openLoad(message)
    answer('ready')
    return
  }
  run?.(message).then(answer, (error: unknown) => {
    answer({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  })
})
process.once('disconnect', () => process.exit(0))
