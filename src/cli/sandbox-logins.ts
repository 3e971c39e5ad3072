/** The sandbox's people: who they are at its provider, and whom the CPR server takes them for. */

import { randomBytes } from 'node:crypto'
import type { OpenIdProvider } from '#access/id-token.ts'
import { personCode } from '#access/person-code.ts'
import type { Text } from '#base/text.ts'
import type { SandboxLogin, SandboxState } from '#cli/sandbox-state.ts'
import { acrOf, type IdpPerson, subjectOf } from '#idp/people.ts'
import { linkIdentity } from '#store/federated.ts'
import type { Pool } from '#store/pool.ts'

/** Who signs in more weakly is shown how that is refused. */
export const assured = (['Substantial', 'High'] as const).map(acrOf)

/** Whose ID tokens open person codes: those of the fourth program, made for the desk. */
export function deskProviders([, , , issuer]: readonly string[]): readonly OpenIdProvider[] {
  return issuer === undefined ? [] : [{ issuer, clientIds: ['desk'], levels: assured }]
}

/** At every start: the ports, and so the name of the provider, may be other ones than before. */
export async function linkLogins(
  pool: Pool,
  { logins }: SandboxState,
  [, , , issuer = '']: readonly string[],
  now: Date,
): Promise<void> {
  const by = { actor: 'sandbox', purpose: 'a sandbox has started', now }
  for (const login of logins) {
    if (login.role === 'citizen') continue
    const identity = { issuer, subject: subjectOf(login) }
    const code = personCode(login.personCode)
    const linked = await linkIdentity({ pool, random: randomBytes }, code, identity, by)
    if (linked === 'no-such-code') throw new Error(`${login.user} has no person code`)
  }
}

const abouts: Readonly<Record<string, Text>> = {
  ordinary: {
    da: 'Bor alene i Aarhus, og kan handle for andre',
    en: 'Lives alone in Aarhus, and can act for others',
  },
  parent: { da: 'To forældre og to børn', en: 'Two parents and two children' },
  'other-parent': { da: 'Den anden forælder', en: 'The other parent' },
  protected: { da: 'Navne- og adressebeskyttet', en: 'Name and address protected' },
  flatmate: { da: 'Deler lejlighed med en anden', en: 'Shares a flat with another' },
  newcomer: { da: 'Kom til Danmark for fem uger siden', en: 'Came to Denmark five weeks ago' },
  emigrated: { da: 'Bor i udlandet', en: 'Lives abroad' },
  weak: { da: 'Logger ind på niveau Lav', en: 'Signs in at the level Low' },
}

export function personOf(login: SandboxLogin): IdpPerson {
  const about = login.role === 'citizen' ? abouts[login.user] : deskAbouts[login.role]
  return {
    ...login,
    about: about ?? { da: login.user, en: login.user },
    assurance: login.user === 'weak' ? 'Low' : 'Substantial',
  }
}

const deskAbouts = {
  'case-worker': { da: 'Behandler og afgør sager', en: 'Works on cases and decides them' },
  'team-lead': {
    da: 'Slår også regelsæt til og ser tal',
    en: 'Also switches policies on and sees figures',
  },
  'log-reviewer': { da: 'Kontrollerer opslag i loggen', en: 'Reviews look-ups in the log' },
} as const
