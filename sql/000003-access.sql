-- Access: person codes with their passwords, and the tokens of those who signed on.
-- No password and no token is here, only their hashes.

create table person_code (
  code                char(8) not null,
  security_group      text not null,
  -- Reference data are loaded apart from this, so there is no foreign key; creation looks it up.
  authority           char(4) not null,
  name                text not null default '',
  password_hash       text not null,
  one_time            boolean not null,
  password_set_at     timestamptz not null,
  password_expires_at timestamptz not null,
  -- Evaluations begun, and those that ended as wrong, since the last right password. An attempt
  -- is counted as begun before the password is compared, so that parallel guesses cannot slip by.
  tried_in_a_row      smallint not null default 0,
  wrong_in_a_row      smallint not null default 0,
  -- Raised whenever password, lock or state change: what an earlier series began is void, be it
  -- a token or an attempt whose password is still being compared.
  series              integer not null default 1,
  locked_at           timestamptz,
  active              boolean not null default true,
  created_at          timestamptz not null,
  last_sign_on_at     timestamptz,
  constraint person_code_pk primary key (code),
  constraint person_code_shape check (code ~ '^W[0-9]{7}$'),
  constraint person_code_group_known check
    (security_group in ('citizen', 'municipality', 'cpr-office')),
  constraint person_code_authority_is_digits check (authority ~ '^[0-9]{4}$'),
  constraint person_code_name_fits check (char_length(name) <= 100),
  constraint person_code_password_is_argon2id check (password_hash like '$argon2id$%'),
  constraint person_code_password_has_life check (password_expires_at > password_set_at),
  constraint person_code_tried_bounded check (tried_in_a_row between 0 and 5),
  constraint person_code_wrong_bounded check (wrong_in_a_row between 0 and 5),
  constraint person_code_fifth_wrong_locks check (wrong_in_a_row < 5 or locked_at is not null)
);

-- Every password that a person code has had, one-time passwords too: none is used again.
create table password_history (
  person_code   char(8) not null,
  set_at        timestamptz not null,
  password_hash text not null,
  constraint password_history_pk primary key (person_code, password_hash),
  constraint password_history_person_code_fk
    foreign key (person_code) references person_code (code),
  constraint password_history_is_argon2id check (password_hash like '$argon2id$%')
);

create table token (
  hash        bytea not null,
  person_code char(8) not null,
  series      integer not null,
  -- The network address that signed on; the token opens nothing from another one.
  source      text not null,
  issued_at   timestamptz not null,
  expires_at  timestamptz not null,
  ended_at    timestamptz,
  constraint token_pk primary key (hash),
  constraint token_person_code_fk foreign key (person_code) references person_code (code),
  constraint token_hash_is_sha256 check (octet_length(hash) = 32),
  constraint token_life_is_two_hours check (expires_at = issued_at + interval '2 hours')
);
create index token_expires_at on token (expires_at);

-- Attempts for which no password was compared: unknown or locked person codes. Written so that they
-- cost one commit as the others do, or the time of an answer told who exists. Swept after a day.
create table stray_attempt (
  at timestamptz not null
);
create index stray_attempt_at on stray_attempt (at);

-- The latest instant that the program's clock has shown. Time that goes back revives nothing.
create table clock_mark (
  only_row boolean not null default true,
  reached  timestamptz not null,
  constraint clock_mark_pk primary key (only_row),
  constraint clock_mark_has_one_row check (only_row)
);
insert into clock_mark (reached) values ('-infinity');

grant select, insert, update on person_code to samspil_app;
grant select, insert on password_history to samspil_app;
grant select, insert, delete on token to samspil_app;
grant update (ended_at) on token to samspil_app;
grant select, insert, delete on stray_attempt to samspil_app;
grant select on clock_mark to samspil_app;
grant update (reached) on clock_mark to samspil_app;
-- The reader sees who has access, and no hash of anything.
grant select (code, security_group, authority, name, one_time, password_set_at,
  password_expires_at, locked_at, active, created_at, last_sign_on_at)
  on person_code to samspil_reader;
