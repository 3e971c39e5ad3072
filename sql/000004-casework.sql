-- Casework: incidents from initiate to decision. One row goes through the whole life; those in
-- state 'pending' are the pending register, which lies parallel to the register of persons.

create table incident (
  id                  text not null,
  ts                  char(20) not null,
  code                text not null,
  pnr                 char(10) not null,
  incident_date       date not null,
  municipality        char(4) not null,
  authority           char(4) not null,
  reported_by         text not null,
  reporting_authority char(4) not null,
  state               text not null,
  version             integer not null,
  rules_version       text not null,
  data                jsonb,
  data_hash           text,
  persons             char(10)[] not null default '{}',
  addresses           text[] not null default '{}',
  roads               char(4)[] not null default '{}',
  warned              integer[] not null default '{}',
  marks               jsonb not null default '[]',
  initiated_at        timestamptz not null,
  validated_at        timestamptz,
  saved_at            timestamptz,
  decided_at          timestamptz,
  closed_at           timestamptz,
  expires_at          timestamptz not null,
  decided_by          text,
  reason_code         text,
  reason_text         text,
  constraint incident_pk primary key (id),
  constraint incident_ts_once unique (ts),
  constraint incident_ts_is_digits check (ts ~ '^[0-9]{20}$'),
  constraint incident_state_known check (state in
    ('initiated', 'validated', 'pending', 'approved', 'rejected', 'cancelled', 'expired')),
  constraint incident_saved_holds_data check
    (state not in ('validated', 'pending', 'approved', 'rejected')
      or (data is not null and data_hash is not null)),
  constraint incident_saved_has_its_time check
    ((state in ('pending', 'approved', 'rejected')) = (saved_at is not null)),
  constraint incident_decided_by_somebody check
    ((state in ('approved', 'rejected')) = (decided_at is not null and decided_by is not null)),
  constraint incident_rejected_for_a_reason check
    ((state = 'rejected') = (reason_code is not null and reason_text is not null))
);

-- The pending register of a municipality, in the order in which it was saved.
create index incident_pending on incident (authority, saved_at, id) where state = 'pending';
-- What is open about a person: bounds the conversations, and warns of what already waits.
create index incident_open on incident (pnr) where state in ('initiated', 'validated', 'pending');
-- Conversations whose time runs out.
create index incident_expiry on incident (expires_at) where state in ('initiated', 'validated');

grant select, insert, update on incident to samspil_app;
grant select on incident to samspil_reader;
