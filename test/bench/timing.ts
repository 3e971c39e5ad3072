/**
 * `npm run bench -- --timing`: whether the time of an answer tells what the answer keeps (A10, A13).
 * Classes are asked in turns drawn by lot, over one connection, of a server that runs as in
 * production; a class that is known to differ shows that the measure can see.
 */

import { randomBytes, randomInt } from 'node:crypto'
import { makeOneTimePassword } from '#access/password-rules.ts'
import { readPersonCode } from '#access/person-code.ts'
import { assert, present } from '#base/assert.ts'
import { gctpPath } from '#gctp/values.ts'
import { writeSearch } from '#gctp/write-request.ts'
import { openAccess } from '#store/access.ts'
import { createPersonCode } from '#store/person-codes.ts'
import { openPool, type Pool } from '#store/pool.ts'
import { type Answered, Connection } from '#test/bench/connection.ts'
import { startServer } from '#test/bench/processes.ts'
import { openScene } from '#test/bench/scene.ts'
import { type Compared, compare, tMax, worst } from '#test/bench/welch.ts'

/** Asks once, about the nth of the class. */
type Class = { readonly ask: (nth: number) => Promise<Answered> }

type Group = {
  readonly name: string
  /** In each round all must be answered by the same number of characters. */
  readonly alike: boolean
  readonly classes: { readonly [name: string]: Class }
  /** More are not answered: what is tried about a protected person is bounded (decision 0028). */
  readonly roundsMax?: number
  /** Before each round, and not timed. */
  readonly before?: () => Promise<unknown>
  /** Whether it is known to differ: then it must show. */
  readonly isControl?: true
}

export type Pair = Compared & {
  readonly group: string
  readonly pair: string
  readonly isControl: boolean
}

export type TimingOptions = {
  readonly persons: number
  readonly samples: number
  readonly say: (line: string) => void
}

export async function measureTiming(
  folder: string,
  { persons, samples, say }: TimingOptions,
): Promise<readonly Pair[]> {
  say(`loading ${persons.toLocaleString('en')} persons`)
  const scene = await openScene(folder, persons)
  const owner = openPool(scene.ownerUrl, { max: 2, statementTimeoutMs: 0 })
  const server = await startServer(scene.setting.databaseUrl, 4, undefined)
  const url = new URL(server.url)
  const [json, gctp] = [new Line(url, 'application/json'), new Line(url, 'text/xml')]
  try {
    const { tokens, today } = scene.setting
    const groups = [
      ...(await searches(owner, { json, gctp, token: tokens.reporter, today })),
      await signOns(owner, json),
    ]
    const pairs: Pair[] = []
    for (const group of groups) {
      // The server closes a connection that was idle while another group was asked.
      for (const line of [json, gctp]) line.close()
      say(`${group.name}: ${samples} of each of ${Object.keys(group.classes).length} classes`)
      const found = await measure(group, samples)
      for (const pair of found) say(`  ${pair.pair}: ${pair.t.toFixed(2)}, ${pair.tCut.toFixed(2)}`)
      pairs.push(...found)
    }
    return pairs
  } finally {
    json.close()
    gctp.close()
    await server.stop()
    await owner.close()
    await scene.stop()
  }
}

/** The server ends a connection after some requests; all classes meet a new one as often. */
const requestsMax = 200

/** A connection that is made when it is used. */
class Line {
  readonly #url: URL
  readonly #type: string
  #connection: Connection | undefined
  #used = 0

  constructor(url: URL, type: string) {
    this.#url = url
    this.#type = type
  }

