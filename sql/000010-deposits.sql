-- Deposits: what a provider keeps here for its own programs, which so hold no state and need no
-- database. It is sealed with the provider's key: nothing of it can be read here. Each goes by
-- itself when its time is over.

create table deposit (
  depositor  char(8) not null,
  kind       text not null,
  key        text not null,
  concerns   char(10)[] not null,
  version    integer not null,
  content    bytea not null,
  stored_at  timestamptz not null,
  expires_at timestamptz not null,
  constraint deposit_pk primary key (depositor, kind, key),
  constraint deposit_depositor_fk foreign key (depositor) references person_code (code),
  constraint deposit_concerns_few check (cardinality(concerns) <= 4),
  constraint deposit_version_positive check (version > 0),
  constraint deposit_content_fits check (octet_length(content) between 1 and 32768),
  constraint deposit_has_time check (expires_at > stored_at)
);
-- What is sealed does not get smaller.
alter table deposit alter column content set storage external;
create index deposit_concerns on deposit using gin (concerns);
create index deposit_expiry on deposit (expires_at);

-- How many each provider had when they were last swept: a limit that costs no step a count.
create table deposit_count (
  depositor  char(8) not null,
  deposits   integer not null,
  counted_at timestamptz not null,
  constraint deposit_count_pk primary key (depositor),
  constraint deposit_count_depositor_fk foreign key (depositor) references person_code (code)
);

grant select, insert, update, delete on deposit to samspil_app;
grant select, insert, update on deposit_count to samspil_app;
-- Not the content: it is nobody's but the provider's.
grant select (depositor, kind, key, concerns, version, stored_at, expires_at) on deposit
  to samspil_reader;
grant select on deposit_count to samspil_reader;
