-- Hearings, letters and outcomes: what is asked before a decision, what is written to whom, and
-- how it ended for each person of an incident.

alter table incident add column authorities char(4)[] not null default '{}';
-- By person: { "<pnr>": { "decision": "approved" | "rejected", "by", "at", "reasonCode", "text" } }
alter table incident add column outcomes jsonb not null default '{}';

create table hearing (
  id          text not null,
  incident_id text not null,
  kind        text not null,
  asked       char(10),
  about       char(10)[] not null,
  asked_at    timestamptz not null,
  deadline    date,
  reminded_at timestamptz,
  answered_at timestamptz,
  answer      text,
  from_date   date,
  answer_text text,
  answered_by text,
  given_up_at timestamptz,
  constraint hearing_pk primary key (id),
  constraint hearing_incident_fk foreign key (incident_id) references incident (id),
  constraint hearing_answer_known check (answer in ('yes', 'no')),
  constraint hearing_answered_whole check
    ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)),
  constraint hearing_ends_once check (answered_at is null or given_up_at is null)
);
create index hearing_incident on hearing (incident_id);
create index hearing_asked on hearing (asked) where asked is not null;
create index hearing_deadline on hearing (deadline)
  where answered_at is null and given_up_at is null and deadline is not null;

-- The outbox: letters in both languages, written in the transaction of what they tell.
create table letter (
  id          text not null,
  xid         xid8 not null default pg_current_xact_id(),
  at          timestamptz not null,
  recipient   char(10) not null,
  kind        text not null,
  incident_id text,
  text_da     text not null,
  text_en     text not null,
  constraint letter_pk primary key (id),
  constraint letter_texts_not_empty check (text_da <> '' and text_en <> '')
);
create index letter_incident on letter (incident_id);
create index letter_recipient on letter (recipient, at);

grant select, insert, update on hearing to samspil_app;
grant select, insert on letter to samspil_app;
grant select on hearing, letter to samspil_reader;

-- What a municipality has set for itself; a name that is not here has its national default.
create table municipality_setting (
  municipality char(4) not null,
  name         text not null,
  value        integer not null,
  constraint municipality_setting_pk primary key (municipality, name),
  constraint municipality_setting_name_known check
    (name in ('reportableDaysAhead', 'legalRoomFactor')),
  constraint municipality_setting_not_negative check (value >= 0)
);
grant select on municipality_setting to samspil_app, samspil_reader;
