-- What a person may see of themself: own cases, the letters to them, and who looked at their data.

-- Who acts for the subject: by a power of attorney, or for a child. The provider vouches for it.
alter table incident add column holder char(10);
alter table incident
  add constraint incident_holder_is_another check (holder is null or holder <> pnr);

create index incident_subject on incident (pnr, saved_at desc, id desc)
  where saved_at is not null;
-- A report that names nobody else, as most do, costs this index nothing.
create index incident_companions on incident using gin (persons)
  where saved_at is not null and persons <> '{}';
create index incident_holder on incident (holder, saved_at desc, id desc)
  where saved_at is not null and holder is not null;

-- Who looked. Each row finds its place at once: a list of what waits to be placed would be emptied
-- by one unlucky step, for a second (measured: decision 0041).
create index audit_persons on audit using gin (persons) with (fastupdate = off)
  where persons <> '{}';
alter index incident_companions set (fastupdate = off);
alter index deposit_concerns set (fastupdate = off);
