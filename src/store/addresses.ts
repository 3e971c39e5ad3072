/** Roads and dwellings of the address register, to choose from. No person is in it. */

import { present } from '#base/assert.ts'
import type { PlainDate } from '#base/calendar.ts'
import { type Row, type Session, statement } from '#store/pool.ts'

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

/** The road, and its house numbers in the order in which they stand on it. */
const findDwellingsStatement = statement(
  'address-dwellings',
  `
select
  (
    select json_build_object('code', code, 'name', name) from road
    where municipality = $1 and code = $2
      and valid_from <= $4::date and (valid_to is null or valid_to > $4::date)
  ) as road,
  (
    select json_agg(row_to_json(d)) from (
      select a.house, a.floor, a.door, a.town, a.postcode, c.district
      from address a
      join postcode c on c.code = a.postcode
      where a.municipality = $1 and a.road = $2
        and starts_with(lower(a.house), lower($3))
        and ($6::text is null or a.floor = $6) and ($7::text is null or a.door = $7)
        and a.valid_from <= $4::date and (a.valid_to is null or a.valid_to > $4::date)
      order by (substring(a.house from '^[0-9]+'))::int nulls last, a.house, a.floor, a.door
      limit $5
    ) d
  ) as dwellings
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

export type DwellingQuestion = RoadQuestion & {
  readonly road: string
  /** Only there: '' is a house without floors. Anywhere when left out. */
  readonly floor?: string | undefined
  readonly door?: string | undefined
}

/** The dwellings, and the road that they stand on where there is one. */
export async function findDwellings(
  session: Session,
  { municipality, road, query, today, limit, floor, door }: DwellingQuestion,
): Promise<{ readonly road: Road | undefined; readonly dwellings: readonly DwellingRow[] }> {
  const values = [municipality, road, query, today, limit, floor ?? null, door ?? null]
  const { rows } = await session.run(findDwellingsStatement, values)
  const { road: named, dwellings } = present(rows[0], 'the row of a road') as Row & FoundRow
  return { road: named ?? undefined, dwellings: dwellings ?? [] }
}

type FoundRow = {
  readonly road?: Road | null
  readonly dwellings?: readonly DwellingRow[] | null
}
