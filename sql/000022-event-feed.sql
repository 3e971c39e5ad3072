-- Who is told of which events: a municipality, a type of event, or all of either.

create table event_subscription (
  person_code  char(8) not null,
  municipality char(4) not null,
  -- CPR's code of the event, as A05; all of them when it is empty.
  type         text not null default '',
  constraint event_subscription_pk primary key (person_code, municipality, type),
  constraint event_subscription_person_code_fk
    foreign key (person_code) references person_code (code),
  constraint event_subscription_municipality_is_digits check (municipality ~ '^[0-9]{4}$')
);
grant select on event_subscription to samspil_app, samspil_reader;
