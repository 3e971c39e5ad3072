-- Seals of the evidence: each vouches for the rows between it and the one before, and for that one.
-- Who owns the database can change it all; what was told elsewhere of the newest seal shows that.

-- As of an event: a restore sets transaction ids back, so that they order nothing across it.
alter table audit add column epoch integer not null default 1;
create index audit_order on audit (epoch, xid);

do $$
begin
  execute format('alter table audit alter column epoch set default %s',
    (select epoch from feed_epoch));
end
$$;

create or replace function raise_feed_epoch() returns integer
  language plpgsql set search_path = public, pg_temp
as $$
declare
  raised integer;
begin
  update feed_epoch set epoch = epoch + 1 returning epoch into raised;
  execute format('alter table event alter column epoch set default %s', raised);
  execute format('alter table audit alter column epoch set default %s', raised);
  return raised;
end
$$;

create table audit_seal (
  no        bigint not null,
  sealed_at timestamptz not null,
  -- The head of the seal before it; zeroes for the first.
  before    bytea not null,
  -- The last row that it vouches for, in the order (epoch, xid, id).
  epoch     integer not null,
  xid       xid8 not null,
  id        text not null,
  rows      integer not null,
  digest    bytea not null,
  head      bytea not null,
  constraint audit_seal_pk primary key (no),
  constraint audit_seal_no_fork unique (before),
  constraint audit_seal_counts check (no > 0 and rows > 0),
  constraint audit_seal_is_sha256 check
    (octet_length(before) = 32 and octet_length(digest) = 32 and octet_length(head) = 32)
);

alter table audit_seal enable row level security;
create policy audit_seal_reader on audit_seal for select
  to samspil_reader, samspil_log, samspil_monitor using (true);
create policy audit_seal_time on audit_seal for select to samspil_app
  using (samspil_is('time') = 'yes');
create policy audit_seal_insert on audit_seal for insert to samspil_app
  with check (samspil_is('time') = 'yes');
grant select, insert on audit_seal to samspil_app;
-- It tells how much happened and when, and of nobody.
grant select on audit_seal to samspil_reader, samspil_log, samspil_monitor;
