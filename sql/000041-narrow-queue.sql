--! breaking
-- What waits, narrow enough to count all of it at every look: one short entry of an index for each
-- case, and each awaited hearing beside its authority, found without asking for its incident.

-- What a case worker should see at once, by name, as far as the case itself says it.
alter table incident add column flags text[] not null default '{}';
update incident set flags = array_remove(array[
    case when marks @> '[{"code": "late"}]' then 'late' end,
    case when marks @> '[{"code": "child"}]' or marks @> '[{"code": "minors-only"}]'
      then 'children' end,
    case when 9120 = any(warned) then 'crowded' end], null)
  where marks <> '[]' or warned <> '{}';

drop index incident_waiting;
create index incident_waiting on incident (authority, saved_at, id)
  include (pnr, code, state, municipality, addresses, flags)
  where state in ('pending', 'returned', 'amended');

-- The authority that the incident lies with; it goes along when that is forwarded.
alter table hearing add column authority char(4);
update hearing h set authority = (select i.authority from incident i where i.id = h.incident_id);
alter table hearing alter column authority set not null;

drop index hearing_awaited;
create index hearing_awaited on hearing (authority, incident_id) include (deadline)
  where answered_at is null and given_up_at is null;

-- The name in small letters, of all that ISO 8859-1 has; `lower` alone may know those of ASCII only.
alter table person add column names text;
update person set names = lower(translate(
  concat_ws(' ', current #>> '{name,given}', current #>> '{name,middle}',
    current #>> '{name,surname}'),
  'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ', 'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ'));
alter table person alter column names set not null;

-- A claim stays when its time is over, until somebody takes it anew.
create index claim_live on claim (authority, until);

-- Row-level security judges row by row, which for thousands costs more than all the rest. A view
-- reads as its owner: these give of the caller's own authority and nothing else, to whoever
-- decides. Unlike what a function gives, only the columns and rows that are needed are made.
drop function own_waiting, own_awaited_hearings, awaited_hearings;
create view own_waiting as
  select i.id, i.pnr, i.code, i.state, i.municipality, i.addresses, i.flags, i.saved_at,
    case when i.state <> 'pending' then (
      select (r.returned ->> 'by')::date from incident r where r.id = i.id) end as amend_by
  from incident i
  where i.authority = samspil_is('authority')::char(4) and samspil_decides()
    and i.state in ('pending', 'returned', 'amended');

-- Whoever is asked and has not answered, of cases that wait and of those decided without it.
create view own_awaited as
  select h.incident_id, h.deadline
  from hearing h
  where h.authority = samspil_is('authority')::char(4) and samspil_decides()
    and h.answered_at is null and h.given_up_at is null;

grant select on own_waiting, own_awaited to samspil_app;
