-- How much each person code has begun and has waiting, counted as time passes: a limit that is
-- large must not be counted by every report (A39).

create table report_count (
  person_code char(8) not null,
  begun       integer not null,
  waiting     integer not null,
  counted_at  timestamptz not null,
  constraint report_count_pk primary key (person_code),
  constraint report_count_person_code_fk foreign key (person_code) references person_code (code)
);

grant select, insert, update on report_count to samspil_app;
grant select on report_count to samspil_reader;
