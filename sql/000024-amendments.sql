-- What is being amended is its reporter's alone; claims of one authority do not stand in another's
-- way; and a look of a policy tells under which switches it was made.

-- Until it is saved again, the columns say what was saved, and `returned` holds what the reporter has
-- in hand: { "fields", "text", "by", "amendment": { "reading", "question", … } }. What was in hand
-- in the earlier form is validated once more.
update incident
set data = returned -> 'reading', returned = returned - 'reading', version = version + 1,
  state = case state when 'amended' then 'returned' else state end
where returned is not null;

-- Each authority has a claim of its own: one that has passed the incident on is told of no other,
-- and its claim hinders nobody.
alter table claim drop constraint claim_pk;
alter table claim add constraint claim_pk primary key (incident_id, authority);

-- How many switches of its municipality's policies the look knew of that `looked_version` saw. A
-- policy that is switched while a run looks has everything looked at anew, whatever came first.
alter table incident add column looked_switches integer;
drop index incident_unlooked;
create index incident_unlooked on incident (authority,
    coalesce(case when looked_version = version then looked_switches end, 0), saved_at, id)
  where state = 'pending';
