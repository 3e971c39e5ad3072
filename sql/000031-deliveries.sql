-- Letters say whose they are, and what became of each. What a letter says is still never changed:
-- the application may update only what follows it.

alter table letter add column authority char(4);
update letter l set authority = coalesce(
  (select i.authority from incident i where i.id = l.incident_id),
  (select p.municipality from person p where p.pnr = l.recipient),
  '0000');
alter table letter alter column authority set not null;

-- `waiting`: for the delivery, or for its next try. `undeliverable`: the receiver has no Digital Post, so
-- that a person sends it (DESK-4). `failed`: tried too often. `printed`: a person has sent it.
alter table letter add column delivery text not null default 'waiting';
alter table letter add constraint letter_delivery_known
  check (delivery in ('waiting', 'delivered', 'undeliverable', 'failed', 'printed'));
alter table letter add column tries smallint not null default 0;
alter table letter add column due_at timestamptz;
alter table letter add column settled_at timestamptz;
alter table letter add column settled_by text;

create index letter_outbox on letter (authority, at desc, id desc);
create index letter_open on letter (authority, delivery, at desc, id desc)
  where delivery in ('waiting', 'undeliverable', 'failed');
create index letter_due on letter (coalesce(due_at, at), id) where delivery = 'waiting';

grant update (delivery, tries, due_at, settled_at, settled_by) on letter to samspil_app;

-- Of the authority that wrote it, also once the incident lies elsewhere.
create policy letter_authority on letter for select to samspil_app
  using (authority = samspil_is('authority')::char(4) and samspil_decides());
create policy letter_settled on letter for update to samspil_app
  using (authority = samspil_is('authority')::char(4) and samspil_decides());
create policy letter_delivered on letter for update to samspil_app
  using (samspil_is('time') = 'yes');

-- A team lead has the same queue: whoever decides sees what waits with the own authority.
create or replace function own_waiting(at timestamptz)
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
      and samspil_decides()
      and i.state in ('pending', 'returned', 'amended');
end
$$;

-- Which of them somebody is asked about and has not answered, and by when: all of them, where
-- `awaited_hearings` has those of some.
create or replace function own_awaited_hearings() returns table (incident_id text, due date)
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  return query
    select h.incident_id, min(h.deadline)
    from incident i
    join hearing h on h.incident_id = i.id
    where i.authority = samspil_is('authority')::char(4)
      and samspil_decides()
      and i.state in ('pending', 'returned', 'amended')
      and h.answered_at is null and h.given_up_at is null
    group by h.incident_id;
end
$$;
