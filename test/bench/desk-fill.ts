/**
 * A pending register as full as one likes, written past the rules in one go: moves of the people
 * and to the homes that are there, a tenth of them in 0751. It knows no door.
 */

import type { Pool } from '#store/pool.ts'

/** Reported late, with a child, too many to a room: as often as one might meet it. */
const fill = (from: number, to: number) => `
insert into incident (id, ts, code, pnr, incident_date, municipality, authority, reported_by,
  reporting_authority, state, version, rules_version, data, data_hash, addresses, roads, warned,
  marks, flags, initiated_at, validated_at, saved_at, expires_at)
select 'flyt-i.' || lpad(n::text, 26, '0'), lpad(n::text, 20, '0'), 'FLYT-I', p.pnr, current_date,
  m.code, m.code, 'W0000042', '0042', 'pending', 3, 'bench', h.data, 'x', array[h.tail],
  array[h.road], case when n % 17 = 0 then '{9120}'::int[] else '{}' end,
  case when n % 3 = 0 then '[{"code":"late","text":{"da":"For sent","en":"Late"}}]'
    when n % 7 = 0 then '[{"code":"child","text":{"da":"Barn","en":"Child"}}]' else '[]' end::jsonb,
  case when n % 3 = 0 then '{late}' when n % 7 = 0 then '{children}' else '{}' end::text[]
    || case when n % 17 = 0 then '{crowded}' else '{}' end::text[],
  at, at, at, now()
from generate_series(${from}, ${to}) n
cross join lateral (select now() - interval '30 days' + n * interval '20 seconds' as at) t
join fill_person p on p.nth = n * 7 % (select count(*) from fill_person) + 1
join fill_home h on h.nth = n % (select count(*) from fill_home) + 1
join fill_other o on o.nth = n % (select count(*) from fill_other) + 1
cross join lateral (select case when n % 10 = 0 then '0751' else o.code end as code) m`

const hearings = `
insert into hearing (id, incident_id, authority, kind, asked, about, asked_at, deadline)
select 'h' || id, id, authority, 'host', pnr, array[pnr], saved_at,
  (saved_at + interval '60 days')::date
from incident where right(id, 6)::int % 3 = 0`

const batch = 5_000

/** A third of them has somebody who is asked. */
export async function fillQueue(owner: Pool, all: number): Promise<void> {
  await numbered(owner, 'fill_person', 'select pnr from person')
  const homes = `
    select substr(key, 6) as tail, road, jsonb_strip_nulls(jsonb_build_object('road', road,
      'house', house, 'floor', nullif(floor, ''), 'door', nullif(door, ''),
      'companions', '[]'::jsonb)) as data
    from address where municipality = '0751'`
  await numbered(owner, 'fill_home', homes)
  const others = "select code from authority where type = '05' and code <> '0751'"
  await numbered(owner, 'fill_other', others)
  for (let from = 1; from <= all; from += batch) {
    await owner.script(fill(from, Math.min(from + batch - 1, all)))
  }
  await owner.script(hearings)
  await owner.script('drop table fill_person, fill_home, fill_other')
  for (const table of ['incident', 'hearing', 'person', 'address', 'road']) {
    await owner.script(`vacuum analyze ${table}`)
  }
}

/** A list to choose from by number. */
async function numbered(owner: Pool, name: string, query: string): Promise<void> {
  await owner.script(
    `create table ${name} as select q.*, row_number() over (order by 1) as nth from (${query}) q;
     alter table ${name} add primary key (nth); analyze ${name}`,
  )
}
