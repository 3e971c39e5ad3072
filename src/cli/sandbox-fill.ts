/** Fills a new sandbox: reference lists, a synthetic population, person codes, a pending incident. */

import { randomBytes } from 'node:crypto'
import { PasswordHasher } from '#access/password-hash.ts'
import { makeOneTimePassword } from '#access/password-rules.ts'
import { personCode } from '#access/person-code.ts'
import type { PlainDate } from '#base/calendar.ts'
import { openProgress } from '#base/progress.ts'
import type { OlderState, SandboxLogin, SandboxState } from '#cli/sandbox-state.ts'
import type { GeneratedPerson } from '#population/draft.ts'
import { generatePopulation } from '#population/population.ts'
import type { Scenario } from '#population/scenario.ts'
import { addressingName } from '#register/name.ts'
import { createPersonCode } from '#store/person-codes.ts'
import { type Pool, statement } from '#store/pool.ts'
import { loadPopulation } from '#store/population.ts'
import { loadReference, readReferenceFiles } from '#store/reference.ts'

const municipalities = ['0751', '0851', '0101', '0461', '0561', '0147', '0657']

export type Plan = { readonly seed: number; readonly persons: number; readonly day: PlainDate }

/** Everything that a sandbox will be, passwords included, before anything of it is made. */
export function planSandbox({ seed, persons, day }: Plan): SandboxState {
  const { scenario, population } = draw({ seed, persons, day })
  // The named people are all in the first batch.
  const [named] = population.batches()
  return {
    form: 4,
    filled: false,
    day,
    seed,
    persons,
    personCodes: codes.map((each) => ({
      ...each,
      password: makeOneTimePassword(randomBytes, each.code),
    })),
    logins: loginsOf(scenario, (pnr) => nameIn(named?.people ?? [], pnr)),
    scenario,
  }
}

/**
 * Who is who stays, and every password; what was not planned then is added by filling it again,
 * which makes what is not there yet.
 */
export function bringForward(older: OlderState): SandboxState {
  const plan = planSandbox(older)
  const codes = new Map(older.personCodes.map(({ code, password }) => [code, password]))
  const logins = new Map(older.logins.map(({ user, password }) => [user, password]))
  return {
    ...older,
    form: plan.form,
    filled: false,
    hasReports: older.filled,
    personCodes: plan.personCodes.map((each) => ({
      ...each,
      password: codes.get(each.code) ?? each.password,
    })),
    logins: plan.logins.map((each) => ({
      ...each,
      password: logins.get(each.user) ?? each.password,
    })),
  }
}

/**
 * Makes what the plan says and is not there yet. The population is drawn from seed and day alone
 * and loaded as a whole or not at all, so that a fill that was broken off is gone on with.
 */
export async function fillSandbox(owner: Pool, state: SandboxState, now: Date): Promise<void> {
  const { reference, population } = draw(state)
  await loadReference(owner, reference)
  if (await isEmptyRegister(owner)) {
    const progress = openProgress('Population', { stream: process.stderr, clock: Date.now })
    await loadPopulation(owner, population, { now, random: randomBytes, onProgress: progress.tell })
    progress.end()
  }
  await createCodes(owner, state, now)
}

/** Whether nobody is registered; false also where the table is not there yet. */
export async function isEmptyRegister(owner: Pool): Promise<boolean> {
  const { rows } = await owner.run(anyPerson)
  return rows[0]?.['used'] === false
}

const anyPerson = statement('sandbox-used', 'select exists (select from person) as used')

function draw({ seed, persons, day }: Plan) {
  const reference = readReferenceFiles(day)
  const population = generatePopulation({ seed, persons, today: day, reference })
  return { reference, population, scenario: population.scenario }
}

/** The first digits of a person code tell the desks of one municipality apart. */
const deskKinds = {
  'case-worker': { group: 'municipality', user: 'desk', name: 'Sagsbehandler', codes: ['0', '1'] },
  'team-lead': { group: 'team-lead', user: 'lead', name: 'Teamleder', codes: ['2'] },
  'log-reviewer': {
    group: 'log-reviewer',
    user: 'review',
    name: 'Logkontrollant',
    codes: ['3', '4'],
  },
} as const

/** Who works at the desk of a municipality: a second one to confirm, a lead, two who review. */
const desks = [
  ...municipalities.map((authority) => desk(authority, 'case-worker', '')),
  desk('0751', 'case-worker', '2'),
  desk('0751', 'team-lead', ''),
  desk('0751', 'log-reviewer', ''),
  desk('0751', 'log-reviewer', '2'),
]

function desk(authority: string, role: keyof typeof deskKinds, nth: '' | '2') {
  const { group, user, name, codes: digits } = deskKinds[role]
  const code = `W00${digits[nth === '' ? 0 : 1]}${authority}`
  const end = nth === '' ? authority : `${authority}-${nth}`
  return { role, group, authority, code, user: `${user}-${end}`, name: `${name} ${end}` }
}

const codes = [
  { code: 'W0000001', group: 'citizen', authority: '0042' },
  ...desks.map(({ code, group, authority }) => ({ code, group, authority })),
  { code: 'W0000099', group: 'cpr-office', authority: '0001' },
] as const

async function createCodes(pool: Pool, { personCodes }: SandboxState, now: Date): Promise<void> {
  const tools = { pool, hasher: new PasswordHasher(randomBytes), random: randomBytes }
  const by = { actor: 'sandbox', second: 'sandbox, too', purpose: 'a new sandbox', now }
  await Promise.all(
    personCodes.map(async ({ code, group, authority, password: lastingPassword }) => {
      const wanted = { code: personCode(code), group, authority, name: 'sandbox', lastingPassword }
      const made = await createPersonCode(tools, wanted, by)
      // Taken: by the start before this one, with the same password.
      if (made.kind !== 'created' && made.kind !== 'code-taken') {
        throw new Error(`Cannot create ${code}: ${made.kind}`)
      }
    }),
  )
}

/** Who can sign in; the citizens' site refuses a sign-in that is too weak. */
function loginsOf(scenario: Scenario, nameOf: (pnr: string) => string): readonly SandboxLogin[] {
  const citizens: readonly (readonly [string, string])[] = [
    ['ordinary', scenario.ordinaryAdult],
    ['parent', scenario.familyOfFour[0]],
    ['other-parent', scenario.familyOfFour[1]],
    ['protected', scenario.protectedAdult],
    ['flatmate', scenario.flatmates[0]],
    ['newcomer', scenario.newcomer],
    ['emigrated', scenario.emigrated],
    ['weak', scenario.centenarian],
  ]
  return [
    ...citizens.map(
      ([user, pnr]) =>
        ({ user, password: secret(), name: nameOf(pnr), role: 'citizen', pnr }) as const,
    ),
    ...desks.map(({ user, name, role, authority, code: personCode }) => {
      return { user, password: secret(), name, role, authority, personCode }
    }),
  ]
}

/** As it stands on letters. */
function nameIn(people: readonly GeneratedPerson[], pnr: string): string {
  const facts = people.find((person) => person.pnr === pnr)?.facts ?? []
  const name = facts.findLast((fact) => fact.kind === 'name')
  return name?.kind === 'name' && name.value ? addressingName(name.value) : pnr
}

function secret(): string {
  return randomBytes(9).toString('base64url')
}
