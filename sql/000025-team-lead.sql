-- One more security group: who answers for a team, switches its policies and reads its figures.

alter table person_code drop constraint person_code_group_known;
alter table person_code add constraint person_code_group_known check (security_group in
  ('citizen', 'municipality', 'team-lead', 'cpr-office', 'receiver', 'log-reviewer',
    'administrator'));

-- The groups whose person codes see and decide what lies with their authority.
create function samspil_decides() returns boolean language sql stable
as $$ select samspil_is('group') in ('municipality', 'team-lead', 'cpr-office') $$;

alter policy incident_authority on incident
  using (saved_at is not null and authority = samspil_is('authority')::char(4)
    and samspil_decides());
alter policy incident_decider on incident
  using (saved_at is not null and authority = samspil_is('authority')::char(4)
    and samspil_decides())
  with check (true);
alter policy claim_authority on claim
  using (authority = samspil_is('authority')::char(4) and samspil_decides());
alter policy note_authority on note
  using (authority = samspil_is('authority')::char(4) and samspil_decides());
create or replace function awaited_hearings(ids text[]) returns table (incident_id text, due date)
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
    select h.incident_id, min(h.deadline)
    from hearing h join incident i on i.id = h.incident_id
    where h.incident_id = any(ids) and h.answered_at is null and h.given_up_at is null
      and i.saved_at is not null and i.authority = samspil_is('authority')::char(4)
      and samspil_decides()
    group by h.incident_id;
end
$$;
