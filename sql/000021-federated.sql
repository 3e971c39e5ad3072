-- Case workers who sign on by an OpenID provider: whose person code an identity opens, and which ID
-- tokens have opened one already.

create table identity_link (
  issuer      text not null,
  subject     text not null,
  person_code char(8) not null,
  linked_by   text not null,
  linked_at   timestamptz not null,
  -- An identity opens one person code; a person code may have several, as with two providers.
  constraint identity_link_pk primary key (issuer, subject),
  constraint identity_link_person_code_fk
    foreign key (person_code) references person_code (code),
  constraint identity_link_fits
    check (char_length(issuer) between 1 and 500 and char_length(subject) between 1 and 255)
);
create index identity_link_person_code on identity_link (person_code);
grant select, insert, delete on identity_link to samspil_app;
grant select on identity_link to samspil_reader;

-- Kept until the ID token would be refused for its age.
create table id_token_use (
  issuer     text not null,
  nonce_hash bytea not null,
  until      timestamptz not null,
  constraint id_token_use_pk primary key (issuer, nonce_hash)
);
create index id_token_use_until on id_token_use (until);
grant select, insert, delete on id_token_use to samspil_app;

-- What an identity opened does not hang on the password, which its user may never have had.
alter table token add column federated boolean not null default false;
