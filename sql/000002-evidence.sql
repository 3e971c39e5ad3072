-- Evidence: who did what, to whom, when and why. Rows are written in the transaction of their
-- effect and never changed; they are sealed later, in the order (xid, id), below the horizon.

create table audit (
  id          text not null,
  xid         xid8 not null default pg_current_xact_id(),
  at          timestamptz not null,
  act         text not null,
  outcome     text not null,
  receipt     integer not null,
  actor       text,
  authority   char(4),
  source      text,
  purpose     text not null,
  persons     char(10)[] not null default '{}',
  incident_id text,
  detail      jsonb,
  constraint audit_pk primary key (id),
  constraint audit_outcome_known check (outcome in ('done', 'refused', 'denied'))
);
create index audit_at on audit (at);

grant select, insert on audit to samspil_app;
grant select on audit to samspil_reader;
