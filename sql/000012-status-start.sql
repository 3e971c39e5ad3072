-- When a status began, to the minute as far as it is known (STATUSHAENSTART). What was recorded
-- before this knew the day alone: unknown parts are zeros.

update fact
set value = value || jsonb_build_object('startedAt', to_char(valid_from, 'YYYYMMDD') || '0000')
where kind = 'status' and value is not null and not value ? 'startedAt';

update person
set current = current || jsonb_build_object('statusStartedAt',
  replace(current ->> 'statusFrom', '-', '') || '0000')
where not current ? 'statusStartedAt';

alter table fact add constraint fact_status_has_its_start
  check (kind <> 'status' or value is null or value ->> 'startedAt' ~ '^[0-9]{12}$');

-- What was reported about a person and saved, latest last: an incident may build on another.
create index incident_of_person on incident (pnr, saved_at) where saved_at is not null;
