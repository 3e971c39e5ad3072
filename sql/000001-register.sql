-- The register: reference data, persons with their facts, and the events that brought them.
-- Roles: the owner migrates; samspil_app runs the product and can neither change nor remove
-- what was recorded; samspil_reader reads reports. Both are cluster-wide, hence the guard.

do $$
begin
  if not exists (select from pg_roles where rolname = 'samspil_app') then
    create role samspil_app nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'samspil_reader') then
    create role samspil_reader nologin;
  end if;
exception
  -- Another database of the cluster migrated at the same moment.
  when duplicate_object or unique_violation then null;
end
$$;

-- Reference data ------------------------------------------------------------------------------

create table authority (
  code       char(4) not null,
  type       char(2) not null,
  name       text not null,
  alpha2     char(2),
  valid_from date not null,
  valid_to   date,
  constraint authority_pk primary key (code),
  constraint authority_code_is_digits check (code ~ '^[0-9]{4}$'),
  constraint authority_type_is_digits check (type ~ '^[0-9]{2}$')
);

create table postcode (
  code     char(4) not null,
  district text not null,
  constraint postcode_pk primary key (code)
);

create table road (
  municipality    char(4) not null,
  code            char(4) not null,
  name            text not null,
  addressing_name text not null,
  valid_from      date not null,
  valid_to        date,
  constraint road_pk primary key (municipality, code),
  constraint road_name_fits check (char_length(name) <= 40),
  constraint road_addressing_name_fits check (char_length(addressing_name) <= 20)
);

-- One dwelling. The key is 'MMMM-RRRR-house-floor-door' with empty parts left empty.
create table address (
  key          text not null,
  municipality char(4) not null,
  road         char(4) not null,
  house        text not null,
  floor        text not null default '',
  door         text not null default '',
  town         text,
  postcode     char(4) not null,
  rooms        smallint not null,
  valid_from   date not null,
  valid_to     date,
  constraint address_pk primary key (key),
  constraint address_key_is_its_parts
    check (key = municipality || '-' || road || '-' || house || '-' || floor || '-' || door),
  constraint address_road_fk foreign key (municipality, road) references road (municipality, code),
  constraint address_postcode_fk foreign key (postcode) references postcode (code)
);
create index address_road on address (municipality, road);

-- Persons -------------------------------------------------------------------------------------

-- The current person, derived from the facts and kept beside them for look-ups.
-- `next_change_on` is the first later day on which the facts say something else.
create table person (
  pnr            char(10) not null,
  event_no       integer not null,
  current        jsonb not null,
  status         char(2) not null,
  municipality   char(4),
  address_key    text,
  derived_on     date not null,
  next_change_on date,
  constraint person_pk primary key (pnr),
  constraint person_pnr_is_digits check (pnr ~ '^[0-9]{10}$'),
  constraint person_event_no_positive check (event_no > 0)
);
create index person_address on person (address_key) where address_key is not null;
create index person_next_change on person (next_change_on) where next_change_on is not null;

-- What happened to a person, in order: `event_no` is gapless per person, so the primary key
-- refuses a second event written from the same knowledge, and a receiver sees a gap at once.
-- Rows are read in the order (epoch, xid, id) below the snapshot horizon.
create table event (
  pnr         char(10) not null,
  event_no    integer not null,
  id          text not null,
  epoch       integer not null default 1,
  xid         xid8 not null default pg_current_xact_id(),
  kind        text not null,
  type        text not null,
  valid_from  date not null,
  recorded_at timestamptz not null,
  incident_id text,
  constraint event_pk primary key (pnr, event_no),
  constraint event_kind_known check (kind in
    ('loaded', 'changed', 'in-effect', 'corrected', 'annulled', 'undone'))
);
create index event_feed on event (epoch, xid, id);

-- One value about a person, valid for a range of dates and recorded by one event. A later line
-- wins over an earlier one on the days that it covers; nothing is ever changed or removed.
create table fact (
  pnr        char(10) not null,
  event_no   integer not null,
  line       smallint not null,
  kind       text not null,
  slot       text not null default '',
  valid_from date not null,
  valid_to   date,
  value      jsonb,
  constraint fact_pk primary key (pnr, event_no, line),
  constraint fact_event_fk foreign key (pnr, event_no) references event (pnr, event_no)
    deferrable initially deferred,
  constraint fact_range_not_empty check (valid_to is null or valid_from < valid_to)
);

-- Rights --------------------------------------------------------------------------------------

grant select on authority, postcode, road, address to samspil_app, samspil_reader;
grant select, insert, update on person to samspil_app;
grant select, insert on event, fact to samspil_app;
grant select on person, event, fact to samspil_reader;
