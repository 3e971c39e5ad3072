/** Fills a new sandbox: reference lists, a synthetic population, person codes, a pending incident. */

import { randomBytes } from 'node:crypto'
import { PasswordHasher } from '#access/password-hash.ts'
import { makeOneTimePassword } from '#access/password-rules.ts'
import { personCode } from '#access/person-code.ts'
import { danishDate } from '#base/calendar.ts'
import { openProgress } from '#base/progress.ts'
import type { SandboxCode, SandboxLogin, SandboxState } from '#cli/sandbox-state.ts'
import { generatePopulation } from '#population/population.ts'
import type { Scenario } from '#population/scenario.ts'
import { createPersonCode } from '#store/person-codes.ts'
import type { Pool } from '#store/pool.ts'
import { loadPopulation } from '#store/population.ts'
import { loadReference, readReferenceFiles } from '#store/reference.ts'

const municipalities = ['0751', '0851', '0101', '0461', '0561', '0147', '0657']

export type FillOptions = {
  readonly seed: number
  readonly persons: number
  readonly now: Date
}

export async function fillSandbox(owner: Pool, options: FillOptions): Promise<SandboxState> {
  const { seed, persons, now } = options
  const today = danishDate(now)
  const reference = readReferenceFiles(today)
  await loadReference(owner, reference)
  const population = generatePopulation({ seed, persons, today, reference })
  const progress = openProgress('Population', { stream: process.stderr, clock: Date.now })
  await loadPopulation(owner, population, { now, random: randomBytes, onProgress: progress.tell })
  progress.end()
  const { scenario } = population
  return {
    form: 1,
    seed,
    persons,
    personCodes: await createCodes(owner, now),
    logins: loginsOf(scenario),
    scenario,
  }
}

async function createCodes(pool: Pool, now: Date): Promise<readonly SandboxCode[]> {
  const wanted = [
    { code: 'W0000001', group: 'citizen', authority: '0042' },
    ...municipalities.map(
      (authority) => ({ code: `W000${authority}`, group: 'municipality', authority }) as const,
    ),
    { code: 'W0000099', group: 'cpr-office', authority: '0001' },
  ] as const
  const tools = { pool, hasher: new PasswordHasher(randomBytes), random: randomBytes }
  return Promise.all(
    wanted.map(async ({ code, group, authority }) => {
      const password = makeOneTimePassword(randomBytes, code)
      const made = await createPersonCode(
        tools,
        { code: personCode(code), group, authority, name: 'sandbox', lastingPassword: password },
        { actor: 'sandbox', purpose: 'a new sandbox', now },
      )
      if (made.kind !== 'created') throw new Error(`Cannot create ${code}: ${made.kind}`)
      return { code, password, group, authority }
    }),
  )
}

function loginsOf(scenario: Scenario): readonly SandboxLogin[] {
  const citizens: readonly (readonly [string, string])[] = [
    ['ordinary', scenario.ordinaryAdult],
    ['parent', scenario.familyOfFour[0]],
    ['protected', scenario.protectedAdult],
    ['flatmate', scenario.flatmates[0]],
    ['newcomer', scenario.newcomer],
  ]
  return [
    ...citizens.map(([user, pnr]) => ({ user, password: secret(), role: 'citizen', pnr }) as const),
    ...municipalities.map(
      (authority) =>
        ({
          user: `desk-${authority}`,
          password: secret(),
          role: 'case-worker',
          authority,
        }) as const,
    ),
  ]
}

function secret(): string {
  return randomBytes(9).toString('base64url')
}
