-- Rights that two people give: what one administrator asks for and another one grants.

create table grant_request (
  id              text not null,
  -- Of a new person code: the one that is wanted, or none until it is granted.
  person_code     char(8),
  is_new          boolean not null,
  security_group  text not null,
  authority       char(4) not null,
  name            text not null default '',
  holder          text,
  sources         text[] not null default '{}',
  overlap_minutes smallint not null default 0,
  asked_by        text not null,
  asked_at        timestamptz not null,
  reason          text not null,
  settled_by      text,
  settled_at      timestamptz,
  granted         boolean,
  constraint grant_request_pk primary key (id),
  constraint grant_request_settled_as_a_whole check
    ((settled_by is null) = (settled_at is null) and (settled_by is null) = (granted is null)),
  -- Whoever asks may take it back, and never grant it.
  constraint grant_request_by_two check (granted is not true or settled_by <> asked_by),
  constraint grant_request_not_for_oneself check (person_code is null
    or (asked_by <> person_code and (granted is not true or settled_by <> person_code)))
);
create unique index grant_request_open on grant_request (person_code)
  where settled_at is null and person_code is not null;
create index grant_request_waiting on grant_request (asked_at, id) where settled_at is null;
grant select, insert on grant_request to samspil_app;
grant update (settled_by, settled_at, granted, person_code) on grant_request to samspil_app;
grant select on grant_request to samspil_reader;
