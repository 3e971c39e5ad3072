/**
 * What may be shown of a person to whom: the one place where protected data are held back
 * (CPR-loven § 28; rules PROT-4 to PROT-6). Pure.
 */

import { type FieldSet, mayShow, personFields } from '#access/field-sets.ts'
import { permitOf, personFieldsOf } from '#access/permissions.ts'
import type { Caller } from '#access/security-groups.ts'
import { assert } from '#base/assert.ts'
import type { PlainDate } from '#base/calendar.ts'
import type { Place, Registered } from '#casework/ports.ts'
import { isBuilding } from '#register/address.ts'
import { protections, statusOf } from '#register/codes.ts'
import type { Residence } from '#register/fact.ts'
import { addressingName } from '#register/name.ts'
import { standardAddress } from '#register/one-line.ts'
import { isProtected, type Person, type Protection } from '#register/person.ts'
import { hiddenName, type Permit } from '#register/protected.ts'
import type { MasterAddress, MasterData, MasterProtection } from '#search/master-data.ts'

/**
 * Master data by the caller's field set: of a protected person name and addresses are left out.
 * Where `person` is as on another day or under an earlier number, the protection of `alsoOf` counts
 * as well: who is protected today is not to be found by where they lived the year before.
 */
export function masterDataOf(
  { person, place }: Registered,
  caller: Caller,
  pending: boolean,
  alsoOf: readonly Person[] = [],
): MasterData {
  const kept = [person, ...alsoOf].some(isProtected)
  const permit = permitOf(caller)
  const name = person.name.openTo(permit)
  return limitTo(personFieldsOf(caller), kept, {
    pnr: person.pnr,
    pending,
    sex: person.sex,
    status: { code: person.status, text: statusOf(person.status).text.da },
    statusFrom: person.statusFrom,
    statusStartedAt: person.statusStartedAt,
    statusUncertain: person.statusUncertain ?? false,
    ...(person.successor && { currentPnr: person.successor }),
    bornOn: person.bornOn,
    bornOnUncertain: person.bornOnUncertain ?? false,
    nameAndAddressProtected: kept,
    protections: person.protections.map(writeProtection),
    ...(name && { addressingName: addressingName(name) }),
    ...whereabouts(person, place, permit),
  })
}

/** A person's name for a list, or what stands for it where the caller may not be told. */
export function nameOf({ name }: Person, caller: Caller): string {
  return name.map(addressingName).openTo(permitOf(caller)) ?? hiddenName.da
}

/** Since when a person has lived at the address of now; undefined where there is none to tell. */
export function movedInOf({ address }: Person, caller: Caller): PlainDate | undefined {
  return address?.openTo(permitOf(caller))?.from
}

/** What may not be left out; a caller who is shown less than that is shown no person. */
const always = ['pnr', 'pending', 'sex', 'status', 'bornOnUncertain', 'nameAndAddressProtected']

/** Takes away what the field set does not have. */
function limitTo(set: FieldSet, isKept: boolean, whole: MasterData): MasterData {
  const limited = { ...whole }
  for (const field of personFields) {
    if (mayShow(set, field, isKept)) continue
    assert(!always.includes(field), `${set} shows persons without ${field}`)
    Reflect.deleteProperty(limited, field)
  }
  return limited
}

function writeProtection({ type, from, to }: Protection): MasterProtection {
  return { type, text: protections[type].text.da, from, ...(to && { to }) }
}

function whereabouts(person: Person, place: Place, permit: Permit) {
  const address = person.address?.openTo(permit)
  const foreignAddress = person.foreignAddress?.openTo(permit)
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
    house: isBuilding(house) ? '' : house,
    ...(isBuilding(house) && { building: house.slice(1) }),
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
