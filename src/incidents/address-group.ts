/** An address of the register as fields, with the two rules that go with it. Used by several types. */

import type { Rule } from '#incident/define.ts'
import type { Fields } from '#incident/fields.ts'
import type { Situation } from '#incident/situation.ts'
import { isSameAddress } from '#register/address.ts'
import { type Fact, type Residence, timeline } from '#register/fact.ts'
import type { Person } from '#register/person.ts'

/** The municipality is that of the keys. */
export const addressFields = {
  road: {
    kind: 'code',
    digits: 4,
    list: 'road',
    wire: 'VEJKOD',
    label: { da: 'Vejkode', en: 'Road code' },
    hint: {
      da: 'Fire cifre, som i adresseregistret',
      en: 'Four digits, as in the address register',
    },
  },
  house: { kind: 'house', wire: 'HUSNR', label: { da: 'Husnummer', en: 'House number' } },
  floor: { kind: 'floor', wire: 'ETAGE', optional: true, label: { da: 'Etage', en: 'Floor' } },
  door: {
    kind: 'door',
    wire: 'SIDEDOER',
    optional: true,
    label: { da: 'Side eller dør', en: 'Door' },
  },
  careOf: {
    kind: 'text',
    lengthMax: 34,
    letters: 'name',
    wire: 'CONVN',
    optional: true,
    label: { da: 'c/o-navn', en: 'c/o name' },
    hint: {
      da: 'Navnet på døren, hvis dit eget ikke står der',
      en: 'The name on the door, if your own is not there',
    },
  },
} as const satisfies Fields

export type Target = {
  readonly road: string
  readonly house: string
  readonly floor?: string | undefined
  readonly door?: string | undefined
  readonly careOf?: string | undefined
}

/** The key of the address behind its municipality, as the situation finds dwellings by it. */
export function tailOf({ road, house, floor = '', door = '' }: Target): string {
  return `${road}-${house}-${floor}-${door}`
}

/** What must be looked up to judge it. */
export function asksAbout(target: Target) {
  return { addresses: [tailOf(target)], roads: [target.road] }
}

/** The address as the register keeps it. */
export function residenceOf(
  { road, house, floor, door, careOf }: Target,
  { keys }: Situation,
): Residence {
  return {
    municipality: keys.municipality,
    road,
    house,
    ...(floor && { floor }),
    ...(door && { door }),
    ...(careOf && { careOf }),
  }
}

/**
 * The address from the date of the incident on: until a later one that the register has already
 * begins (MOVE-17: whatever was reported first, the order of the dates is kept).
 */
export function addressFrom(mover: Person, target: Target, situation: Situation): Fact {
  const { keys, facts } = situation
  const later = timeline(facts.get(mover.pnr) ?? [], 'address')
    .map(({ from }) => from)
    .filter((from) => from > keys.date)
    .sort()[0]
  const value = residenceOf(target, situation)
  return { kind: 'address', from: keys.date, ...(later && { to: later }), value }
}

export function livesAt({ address }: Person, target: Target, situation: Situation): boolean {
  const wanted = residenceOf(target, situation)
  return address?.is((held) => isSameAddress(held, wanted)) ?? false
}

/**
 * Those who live there, are not among the movers, and are not registered as living elsewhere by the
 * date of the incident (MOVE-7). Not for the reporter's eyes.
 */
export function stayingAt(
  target: Target,
  movers: readonly Person[],
  { findDwelling, keys }: Situation,
): readonly Person[] {
  const dwelling = findDwelling(tailOf(target))
  if (!dwelling) return []
  const gone = new Set<string>([
    ...movers.map(({ pnr }) => pnr),
    ...dwelling.leaving.filter(({ on }) => on <= keys.date).map(({ pnr }) => pnr),
  ])
  return dwelling.people.filter(({ pnr }) => !gone.has(pnr))
}

/** That the road exists in the municipality, and the address on the road (M7, MOVE-13). */
export function addressRules(number: number): readonly Rule<typeof addressFields>[] {
  return [
    {
      name: 'the-road-exists',
      number,
      source: 'MOVE-13; M7',
      blames: 'road',
      text: ({ road }, { keys, findAuthority }) => {
        const place = findAuthority(keys.municipality)?.name ?? keys.municipality
        return {
          da: `Vejkode ${road} findes ikke i ${place}`,
          en: `Road code ${road} does not exist in ${place}`,
        }
      },
      holds: ({ road }, { findRoad }) => findRoad(road) !== undefined,
    },
    {
      name: 'the-address-exists',
      number: number + 1,
      source: 'MOVE-13; M7',
      blames: 'house',
      text: {
        da: 'Adressen findes ikke i adresseregistret. Mangler den, så kontakt kommunen.',
        en: 'The address is not in the address register. If it is missing, contact the municipality.',
      },
      holds: (values, { findRoad, findDwelling }) =>
        findRoad(values.road) === undefined || findDwelling(tailOf(values)) !== undefined,
    },
  ]
}
