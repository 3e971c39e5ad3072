-- The desk of an authority: who works on what, what they noted, and its queue quickly.

-- A lease: it ends by the clock, so that who has gone home holds nobody up.
create table claim (
  incident_id text not null,
  authority   char(4) not null,
  person_code char(8) not null,
  claimed_at  timestamptz not null,
  until       timestamptz not null,
  constraint claim_pk primary key (incident_id),
  constraint claim_incident_fk foreign key (incident_id) references incident (id),
  constraint claim_has_life check (until > claimed_at)
);
create index claim_person_code on claim (person_code, until);

create table note (
  id          text not null,
  incident_id text not null,
  authority   char(4) not null,
  person_code char(8) not null,
  at          timestamptz not null,
  text        text not null,
  constraint note_pk primary key (id),
  constraint note_incident_fk foreign key (incident_id) references incident (id),
  constraint note_says_something check (text <> '' and char_length(text) <= 2000)
);
create index note_incident on note (incident_id, id);

grant select, insert, update, delete on claim to samspil_app;
grant select, insert on note to samspil_app;
grant select on claim, note to samspil_reader;

-- Of the authority alone, also once the incident lies elsewhere.
alter table claim enable row level security;
alter table note enable row level security;
create policy claim_reader on claim for select to samspil_reader using (true);
create policy note_reader on note for select to samspil_reader using (true);
create policy claim_authority on claim to samspil_app
  using (authority = samspil_is('authority')::char(4)
    and samspil_is('group') in ('municipality', 'cpr-office'));
create policy note_authority on note to samspil_app
  using (authority = samspil_is('authority')::char(4)
    and samspil_is('group') in ('municipality', 'cpr-office'));

-- What lies with an authority, in the order in which it was received.
drop index incident_pending;
create index incident_waiting on incident (authority, saved_at, id)
  where state in ('pending', 'returned', 'amended');
create index incident_received on incident (authority, saved_at) where saved_at is not null;

-- The deadlines of those who have not answered, of many incidents at once. Behind the wall all the
-- same: of the caller's own authority alone, asked once and not for each hearing.
create function awaited_hearings(ids text[]) returns table (incident_id text, due date)
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
    select h.incident_id, min(h.deadline)
    from hearing h join incident i on i.id = h.incident_id
    where h.incident_id = any(ids) and h.answered_at is null and h.given_up_at is null
      and i.saved_at is not null and i.authority = samspil_is('authority')::char(4)
      and samspil_is('group') in ('municipality', 'cpr-office')
    group by h.incident_id;
end
$$;
revoke execute on function awaited_hearings from public;
grant execute on function awaited_hearings to samspil_app;

alter table municipality_setting drop constraint municipality_setting_name_known;
alter table municipality_setting add constraint municipality_setting_name_known check
  (name in ('reportableDaysAhead', 'legalRoomFactor', 'softRoomFactor', 'hostAnswerDays',
    'reminderDays', 'undoMinutes', 'amendmentDays', 'serviceGoalDays', 'claimMinutes'));
