/** The sandbox's pages: the citizens' site, the desk, and where both let people sign in. */

import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { SandboxKeys } from '#cli/sandbox-keys.ts'
import { assured, personOf } from '#cli/sandbox-logins.ts'
import type { SandboxState } from '#cli/sandbox-state.ts'
import { openDesk } from '#desk/app.ts'
import { openIdp } from '#idp/app.ts'
import { openSelfService } from '#self-service/app.ts'
import { openClients } from '#self-service/clients.ts'
import type { SelfServiceSettings } from '#self-service/settings.ts'

export type SandboxPages = {
  /** Of the CPR server and then of the three, in that order, as far as they listen. */
  readonly urls: readonly string[]
  /** As it is now: passwords may be other ones tomorrow. */
  readonly state: () => SandboxState
  readonly keys: SandboxKeys
  readonly log: Logger
  readonly clock: () => Date
  readonly limits: SelfServiceSettings['limits']
}

/** The three, to be opened in this order. */
export function sandboxPages(parts: SandboxPages): readonly (() => ReturnType<typeof openDesk>)[] {
  const { urls, keys, log, clock, limits, state } = parts
  const at = (place: number) => () => urls[place] ?? ''
  const [cpr, selfService, desk, idp] = [at(0), at(1), at(2), at(3)]
  const newReference = () => randomBytes(6).toString('hex')
  const code = () => state().personCodes.find(({ group }) => group === 'citizen')
  return [
    () =>
      openSelfService({
        ...{ origin: selfService, issuer: idp, log, clock, newReference, limits },
        clients: openClients(
          { cpr: cpr(), personCode: code()?.code ?? '' },
          () => code()?.password ?? '',
        ),
        clientId: 'self-service',
        clientSecret: keys.idp.clientSecrets['self-service'],
        sealKey: Buffer.from(keys.seal, 'base64url'),
        levels: assured,
        isClosed: () => false,
        isSandbox: true,
      }),
    () =>
      openDesk({
        ...{ cpr: cpr(), origin: desk, log, clock, limits, takesPasswords: true },
        provider: {
          issuer: idp,
          clientId: 'desk',
          clientSecret: keys.idp.clientSecrets.desk,
          levels: assured,
        },
        key: Buffer.from(keys.deskSeal, 'base64url'),
      }),
    () =>
      openIdp({
        ...{ origin: idp, log, clock: () => new Date(), newReference, keys: keys.idp },
        clients: () => [
          { id: 'self-service', name: 'Samspil', origin: selfService() },
          { id: 'desk', name: 'Samspil desk', origin: desk() },
        ],
        people: state().logins.map(personOf),
      }),
  ]
}
