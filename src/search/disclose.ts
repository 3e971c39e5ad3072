/**
 * What may be shown of a person to whom: the one place where protected data are held back
 * (CPR-loven § 28; rules PROT-4 to PROT-6). Pure.
 */

import { seesProtected } from '#access/permissions.ts'
import type { Caller } from '#access/security-groups.ts'
import type { Place, Registered } from '#casework/ports.ts'
import { protections, statusOf } from '#register/codes.ts'
import type { Residence } from '#register/fact.ts'
import { addressingName } from '#register/name.ts'
import { standardAddress } from '#register/one-line.ts'

import { isProtected, type Person, type Protection } from '#register/person.ts'
import type { MasterAddress, MasterData, MasterProtection } from '#search/master-data.ts'

/**
 * Master data by the caller's right: of a protected person name and addresses are left out. Where
 * `person` is as on another day or under an earlier number, the protection of `alsoOf` counts as
 * well: who is protected today is not to be found by where they lived the year before.
 */
export function masterDataOf(
  { person, place }: Registered,
  caller: Caller,
  pending: boolean,
  alsoOf: readonly Person[] = [],
): MasterData {
  const kept = [person, ...alsoOf].some(isProtected)
  const hidden = kept && !seesProtected(caller)
  return {
    pnr: person.pnr,
    pending,
    sex: person.sex,
    status: { code: person.status, text: statusOf(person.status).text.da },
    ...(!hidden && { statusFrom: person.statusFrom }),
    ...(person.successor && { currentPnr: person.successor }),
    bornOn: person.bornOn,
    bornOnUncertain: person.bornOnUncertain ?? false,
    nameAndAddressProtected: kept,
    ...(seesProtected(caller) && { protections: person.protections.map(writeProtection) }),
    ...(!hidden && {
      addressingName: addressingName(person.name),
      ...whereabouts(person, place),
    }),
  }
}

function writeProtection({ type, from, to }: Protection): MasterProtection {
  return { type, text: protections[type].text.da, from, ...(to && { to }) }
}

function whereabouts({ address, foreignAddress }: Registered['person'], place: Place) {
  return {
    ...(address?.careOf && { careOf: address.careOf }),
    ...(address && { address: masterAddress(address, place), addressFrom: address.from }),
    ...(address && address.house !== '' && { standardAddress: streetOf(address, place) }),
    ...(foreignAddress && {
      foreignAddress: {
        country: { code: foreignAddress.country, name: place.countryName ?? '' },
        lines: foreignAddress.lines,
      },
    }),
  }
}

function masterAddress(address: Residence, place: Place): MasterAddress {
  const { municipality, road, house, floor, door, locality } = address
  return {
    municipality: { code: municipality, name: place.municipalityName ?? '' },
    road: { code: road, name: place.roadName ?? '' },
    house,
    ...(floor && { floor }),
    ...(door && { door }),
    ...(locality && { locality }),
    ...(place.town && { town: place.town }),
    ...(place.postcode && {
      postcode: { code: place.postcode, district: place.district ?? '' },
    }),
  }
}

function streetOf({ house, floor, door }: Residence, { roadName }: Place): string {
  const road = roadName ?? ''
  return standardAddress({ road, house, ...(floor && { floor }), ...(door && { door }) }, road)
}
