/**
 * Powers of attorney of a new sandbox, for one of its logins to try: one that holds, one that has
 * ended, and one that reaches no report. Given as on the pages, through the site's own deposits.
 */

import { present } from '#base/assert.ts'
import { addDays, addYears, danishDate } from '#base/calendar.ts'
import type { SandboxKeys } from '#cli/sandbox-keys.ts'
import type { SandboxState } from '#cli/sandbox-state.ts'
import { openClients } from '#self-service/clients.ts'
import { openPowersWith } from '#self-service/own/power.ts'

const holderName = 'ordinary'

/** Does nothing where the holder has some already: a filling may be broken off. */
export async function makePowers(
  cpr: string,
  { personCodes, logins }: SandboxState,
  keys: SandboxKeys,
  now: Date,
): Promise<void> {
  const code = present(
    personCodes.find(({ group }) => group === 'citizen'),
    'a person code of citizens',
  )
  const clients = openClients({ cpr, personCode: code.code }, () => code.password)
  const powers = openPowersWith(clients, Buffer.from(keys.seal, 'base64url'))
  const partyOf = (user: string) => {
    const login = logins.find((each) => each.user === user)
    return login?.role === 'citizen' ? { pnr: login.pnr, name: login.name } : undefined
  }
  const holder = present(partyOf(holderName), 'who holds them')
  if ((await powers.list(holder.pnr)).length > 0) return
  const today = danishDate(now)
  for (const { from, to, by, scope } of [
    {
      ...{ by: 'newcomer', from: today, to: addYears(today, 1) },
      scope: ['domestic-move', 'contact-address', 'hearings', 'cases', 'data'],
    },
    {
      ...{ by: 'flatmate', from: addDays(today, -60), to: addDays(today, -1) },
      scope: ['domestic-move', 'cases'],
    },
    { by: 'weak', from: today, to: addDays(today, 90), scope: ['data'] },
  ]) {
    const giver = present(partyOf(by), `the login ${by}`)
    await powers.give({ giver, holder, scope, from, to, givenAt: now.valueOf() })
  }
}
