-- What came in and what was decided, for the figures of a team: of the caller's own authority and
-- nothing else, to whoever decides, read as the owner like `own_waiting`.
create view own_saved as
  select i.saved_at, i.decided_at, i.decided_by, i.state
  from incident i
  where i.authority = samspil_is('authority')::char(4) and samspil_decides()
    and i.saved_at is not null;

grant select on own_saved to samspil_app;
