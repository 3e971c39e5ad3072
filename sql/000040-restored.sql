-- What a restore means for places in a feed. Another server counts its transactions from the start,
-- so what was written before the restore may bear higher numbers than what is written after it, and
-- than any that is under way. The epoch goes first in every order, and what is of an earlier one is
-- settled. Notices get one as events have it; it is also their order where hands are told apart.

alter table notice add column epoch integer not null default 1;
drop index notice_feed;
create index notice_feed on notice (person_code, epoch, xid, id);

-- As the owner, before the server runs on what was restored. The tables are locked, so that
-- nothing of the earlier epoch is still under way when it ends. Whoever had signed on signs on
-- anew: a token may have been ended since the backup.
create or replace function raise_feed_epoch() returns integer
  language plpgsql set search_path = public, pg_temp
as $$
declare
  raised integer;
begin
  update feed_epoch set epoch = epoch + 1 returning epoch into raised;
  execute format('alter table event alter column epoch set default %s', raised);
  execute format('alter table audit alter column epoch set default %s', raised);
  execute format('alter table notice alter column epoch set default %s', raised);
  update token set ended_at = now() where ended_at is null and expires_at > now();
  return raised;
end
$$;

do $$
begin
  execute format('alter table notice alter column epoch set default %s',
    (select epoch from feed_epoch));
end
$$;
