-- Three more security groups: who is told of events, who checks the log, who gives person codes.

alter table person_code drop constraint person_code_group_known;
alter table person_code add constraint person_code_group_known check (security_group in
  ('citizen', 'municipality', 'cpr-office', 'receiver', 'log-reviewer', 'administrator'));
