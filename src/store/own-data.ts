/** What the register has about a person and those it names, in one statement. */

import { present } from '#base/assert.ts'
import { type Pnr, readPnr } from '#register/pnr.ts'
import type { FindOwnData, OwnDataPage } from '#search/own-data.ts'
import type { PlaceNames } from '#search/own-items.ts'
import { callerParameters, callerSql, callerStatement } from '#store/caller.ts'
import { type FactRow, factJson, groupFacts } from '#store/facts.ts'
import { type PageHeadRow, pageHead, readPageHead } from '#store/page-head.ts'
import type { Pool, Row } from '#store/pool.ts'

/** The key as it is written, with the parts that are left out. */
const key = `(f.value ->> 'municipality') || '-' || (f.value ->> 'road') || '-'
  || (f.value ->> 'house') || '-' || coalesce(f.value ->> 'floor', '') || '-'
  || coalesce(f.value ->> 'door', '')`

/** Of the others what is told of them: the name; what protects them; where they live; custody. */
const told = ['birth', 'name', 'protection', 'address', 'custody']

const page = callerStatement(
  'own-data',
  `
with ${callerSql},
kids as materialized (
  select distinct c.pnr from fact c
  where c.kind = 'custody' and c.value ->> 'pnr' = $4
),
named as materialized (
  select distinct (f.value ->> 'pnr')::char(10) as pnr from fact f
  where f.pnr = $5::char(10) and f.kind in ('parent', 'spouse', 'custody')
),
homes as materialized (
  select distinct on (${key}) ${key} as key, f.value from fact f
  where f.pnr = $5::char(10) and f.kind = 'address' and f.value is not null
),
lands as materialized (
  select distinct (f.value ->> 'country')::char(4) as code from fact f
  where f.pnr = $5::char(10) and f.kind in ('foreign-address', 'entry') and f.value is not null
)
select
  ${pageHead},
  (
    select json_agg(${factJson}) from fact f
    where f.pnr = $5::char(10)
      or (f.kind = any($6) and f.pnr = any(array[$4::char(10)]
        || array(select pnr from kids) || array(select pnr from named)))
  ) as facts,
  (select json_agg(pnr order by pnr) from kids) as children,
  (
    select json_object_agg(h.key, json_build_object(
      'municipality', (
        select name from authority where code = (h.value ->> 'municipality')::char(4)),
      'road', (
        select name from road
        where municipality = (h.value ->> 'municipality')::char(4)
          and code = (h.value ->> 'road')::char(4)),
      'town', a.town, 'postcode', a.postcode,
      'district', (select district from postcode where code = a.postcode)))
    from homes h left join address a on a.key = h.key
  ) as places,
  (
    select json_object_agg(y.code, y.name) from authority y where y.code in (select code from lands)
  ) as countries
`,
)

type PlaceRow = { readonly [N in keyof PlaceNames]: string | null }
type PageRow = PageHeadRow & {
  readonly facts?: readonly FactRow[] | null
  readonly children?: readonly string[] | null
  readonly places?: { readonly [key: string]: PlaceRow } | null
  readonly countries?: { readonly [code: string]: string } | null
}

export function openOwnData(pool: Pool): FindOwnData {
  return async ({ asker, at, pnr, about }) => {
    const parameters = callerParameters(asker.token ?? '', at, asker.source)
    const { rows } = await pool.run(page, [...parameters, pnr ?? null, about ?? null, told])
    const row: Row & PageRow = present(rows[0], 'the row of a page')
    return { ...readPageHead(row, asker), ...readData(row) }
  }
}

function readData({
  facts,
  children,
  places,
  countries,
}: PageRow): Omit<OwnDataPage, 'caller' | 'authorities'> {
  return {
    facts: groupFacts(facts ?? []),
    children: (children ?? []).map((each): Pnr => present(readPnr(each), 'the number of a child')),
    places: new Map(Object.entries(places ?? {}).map(([at, row]) => [at, readPlace(row)])),
    countries: new Map(Object.entries(countries ?? {})),
  }
}

function readPlace({ municipality, road, town, postcode, district }: PlaceRow): PlaceNames {
  return {
    municipality: municipality ?? undefined,
    road: road ?? undefined,
    town: town ?? undefined,
    postcode: postcode ?? undefined,
    district: district ?? undefined,
  }
}
