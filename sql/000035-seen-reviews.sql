-- Whoever judges or signs says what they saw: a look-up counts what was asked, answered and judged
-- of it, a review what was asked and judged in it.
alter table log_review add column version integer not null default 1;
alter table reviewed_look add column version integer not null default 1;
grant update (version) on log_review, reviewed_look to samspil_app;

-- How far the weeks of an authority are drawn: all up to this one, those without look-ups as well.
-- What is left of it after a stop is thereby drawn, however long it was.
create table drawn_until (
  authority char(4) not null,
  week      char(8) not null,
  constraint drawn_until_pk primary key (authority),
  constraint drawn_until_week_form check (week ~ '^[0-9]{4}-W[0-9]{2}$')
);
grant select, insert, update on drawn_until to samspil_app;
grant select on drawn_until to samspil_reader;
alter table drawn_until enable row level security;
create policy drawn_until_reader on drawn_until for select to samspil_reader using (true);
create policy drawn_until_time on drawn_until to samspil_app using (samspil_is('time') = 'yes');

-- A report that was begun is looked at when it has ended without being saved: until then nobody
-- knows that it shows a person to somebody who has no case.
drop index incident_dropped;
create index incident_dropped on incident (reporting_authority, closed_at)
  where state in ('cancelled', 'expired');
