--! breaking
-- Time limits (decision 0057): what has ended unsaved is emptied and then removed, reviews of the
-- log and who used a person code are removed, each as time passes and in no other way.

-- Reports that have ended and still hold more than the control of the log draws from.
create index incident_to_empty on incident (closed_at)
  where state in ('cancelled', 'expired') and (data is not null or representative is not null
    or persons <> '{}' or vacant <> '{}' or addresses <> '{}' or roads <> '{}'
    or authorities <> '{}' or marks <> '[]' or warned <> '{}');
create index incident_ended on incident (closed_at) where state in ('cancelled', 'expired');
create index log_review_drawn on log_review (drawn_at);

grant delete on incident, log_review, reviewed_look to samspil_app;
create policy incident_removed on incident as restrictive for delete to samspil_app
  using (samspil_is('time') = 'yes' and state in ('cancelled', 'expired'));
create policy log_review_removed on log_review as restrictive for delete to samspil_app
  using (samspil_is('time') = 'yes');
create policy reviewed_look_removed on reviewed_look as restrictive for delete to samspil_app
  using (samspil_is('time') = 'yes');
create policy employee_removed on employee for delete to samspil_app
  using (samspil_is('time') = 'yes');

-- What stays of evidence that its owner has cleared away: where it stood, of what kind it was, and
-- the digest that its seal vouches for. No program writes here, nor removes evidence.
create table audit_cleared (
  epoch      integer not null,
  xid        xid8 not null,
  id         text collate "C" not null,
  act        text not null,
  digest     bytea not null,
  cleared_at timestamptz not null,
  constraint audit_cleared_pk primary key (epoch, xid, id),
  constraint audit_cleared_is_sha256 check (octet_length(digest) = 32)
);
grant select on audit_cleared to samspil_reader, samspil_log;

-- Up to which seal that is done, so that none is looked through again. The check does not ask it.
create table audit_cleared_until (
  keeping text not null,
  no      bigint not null,
  constraint audit_cleared_until_pk primary key (keeping)
);
insert into audit_cleared_until (keeping, no) values ('read', 0), ('change', 0);
grant select on audit_cleared_until to samspil_reader;

-- A seal vouches for a digest of each row from now on, so that it still holds when some are gone.
-- Those that there are vouch for whole rows: a server makes them anew, from the first. An older one
-- would go on in its own way, hence the mark of this file.
delete from audit_seal;
