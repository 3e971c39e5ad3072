/**
 * What PostgreSQL alone needs: the steps without any door, every statement recorded, and then the
 * recorded statements alone, sent again to a copy of the database. Knows no SQL of its own.
 */

import { createHash, randomBytes } from 'node:crypto'
import { assert } from '#base/assert.ts'
import type { Answer } from '#casework/answer.ts'
import { approve } from '#casework/decide.ts'
import { firstWall } from '#casework/first-wall.ts'
import { type House, usualLimits } from '#casework/house.ts'
import { initiate } from '#casework/initiate.ts'
import { save, validate } from '#casework/report.ts'
import { Trials } from '#casework/trials.ts'
import { tsSequence } from '#casework/ts.ts'
import { readData, readKeys } from '#incident/read.ts'
import { domesticMove } from '#incidents/domestic-move.ts'
import { openCaseworkStore } from '#store/casework.ts'
import { openPolicies } from '#store/policies.ts'
import type { Pool, Statement } from '#store/pool.ts'
import { type Move, type StepTimes, stopwatch } from '#test/bench/incident.ts'
import { dataOf, type Tokens, tokenOf } from '#test/bench/lanes.ts'

type Sent = { readonly statement: Statement; readonly values: readonly unknown[] }

/** The statements of one incident, step by step. */
export type Recording = readonly (readonly Sent[])[]

const source = '127.0.0.1'
const random = (bytes: number) => randomBytes(bytes)
const nextTs = tsSequence()

/** The steps as the doors call them, rules and all, in this process. */
export function caseworkLane(pool: Pool, tokens: Tokens, today: string) {
  let sent: Sent[] = []
  const recording: Pool = {
    ...pool,
    run: (statement, values = []) => {
      sent.push({ statement, values })
      return pool.run(statement, values)
    },
  }
  const house: House = {
    firstWall,
    store: openCaseworkStore(recording, random),
    policies: openPolicies(recording),
    clock: () => new Date(),
    random,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    nextTs,
    rulesVersion: 'bench',
    limits: usualLimits,
    trials: new Trials(Number.POSITIVE_INFINITY),
  }
  const run = async (move: Move) => {
    const { pnr, municipality, to } = move
    const times: number[] = []
    const recorded: (readonly Sent[])[] = []
    const took = stopwatch()
    const step = async (answering: Promise<Answer>) => {
      const answer = await answering
      assert(answer.kind === 'done', `a step was answered with ${wordsOf(answer)}`)
      times.push(took())
      recorded.push(sent)
      sent = []
      return answer.standing
    }
    const type = domesticMove
    const asker = { token: tokens.reporter, source }
    const keys = readKeys({ pnr, date: today, municipality })
    const { record } = await step(initiate(house, { asker, type, keys }))
    const order = { asker, type, incident: { id: record.id } }
    const data = readData(type.shape, dataOf(to))
    await step(validate(house, { ...order, data }))
    await step(save(house, order))
    const decider = { token: tokenOf(tokens, municipality), source }
    await step(approve(house, { ...order, asker: decider }))
    return { times, recorded }
  }
  return { run }
}

/** Numbers alone: whom it is about stays shut. */
function wordsOf(answer: Answer): string {
  const refusals = 'refusals' in answer ? answer.refusals : []
  return [answer.kind, ...refusals.map(({ number }) => number)].join(' ')
}

/** The same statements with the same values in the same order, and nothing else. */
export async function replay(pool: Pool, recording: Recording): Promise<StepTimes> {
  const times: number[] = []
  const took = stopwatch()
  for (const step of recording) {
    for (const { statement, values } of step) {
      const { rows } = await pool.run(statement, values)
      const written = rows[0]?.['written']
      assert(written === undefined || written === 1, `${statement.name} wrote nothing`)
    }
    times.push(took())
  }
  return times
}
