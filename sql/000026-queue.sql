-- The queue of an authority in every order and by every filter: what waits is read from one index
-- alone, and what stands beside it from indexes that hold nothing else.

drop index incident_waiting;
create index incident_waiting on incident (authority, saved_at, id)
  include (pnr, code, state, municipality, addresses, marks, warned)
  where state in ('pending', 'returned', 'amended');

create index hearing_awaited on hearing (incident_id) include (deadline)
  where answered_at is null and given_up_at is null;

create index person_protected on person (pnr)
  where current -> 'protections' @> '[{"type": "0001"}]';

-- All that waits with the caller's own authority, narrow, and who works on it at that time.
-- Row-level security judges row by row, which for thousands costs more than all the rest; this asks
-- once, and gives of the own authority alone.
create function own_waiting(at timestamptz)
  returns table (id text, pnr char(10), code text, state text, municipality char(4),
    addresses text[], marks jsonb, warned int[], saved_at timestamptz, amend_by date,
    claim_by char(8), claim_until timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp rows 10000
as $$
begin
  return query
    select i.id, i.pnr, i.code, i.state, i.municipality, i.addresses, i.marks, i.warned, i.saved_at,
      case when i.state <> 'pending' then (
        select (r.returned ->> 'by')::date from incident r where r.id = i.id) end,
      c.person_code, c.until
    from incident i
    left join claim c on c.incident_id = i.id and c.authority = i.authority and c.until > at
    where i.authority = samspil_is('authority')::char(4)
      and samspil_is('group') in ('municipality', 'cpr-office')
      and i.state in ('pending', 'returned', 'amended');
end
$$;

-- Which of them somebody is asked about and has not answered, and by when: all of them, where
-- `awaited_hearings` has those of some.
create function own_awaited_hearings() returns table (incident_id text, due date)
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
    select h.incident_id, min(h.deadline)
    from incident i
    join hearing h on h.incident_id = i.id
    where i.authority = samspil_is('authority')::char(4)
      and samspil_is('group') in ('municipality', 'cpr-office')
      and i.state in ('pending', 'returned', 'amended')
      and h.answered_at is null and h.given_up_at is null
    group by h.incident_id;
end
$$;
revoke execute on function own_waiting, own_awaited_hearings from public;
grant execute on function own_waiting, own_awaited_hearings to samspil_app;
