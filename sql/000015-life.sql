-- The whole life of an incident: withdrawn, returned and amended, forwarded, undone; and what
-- befell it on the way, kept for ever.

alter table incident add column amended_at timestamptz;
alter table incident add column forwarded_at timestamptz;
-- While the reporter is to amend it: { "fields", "text", "by", "reading" }, the data as they were.
alter table incident add column returned jsonb;
-- What its decisions wrote into the register and have not undone: [{ "pnr", "eventNo", … }]
alter table incident add column events jsonb not null default '[]';

alter table incident drop constraint incident_state_known;
alter table incident add constraint incident_state_known check (state in
  ('initiated', 'validated', 'pending', 'returned', 'amended', 'approved', 'rejected', 'withdrawn',
    'cancelled', 'expired'));
alter table incident drop constraint incident_saved_holds_data;
alter table incident add constraint incident_saved_holds_data check
  (state in ('initiated', 'cancelled', 'expired') or (data is not null and data_hash is not null));
alter table incident drop constraint incident_saved_has_its_time;
alter table incident add constraint incident_saved_has_its_time check
  ((state not in ('initiated', 'validated', 'cancelled', 'expired')) = (saved_at is not null));
alter table incident add constraint incident_ended_has_its_time check
  ((state in ('approved', 'rejected', 'withdrawn', 'cancelled', 'expired'))
    = (closed_at is not null));
alter table incident add constraint incident_returned_says_what check
  (case when state in ('returned', 'amended') then returned is not null
    else returned is null or state = 'rejected' end);
alter table incident add constraint incident_amended_was_saved check
  (amended_at is null or saved_at is not null);

-- What is open about a person is so too while its reporter amends it.
drop index incident_open;
create index incident_open on incident (pnr)
  where state in ('initiated', 'validated', 'pending', 'returned', 'amended');

create or replace function open_incidents(of_pnr char(10))
  returns table (id text, code text, incident_date date, state text, expires_at timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
    select i.id, i.code, i.incident_date, i.state, i.expires_at
    from incident i
    where i.pnr = of_pnr
      and i.state in ('initiated', 'validated', 'pending', 'returned', 'amended');
end
$$;

-- A hearing may end, or have been for nothing, because the report is another or is gone.
alter table hearing drop constraint hearing_note_known;
alter table hearing add constraint hearing_note_known check
  (note in ('moved-out', 'withdrawn', 'amended'));
alter table hearing drop constraint hearing_note_of_the_given_up;
alter table hearing add constraint hearing_note_of_the_ended check
  (note is null or given_up_at is not null or (answered_at is not null and note <> 'moved-out'));

create table milestone (
  incident_id text not null,
  version     integer not null,
  at          timestamptz not null,
  kind        text not null,
  by          text not null,
  authority   char(4) not null,
  text        text,
  fields      text[] not null default '{}',
  due         date,
  to_authority char(4),
  persons     char(10)[] not null default '{}',
  decision    text,
  decided_at  timestamptz,
  reading     jsonb,
  constraint milestone_pk primary key (incident_id, version),
  constraint milestone_incident_fk foreign key (incident_id) references incident (id),
  constraint milestone_kind_known check (kind in ('returned', 'amended', 'forwarded', 'undone')),
  constraint milestone_returned_whole check (kind <> 'returned'
    or (text is not null and due is not null and reading is not null and fields <> '{}')),
  constraint milestone_forwarded_to_another check
    (kind <> 'forwarded' or (to_authority is not null and to_authority <> authority)),
  constraint milestone_undone_whole check
    (kind <> 'undone' or (decision is not null and decided_at is not null and persons <> '{}'))
);
grant select, insert on milestone to samspil_app;
grant select on milestone to samspil_reader;

-- A milestone is behind the same wall as its incident.
alter table milestone enable row level security;
create policy milestone_reader on milestone for select to samspil_reader using (true);
create policy milestone_incident on milestone to samspil_app
  using (exists (select from incident i where i.id = incident_id));

alter table municipality_setting drop constraint municipality_setting_name_known;
alter table municipality_setting add constraint municipality_setting_name_known check
  (name in ('reportableDaysAhead', 'legalRoomFactor', 'hostAnswerDays', 'reminderDays',
    'undoMinutes', 'amendmentDays'));
