-- Person codes, whole: from where they sign on, two passwords for a while, an end that is final,
-- and what those who hold them are told.

alter table person_code
  -- Those whose codes have the same holder are told of each other's; the code itself when unknown.
  add column holder          text,
  -- The network addresses from which it signs on; all of them when there is none.
  add column sources         text[] not null default '{}',
  -- So long the old password signs on beside a new one; for machines of which there are several.
  add column overlap_minutes smallint not null default 0,
  add column previous_hash   text,
  add column previous_until  timestamptz,
  add column retired_at      timestamptz,
  add constraint person_code_holder_fits check (char_length(holder) between 1 and 100),
  add constraint person_code_sources_bounded check (cardinality(sources) <= 50),
  add constraint person_code_overlap_bounded check (overlap_minutes between 0 and 1440),
  add constraint person_code_previous_has_end
    check ((previous_hash is null) = (previous_until is null)),
  add constraint person_code_previous_is_argon2id check (previous_hash like '$argon2id$%'),
  add constraint person_code_previous_is_bounded
    check (previous_until <= password_set_at + interval '24 hours'),
  add constraint person_code_retired_is_inactive check (retired_at is null or not active);

-- A token of the old password ends with it, so it may live shorter.
alter table token drop constraint token_life_is_two_hours;
alter table token add constraint token_life_is_bounded
  check (expires_at > issued_at and expires_at <= issued_at + interval '2 hours');

-- Wrong passwords by the network address they came from, since the beginning of its window.
create table source_miss (
  source text not null,
  since  timestamptz not null,
  misses integer not null,
  constraint source_miss_pk primary key (source),
  constraint source_miss_counts check (misses > 0)
);
create index source_miss_since on source_miss (since);
grant select, insert, update, delete on source_miss to samspil_app;

-- What the holders of person codes are told, in the order of the feed (xid, id) below the horizon.
create table notice (
  id          text not null,
  xid         xid8 not null default pg_current_xact_id(),
  at          timestamptz not null,
  person_code char(8) not null,
  kind        text not null,
  -- Of a password that is about to end.
  ends_at     timestamptz,
  constraint notice_pk primary key (id),
  constraint notice_person_code_fk foreign key (person_code) references person_code (code),
  constraint notice_kind_known check (kind in ('created', 'password-changed',
    'password-ends-soon', 'password-ended', 'locked', 'unlocked', 'reset', 'expired', 'disabled',
    'retired', 'changed')),
  constraint notice_end_of_a_password check ((ends_at is not null) = (kind like 'password-end%'))
);
create index notice_feed on notice (person_code, xid, id);
grant select, insert on notice to samspil_app;
grant select on notice to samspil_reader;
grant select (holder, sources, overlap_minutes, previous_until, retired_at)
  on person_code to samspil_reader;
