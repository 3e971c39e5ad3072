-- The same backup may be restored twice. Counted up by one, its second life had the epoch of the
-- first, and a place told in the first was taken for one of the second. The minute of the restore
-- tells them apart; it is still higher than any epoch before.

create or replace function raise_feed_epoch() returns integer
  language plpgsql set search_path = public, pg_temp
as $$
declare
  raised integer;
begin
  update feed_epoch
    set epoch = greatest(epoch + 1, (extract(epoch from now()) / 60)::integer)
    returning epoch into raised;
  execute format('alter table event alter column epoch set default %s', raised);
  execute format('alter table audit alter column epoch set default %s', raised);
  execute format('alter table notice alter column epoch set default %s', raised);
  update token set ended_at = now() where ended_at is null and expires_at > now();
  return raised;
end
$$;
