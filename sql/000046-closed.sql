-- What an authority is done with, to be listed and counted by how it ended without a look at the
-- incidents themselves: what it decided, and what was withdrawn from it.
drop index incident_decided;
create index incident_decided on incident (authority, decided_at, id) include (state, decided_by)
  where decided_at is not null;
create index incident_withdrawn on incident (authority, closed_at, id)
  where state = 'withdrawn';

-- Read as the owner, as `own_waiting` is: of the caller's own authority and nothing else.
create view own_closed as
  select i.id, i.state, i.decided_at as closed_at, i.decided_by
  from incident i
  where i.authority = samspil_is('authority')::char(4) and samspil_decides()
    and i.decided_at is not null
  union all
  -- Said rather than read, which the index then need not hold.
  select i.id, 'withdrawn', i.closed_at, null
  from incident i
  where i.authority = samspil_is('authority')::char(4) and samspil_decides()
    and i.state = 'withdrawn';

grant select on own_closed to samspil_app;
