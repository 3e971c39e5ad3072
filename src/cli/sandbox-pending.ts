/** Gives one of the named persons a move that waits, reported through the JSON door as any other. */

import { addDays, danishDate } from '#base/calendar.ts'
import type { SandboxState } from '#cli/sandbox-state.ts'
import type { Server } from '#server/compose.ts'
import { type Pool, statement } from '#store/pool.ts'

/** Does nothing where something waits for the person already. */
export async function makePending(
  app: Server,
  owner: Pool,
  state: SandboxState,
  now: Date,
): Promise<void> {
  const { rows } = await owner.run(anyPending, [state.scenario.withPending])
  if (rows[0]?.['waits'] === true) return
  const target = state.scenario.addresses.find(
    ({ municipality, residents }) => municipality === '0851' && residents === 0,
  )
  const code = state.personCodes.find(({ group }) => group === 'citizen')
  if (!target || !code) throw new Error('Cannot make the pending incident: nowhere to move to')
  const post = async (url: string, body: unknown, token?: string) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {}
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await app.inject({
      method: 'POST',
      url: `/api/v1${url}`,
      headers: { ...headers, ...type },
      ...payload,
    })
    if (answer.statusCode >= 300)
      throw new Error(`Cannot make the pending incident: ${answer.body}`)
    return answer.json<{ token: string; id: string }>()
  }
  const { code: personCode, password } = code
  const { token } = await post('/sessions', { personCode, password })
  const { id } = await post(
    '/incidents',
    {
      type: 'domestic-move',
      pnr: state.scenario.withPending,
      date: addDays(danishDate(now), 3),
      municipality: target.municipality,
    },
    token,
  )
  const { road, house, floor, door } = target
  const data = { road, house, ...(floor && { floor }), ...(door && { door }) }
  await post(`/incidents/${id}/validate`, { data }, token)
  await post(`/incidents/${id}/save`, undefined, token)
}

const anyPending = statement(
  'sandbox-pending',
  `select exists (select from incident where pnr = $1 and state = 'pending') as waits`,
)
