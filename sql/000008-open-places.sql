-- How many conversations may be open about one person is held by places that each row takes: of
-- many that are opened at once only as many get in as there are places, whoever counted before.

alter table incident add column open_place smallint;

create unique index incident_open_place on incident (pnr, open_place)
  where state in ('initiated', 'validated');
