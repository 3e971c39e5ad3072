-- Control of the log: who uses a person code, and the reviews of what an authority looked up in a
-- week. What was drawn is never drawn again or changed; what is asked and judged is added to it.

-- Whose number it is, for patterns alone: a neighbour, a colleague, oneself. Stated by who
-- administers the code; never answered.
create table employee (
  person_code char(8) not null,
  pnr         char(10) not null,
  stated_by   text not null,
  stated_at   timestamptz not null,
  constraint employee_pk primary key (person_code),
  constraint employee_person_code_fk foreign key (person_code) references person_code (code)
);
create index employee_pnr on employee (pnr);

create table log_review (
  authority      char(4) not null,
  week           char(8) not null,
  -- The draw can be made again from the seed and the log, and comes to the same.
  seed           text not null,
  sample_min     integer not null,
  sample_percent integer not null,
  total          integer not null,
  tallies        jsonb not null,
  unnamed        text[] not null,
  drawn_at       timestamptz not null,
  due            date not null,
  first_by       char(8),
  first_at       timestamptz,
  second_by      char(8),
  second_at      timestamptz,
  constraint log_review_pk primary key (authority, week),
  constraint log_review_week_form check (week ~ '^[0-9]{4}-W[0-9]{2}$'),
  constraint log_review_signed_whole check
    ((first_by is null) = (first_at is null) and (second_by is null) = (second_at is null)),
  constraint log_review_by_two check
    (second_by is null or (first_by is not null and first_by <> second_by))
);
create index log_review_unsigned on log_review (due) where second_by is null;

create table reviewed_look (
  authority   char(4) not null,
  week        char(8) not null,
  no          integer not null,
  -- Of its row of evidence; of a report that was begun and never saved: the incident.
  look_id     text not null,
  at          timestamptz not null,
  act         text not null,
  person_code char(8) not null,
  purpose     text not null,
  pnr         char(10),
  connection  text not null,
  patterns    text[] not null,
  by_chance   boolean not null,
  asked_at    timestamptz,
  asked_by    char(8),
  question    text,
  answered_at timestamptz,
  answer      text,
  judged_at   timestamptz,
  judged_by   char(8),
  verdict     text,
  note        text,
  constraint reviewed_look_pk primary key (authority, week, no),
  constraint reviewed_look_review_fk foreign key (authority, week)
    references log_review (authority, week),
  constraint reviewed_look_once unique (authority, week, look_id),
  constraint reviewed_look_connection_known check
    (connection in ('worked-on', 'authority', 'none')),
  constraint reviewed_look_verdict_known check (verdict in ('fine', 'not-fine')),
  constraint reviewed_look_asked_whole check
    ((asked_at is null) = (asked_by is null) and (asked_at is null) = (question is null)),
  constraint reviewed_look_answered_whole check ((answered_at is null) = (answer is null)),
  constraint reviewed_look_answers_a_question check (answered_at is null or asked_at is not null),
  constraint reviewed_look_judged_whole check ((judged_at is null) = (judged_by is null)
    and (judged_at is null) = (verdict is null) and (judged_at is null) = (note is null)),
  constraint reviewed_look_not_own check
    (person_code <> all (array[asked_by, judged_by]) is not false),
  constraint reviewed_look_bad_says_why check (verdict <> 'not-fine' or note <> '')
);
create index reviewed_look_asked on reviewed_look (person_code, asked_at)
  where asked_at is not null;

-- What is drawn from: look-ups of an authority in the order of time, and reports that were begun
-- and not saved. Neither stands in the way of a whole incident.
create index audit_looked on audit (authority, at, id) where act in ('look-up', 'search');
create index incident_dropped on incident (reporting_authority, initiated_at)
  where state in ('cancelled', 'expired');

-- The codes that one employee has been given, this one among them.
create function codes_of_employee(of_code text) returns table (code char(8))
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
    select of_code::char(8)
    union
    select o.person_code
    from employee e join employee o on o.pnr = e.pnr
    where e.person_code = of_code::char(8);
end
$$;

