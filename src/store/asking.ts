/**
 * The one row that every part of the read of a step looks at: whom and what it asks about, now and
 * before. One row because each part that fetched its own would be set up anew at every step.
 */

/** A record of arrays, in place of a part of the plan for each of them. */
const before = `jsonb_to_record(
    jsonb_build_object('written', jsonb_path_query_array(f.events, '$[*].pnr'))
      || coalesce(
        case when f.reported_by = c.code then f.returned #> '{amendment,question}' end, '{}')
  ) b(written char(10)[], persons char(10)[], vacant char(10)[], addresses text[], roads char(4)[],
    authorities char(4)[])`

/**
 * Of the incident in `found`: its keys, what was asked at the last validation, those in whose history
 * its decisions stand, who may be others (undoing one needs their facts), and what its reporter is
 * amending, of which nobody else is told. A row also where there is none: it tells who asked.
 */
export function askingOfFound(withPlaces: boolean): string {
  const places = `,
    $8::text[] || f.addresses || b.addresses as addresses,
    $9::char(4)[] || f.roads || b.roads as roads`
  return `asking as materialized (
  select f.id, f.pnr, f.municipality,
    array[f.pnr] || b.written || $7::char(10)[] || f.persons || f.vacant || b.persons || b.vacant
      as persons,
    $6::char(4)[] || f.authorities || b.authorities || f.authority || f.municipality || c.authority
      as authorities${withPlaces ? places : ''}
  from (select) alone left join found f on true left join caller c on true cross join ${before}
)`
}

/** Of no incident yet: the keys are `$4` and `$10`, or `$8` where there are no places between. */
export function askingOfKeys(withPlaces: boolean): string {
  const municipality = `${withPlaces ? '$10' : '$8'}::char(4)`
  const places = ', $8::text[] as addresses, $9::char(4)[] as roads'
  return `asking as materialized (
  select $4::char(10) as pnr, ${municipality} as municipality,
    array[$4::char(10)] || $7::char(10)[] as persons,
    $6::char(4)[] || ${municipality} || (select authority from caller) as authorities
    ${withPlaces ? places : ''}
)`
}
