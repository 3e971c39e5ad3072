-- Decisions without a person: what a municipality's policies say, which of them is on, and what
-- each look at a case came to.

-- Whose dwelling it is, as far as it matters to who confirms a move; and where nobody may live in
-- winter.
alter table address add column kind text not null default 'ordinary';
alter table address add constraint address_kind_known
  check (kind in ('ordinary', 'housing-company', 'summer-house'));

-- The traits of the case as they were when it was decided: what a later policy is tried on.
alter table incident add column traits jsonb;
-- What the last look of a policy came to, and the version of the incident that it saw. Hearings
-- that end raise the version, so that nothing is known of what was not looked at.
alter table incident add column automatic jsonb;
alter table incident add column looked_version integer;
-- The Danish day of a decision without a person.
alter table incident add column automatic_on date;

-- What no policy has looked at as it is now.
create index incident_unlooked on incident (authority, saved_at, id)
  where state = 'pending' and looked_version is distinct from version;
-- What was decided, for the dry run of a policy.
create index incident_decided on incident (authority, decided_at, id) where decided_at is not null;
-- Other approved incidents to the same address.
create index incident_to_address on incident (municipality, addresses)
  where decided_at is not null and addresses <> '{}';
-- MOVE-6: of two cases to one address on one day only the first is decided without a person, also
-- when two processes look at them at once.
create unique index incident_automatic_once on incident (municipality, addresses, automatic_on)
  where automatic_on is not null and decided_at is not null and addresses <> '{}';

-- Append-only: what was in force when can always be told.
create table policy_version (
  municipality char(4) not null,
  name         text not null,
  version      integer not null,
  document     jsonb not null,
  made_at      timestamptz not null,
  made_by      text not null,
  constraint policy_version_pk primary key (municipality, name, version),
  constraint policy_version_name_shape check (name ~ '^[a-z][a-z0-9-]{0,39}$'),
  constraint policy_version_positive check (version > 0)
);

-- Append-only: the last row of a policy says which version is on; none is when it is null.
create table policy_switch (
  municipality   char(4) not null,
  name           text not null,
  no             integer not null,
  version        integer,
  sample_percent integer,
  at             timestamptz not null,
  by_whom        text not null,
  constraint policy_switch_pk primary key (municipality, name, no),
  constraint policy_switch_version_fk foreign key (municipality, name, version)
    references policy_version (municipality, name, version),
  constraint policy_switch_on_has_sample check ((version is null) = (sample_percent is null)),
  constraint policy_switch_sample_is_share check (sample_percent between 1 and 100)
);

-- The end of a hearing makes its incident another one, whoever answered: also who may not write it.
create function raise_version(incident_id text) returns void
  language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update incident i set version = i.version + 1 where i.id = incident_id;
end
$$;

-- How many other incidents to an address are approved from a day on, or were without a person that
-- day. Those that came into effect are residents by now.
create function arriving_at(of_municipality char(4), of_addresses text[], from_day date, but text)
  returns integer
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return (
    select count(*)::integer
    from incident i
    where i.municipality = of_municipality and i.addresses = of_addresses
      and i.decided_at is not null and i.addresses <> '{}'
      and i.reason_code is null and i.id <> but
      and (i.incident_date >= from_day or i.automatic_on = from_day));
end
$$;

revoke execute on function raise_version, arriving_at from public;
grant execute on function raise_version, arriving_at to samspil_app;

grant select, insert on policy_version, policy_switch to samspil_app;
grant select on policy_version, policy_switch to samspil_reader;

alter table municipality_setting drop constraint municipality_setting_name_known;
alter table municipality_setting add constraint municipality_setting_name_known check
  (name in ('reportableDaysAhead', 'legalRoomFactor', 'softRoomFactor', 'hostAnswerDays',
    'reminderDays'));