-- The cases about any of some persons that an authority had about an instant: saved at most a day
-- later, and ended not more than thirty days before; and whether a person code has worked on them.
-- For the draw alone. A function, since the indexes of persons serve no condition behind another.
create function cases_about(
    of_persons char(10)[], of_authority char(4), of_code text, of_acts text[], around timestamptz)
  returns table (id text, is_worked_on boolean)
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  if samspil_is('time') is distinct from 'yes' then
    raise exception 'cases_about is asked as time passes, and for nobody';
  end if;
  return query
    select i.id, exists (
      select from audit w
      where w.persons && of_persons and w.persons <> '{}' and w.incident_id = i.id
        and w.actor = of_code and w.act = any(of_acts))
    from (
      select o.id from incident o where o.pnr = any(of_persons) and o.saved_at is not null
      union
      select o.id from incident o
      where o.persons && of_persons and o.persons <> '{}' and o.saved_at is not null
      union
      select o.id from incident o
      where o.representative = any(of_persons) and o.representative is not null
        and o.saved_at is not null
      union
      select h.incident_id from hearing h where h.asked = any(of_persons) and h.asked is not null
    ) about
    join incident i on i.id = about.id
    where i.saved_at <= around + interval '1 day'
      and (i.closed_at is null or i.closed_at >= around - interval '30 days')
      and (i.authority = of_authority or i.reporting_authority = of_authority or exists (
        select from milestone m where m.incident_id = i.id and m.authority = of_authority));
end
$$;

-- A reviewer is held against who looked as an administrator is against who asked.
alter policy audit_hands on audit
  using (samspil_is('group') in ('administrator', 'log-reviewer') and is_of_administration(act));

revoke execute on function codes_of_employee, cases_about from public;
grant execute on function codes_of_employee, cases_about to samspil_app;

grant select, insert, update, delete on employee to samspil_app;
grant select, insert on log_review, reviewed_look to samspil_app;
grant update (first_by, first_at, second_by, second_at) on log_review to samspil_app;
grant update (asked_at, asked_by, question, answered_at, answer, judged_at, judged_by, verdict,
  note) on reviewed_look to samspil_app;
grant select on log_review, reviewed_look to samspil_reader;

alter table employee enable row level security;
alter table log_review enable row level security;
alter table reviewed_look enable row level security;

create policy employee_time on employee for select to samspil_app
  using (samspil_is('time') = 'yes');
create policy employee_administrator on employee to samspil_app
  using (samspil_is('group') = 'administrator' and exists (
    select from person_code p join authority y on y.code = samspil_is('authority')::char(4)
    where p.code = employee.person_code and (y.code = p.authority or y.type = '39')));

create policy log_review_reader on log_review for select to samspil_reader using (true);
create policy log_review_time on log_review to samspil_app using (samspil_is('time') = 'yes');
create policy log_review_authority on log_review to samspil_app
  using (samspil_is('group') = 'log-reviewer'
    and authority = samspil_is('authority')::char(4));

create policy reviewed_look_reader on reviewed_look for select to samspil_reader using (true);
create policy reviewed_look_time on reviewed_look to samspil_app
  using (samspil_is('time') = 'yes');
create policy reviewed_look_authority on reviewed_look to samspil_app
  using (samspil_is('group') = 'log-reviewer'
    and authority = samspil_is('authority')::char(4));
-- Who was asked sees the own look-up, and may answer.
create policy reviewed_look_asked on reviewed_look to samspil_app
  using (asked_at is not null and person_code = samspil_is('person_code')
    and authority = samspil_is('authority')::char(4)
    and samspil_decides());

alter table municipality_setting drop constraint municipality_setting_name_known;
alter table municipality_setting add constraint municipality_setting_name_known check
  (name in ('reportableDaysAhead', 'legalRoomFactor', 'softRoomFactor', 'hostAnswerDays',
    'reminderDays', 'undoMinutes', 'amendmentDays', 'serviceGoalDays', 'claimMinutes',
    'logSampleMin', 'logSamplePercent', 'logReviewDays', 'workdayFromHour', 'workdayToHour'));
