/** Roads and dwellings of the address register, to choose from. No person is in it. */

import type { PlainDate } from '#base/calendar.ts'
import { type Session, statement } from '#store/pool.ts'

export type Road = { readonly code: string; readonly name: string }
export type DwellingRow = {
  readonly house: string
  readonly floor: string
  readonly door: string
  readonly town: string | null
  readonly postcode: string
  readonly district: string
}

/** By the beginning of the name, in any letter case, and in the order of the Danish alphabet. */
const findRoadsStatement = statement(
  'address-roads',
  `
select code, name from road
where municipality = $1
  and starts_with(lower(name), lower($2))
  and valid_from <= $3::date and (valid_to is null or valid_to > $3::date)
order by name, code
limit $4
`,
)

/** House numbers in the order in which they stand on the road. */
const findDwellingsStatement = statement(
  'address-dwellings',
  `
select a.house, a.floor, a.door, a.town, a.postcode, c.district
from address a
join postcode c on c.code = a.postcode
where a.municipality = $1 and a.road = $2
  and starts_with(lower(a.house), lower($3))
  and a.valid_from <= $4::date and (a.valid_to is null or a.valid_to > $4::date)
order by (substring(a.house from '^[0-9]+'))::int nulls last, a.house, a.floor, a.door
limit $5
`,
)

export type RoadQuestion = {
  readonly municipality: string
  readonly query: string
  readonly today: PlainDate
  readonly limit: number
}

export async function findRoads(
  session: Session,
  { municipality, query, today, limit }: RoadQuestion,
): Promise<readonly Road[]> {
  const { rows } = await session.run(findRoadsStatement, [municipality, query, today, limit])
  return rows as readonly Road[]
}

export async function findDwellings(
  session: Session,
  { municipality, road, query, today, limit }: RoadQuestion & { readonly road: string },
): Promise<readonly DwellingRow[]> {
  const values = [municipality, road, query, today, limit]
  const { rows } = await session.run(findDwellingsStatement, values)
  return rows as readonly DwellingRow[]
}
