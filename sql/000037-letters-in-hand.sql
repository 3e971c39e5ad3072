-- A letter goes one way. Whoever is about to send it takes it in hand for a while: the program that
-- delivers it (`held_by` is null then), or a person who prints it.
alter table letter add column held_until timestamptz;
alter table letter add column held_by char(8);
alter table letter add constraint letter_held_whole
  check (held_by is null or held_until is not null);
grant update (held_until, held_by) on letter to samspil_app;

-- What was written before anything became of letters was sent by other means, or was not: nobody
-- knows. It is delivered no more unless a person says so.
alter table letter drop constraint letter_delivery_known;
alter table letter add constraint letter_delivery_known check
  (delivery in ('waiting', 'delivered', 'undeliverable', 'failed', 'printed', 'earlier'));
update letter set delivery = 'earlier'
where delivery = 'waiting' and tries = 0
  and at < (select applied_at from migration where number = 31);
