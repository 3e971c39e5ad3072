-- Whoever was asked and had not answered when a case was decided was awaited for ever, in the index
-- of those who are. A decision ends such a question now, and says so; those of before are ended as
-- of the decision, or of the withdrawal.
alter table hearing drop constraint hearing_note_known;
alter table hearing add constraint hearing_note_known check
  (note in ('moved-out', 'withdrawn', 'amended', 'decided'));

update hearing h
set given_up_at = i.closed_at,
  note = case when i.state = 'withdrawn' then 'withdrawn' else 'decided' end
from incident i
where i.id = h.incident_id and i.closed_at is not null
  and h.answered_at is null and h.given_up_at is null;
