-- Certificates of clients by which a person code signs on: SHA-256, as hexadecimal digits. None: it
-- signs on whatever certificate the connection shows.

alter table person_code add column certificates text[] not null default '{}';
alter table person_code add constraint person_code_certificates_bounded
  check (cardinality(certificates) <= 20);
alter table person_code add constraint person_code_certificates_are_sha256
  check (array_to_string(certificates, '') ~ '^([0-9a-f]{64})*$');
grant select (certificates) on person_code to samspil_reader;

-- What is asked for brings all that was asked for.
alter table grant_request add column certificates text[] not null default '{}';
