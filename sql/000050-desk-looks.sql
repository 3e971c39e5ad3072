-- The control of the log sees the ways to persons at the desk: a case that was opened, somebody who
-- was searched for, and a case of one's own that was decided.

create index audit_at_desk on audit (authority, at, id)
  where (act = 'read-case' and outcome = 'done'
    or act in ('list-queue', 'list-closed') and detail is not null);

-- Whether a person code has done any of that with a case, whenever. As `cases_about` a function,
-- since the index of persons serves no condition behind another.
create function has_worked_on(
    of_case text, of_persons char(10)[], of_code text, of_acts text[])
  returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  if samspil_is('time') is distinct from 'yes' then
    raise exception 'has_worked_on is asked as time passes, and for nobody';
  end if;
  return exists (
    select from audit w
    where w.persons && of_persons and w.persons <> '{}' and w.incident_id = of_case
      and w.actor = of_code and w.outcome = 'done' and w.act = any(of_acts));
end
$$;

-- What employees of an authority have done of that in cases that they are of themselves.
create function decided_about_oneself(
    of_authority char(4), since timestamptz, until timestamptz, of_acts text[])
  returns setof audit
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  if samspil_is('time') is distinct from 'yes' then
    raise exception 'decided_about_oneself is asked as time passes, and for nobody';
  end if;
  return query
    select w.*
    from employee e
    join person_code o on o.code = e.person_code and o.authority = of_authority
    join audit w on w.persons @> array[e.pnr] and w.persons <> '{}'
    where w.actor = e.person_code and w.outcome = 'done' and w.act = any(of_acts)
      and w.at >= since and w.at < until;
end
$$;

revoke execute on function has_worked_on, decided_about_oneself from public;
grant execute on function has_worked_on, decided_about_oneself to samspil_app;
