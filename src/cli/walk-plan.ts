/** Whom and where the walk can take, from what a sandbox says of itself. Sends nothing. */

import type { Ready } from '#cli/ready.ts'
import type { MasterData } from '#client/index.ts'
import type { ReadyAddress } from '#population/scenario-addresses.ts'

/** What the walk needs of the ready file. */
export type Ground = Pick<Ready, 'cpr' | 'personCodes' | 'persons' | 'addresses'>

/** Where the walk happens: Aarhus, where the named people live. */
export const town = '0751'

/** Most ordinary first: the next is taken where the one before can move no more. */
export function candidatesOf({ persons }: Ground): readonly string[] {
  return [persons.ordinaryAdult, ...persons.flatmates, persons.withPending]
}

/** Resident here; the walk's moves and protections need no more. */
export function canWalk({ status, address }: MasterData): boolean {
  return status.code === '01' && address !== undefined
}

/** An empty dwelling in town where the person does not live; any other one if all are taken. */
export function findDwelling(
  { addresses }: Ground,
  home: MasterData['address'],
  nth = 0,
): ReadyAddress | undefined {
  const inTown = addresses.filter((each) => each.municipality === town && !isHome(each, home))
  const empty = inTown.filter(({ residents }) => residents === 0)
  return empty[nth] ?? inTown[nth] ?? inTown[0]
}

export function isHome(
  { municipality, road, house, floor, door }: ReadyAddress,
  home: MasterData['address'],
): boolean {
  return (
    home !== undefined &&
    home.municipality.code === municipality &&
    home.road.code === road &&
    home.house === house &&
    (home.floor ?? '') === floor &&
    (home.door ?? '') === door
  )
}

/** The data of a move to a dwelling; empty parts are left out. */
export function moveTo({ road, house, floor, door }: ReadyAddress) {
  return { road, house, ...(floor && { floor }), ...(door && { door }) }
}

/** A road that the town does not have. */
export function wrongRoad({ addresses }: Ground): string {
  const roads = new Set(addresses.map(({ road }) => road))
  return ['8999', '8998', '8997'].find((road) => !roads.has(road)) ?? '8996'
}
