-- A report that was being amended when the columns came to say what was saved kept the digest of
-- what its reporter had in hand: nothing could be decided on it once it waited again. It is made
-- anew as the program does: names in order, and within each the persons.
create function canonical_reading(data jsonb) returns text language sql immutable as $$
  select '[' || coalesce(string_agg(
    '[' || to_json(e.key)::text || ',' || case jsonb_typeof(e.value)
      when 'array' then '[' || coalesce((
        select string_agg(to_json(p.text)::text, ',' order by p.text collate "C")
        from jsonb_array_elements_text(e.value) p(text)), '') || ']'
      else e.value::text end || ']', ',' order by e.key collate "C"), '') || ']'
  from jsonb_each(data) e
$$;
update incident i
set data_hash = encode(sha256(convert_to(canonical_reading(i.data), 'UTF8')), 'hex')
where i.data is not null and i.state in ('returned', 'amended', 'pending', 'rejected')
  and exists (select from milestone m where m.incident_id = i.id and m.kind = 'returned'
    and m.at < (select applied_at from migration where number = 24));
drop function canonical_reading(jsonb);
