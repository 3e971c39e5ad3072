-- Time: what is to be done when its day comes, by one process at a time, and each thing once.

-- Why a hearing ended without an answer, where it was not that nobody answered in time.
alter table hearing add column note text;
alter table hearing add constraint hearing_note_known check (note in ('moved-out'));
alter table hearing add constraint hearing_note_of_the_given_up
  check (note is null or given_up_at is not null);

-- The day that a letter is about, where there may be one such letter for each day only.
alter table letter add column concerns date;
create unique index letter_once on letter (recipient, kind, concerns) where concerns is not null;
create index letter_at on letter (at, id);

-- The day on which name and address protection lapses: derived from the facts, as `current` is.
alter table person add column protected_until date;
update person p
set protected_until = (
  select (each ->> 'to')::date
  from jsonb_array_elements(p.current -> 'protections') each
  where each ->> 'type' = '0001')
where p.current -> 'protections' @> '[{"type": "0001"}]';
create index person_protected_until on person (protected_until) where protected_until is not null;

-- Work beside the requests. A lease keeps others from doing it meanwhile; the work itself can bear
-- to be done twice, so that a lease that runs out too early costs time and nothing else.
create table job (
  name         text not null,
  holder       text not null,
  leased_until timestamptz not null,
  last_run_at  timestamptz,
  constraint job_pk primary key (name)
);
grant select, insert, update on job to samspil_app;
grant select on job to samspil_reader;

alter table municipality_setting drop constraint municipality_setting_name_known;
alter table municipality_setting add constraint municipality_setting_name_known check
  (name in ('reportableDaysAhead', 'legalRoomFactor', 'hostAnswerDays', 'reminderDays'));
