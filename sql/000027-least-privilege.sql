-- Least privilege: a role for each program, each with what it needs and no more; and the second
-- wall around everything else that belongs to one authority or one person code (decision 0023).

do $$
begin
  -- Who administers by the command line: person codes, settings, subscriptions, policies, letters.
  if not exists (select from pg_roles where rolname = 'samspil_admin') then
    create role samspil_admin nologin;
  end if;
  -- Who reads the evidence, and nothing else.
  if not exists (select from pg_roles where rolname = 'samspil_log') then
    create role samspil_log nologin;
  end if;
  -- Who watches whether it runs: no person, no case, no evidence.
  if not exists (select from pg_roles where rolname = 'samspil_monitor') then
    create role samspil_monitor nologin;
  end if;
end
$$;

grant select on authority, clock_mark to samspil_admin;
grant select, insert, update on person_code to samspil_admin;
grant select, insert on password_history, notice, grant_request, policy_version, policy_switch
  to samspil_admin;
grant update (person_code, settled_by, settled_at, granted) on grant_request to samspil_admin;
grant select, insert, delete on identity_link, event_subscription to samspil_admin;
grant select, insert, update, delete on municipality_setting to samspil_admin;
grant select on letter to samspil_admin;
grant select, insert on audit to samspil_admin;

grant select on audit, authority to samspil_log;
grant select on job, clock_mark to samspil_monitor;

-- Whoever may hold two person codes is found in these rows of evidence.
create function is_of_administration(act text) returns boolean
  language sql immutable parallel safe
  return act in
    ('person-code-created', 'person-code-reset', 'identity-linked', 'identity-unlinked');

-- Evidence: written by everybody, read by few. Who looked at a citizen is told by a function.
alter table audit enable row level security;
create policy audit_insert on audit for insert to samspil_app, samspil_admin with check (true);
create policy audit_reader on audit for select to samspil_reader, samspil_log using (true);
create policy audit_time on audit for select to samspil_app using (samspil_is('time') = 'yes');
create policy audit_hands on audit for select to samspil_app
  using (samspil_is('group') = 'administrator' and is_of_administration(act));
create policy audit_hands_by_hand on audit for select to samspil_admin
  using (is_of_administration(act));

-- Who looked at the person whom a provider vouches for, and at nobody else. A function, since the
-- index of persons serves no condition that stands behind another one.
create function looks_at_vouched(without text[], before text, at_most integer) returns setof audit
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
  who char(10) := samspil_is('vouched');
begin
  if who is null or samspil_is('group') is distinct from 'citizen' then
    return;
  end if;
  return query
    select a.* from audit a
    where a.persons @> array[who] and a.persons <> '{}'
      and a.outcome <> 'denied' and a.act <> all(without) and (before is null or a.id < before)
    order by a.id desc limit at_most;
end
$$;
revoke execute on function looks_at_vouched from public;
grant execute on function looks_at_vouched to samspil_app;

-- Letters: of the incident that is written or may be seen, and of the person who is vouched for.
alter table letter enable row level security;
create policy letter_reader on letter for select to samspil_reader, samspil_admin using (true);
create policy letter_insert on letter for insert to samspil_app with check (true);
create policy letter_time on letter for select to samspil_app using (samspil_is('time') = 'yes');
create policy letter_written on letter for select to samspil_app
  using (incident_id = samspil_is('written'));
create policy letter_incident on letter for select to samspil_app
  using (incident_id is not null and exists (select from incident i where i.id = incident_id));
create policy letter_vouched on letter for select to samspil_app
  using (samspil_is('group') = 'citizen' and recipient = samspil_is('vouched')::char(10));

-- Drafts, sessions and powers of attorney: of the person code that keeps them.
alter table deposit enable row level security;
create policy deposit_reader on deposit for select to samspil_reader using (true);
create policy deposit_time on deposit to samspil_app using (samspil_is('time') = 'yes');
create policy deposit_depositor on deposit to samspil_app
  using (depositor = samspil_is('person_code')::char(8));
alter table deposit_count enable row level security;
create policy deposit_count_reader on deposit_count for select to samspil_reader using (true);
create policy deposit_count_time on deposit_count to samspil_app
  using (samspil_is('time') = 'yes');
create policy deposit_count_depositor on deposit_count for select to samspil_app
  using (depositor = samspil_is('person_code')::char(8));

-- Policies: of the municipality whose they are.
alter table policy_version enable row level security;
create policy policy_version_reader on policy_version for select to samspil_reader using (true);
create policy policy_version_by_hand on policy_version to samspil_admin using (true);
create policy policy_version_time on policy_version for select to samspil_app
  using (samspil_is('time') = 'yes');
create policy policy_version_authority on policy_version to samspil_app
  using (municipality = samspil_is('authority')::char(4));
alter table policy_switch enable row level security;
create policy policy_switch_reader on policy_switch for select to samspil_reader using (true);
create policy policy_switch_by_hand on policy_switch to samspil_admin using (true);
create policy policy_switch_time on policy_switch for select to samspil_app
  using (samspil_is('time') = 'yes');
create policy policy_switch_authority on policy_switch to samspil_app
  using (municipality = samspil_is('authority')::char(4));

-- Subscriptions: of the receiver whose they are.
alter table event_subscription enable row level security;
create policy event_subscription_reader on event_subscription for select to samspil_reader
  using (true);
create policy event_subscription_by_hand on event_subscription to samspil_admin using (true);
create policy event_subscription_receiver on event_subscription for select to samspil_app
  using (person_code = samspil_is('person_code')::char(8));