  post(...sent: Parameters<Connection['post']>): Promise<Answered> {
    if (this.#used === requestsMax) this.close()
    this.#used += 1
    this.#connection ??= new Connection(this.#url, this.#type)
    return this.#connection.post(...sent)
  }

  close(): void {
    this.#connection?.close()
    this.#connection = undefined
    this.#used = 0
  }
}

const warmUp = 50

async function measure(group: Group, samples: number): Promise<readonly Pair[]> {
  const names = Object.keys(group.classes)
  const times = new Map(names.map((name) => [name, [] as number[]]))
  for (let round = -warmUp; round < Math.min(samples, group.roundsMax ?? samples); round += 1) {
    const lengths = new Set<number>()
    await group.before?.()
    for (const name of shuffled(names)) {
      const { ask } = present(group.classes[name], name)
      const from = performance.now()
      const { status, body } = await ask(round + warmUp)
      const took = performance.now() - from
      assert(status < 500 && status !== 429, `${group.name}, ${name}: ${status} ${body}`)
      lengths.add(body.length)
      if (round >= 0) times.get(name)?.push(took)
    }
    const told = [...lengths].join(', ')
    assert(!group.alike || lengths.size === 1, `${group.name}: answers of ${told} characters`)
  }
  return names.flatMap((one, at) =>
    names.slice(at + 1).map((other) => ({
      ...compare(times.get(one) ?? [], times.get(other) ?? []),
      ...{ group: group.name, pair: `${one} / ${other}`, isControl: group.isControl ?? false },
    })),
  )
}

function shuffled(names: readonly string[]): readonly string[] {
  const left = [...names]
  return names.map(() => present(left.splice(randomInt(left.length), 1)[0], 'a class'))
}

/** Every way to fail that is answered alike, each with a wrong password. */
async function signOns(owner: Pool, json: Line): Promise<Group> {
  const random = (bytes: number) => randomBytes(bytes)
  const access = openAccess(owner, random)
  const states = { wrong: '', inactive: 'active = false', locked: 'locked_at = now()' } as const
  const expired = `password_set_at = now() - interval '91 days',
    password_expires_at = now() - interval '1 day'`
  const codeOf: Record<string, string> = { unknown: 'W0999999', malformed: 'V0999999' }
  for (const [at, [name, change]] of Object.entries({ ...states, expired }).entries()) {
    const code = present(readPersonCode(`W090000${at}`), 'a person code')
    const lastingPassword = makeOneTimePassword(random, code)
    const wanted = { code, group: 'citizen', authority: '0042', name, lastingPassword } as const
    const by = { actor: 'bench', purpose: 'a benchmark', now: new Date() }
    assert((await createPersonCode(access, wanted, by)).kind === 'created', `no code for ${name}`)
    if (change !== '') await owner.script(`update person_code set ${change} where code = '${code}'`)
    codeOf[name] = code
  }
  // A fifth miss would lock the code, and many would throttle the address.
  const before = () =>
    owner.script(`delete from source_miss;
      update person_code set tried_in_a_row = 0, wrong_in_a_row = 0
      where code like 'W09%' and locked_at is null`)
  const ask = (personCode: string) => () =>
    json.post('/api/v1/sessions', 'x-a: b', JSON.stringify({ personCode, password: 'Wrong1:word' }))
  const classes = Object.entries(codeOf).map(([name, code]) => [name, { ask: ask(code) }])
  return { name: 'sign-on', alike: true, before, classes: Object.fromEntries(classes) }
}

type Sight = {
  readonly json: Line
  readonly gctp: Line
  readonly token: string
  readonly today: string
}

/** So often a stranger may be named in a day before nothing is answered. */
const refusalsMax = 10

/** Up to forty of each kind, so that no class has its rows closer at hand than another. */
const manyOf = 40
const pairsMin = 5

/** Questions of a citizen's provider whose answers keep something: where, who, and whether. */
async function searches(owner: Pool, sight: Sight): Promise<readonly Group[]> {
  const people = await draw(owner)
  const { json, gctp, token, today } = sight
  const bearer = `authorization: Bearer ${token}`
  const post = (path: string, body: object) =>
    json.post(`/api/v1/${path}`, bearer, JSON.stringify(body))
  const lookUp = (of: readonly string[], more: object = {}): Class => ({
    ask: (nth) => post('persons/lookup', { pnr: of[nth % of.length], purpose: 'bench', ...more }),
  })
  const stamp = (of: readonly string[]): Class => ({
    ask: (nth) => {
      const key = [{ name: 'PNR', value: of[nth % of.length] ?? '' }]
      return gctp.post(gctpPath, `cookie: Token=${token}`, writeSearch({ service: 'STAMP', key }))
    },
  })
  const keys = { pnr: people.mover, date: today, municipality: '0751' }
  const begun = await post('incidents', { type: 'domestic-move', ...keys })
  const id = present(/"id":"([^"]+)"/.exec(begun.body)?.[1], begun.body)
  const validate = (data: (nth: number) => object): Class => ({
    ask: (nth) => post(`incidents/${id}/validate`, { data: data(nth) }),
  })
  const to = present(people.open.places[0], 'a place')
  const along = (of: readonly string[]) =>
    validate((nth) => ({ ...to, companions: [of[nth % of.length]] }))
  const into = (places: readonly object[]) =>
    validate((nth) => ({ ...places[nth % places.length] }))
  const { kept, shielded, open } = people
  const tried = [...kept, ...shielded]
  return [
    {
      name: 'look-up of a protected person: where they live',
      alike: true,
      classes: { 'alone, short road': lookUp(kept), 'with many, long road': lookUp(shielded) },
    },
    {
      name: 'STAMP of a protected person: where they live',
      alike: true,
      classes: { 'alone, short road': stamp(kept), 'with many, long road': stamp(shielded) },
    },
    {
      name: 'a stranger as companion',
      alike: true,
      roundsMax: tried.length * refusalsMax - warmUp,
      classes: { protected: along(tried), ordinary: along(open.pnrs) },
    },
    {
      name: 'a move to where somebody lives',
      // The answer repeats the address that was sent, and counts the steps of its conversation.
      alike: false,
      classes: { protected: into(people.keptPlaces), ordinary: into(open.places) },
    },
    {
      name: 'control: a look-up of today and of another day',
      alike: false,
      isControl: true,
      classes: { today: lookUp(kept), before: lookUp(kept, { asValidOn: '2025-01-01' }) },
    },
  ]
}

