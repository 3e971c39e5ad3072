-- Raised by every restore, so that a receiver learns that what it was told may not be so any more.
-- The number also stands as the default of the column: no event has to look it up.

create table feed_epoch (
  only_row boolean not null default true,
  epoch    integer not null,
  constraint feed_epoch_pk primary key (only_row),
  constraint feed_epoch_has_one_row check (only_row),
  constraint feed_epoch_positive check (epoch > 0)
);
insert into feed_epoch (epoch) values (1);
grant select on feed_epoch to samspil_app, samspil_reader;

-- As the owner, before the server runs on what was restored.
create function raise_feed_epoch() returns integer
  language plpgsql set search_path = public, pg_temp
as $$
declare
  raised integer;
begin
  update feed_epoch set epoch = epoch + 1 returning epoch into raised;
  execute format('alter table event alter column epoch set default %s', raised);
  return raised;
end
$$;
revoke execute on function raise_feed_epoch from public;
