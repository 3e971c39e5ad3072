-- What hangs on an incident asks for it once there is such a row. Written out in the policies, the
-- question, with all the policies of the incident, was set up by every statement that names the
-- table, and nearly none of those finds a hearing, a milestone or a letter.

-- As row-level security lets whoever calls see it: these are no way around the wall.
create function sees_incident(of text) returns boolean
  language plpgsql stable
as $$
begin
  return exists (select from incident i where i.id = of);
end
$$;
create function reports_incident(of text) returns boolean
  language plpgsql stable
as $$
begin
  return exists (
    select from incident i where i.id = of and i.reported_by = samspil_is('person_code'));
end
$$;
revoke execute on function sees_incident, reports_incident from public;
grant execute on function sees_incident, reports_incident to samspil_app;

alter policy hearing_incident on hearing
  using (samspil_is('group') is distinct from 'citizen' and sees_incident(incident_id));
alter policy hearing_reporter on hearing using (reports_incident(incident_id));
alter policy milestone_incident on milestone using (sees_incident(incident_id));
alter policy letter_incident on letter
  using (incident_id is not null and sees_incident(incident_id));

-- `incident_subject` has the same columns and one more.
drop index incident_of_person;
