-- PostgreSQL reads the text of each check constraint anew in every statement that writes, and plans
-- it: the ten of incident took an eighth of a step's processor time. A function is read once for a
-- connection. The same rules, and the same names in the error.

create function incident_is_whole(
  state text, ts char(20), pnr char(10), representative char(10), has_data boolean,
  saved_at timestamptz, amended_at timestamptz, closed_at timestamptz, is_decided boolean,
  has_reason boolean, is_returned boolean)
returns boolean
language plpgsql immutable parallel safe
as $$
declare
  broken text := case
    when state not in ('initiated', 'validated', 'pending', 'returned', 'amended', 'approved',
      'rejected', 'withdrawn', 'cancelled', 'expired') then 'incident_state_known'
    when ts !~ '^[0-9]{20}$' then 'incident_ts_is_digits'
    when representative = pnr then 'incident_representative_is_another'
    when (state in ('initiated', 'validated', 'cancelled', 'expired')) = (saved_at is not null)
      then 'incident_saved_has_its_time'
    when not has_data and state not in ('initiated', 'cancelled', 'expired')
      then 'incident_saved_holds_data'
    when amended_at is not null and saved_at is null then 'incident_amended_was_saved'
    when (state in ('approved', 'rejected', 'withdrawn', 'cancelled', 'expired'))
      <> (closed_at is not null) then 'incident_ended_has_its_time'
    when (state in ('approved', 'rejected')) <> is_decided then 'incident_decided_by_somebody'
    when (state = 'rejected') <> has_reason then 'incident_rejected_for_a_reason'
    when state in ('returned', 'amended') and not is_returned
      or is_returned and state not in ('returned', 'amended', 'rejected')
      then 'incident_returned_says_what'
  end;
begin
  if broken is null then
    return true;
  end if;
  raise check_violation using constraint = broken, table = 'incident',
    message = 'an incident that is not whole: ' || broken;
end
$$;

revoke execute on function incident_is_whole from public;
grant execute on function incident_is_whole to samspil_app;

alter table incident
  drop constraint incident_state_known,
  drop constraint incident_ts_is_digits,
  drop constraint incident_representative_is_another,
  drop constraint incident_saved_has_its_time,
  drop constraint incident_saved_holds_data,
  drop constraint incident_amended_was_saved,
  drop constraint incident_ended_has_its_time,
  drop constraint incident_decided_by_somebody,
  drop constraint incident_rejected_for_a_reason,
  drop constraint incident_returned_says_what,
  add constraint incident_whole check (incident_is_whole(
    state, ts, pnr, representative, data is not null and data_hash is not null,
    saved_at, amended_at, closed_at, decided_at is not null and decided_by is not null,
    reason_code is not null and reason_text is not null, returned is not null));
