/**
 * Powers of attorney: who may act for whom, in what, and from when until when. CPR does not know
 * them, the provider does: each is a sealed deposit that giver and holder find (rules SEC-10,
 * AUD-7).
 */

import { randomBytes } from 'node:crypto'
import {
  addDays,
  addYears,
  ageOn,
  danishDate,
  date,
  type PlainDate,
  readDate,
} from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { birthDateOf, type Pnr } from '#register/pnr.ts'
import type { Clients } from '#self-service/clients.ts'
import { keyForm, newKey } from '#self-service/keys.ts'
import { findKnown, isFull, isOvertaken, known } from '#self-service/known.ts'
import type { Tools } from '#self-service/settings.ts'
import { sealWith } from '#web/seal.ts'

type Party = { readonly pnr: string; readonly name: string }

export type Power = {
  readonly giver: Party
  readonly holder: Party
  /** What the holder may do: types of incident by name, and what else there is to act in. */
  readonly scope: readonly string[]
  readonly from: PlainDate
  /** The last day on which it holds. */
  readonly to: PlainDate
  readonly givenAt: number
  readonly revokedAt?: number
}

export type KeptPower = { readonly key: string; readonly version: number; readonly power: Power }

/** SEC-10: who gives one, and who is given one. */
const partyFromAge = 15

/** By the number alone: whether anybody has it is told to nobody. */
export function mayBeParty(pnr: Pnr, today: PlainDate): boolean {
  return ageOn(birthDateOf(pnr), today) >= partyFromAge
}

/** Longer than this nobody binds themselves. */
export const yearsMax = 2
/** An ended one is shown for a while, so that both see what was done by it. */
const shownAfterDays = 365

/** Everything that a power of attorney may reach (SEC-10). */
export const scopes: { readonly [name: string]: Text } = {
  ...Object.fromEntries(
    catalogue
      .filter(({ reporters }) => reporters === 'citizens')
      .map(({ shape }): [string, Text] => [shape.name, shape.title]),
  ),
  hearings: { da: 'Svare på spørgsmål i sager', en: 'Answer questions in cases' },
  cases: { da: 'Se sager og breve', en: 'See cases and letters' },
  data: { da: 'Se oplysninger', en: 'See data' },
}

export type PowerState = 'coming' | 'valid' | 'ended' | 'revoked'

export function stateOf({ from, to, revokedAt }: Power, today: PlainDate): PowerState {
  if (revokedAt !== undefined) return 'revoked'
  if (today < from) return 'coming'
  return today > to ? 'ended' : 'valid'
}

export type Powers = {
  /** Given by the person and given to the person, the last first. */
  readonly list: (pnr: string) => Promise<readonly KeptPower[]>
  readonly find: (key: string) => Promise<KeptPower | undefined>
  /**
   * False when giver or holder have so many that there is no room for one more. The same power
   * under the same key is given once, however often it is sent.
   */
  readonly give: (power: Power, key?: string) => Promise<boolean>
  /** False when the other party revoked it meanwhile: nothing else is ever changed. */
  readonly revoke: (kept: KeptPower, at: Date) => Promise<boolean>
}

export function openPowers({ clients, seal }: Pick<Tools, 'clients' | 'seal'>): Powers {
  const put = (key: string, power: Power, replaces: number) => {
    const { giver, holder, to } = power
    return clients.json.deposits.put('power-of-attorney', key, {
      content: seal.close(power, `power ${key}`),
      concerns: [giver.pnr, holder.pnr],
      expiresAt: `${addDays(to, shownAfterDays)}T00:00:00Z`,
      replaces,
    })
  }
  const read = (key: string, version: number, content: Uint8Array): KeptPower | undefined => {
    const power = seal.open(content, `power ${key}`)
    return isPower(power) ? { key, version, power } : undefined
  }
  return {
    list: async (pnr) =>
      known(await clients.json.deposits.concerning('power-of-attorney', pnr))
        .flatMap(({ key, version, content }) => read(key, version, content) ?? [])
        .toSorted((a, b) => b.power.givenAt - a.power.givenAt),
    find: async (key) => {
      if (!keyForm.test(key)) return undefined
      const kept = findKnown(await clients.json.deposits.get('power-of-attorney', key))
      return kept && read(key, kept.version, kept.content)
    },
    give: async (power, key = newKey()) => {
      let stored = await put(key, power, 0)
      if (isOvertaken(stored)) {
        const kept = findKnown(await clients.json.deposits.get('power-of-attorney', key))
        const before = kept && read(key, kept.version, kept.content)
        if (before && isSame(before.power, power)) return true
        // Changed on a page that was shown again: another one, and both are seen.
        stored = await put(newKey(), power, 0)
      }
      if (isFull(stored)) return false
      known(stored)
      return true
    },
    revoke: async ({ key, version, power }, at) => {
      const stored = await put(key, { ...power, revokedAt: at.valueOf() }, version)
      if (isOvertaken(stored)) return false
      known(stored)
      return true
    },
  }
}

/** For whoever prepares some without a page, with the key of the site. */
export function openPowersWith(clients: Clients, sealKey: Uint8Array): Powers {
  return openPowers({ clients, seal: sealWith(sealKey, randomBytes) })
}

/** Those by which a person may act today. */
export async function listHeld(
  tools: Pick<Tools, 'clients' | 'seal' | 'clock'>,
  holder: string,
): Promise<readonly KeptPower[]> {
  const today = danishDate(tools.clock())
  const kept = await openPowers(tools).list(holder)
  return kept.filter(
    ({ power }) => power.holder.pnr === holder && stateOf(power, today) === 'valid',
  )
}

/** From the same to the same, in the same and for as long. */
function isSame(one: Power, other: Power): boolean {
  const what = ({ giver, holder, scope, from, to }: Power) => [giver, holder, scope, from, to]
  return JSON.stringify(what(one)) === JSON.stringify(what(other))
}

/** Only this site can have sealed it. */
function isPower(value: unknown): value is Power {
  return typeof value === 'object' && value !== null && 'giver' in value && 'scope' in value
}

/** The days of a term as they were chosen; undefined where they are none, or too many. */
export function readTerm(
  from: string,
  to: string,
  today: PlainDate,
): { readonly from: PlainDate; readonly to: PlainDate } | undefined {
  const [first, last] = [readDate(from), readDate(to)]
  if (!first || !last || first < today || last < first) return undefined
  return last > addYears(date(today), yearsMax) ? undefined : { from: first, to: last }
}