/** People of 0751 by where they live; the first two kinds are made protected for it. */
async function draw(owner: Pool) {
  const { rows } = await owner.script(`
    with home as (
      select a.key, a.road, a.house, a.floor, a.door, length(r.name) as name_length,
        count(*)::int as people, min(p.pnr) as pnr
      from person p join address a on a.key = p.address_key
      join road r on r.municipality = a.municipality and r.code = a.road
      where a.municipality = '0751' and a.kind = 'ordinary' and p.next_change_on is null and p.status = '01'
        and (p.current ->> 'bornOn')::date between '1940-01-01' and '2000-01-01'
        and p.current -> 'protections' = '[]' and not p.current ? 'successor'
      group by a.key, r.name)
    select * from home order by people, name_length, key`)
  const singles = rows.filter((row) => row['people'] === 1)
  // Two and two in dwellings that are written alike but for their letters and digits.
  const likeness = (row: (typeof rows)[number]) =>
    [row['name_length'], String(row['house']).length, row['floor'], row['door']].join('-')
  const pairs = [...Map.groupBy(singles, likeness).values()].flatMap((alike) =>
    alike.flatMap((row, at) => (at % 2 === 1 ? [[alike[at - 1] ?? row, row] as const] : [])),
  )
  const [first, ...drawn] = pairs.slice(0, manyOf)
  const [short, open] = [drawn.map(([one]) => one), drawn.map(([, other]) => other)]
  const many = rows.filter((row) => Number(row['people']) > 1).slice(-manyOf)
  const pnrs = (of: typeof rows) => of.map((row) => String(row['pnr']))
  const placeOf = (row: (typeof rows)[number]) => ({
    road: row['road'],
    house: row['house'],
    ...(row['floor'] !== '' && { floor: row['floor'] }),
    ...(row['door'] !== '' && { door: row['door'] }),
  })
  const mover = String(present(first?.[0], 'somebody who moves')['pnr'])
  assert(drawn.length >= pairsMin && many.length >= pairsMin, 'too few people live in 0751')
  const numbers = [...pnrs(short), ...pnrs(many)].map((pnr) => `'${pnr}'`).join(', ')
  await owner.script(`
    update person set current = current || '{"protections": [{"type": "0001", "from": "2026-01-01"}]}'
    where pnr in (${numbers}); analyze person`)
  return {
    kept: pnrs(short),
    shielded: pnrs(many),
    keptPlaces: short.map(placeOf),
    open: { pnrs: pnrs(open), places: open.map(placeOf) },
    mover,
  }
}

export function printedTiming(pairs: readonly Pair[]): string {
  const row = (cells: readonly string[]) =>
    `${(cells[0] ?? '').padEnd(48)} ${(cells[1] ?? '').padEnd(42)}` +
    cells
      .slice(2)
      .map((cell) => cell.padStart(9))
      .join('')
  return [
    '',
    `Welch's t of the time of an answer; above ${tMax} it tells the classes apart.`,
    row(['question', 'classes', 'samples', 'ms', 'ms', 't', 't cut']),
    ...pairs.map(({ group, pair, samples, medians, t, tCut }) =>
      row([
        ...[group, pair, String(Math.min(...samples))],
        ...[...medians, t, tCut].map((value) => value.toFixed(2)),
      ]),
    ),
    '',
    ...pairs.filter((pair) => !isKept(pair)).map(({ group, pair }) => `MISSED  ${group}: ${pair}`),
    '"t cut" is without the slowest tenth of both. Of a control both must be seen to differ.',
    '',
  ].join('\n')
}

export function isKept(pair: Pair): boolean {
  return pair.isControl ? worst(pair) > tMax : worst(pair) < tMax
}
