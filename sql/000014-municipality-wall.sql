-- The municipality wall, written a second time: whoever the program thinks is calling, PostgreSQL
-- gives an incident and its hearings only to those whom they concern. The settings are set for one
-- transaction, in front of the statement, from the token or the actor that is on record; a
-- statement without them sees no incident at all. The owner, who migrates and administers, sees
-- everything; so does the reader, who reads reports.

create function samspil_is(setting text) returns text
  language sql stable parallel safe
  return nullif(current_setting('samspil.' || setting, true), '');

-- What an initiation must know of incidents that are nobody's business: that something is open.
create function open_incidents(of_pnr char(10))
  returns table (id text, code text, incident_date date, state text, expires_at timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
    select i.id, i.code, i.incident_date, i.state, i.expires_at
    from incident i
    where i.pnr = of_pnr and i.state in ('initiated', 'validated', 'pending');
end
$$;

-- What was reported of a person before, wherever it lies: the type of a new report judges by it.
create function earlier_incidents(of_pnr char(10), at_most integer) returns setof incident
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
    select i.*
    from incident i
    where i.pnr = of_pnr and i.saved_at is not null and i.state in ('pending', 'approved')
    order by i.saved_at desc
    limit at_most;
end
$$;

-- Which of a person's places an open conversation holds.
create function open_places(of_pnr char(10)) returns table (place smallint)
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
    select i.open_place
    from incident i
    where i.pnr = of_pnr and i.open_place is not null and i.state in ('initiated', 'validated');
end
$$;

-- Whether a person is asked about an incident: the policies of two tables cannot ask each other.
create function is_asked(incident text, who text) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return exists (
    select from hearing h where h.incident_id = incident and h.asked = who::char(10));
end
$$;

revoke execute on function open_incidents, earlier_incidents, open_places, is_asked from public;
grant execute on function open_incidents, earlier_incidents, open_places, is_asked
  to samspil_app;

alter table incident enable row level security;
alter table hearing enable row level security;

create policy incident_reader on incident for select to samspil_reader using (true);
create policy hearing_reader on hearing for select to samspil_reader using (true);

-- What is done as time passes concerns everybody.
create policy incident_time on incident to samspil_app using (samspil_is('time') = 'yes');
create policy hearing_time on hearing to samspil_app using (samspil_is('time') = 'yes');

-- One's own reports.
create policy incident_reporter on incident to samspil_app
  using (reported_by = samspil_is('person_code'));

-- What lies with one's authority. Written, it may then lie with another one: forwarding.
create policy incident_authority on incident for select to samspil_app
  using (saved_at is not null and authority = samspil_is('authority')::char(4)
    and samspil_is('group') in ('municipality', 'cpr-office'));
create policy incident_decider on incident for update to samspil_app
  using (saved_at is not null and authority = samspil_is('authority')::char(4)
    and samspil_is('group') in ('municipality', 'cpr-office'))
  with check (true);

-- The CPR Office follows every incident, and decides what lies with it.
create policy incident_office on incident for select to samspil_app
  using (samspil_is('group') = 'cpr-office');

-- A provider is shown what concerns the person that it has signed on.
create policy incident_vouched on incident for select to samspil_app
  using (samspil_is('group') = 'citizen' and samspil_is('vouched') is not null
    and (samspil_is('vouched')::char(10) in (pnr, holder)
      or persons @> array[samspil_is('vouched')::char(10)]
      or is_asked(id, samspil_is('vouched'))));

-- The row that a statement writes is seen as it then is; what it was is judged above.
create policy incident_written on incident for select to samspil_app
  using (id = samspil_is('written'));

-- Hearings go with their incident, and with the one who is asked.
create policy hearing_incident on hearing to samspil_app
  using (samspil_is('group') is distinct from 'citizen'
    and exists (select from incident i where i.id = incident_id));
create policy hearing_reporter on hearing to samspil_app
  using (exists (
    select from incident i
    where i.id = incident_id and i.reported_by = samspil_is('person_code')));
create policy hearing_vouched on hearing to samspil_app
  using (asked = samspil_is('vouched')::char(10));
