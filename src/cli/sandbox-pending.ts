/**
 * Gives the desks of a new sandbox something to do: a move of one of the named persons, and reports
 * of some townspeople of Aarhus. All of it comes through the JSON door as any other report.
 */

import { addDays, danishDate, type PlainDate } from '#base/calendar.ts'
import type { SandboxState } from '#cli/sandbox-state.ts'
import { addressKey } from '#register/address.ts'
import type { Server } from '#server/compose.ts'
import { type Pool, statement } from '#store/pool.ts'

type Report = {
  readonly type: string
  readonly pnr: string
  readonly date: PlainDate
  readonly municipality: string
  readonly data: { readonly [field: string]: string }
}

const townOfReports = '0751'

/** Does nothing for a person about whom something waits already: a filling may be broken off. */
export async function makePending(
  app: Server,
  owner: Pool,
  state: SandboxState,
  now: Date,
): Promise<void> {
  const { scenario } = state
  const named = Object.values(scenario).flat().map(String)
  const targets = scenario.addresses.map(addressKey)
  const { rows } = await owner.run(townspeople, [townOfReports, named, targets])
  const reports = reportsOf(
    state,
    rows.map(({ pnr }) => String(pnr)),
    danishDate(now),
  )
  const waiting = await owner.run(pendingAbout, [reports.map(({ pnr }) => pnr)])
  const done = new Set(waiting.rows.map(({ pnr }) => String(pnr)))
  const send = await signOn(app, state)
  for (const report of reports.filter(({ pnr }) => !done.has(pnr))) await send(report)
}

/** Plain moves, late and early, one to where somebody lives, and two that are no moves. */
function reportsOf(
  { scenario }: SandboxState,
  people: readonly string[],
  today: PlainDate,
): readonly Report[] {
  const homes = (municipality: string, isLivedIn: boolean) =>
    scenario.addresses
      .filter((each) => each.municipality === municipality && each.residents > 0 === isLivedIn)
      .map(({ road, house, floor, door }) => ({
        road,
        house,
        ...(floor && { floor }),
        ...(door && { door }),
      }))
  const move = (pnr: string | undefined, days: number, municipality: string, home?: object) =>
    pnr === undefined || home === undefined
      ? []
      : [
          {
            ...{ type: 'domestic-move', pnr, municipality, date: addDays(today, days) },
            data: { ...home },
          },
        ]
  const other = (type: string, pnr: string | undefined) =>
    pnr === undefined
      ? []
      : [{ type, pnr, date: today, municipality: townOfReports, data: { action: 'on' } }]
  const [empty = {}, second = empty] = homes(townOfReports, false)
  const [livedIn] = homes(townOfReports, true)
  return [
    ...move(scenario.withPending, 3, '0851', homes('0851', false)[0]),
    ...move(people[0], 5, townOfReports, empty),
    ...move(people[1], -9, townOfReports, second),
    ...move(people[2], 12, townOfReports, livedIn),
    ...move(people[3], 0, townOfReports, second),
    ...other('name-and-address-protection', people[4]),
    ...other('local-directory-protection', people[5]),
  ]
}

async function signOn(app: Server, state: SandboxState) {
  const code = state.personCodes.find(({ group }) => group === 'citizen')
  if (!code) throw new Error('Cannot make the pending incidents: no person code of citizens')
  const post = async (url: string, body: unknown, token?: string) => {
    const answer = await app.inject({
      method: 'POST',
      url: `/api/v1${url}`,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
    if (answer.statusCode < 300) return answer.json<{ token: string; id: string }>()
    throw new Error(`Cannot make the pending incidents: ${answer.body}`)
  }
  const { code: personCode, password } = code
  const { token } = await post('/sessions', { personCode, password })
  return async ({ data, ...keys }: Report) => {
    const { id } = await post('/incidents', keys, token)
    // A warning, as that it will be crowded, is heard once and then passes.
    const again = () => post(`/incidents/${id}/validate`, { data }, token)
    await again().catch(again)
    await post(`/incidents/${id}/save`, undefined, token)
  }
}

const pendingAbout = statement(
  'sandbox-pending',
  `select distinct pnr from incident where pnr = any ($1) and state = 'pending'`,
)

/** Grown people who live alone, and whom no example names: nothing stands in the way of a move. */
const townspeople = statement(
  'sandbox-townspeople',
  `select p.pnr from person p
   where p.municipality = $1 and p.status = '01' and p.pnr <> all ($2::text[])
     and p.address_key is not null and p.protected_until is null
     and (p.current ->> 'bornOn')::date between date '1950-01-01' and date '2000-01-01'
     and not exists (select from person o where o.address_key = p.address_key and o.pnr <> p.pnr)
     -- Nobody moves to where they live already.
     and p.address_key <> all ($3::text[])
   order by p.pnr
   limit 8`,
)
