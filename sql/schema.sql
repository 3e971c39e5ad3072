-- What the migrations add up to, for reading. Never changed by hand: write a new migration, then
-- node set-up/run.mjs test/write-schema.ts

-- Tables and columns

table address
  key text not null
  municipality character(4) not null
  road character(4) not null
  house text not null
  floor text not null default ''::text
  door text not null default ''::text
  town text
  postcode character(4) not null
  rooms smallint not null
  valid_from date not null
  valid_to date
  kind text not null default 'ordinary'::text
table audit
  id text not null
  xid xid8 not null default pg_current_xact_id()
  at timestamp with time zone not null
  act text not null
  outcome text not null
  receipt integer not null
  actor text
  authority character(4)
  source text
  purpose text not null
  persons character(10)[] not null default '{}'::bpchar[]
  incident_id text
  detail jsonb
  epoch integer not null default 1
table audit_cleared
  epoch integer not null
  xid xid8 not null
  id text collate "C" not null
  act text not null
  digest bytea not null
  cleared_at timestamp with time zone not null
table audit_cleared_until
  keeping text not null
  no bigint not null
table audit_seal
  no bigint not null
  sealed_at timestamp with time zone not null
  before bytea not null
  epoch integer not null
  xid xid8 not null
  id text not null
  rows integer not null
  digest bytea not null
  head bytea not null
table authority
  code character(4) not null
  type character(2) not null
  name text not null
  alpha2 character(2)
  valid_from date not null
  valid_to date
table claim
  incident_id text not null
  authority character(4) not null
  person_code character(8) not null
  claimed_at timestamp with time zone not null
  until timestamp with time zone not null
table clock_mark
  only_row boolean not null default true
  reached timestamp with time zone not null
table deposit
  depositor character(8) not null
  kind text not null
  key text not null
  concerns character(10)[] not null
  version integer not null
  content bytea not null
  stored_at timestamp with time zone not null
  expires_at timestamp with time zone not null
table deposit_count
  depositor character(8) not null
  deposits integer not null
  counted_at timestamp with time zone not null
table drawn_until
  authority character(4) not null
  week character(8) not null
table employee
  person_code character(8) not null
  pnr character(10) not null
  stated_by text not null
  stated_at timestamp with time zone not null
table event
  pnr character(10) not null
  event_no integer not null
  id text not null
  epoch integer not null default 1
  xid xid8 not null default pg_current_xact_id()
  kind text not null
  type text not null
  valid_from date not null
  recorded_at timestamp with time zone not null
  incident_id text
table event_subscription
  person_code character(8) not null
  municipality character(4) not null
  type text not null default ''::text
table fact
  pnr character(10) not null
  event_no integer not null
  line smallint not null
  kind text not null
  slot text not null default ''::text
  valid_from date not null
  valid_to date
  value jsonb
table feed_epoch
  only_row boolean not null default true
  epoch integer not null
table grant_request
  id text not null
  person_code character(8)
  is_new boolean not null
  security_group text not null
  authority character(4) not null
  name text not null default ''::text
  holder text
  sources text[] not null default '{}'::text[]
  overlap_minutes smallint not null default 0
  asked_by text not null
  asked_at timestamp with time zone not null
  reason text not null
  settled_by text
  settled_at timestamp with time zone
  granted boolean
  certificates text[] not null default '{}'::text[]
table hearing
  id text not null
  incident_id text not null
  kind text not null
  asked character(10)
  about character(10)[] not null
  asked_at timestamp with time zone not null
  deadline date
  reminded_at timestamp with time zone
  answered_at timestamp with time zone
  answer text
  from_date date
  answer_text text
  answered_by text
  given_up_at timestamp with time zone
  note text
  authority character(4) not null
table id_token_use
  issuer text not null
  nonce_hash bytea not null
  until timestamp with time zone not null
table identity_link
  issuer text not null
  subject text not null
  person_code character(8) not null
  linked_by text not null
  linked_at timestamp with time zone not null
table incident
  id text not null
  ts character(20) not null
  code text not null
  pnr character(10) not null
  incident_date date not null
  municipality character(4) not null
  authority character(4) not null
  reported_by text not null
  reporting_authority character(4) not null
  state text not null
  version integer not null
  rules_version text not null
  data jsonb
  data_hash text
  persons character(10)[] not null default '{}'::bpchar[]
  addresses text[] not null default '{}'::text[]
  roads character(4)[] not null default '{}'::bpchar[]
  warned integer[] not null default '{}'::integer[]
  marks jsonb not null default '[]'::jsonb
  initiated_at timestamp with time zone not null
  validated_at timestamp with time zone
  saved_at timestamp with time zone
  decided_at timestamp with time zone
  closed_at timestamp with time zone
  expires_at timestamp with time zone not null
  decided_by text
  reason_code text
  reason_text text
  authorities character(4)[] not null default '{}'::bpchar[]
  outcomes jsonb not null default '{}'::jsonb
  vacant character(10)[] not null default '{}'::bpchar[]
  open_place smallint
  representative character(10)
  amended_at timestamp with time zone
  forwarded_at timestamp with time zone
  returned jsonb
  events jsonb not null default '[]'::jsonb
  after_ids text[] not null default '{}'::text[]
  traits jsonb
  automatic jsonb
  looked_version integer
  automatic_on date
  looked_switches integer
  flags text[] not null default '{}'::text[]
table job
  name text not null
  holder text not null
  leased_until timestamp with time zone not null
  last_run_at timestamp with time zone
table letter
  id text not null
  xid xid8 not null default pg_current_xact_id()
  at timestamp with time zone not null
  recipient character(10) not null
  kind text not null
  incident_id text
  text_da text not null
  text_en text not null
  concerns date
  authority character(4) not null
  delivery text not null default 'waiting'::text
  tries smallint not null default 0
  due_at timestamp with time zone
  settled_at timestamp with time zone
  settled_by text
  held_until timestamp with time zone
  held_by character(8)
table log_review
  authority character(4) not null
  week character(8) not null
  seed text not null
  sample_min integer not null
  sample_percent integer not null
  total integer not null
  tallies jsonb not null
  unnamed text[] not null
  drawn_at timestamp with time zone not null
  due date not null
  first_by character(8)
  first_at timestamp with time zone
  second_by character(8)
  second_at timestamp with time zone
  version integer not null default 1
table migration
  number integer not null
  name text not null
  checksum text not null
  breaking boolean not null
  applied_at timestamp with time zone not null default now()
table milestone
  incident_id text not null
  version integer not null
  at timestamp with time zone not null
  kind text not null
  by text not null
  authority character(4) not null
  text text
  fields text[] not null default '{}'::text[]
  due date
  to_authority character(4)
  persons character(10)[] not null default '{}'::bpchar[]
  decision text
  decided_at timestamp with time zone
  reading jsonb
table municipality_setting
  municipality character(4) not null
  name text not null
  value integer not null
table note
  id text not null
  incident_id text not null
  authority character(4) not null
  person_code character(8) not null
  at timestamp with time zone not null
  text text not null
table notice
  id text not null
  xid xid8 not null default pg_current_xact_id()
  at timestamp with time zone not null
  person_code character(8) not null
  kind text not null
  ends_at timestamp with time zone
  epoch integer not null default 1
table password_history
  person_code character(8) not null
  set_at timestamp with time zone not null
  password_hash text not null
table person
  pnr character(10) not null
  event_no integer not null
  current jsonb not null
  status character(2) not null
  municipality character(4)
  address_key text
  derived_on date not null
  next_change_on date
  protected_until date
  names text not null
table person_code
  code character(8) not null
  security_group text not null
  authority character(4) not null
  name text not null default ''::text
  password_hash text not null
  one_time boolean not null
  password_set_at timestamp with time zone not null
  password_expires_at timestamp with time zone not null
  tried_in_a_row smallint not null default 0
  wrong_in_a_row smallint not null default 0
  series integer not null default 1
  locked_at timestamp with time zone
  active boolean not null default true
  created_at timestamp with time zone not null
  last_sign_on_at timestamp with time zone
  holder text
  sources text[] not null default '{}'::text[]
  overlap_minutes smallint not null default 0
  previous_hash text
  previous_until timestamp with time zone
  retired_at timestamp with time zone
  certificates text[] not null default '{}'::text[]
table policy_switch
  municipality character(4) not null
  name text not null
  no integer not null
  version integer
  sample_percent integer
  at timestamp with time zone not null
  by_whom text not null
table policy_version
  municipality character(4) not null
  name text not null
  version integer not null
  document jsonb not null
  made_at timestamp with time zone not null
  made_by text not null
table postcode
  code character(4) not null
  district text not null
table report_count
  person_code character(8) not null
  begun integer not null
  waiting integer not null
  counted_at timestamp with time zone not null
table reviewed_look
  authority character(4) not null
  week character(8) not null
  no integer not null
  look_id text not null
  at timestamp with time zone not null
  act text not null
  person_code character(8) not null
  purpose text not null
  pnr character(10)
  connection text not null
  patterns text[] not null
  by_chance boolean not null
  asked_at timestamp with time zone
  asked_by character(8)
  question text
  answered_at timestamp with time zone
  answer text
  judged_at timestamp with time zone
  judged_by character(8)
  verdict text
  note text
  version integer not null default 1
  given text
table road
  municipality character(4) not null
  code character(4) not null
  name text not null
  addressing_name text not null
  valid_from date not null
  valid_to date
table source_miss
  source text not null
  since timestamp with time zone not null
  misses integer not null
table stray_attempt
  at timestamp with time zone not null
table token
  hash bytea not null
  person_code character(8) not null
  series integer not null
  source text not null
  issued_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone
  federated boolean not null default false

-- Constraints

address: address_key_is_its_parts CHECK ((key = (((((((((municipality)::text || '-'::text) || (road)::text) || '-'::text) || house) || '-'::text) || floor) || '-'::text) || door)))
address: address_kind_known CHECK ((kind = ANY (ARRAY['ordinary'::text, 'housing-company'::text, 'summer-house'::text])))
address: address_pk PRIMARY KEY (key)
address: address_postcode_fk FOREIGN KEY (postcode) REFERENCES postcode(code)
address: address_road_fk FOREIGN KEY (municipality, road) REFERENCES road(municipality, code)
audit: audit_outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text, 'denied'::text])))
audit: audit_pk PRIMARY KEY (id)
audit_cleared: audit_cleared_is_sha256 CHECK ((octet_length(digest) = 32))
audit_cleared: audit_cleared_pk PRIMARY KEY (epoch, xid, id)
audit_cleared_until: audit_cleared_until_pk PRIMARY KEY (keeping)
audit_seal: audit_seal_counts CHECK (((no > 0) AND (rows > 0)))
audit_seal: audit_seal_is_sha256 CHECK (((octet_length(before) = 32) AND (octet_length(digest) = 32) AND (octet_length(head) = 32)))
audit_seal: audit_seal_no_fork UNIQUE (before)
audit_seal: audit_seal_pk PRIMARY KEY (no)
authority: authority_code_is_digits CHECK ((code ~ '^[0-9]{4}$'::text))
authority: authority_pk PRIMARY KEY (code)
authority: authority_type_is_digits CHECK ((type ~ '^[0-9]{2}$'::text))
claim: claim_has_life CHECK ((until > claimed_at))
claim: claim_incident_fk FOREIGN KEY (incident_id) REFERENCES incident(id)
claim: claim_pk PRIMARY KEY (incident_id, authority)
clock_mark: clock_mark_has_one_row CHECK (only_row)
clock_mark: clock_mark_pk PRIMARY KEY (only_row)
deposit: deposit_concerns_few CHECK ((cardinality(concerns) <= 4))
deposit: deposit_content_fits CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 32768)))
deposit: deposit_depositor_fk FOREIGN KEY (depositor) REFERENCES person_code(code)
deposit: deposit_has_time CHECK ((expires_at > stored_at))
deposit: deposit_pk PRIMARY KEY (depositor, kind, key)
deposit: deposit_version_positive CHECK ((version > 0))
deposit_count: deposit_count_depositor_fk FOREIGN KEY (depositor) REFERENCES person_code(code)
deposit_count: deposit_count_pk PRIMARY KEY (depositor)
drawn_until: drawn_until_pk PRIMARY KEY (authority)
drawn_until: drawn_until_week_form CHECK ((week ~ '^[0-9]{4}-W[0-9]{2}$'::text))
employee: employee_person_code_fk FOREIGN KEY (person_code) REFERENCES person_code(code)
employee: employee_pk PRIMARY KEY (person_code)
event: event_kind_known CHECK ((kind = ANY (ARRAY['loaded'::text, 'changed'::text, 'in-effect'::text, 'corrected'::text, 'annulled'::text, 'undone'::text])))
event: event_pk PRIMARY KEY (pnr, event_no)
event_subscription: event_subscription_municipality_is_digits CHECK ((municipality ~ '^[0-9]{4}$'::text))
event_subscription: event_subscription_person_code_fk FOREIGN KEY (person_code) REFERENCES person_code(code)
event_subscription: event_subscription_pk PRIMARY KEY (person_code, municipality, type)
fact: fact_event_fk FOREIGN KEY (pnr, event_no) REFERENCES event(pnr, event_no) DEFERRABLE INITIALLY DEFERRED
fact: fact_pk PRIMARY KEY (pnr, event_no, line)
fact: fact_range_not_empty CHECK (((valid_to IS NULL) OR (valid_from < valid_to)))
fact: fact_status_has_its_start CHECK (((kind <> 'status'::text) OR (value IS NULL) OR ((value ->> 'startedAt'::text) ~ '^[0-9]{12}$'::text)))
feed_epoch: feed_epoch_has_one_row CHECK (only_row)
feed_epoch: feed_epoch_pk PRIMARY KEY (only_row)
feed_epoch: feed_epoch_positive CHECK ((epoch > 0))
grant_request: grant_request_by_two CHECK (((granted IS NOT TRUE) OR (settled_by <> asked_by)))
grant_request: grant_request_not_for_oneself CHECK (((person_code IS NULL) OR ((asked_by <> (person_code)::text) AND ((granted IS NOT TRUE) OR (settled_by <> (person_code)::text)))))
grant_request: grant_request_pk PRIMARY KEY (id)
grant_request: grant_request_settled_as_a_whole CHECK ((((settled_by IS NULL) = (settled_at IS NULL)) AND ((settled_by IS NULL) = (granted IS NULL))))
hearing: hearing_answer_known CHECK ((answer = ANY (ARRAY['yes'::text, 'no'::text])))
hearing: hearing_answered_whole CHECK ((((answer IS NULL) = (answered_at IS NULL)) AND ((answer IS NULL) = (answered_by IS NULL))))
hearing: hearing_ends_once CHECK (((answered_at IS NULL) OR (given_up_at IS NULL)))
hearing: hearing_incident_fk FOREIGN KEY (incident_id) REFERENCES incident(id)
hearing: hearing_note_known CHECK ((note = ANY (ARRAY['moved-out'::text, 'withdrawn'::text, 'amended'::text, 'decided'::text])))
hearing: hearing_note_of_the_ended CHECK (((note IS NULL) OR (given_up_at IS NOT NULL) OR ((answered_at IS NOT NULL) AND (note <> 'moved-out'::text))))
hearing: hearing_pk PRIMARY KEY (id)
id_token_use: id_token_use_pk PRIMARY KEY (issuer, nonce_hash)
identity_link: identity_link_fits CHECK ((((char_length(issuer) >= 1) AND (char_length(issuer) <= 500)) AND ((char_length(subject) >= 1) AND (char_length(subject) <= 255))))
identity_link: identity_link_person_code_fk FOREIGN KEY (person_code) REFERENCES person_code(code)
identity_link: identity_link_pk PRIMARY KEY (issuer, subject)
incident: incident_pk PRIMARY KEY (id)
incident: incident_ts_once UNIQUE (ts)
incident: incident_whole CHECK (incident_is_whole(state, ts, pnr, representative, ((data IS NOT NULL) AND (data_hash IS NOT NULL)), saved_at, amended_at, closed_at, ((decided_at IS NOT NULL) AND (decided_by IS NOT NULL)), ((reason_code IS NOT NULL) AND (reason_text IS NOT NULL)), (returned IS NOT NULL)))
job: job_pk PRIMARY KEY (name)
letter: letter_delivery_known CHECK ((delivery = ANY (ARRAY['waiting'::text, 'delivered'::text, 'undeliverable'::text, 'failed'::text, 'printed'::text, 'earlier'::text])))
letter: letter_held_whole CHECK (((held_by IS NULL) OR (held_until IS NOT NULL)))
letter: letter_pk PRIMARY KEY (id)
letter: letter_texts_not_empty CHECK (((text_da <> ''::text) AND (text_en <> ''::text)))
log_review: log_review_by_two CHECK (((second_by IS NULL) OR ((first_by IS NOT NULL) AND (first_by <> second_by))))
log_review: log_review_pk PRIMARY KEY (authority, week)
log_review: log_review_signed_whole CHECK ((((first_by IS NULL) = (first_at IS NULL)) AND ((second_by IS NULL) = (second_at IS NULL))))
log_review: log_review_week_form CHECK ((week ~ '^[0-9]{4}-W[0-9]{2}$'::text))
migration: migration_pk PRIMARY KEY (number)
milestone: milestone_forwarded_to_another CHECK (((kind <> 'forwarded'::text) OR ((to_authority IS NOT NULL) AND (to_authority <> authority))))
milestone: milestone_incident_fk FOREIGN KEY (incident_id) REFERENCES incident(id)
milestone: milestone_kind_known CHECK ((kind = ANY (ARRAY['returned'::text, 'amended'::text, 'forwarded'::text, 'undone'::text])))
milestone: milestone_pk PRIMARY KEY (incident_id, version)
milestone: milestone_returned_whole CHECK (((kind <> 'returned'::text) OR ((text IS NOT NULL) AND (due IS NOT NULL) AND (reading IS NOT NULL) AND (fields <> '{}'::text[]))))
milestone: milestone_undone_whole CHECK (((kind <> 'undone'::text) OR ((decision IS NOT NULL) AND (decided_at IS NOT NULL) AND (persons <> '{}'::bpchar[]))))
municipality_setting: municipality_setting_name_known CHECK ((name = ANY (ARRAY['reportableDaysAhead'::text, 'legalRoomFactor'::text, 'softRoomFactor'::text, 'hostAnswerDays'::text, 'reminderDays'::text, 'undoMinutes'::text, 'amendmentDays'::text, 'serviceGoalDays'::text, 'claimMinutes'::text, 'logSampleMin'::text, 'logSamplePercent'::text, 'logReviewDays'::text, 'workdayFromHour'::text, 'workdayToHour'::text])))
municipality_setting: municipality_setting_not_negative CHECK ((value >= 0))
municipality_setting: municipality_setting_pk PRIMARY KEY (municipality, name)
note: note_incident_fk FOREIGN KEY (incident_id) REFERENCES incident(id)
note: note_pk PRIMARY KEY (id)
note: note_says_something CHECK (((text <> ''::text) AND (char_length(text) <= 2000)))
notice: notice_end_of_a_password CHECK (((ends_at IS NOT NULL) = (kind ~~ 'password-end%'::text)))
notice: notice_kind_known CHECK ((kind = ANY (ARRAY['created'::text, 'password-changed'::text, 'password-ends-soon'::text, 'password-ended'::text, 'locked'::text, 'unlocked'::text, 'reset'::text, 'expired'::text, 'disabled'::text, 'retired'::text, 'changed'::text])))
notice: notice_person_code_fk FOREIGN KEY (person_code) REFERENCES person_code(code)
notice: notice_pk PRIMARY KEY (id)
password_history: password_history_is_argon2id CHECK ((password_hash ~~ '$argon2id$%'::text))
password_history: password_history_person_code_fk FOREIGN KEY (person_code) REFERENCES person_code(code)
password_history: password_history_pk PRIMARY KEY (person_code, password_hash)
person: person_event_no_positive CHECK ((event_no > 0))
person: person_pk PRIMARY KEY (pnr)
person: person_pnr_is_digits CHECK ((pnr ~ '^[0-9]{10}$'::text))
person_code: person_code_authority_is_digits CHECK ((authority ~ '^[0-9]{4}$'::text))
person_code: person_code_certificates_are_sha256 CHECK ((array_to_string(certificates, ''::text) ~ '^([0-9a-f]{64})*$'::text))
person_code: person_code_certificates_bounded CHECK ((cardinality(certificates) <= 20))
person_code: person_code_fifth_wrong_locks CHECK (((wrong_in_a_row < 5) OR (locked_at IS NOT NULL)))
person_code: person_code_group_known CHECK ((security_group = ANY (ARRAY['citizen'::text, 'municipality'::text, 'team-lead'::text, 'cpr-office'::text, 'receiver'::text, 'log-reviewer'::text, 'administrator'::text])))
person_code: person_code_holder_fits CHECK (((char_length(holder) >= 1) AND (char_length(holder) <= 100)))
person_code: person_code_name_fits CHECK ((char_length(name) <= 100))
person_code: person_code_overlap_bounded CHECK (((overlap_minutes >= 0) AND (overlap_minutes <= 1440)))
person_code: person_code_password_has_life CHECK ((password_expires_at > password_set_at))
person_code: person_code_password_is_argon2id CHECK ((password_hash ~~ '$argon2id$%'::text))
person_code: person_code_pk PRIMARY KEY (code)
person_code: person_code_previous_has_end CHECK (((previous_hash IS NULL) = (previous_until IS NULL)))
person_code: person_code_previous_is_argon2id CHECK ((previous_hash ~~ '$argon2id$%'::text))
person_code: person_code_previous_is_bounded CHECK ((previous_until <= (password_set_at + '24:00:00'::interval)))
person_code: person_code_retired_is_inactive CHECK (((retired_at IS NULL) OR (NOT active)))
person_code: person_code_shape CHECK ((code ~ '^W[0-9]{7}$'::text))
person_code: person_code_sources_bounded CHECK ((cardinality(sources) <= 50))
person_code: person_code_tried_bounded CHECK (((tried_in_a_row >= 0) AND (tried_in_a_row <= 5)))
person_code: person_code_wrong_bounded CHECK (((wrong_in_a_row >= 0) AND (wrong_in_a_row <= 5)))
policy_switch: policy_switch_on_has_sample CHECK (((version IS NULL) = (sample_percent IS NULL)))
policy_switch: policy_switch_pk PRIMARY KEY (municipality, name, no)
policy_switch: policy_switch_sample_is_share CHECK (((sample_percent >= 1) AND (sample_percent <= 100)))
policy_switch: policy_switch_version_fk FOREIGN KEY (municipality, name, version) REFERENCES policy_version(municipality, name, version)
policy_version: policy_version_name_shape CHECK ((name ~ '^[a-z][a-z0-9-]{0,39}$'::text))
policy_version: policy_version_pk PRIMARY KEY (municipality, name, version)
policy_version: policy_version_positive CHECK ((version > 0))
postcode: postcode_pk PRIMARY KEY (code)
report_count: report_count_person_code_fk FOREIGN KEY (person_code) REFERENCES person_code(code)
report_count: report_count_pk PRIMARY KEY (person_code)
reviewed_look: reviewed_look_answered_whole CHECK (((answered_at IS NULL) = (answer IS NULL)))
reviewed_look: reviewed_look_answers_a_question CHECK (((answered_at IS NULL) OR (asked_at IS NOT NULL)))
reviewed_look: reviewed_look_asked_whole CHECK ((((asked_at IS NULL) = (asked_by IS NULL)) AND ((asked_at IS NULL) = (question IS NULL))))
reviewed_look: reviewed_look_bad_says_why CHECK (((verdict <> 'not-fine'::text) OR (note <> ''::text)))
reviewed_look: reviewed_look_connection_known CHECK ((connection = ANY (ARRAY['worked-on'::text, 'authority'::text, 'none'::text])))
reviewed_look: reviewed_look_given_known CHECK ((given = ANY (ARRAY['stamp'::text, 'report'::text, 'letter'::text, 'case'::text])))
reviewed_look: reviewed_look_judged_whole CHECK ((((judged_at IS NULL) = (judged_by IS NULL)) AND ((judged_at IS NULL) = (verdict IS NULL)) AND ((judged_at IS NULL) = (note IS NULL))))
reviewed_look: reviewed_look_not_own CHECK (((person_code <> ALL (ARRAY[asked_by, judged_by])) IS NOT FALSE))
reviewed_look: reviewed_look_once UNIQUE (authority, week, look_id)
reviewed_look: reviewed_look_pk PRIMARY KEY (authority, week, no)
reviewed_look: reviewed_look_review_fk FOREIGN KEY (authority, week) REFERENCES log_review(authority, week)
reviewed_look: reviewed_look_verdict_known CHECK ((verdict = ANY (ARRAY['fine'::text, 'not-fine'::text])))
road: road_addressing_name_fits CHECK ((char_length(addressing_name) <= 20))
road: road_name_fits CHECK ((char_length(name) <= 40))
road: road_pk PRIMARY KEY (municipality, code)
source_miss: source_miss_counts CHECK ((misses > 0))
source_miss: source_miss_pk PRIMARY KEY (source)
token: token_hash_is_sha256 CHECK ((octet_length(hash) = 32))
token: token_life_is_bounded CHECK (((expires_at > issued_at) AND (expires_at <= (issued_at + '02:00:00'::interval))))
token: token_person_code_fk FOREIGN KEY (person_code) REFERENCES person_code(code)
token: token_pk PRIMARY KEY (hash)

-- Indexes without a constraint

CREATE INDEX address_road ON address USING btree (municipality, road)
CREATE INDEX audit_at ON audit USING btree (at)
CREATE INDEX audit_at_desk ON audit USING btree (authority, at, id) WHERE (((act = 'read-case'::text) AND (outcome = 'done'::text)) OR ((act = ANY (ARRAY['list-queue'::text, 'list-closed'::text])) AND (detail IS NOT NULL)))
CREATE INDEX audit_looked ON audit USING btree (authority, at, id) WHERE (act = ANY (ARRAY['look-up'::text, 'search'::text]))
CREATE INDEX audit_order ON audit USING btree (epoch, xid, id COLLATE "C")
CREATE INDEX audit_persons ON audit USING gin (persons) WITH (fastupdate=off) WHERE (persons <> '{}'::bpchar[])
CREATE INDEX claim_live ON claim USING btree (authority, until)
CREATE INDEX claim_person_code ON claim USING btree (person_code, until)
CREATE INDEX deposit_concerns ON deposit USING gin (concerns) WITH (fastupdate=off)
CREATE INDEX deposit_expiry ON deposit USING btree (expires_at)
CREATE INDEX employee_pnr ON employee USING btree (pnr)
CREATE INDEX event_feed ON event USING btree (epoch, xid, id)
CREATE INDEX fact_custody ON fact USING btree (((value ->> 'pnr'::text))) WHERE (kind = 'custody'::text)
CREATE INDEX fact_parent ON fact USING btree (((value ->> 'pnr'::text))) WHERE (kind = 'parent'::text)
CREATE INDEX grant_request_waiting ON grant_request USING btree (asked_at, id) WHERE (settled_at IS NULL)
CREATE INDEX hearing_asked ON hearing USING btree (asked) WHERE (asked IS NOT NULL)
CREATE INDEX hearing_awaited ON hearing USING btree (authority, incident_id) INCLUDE (deadline) WHERE ((answered_at IS NULL) AND (given_up_at IS NULL))
CREATE INDEX hearing_deadline ON hearing USING btree (deadline) WHERE ((answered_at IS NULL) AND (given_up_at IS NULL) AND (deadline IS NOT NULL))
CREATE INDEX hearing_incident ON hearing USING btree (incident_id)
CREATE INDEX id_token_use_until ON id_token_use USING btree (until)
CREATE INDEX identity_link_person_code ON identity_link USING btree (person_code)
CREATE INDEX incident_companions ON incident USING gin (persons) WITH (fastupdate=off) WHERE ((saved_at IS NOT NULL) AND (persons <> '{}'::bpchar[]))
CREATE INDEX incident_decided ON incident USING btree (authority, decided_at, id) INCLUDE (state, decided_by) WHERE (decided_at IS NOT NULL)
CREATE INDEX incident_dropped ON incident USING btree (reporting_authority, closed_at) WHERE (state = ANY (ARRAY['cancelled'::text, 'expired'::text]))
CREATE INDEX incident_ended ON incident USING btree (closed_at) WHERE (state = ANY (ARRAY['cancelled'::text, 'expired'::text]))
CREATE INDEX incident_expiry ON incident USING btree (expires_at) WHERE (state = ANY (ARRAY['initiated'::text, 'validated'::text]))
CREATE INDEX incident_open ON incident USING btree (pnr) WHERE (state = ANY (ARRAY['initiated'::text, 'validated'::text, 'pending'::text, 'returned'::text, 'amended'::text]))
CREATE INDEX incident_received ON incident USING btree (authority, saved_at) WHERE (saved_at IS NOT NULL)
CREATE INDEX incident_representative ON incident USING btree (representative, saved_at DESC, id DESC) WHERE ((saved_at IS NOT NULL) AND (representative IS NOT NULL))
CREATE INDEX incident_subject ON incident USING btree (pnr, saved_at DESC, id DESC) WHERE (saved_at IS NOT NULL)
CREATE INDEX incident_to_address ON incident USING btree (municipality, addresses) WHERE ((decided_at IS NOT NULL) AND (addresses <> '{}'::text[]))
CREATE INDEX incident_to_empty ON incident USING btree (closed_at) WHERE ((state = ANY (ARRAY['cancelled'::text, 'expired'::text])) AND ((data IS NOT NULL) OR (representative IS NOT NULL) OR (persons <> '{}'::bpchar[]) OR (vacant <> '{}'::bpchar[]) OR (addresses <> '{}'::text[]) OR (roads <> '{}'::bpchar[]) OR (authorities <> '{}'::bpchar[]) OR (marks <> '[]'::jsonb) OR (warned <> '{}'::integer[])))
CREATE INDEX incident_unlooked ON incident USING btree (authority, COALESCE(
CASE
    WHEN (looked_version = version) THEN looked_switches
    ELSE NULL::integer
END, 0), saved_at, id) WHERE (state = 'pending'::text)
CREATE INDEX incident_waiting ON incident USING btree (authority, saved_at, id) INCLUDE (pnr, code, state, municipality, addresses, flags) WHERE (state = ANY (ARRAY['pending'::text, 'returned'::text, 'amended'::text]))
CREATE INDEX incident_withdrawn ON incident USING btree (authority, closed_at, id) WHERE (state = 'withdrawn'::text)
CREATE INDEX letter_at ON letter USING btree (at, id)
CREATE INDEX letter_due ON letter USING btree (COALESCE(due_at, at), id) WHERE (delivery = 'waiting'::text)
CREATE INDEX letter_incident ON letter USING btree (incident_id)
CREATE INDEX letter_open ON letter USING btree (authority, delivery, at DESC, id DESC) WHERE (delivery = ANY (ARRAY['waiting'::text, 'undeliverable'::text, 'failed'::text]))
CREATE INDEX letter_outbox ON letter USING btree (authority, at DESC, id DESC)
CREATE INDEX letter_recipient ON letter USING btree (recipient, at)
CREATE INDEX log_review_drawn ON log_review USING btree (drawn_at)
CREATE INDEX log_review_unsigned ON log_review USING btree (due) WHERE (second_by IS NULL)
CREATE INDEX note_incident ON note USING btree (incident_id, id)
CREATE INDEX notice_feed ON notice USING btree (person_code, epoch, xid, id)
CREATE INDEX person_address ON person USING btree (address_key) WHERE (address_key IS NOT NULL)
CREATE INDEX person_next_change ON person USING btree (next_change_on) WHERE (next_change_on IS NOT NULL)
CREATE INDEX person_protected ON person USING btree (pnr) WHERE ((current -> 'protections'::text) @> '[{"type": "0001"}]'::jsonb)
CREATE INDEX person_protected_until ON person USING btree (protected_until) WHERE (protected_until IS NOT NULL)
CREATE INDEX reviewed_look_asked ON reviewed_look USING btree (person_code, asked_at) WHERE (asked_at IS NOT NULL)
CREATE INDEX source_miss_since ON source_miss USING btree (since)
CREATE INDEX stray_attempt_at ON stray_attempt USING btree (at)
CREATE INDEX token_expires_at ON token USING btree (expires_at)
CREATE UNIQUE INDEX grant_request_open ON grant_request USING btree (person_code) WHERE ((settled_at IS NULL) AND (person_code IS NOT NULL))
CREATE UNIQUE INDEX incident_automatic_once ON incident USING btree (municipality, addresses, automatic_on) WHERE ((automatic_on IS NOT NULL) AND (decided_at IS NOT NULL) AND (addresses <> '{}'::text[]))
CREATE UNIQUE INDEX incident_open_place ON incident USING btree (pnr, open_place) WHERE (state = ANY (ARRAY['initiated'::text, 'validated'::text]))
CREATE UNIQUE INDEX letter_once ON letter USING btree (recipient, kind, concerns) WHERE (concerns IS NOT NULL)

-- Views

view own_awaited as
 SELECT h.incident_id,
    h.deadline
   FROM hearing h
  WHERE h.authority = samspil_is('authority'::text)::character(4) AND samspil_decides() AND h.answered_at IS NULL AND h.given_up_at IS NULL;
view own_closed as
 SELECT i.id,
    i.state,
    i.decided_at AS closed_at,
    i.decided_by
   FROM incident i
  WHERE i.authority = samspil_is('authority'::text)::character(4) AND samspil_decides() AND i.decided_at IS NOT NULL
UNION ALL
 SELECT i.id,
    'withdrawn'::text AS state,
    i.closed_at,
    NULL::text AS decided_by
   FROM incident i
  WHERE i.authority = samspil_is('authority'::text)::character(4) AND samspil_decides() AND i.state = 'withdrawn'::text;
view own_saved as
 SELECT i.saved_at,
    i.decided_at,
    i.decided_by,
    i.state
   FROM incident i
  WHERE i.authority = samspil_is('authority'::text)::character(4) AND samspil_decides() AND i.saved_at IS NOT NULL;
view own_waiting as
 SELECT i.id,
    i.pnr,
    i.code,
    i.state,
    i.municipality,
    i.addresses,
    i.flags,
    i.saved_at,
        CASE
            WHEN i.state <> 'pending'::text THEN ( SELECT (r.returned ->> 'by'::text)::date AS date
               FROM incident r
              WHERE r.id = i.id)
            ELSE NULL::date
        END AS amend_by
   FROM incident i
  WHERE i.authority = samspil_is('authority'::text)::character(4) AND samspil_decides() AND (i.state = ANY (ARRAY['pending'::text, 'returned'::text, 'amended'::text]));

-- Functions

CREATE OR REPLACE FUNCTION public.arriving_at(of_municipality character, of_addresses text[], from_day date, but text)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return (
    select count(*)::integer
    from incident i
    where i.municipality = of_municipality and i.addresses = of_addresses
      and i.decided_at is not null and i.addresses <> '{}'
      and i.reason_code is null and i.id <> but
      and (i.incident_date >= from_day or i.automatic_on = from_day));
end
$function$

CREATE OR REPLACE FUNCTION public.cases_about(of_persons character[], of_authority character, of_code text, of_acts text[], around timestamp with time zone)
 RETURNS TABLE(id text, is_worked_on boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if samspil_is('time') is distinct from 'yes' then
    raise exception 'cases_about is asked as time passes, and for nobody';
  end if;
  return query
    select i.id, exists (
      select from audit w
      where w.persons && of_persons and w.persons <> '{}' and w.incident_id = i.id
        and w.actor = of_code and w.act = any(of_acts))
    from (
      select o.id from incident o where o.pnr = any(of_persons) and o.saved_at is not null
      union
      select o.id from incident o
      where o.persons && of_persons and o.persons <> '{}' and o.saved_at is not null
      union
      select o.id from incident o
      where o.representative = any(of_persons) and o.representative is not null
        and o.saved_at is not null
      union
      select h.incident_id from hearing h where h.asked = any(of_persons) and h.asked is not null
    ) about
    join incident i on i.id = about.id
    where i.saved_at <= around + interval '1 day'
      and (i.closed_at is null or i.closed_at >= around - interval '30 days')
      and (i.authority = of_authority or i.reporting_authority = of_authority or exists (
        select from milestone m where m.incident_id = i.id and m.authority = of_authority));
end
$function$

CREATE OR REPLACE FUNCTION public.codes_of_employee(of_code text)
 RETURNS TABLE(code character)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return query
    select of_code::char(8)
    union
    select o.person_code
    from employee e join employee o on o.pnr = e.pnr
    where e.person_code = of_code::char(8);
end
$function$

CREATE OR REPLACE FUNCTION public.decided_about_oneself(of_authority character, since timestamp with time zone, until timestamp with time zone, of_acts text[])
 RETURNS SETOF audit
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if samspil_is('time') is distinct from 'yes' then
    raise exception 'decided_about_oneself is asked as time passes, and for nobody';
  end if;
  return query
    select w.*
    from employee e
    join person_code o on o.code = e.person_code and o.authority = of_authority
    join audit w on w.persons @> array[e.pnr] and w.persons <> '{}'
    where w.actor = e.person_code and w.outcome = 'done' and w.act = any(of_acts)
      and w.at >= since and w.at < until;
end
$function$

CREATE OR REPLACE FUNCTION public.earlier_incidents(of_pnr character, at_most integer)
 RETURNS SETOF incident
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return query
    select i.*
    from incident i
    where i.pnr = of_pnr and i.saved_at is not null and i.state in ('pending', 'approved')
    order by i.saved_at desc
    limit at_most;
end
$function$

CREATE OR REPLACE FUNCTION public.has_worked_on(of_case text, of_persons character[], of_code text, of_acts text[])
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if samspil_is('time') is distinct from 'yes' then
    raise exception 'has_worked_on is asked as time passes, and for nobody';
  end if;
  return exists (
    select from audit w
    where w.persons && of_persons and w.persons <> '{}' and w.incident_id = of_case
      and w.actor = of_code and w.outcome = 'done' and w.act = any(of_acts));
end
$function$

CREATE OR REPLACE FUNCTION public.incident_is_whole(state text, ts character, pnr character, representative character, has_data boolean, saved_at timestamp with time zone, amended_at timestamp with time zone, closed_at timestamp with time zone, is_decided boolean, has_reason boolean, is_returned boolean)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION public.is_asked(incident text, who text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return exists (
    select from hearing h where h.incident_id = incident and h.asked = who::char(10));
end
$function$

CREATE OR REPLACE FUNCTION public.is_of_administration(act text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (act = ANY (ARRAY['person-code-created'::text, 'person-code-reset'::text, 'identity-linked'::text, 'identity-unlinked'::text]))

CREATE OR REPLACE FUNCTION public.looks_at_vouched(without text[], before text, at_most integer)
 RETURNS SETOF audit
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  who char(10) := samspil_is('vouched');
begin
  if who is null or samspil_is('group') is distinct from 'citizen' then
    return;
  end if;
  return query
    select a.* from audit a
    where a.persons @> array[who] and a.persons <> '{}'
      and a.outcome <> 'denied' and a.act <> all(without) and (before is null or a.id < before)
    order by a.id desc limit at_most;
end
$function$

CREATE OR REPLACE FUNCTION public.open_incidents(of_pnr character)
 RETURNS TABLE(id text, code text, incident_date date, state text, expires_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return query
    select i.id, i.code, i.incident_date, i.state, i.expires_at
    from incident i
    where i.pnr = of_pnr
      and i.state in ('initiated', 'validated', 'pending', 'returned', 'amended');
end
$function$

CREATE OR REPLACE FUNCTION public.open_places(of_pnr character)
 RETURNS TABLE(place smallint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  return query
    select i.open_place
    from incident i
    where i.pnr = of_pnr and i.open_place is not null and i.state in ('initiated', 'validated');
end
$function$

CREATE OR REPLACE FUNCTION public.raise_feed_epoch()
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  raised integer;
begin
  update feed_epoch
    set epoch = greatest(epoch + 1, (extract(epoch from now()) / 60)::integer)
    returning epoch into raised;
  execute format('alter table event alter column epoch set default %s', raised);
  execute format('alter table audit alter column epoch set default %s', raised);
  execute format('alter table notice alter column epoch set default %s', raised);
  update token set ended_at = now() where ended_at is null and expires_at > now();
  return raised;
end
$function$

CREATE OR REPLACE FUNCTION public.raise_version(incident_id text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update incident i set version = i.version + 1 where i.id = incident_id;
end
$function$

CREATE OR REPLACE FUNCTION public.reports_incident(of text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return exists (
    select from incident i where i.id = of and i.reported_by = samspil_is('person_code'));
end
$function$

CREATE OR REPLACE FUNCTION public.samspil_decides()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select samspil_is('group') in ('municipality', 'team-lead', 'cpr-office') $function$

CREATE OR REPLACE FUNCTION public.samspil_is(setting text)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting(('samspil.'::text || setting), true), ''::text)

CREATE OR REPLACE FUNCTION public.sees_incident(of text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return exists (select from incident i where i.id = of);
end
$function$


-- Triggers and rules

policy audit_hands on audit for SELECT to {samspil_app} using (((samspil_is('group'::text) = ANY (ARRAY['administrator'::text, 'log-reviewer'::text])) AND is_of_administration(act))) check ()
policy audit_hands_by_hand on audit for SELECT to {samspil_admin} using (is_of_administration(act)) check ()
policy audit_insert on audit for INSERT to {samspil_admin,samspil_app} using () check (true)
policy audit_reader on audit for SELECT to {samspil_log,samspil_reader} using (true) check ()
policy audit_seal_insert on audit_seal for INSERT to {samspil_app} using () check ((samspil_is('time'::text) = 'yes'::text))
policy audit_seal_reader on audit_seal for SELECT to {samspil_log,samspil_monitor,samspil_reader} using (true) check ()
policy audit_seal_time on audit_seal for SELECT to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy audit_time on audit for SELECT to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy claim_authority on claim for ALL to {samspil_app} using (((authority = (samspil_is('authority'::text))::character(4)) AND samspil_decides())) check ()
policy claim_reader on claim for SELECT to {samspil_reader} using (true) check ()
policy deposit_count_depositor on deposit_count for SELECT to {samspil_app} using ((depositor = (samspil_is('person_code'::text))::character(8))) check ()
policy deposit_count_reader on deposit_count for SELECT to {samspil_reader} using (true) check ()
policy deposit_count_time on deposit_count for ALL to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy deposit_depositor on deposit for ALL to {samspil_app} using ((depositor = (samspil_is('person_code'::text))::character(8))) check ()
policy deposit_reader on deposit for SELECT to {samspil_reader} using (true) check ()
policy deposit_time on deposit for ALL to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy drawn_until_reader on drawn_until for SELECT to {samspil_reader} using (true) check ()
policy drawn_until_time on drawn_until for ALL to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy employee_administrator on employee for ALL to {samspil_app} using (((samspil_is('group'::text) = 'administrator'::text) AND (EXISTS ( SELECT
   FROM (person_code p
     JOIN authority y ON ((y.code = (samspil_is('authority'::text))::character(4))))
  WHERE ((p.code = employee.person_code) AND ((y.code = p.authority) OR (y.type = '39'::bpchar))))))) check ()
policy employee_by_hand on employee for ALL to {samspil_admin} using (true) check ()
policy employee_removed on employee for DELETE to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy employee_time on employee for SELECT to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy event_subscription_by_hand on event_subscription for ALL to {samspil_admin} using (true) check ()
policy event_subscription_reader on event_subscription for SELECT to {samspil_reader} using (true) check ()
policy event_subscription_receiver on event_subscription for SELECT to {samspil_app} using ((person_code = (samspil_is('person_code'::text))::character(8))) check ()
policy hearing_incident on hearing for ALL to {samspil_app} using (((samspil_is('group'::text) IS DISTINCT FROM 'citizen'::text) AND sees_incident(incident_id))) check ()
policy hearing_reader on hearing for SELECT to {samspil_reader} using (true) check ()
policy hearing_reporter on hearing for ALL to {samspil_app} using (reports_incident(incident_id)) check ()
policy hearing_time on hearing for ALL to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy hearing_vouched on hearing for ALL to {samspil_app} using ((asked = (samspil_is('vouched'::text))::character(10))) check ()
policy incident_authority on incident for SELECT to {samspil_app} using (((saved_at IS NOT NULL) AND (authority = (samspil_is('authority'::text))::character(4)) AND samspil_decides())) check ()
policy incident_decider on incident for UPDATE to {samspil_app} using (((saved_at IS NOT NULL) AND (authority = (samspil_is('authority'::text))::character(4)) AND samspil_decides())) check (true)
policy incident_office on incident for SELECT to {samspil_app} using ((samspil_is('group'::text) = 'cpr-office'::text)) check ()
policy incident_reader on incident for SELECT to {samspil_reader} using (true) check ()
policy incident_removed on incident for DELETE to {samspil_app} using (((samspil_is('time'::text) = 'yes'::text) AND (state = ANY (ARRAY['cancelled'::text, 'expired'::text])))) check ()
policy incident_reporter on incident for ALL to {samspil_app} using ((reported_by = samspil_is('person_code'::text))) check ()
policy incident_time on incident for ALL to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy incident_vouched on incident for SELECT to {samspil_app} using (((samspil_is('group'::text) = 'citizen'::text) AND (samspil_is('vouched'::text) IS NOT NULL) AND ((((samspil_is('vouched'::text))::character(10) = pnr) OR ((samspil_is('vouched'::text))::character(10) = representative)) OR (persons @> ARRAY[(samspil_is('vouched'::text))::character(10)]) OR is_asked(id, samspil_is('vouched'::text))))) check ()
policy incident_written on incident for SELECT to {samspil_app} using ((id = samspil_is('written'::text))) check ()
policy letter_authority on letter for SELECT to {samspil_app} using (((authority = (samspil_is('authority'::text))::character(4)) AND samspil_decides())) check ()
policy letter_delivered on letter for UPDATE to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy letter_incident on letter for SELECT to {samspil_app} using (((incident_id IS NOT NULL) AND sees_incident(incident_id))) check ()
policy letter_insert on letter for INSERT to {samspil_app} using () check (true)
policy letter_reader on letter for SELECT to {samspil_admin,samspil_reader} using (true) check ()
policy letter_settled on letter for UPDATE to {samspil_app} using (((authority = (samspil_is('authority'::text))::character(4)) AND samspil_decides())) check ()
policy letter_time on letter for SELECT to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy letter_vouched on letter for SELECT to {samspil_app} using (((samspil_is('group'::text) = 'citizen'::text) AND (recipient = (samspil_is('vouched'::text))::character(10)))) check ()
policy letter_written on letter for SELECT to {samspil_app} using ((incident_id = samspil_is('written'::text))) check ()
policy log_review_authority on log_review for ALL to {samspil_app} using (((samspil_is('group'::text) = 'log-reviewer'::text) AND (authority = (samspil_is('authority'::text))::character(4)))) check ()
policy log_review_reader on log_review for SELECT to {samspil_reader} using (true) check ()
policy log_review_removed on log_review for DELETE to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy log_review_time on log_review for ALL to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy milestone_incident on milestone for ALL to {samspil_app} using (sees_incident(incident_id)) check ()
policy milestone_reader on milestone for SELECT to {samspil_reader} using (true) check ()
policy note_authority on note for ALL to {samspil_app} using (((authority = (samspil_is('authority'::text))::character(4)) AND samspil_decides())) check ()
policy note_reader on note for SELECT to {samspil_reader} using (true) check ()
policy policy_switch_authority on policy_switch for ALL to {samspil_app} using ((municipality = (samspil_is('authority'::text))::character(4))) check ()
policy policy_switch_by_hand on policy_switch for ALL to {samspil_admin} using (true) check ()
policy policy_switch_reader on policy_switch for SELECT to {samspil_reader} using (true) check ()
policy policy_switch_time on policy_switch for SELECT to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy policy_version_authority on policy_version for ALL to {samspil_app} using ((municipality = (samspil_is('authority'::text))::character(4))) check ()
policy policy_version_by_hand on policy_version for ALL to {samspil_admin} using (true) check ()
policy policy_version_reader on policy_version for SELECT to {samspil_reader} using (true) check ()
policy policy_version_time on policy_version for SELECT to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy reviewed_look_asked on reviewed_look for ALL to {samspil_app} using (((asked_at IS NOT NULL) AND ((person_code)::text = samspil_is('person_code'::text)) AND (authority = (samspil_is('authority'::text))::character(4)) AND samspil_decides())) check ()
policy reviewed_look_authority on reviewed_look for ALL to {samspil_app} using (((samspil_is('group'::text) = 'log-reviewer'::text) AND (authority = (samspil_is('authority'::text))::character(4)))) check ()
policy reviewed_look_reader on reviewed_look for SELECT to {samspil_reader} using (true) check ()
policy reviewed_look_removed on reviewed_look for DELETE to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
policy reviewed_look_time on reviewed_look for ALL to {samspil_app} using ((samspil_is('time'::text) = 'yes'::text)) check ()
row security on audit
row security on audit_seal
row security on claim
row security on deposit
row security on deposit_count
row security on drawn_until
row security on employee
row security on event_subscription
row security on hearing
row security on incident
row security on letter
row security on log_review
row security on milestone
row security on note
row security on policy_switch
row security on policy_version
row security on reviewed_look

-- Grants

delete, insert, select on event_subscription to samspil_admin
delete, insert, select on id_token_use to samspil_app
delete, insert, select on identity_link to samspil_admin
delete, insert, select on identity_link to samspil_app
delete, insert, select on log_review to samspil_app
delete, insert, select on reviewed_look to samspil_app
delete, insert, select on stray_attempt to samspil_app
delete, insert, select on token to samspil_app
delete, insert, select, update on claim to samspil_app
delete, insert, select, update on deposit to samspil_app
delete, insert, select, update on employee to samspil_app
delete, insert, select, update on incident to samspil_app
delete, insert, select, update on municipality_setting to samspil_admin
delete, insert, select, update on source_miss to samspil_app
delete, insert, update on employee to samspil_admin
execute on function arriving_at(character,text[],date,text) to samspil_app
execute on function cases_about(character[],character,text,text[],timestam to samspil_app
execute on function codes_of_employee(text) to samspil_app
execute on function decided_about_oneself(character,timestamp with time zo to samspil_app
execute on function earlier_incidents(character,integer) to samspil_app
execute on function has_worked_on(text,character[],text,text[]) to samspil_app
execute on function incident_is_whole(text,character,character,character,b to samspil_app
execute on function is_asked(text,text) to samspil_app
execute on function looks_at_vouched(text[],text,integer) to samspil_app
execute on function open_incidents(character) to samspil_app
execute on function open_places(character) to samspil_app
execute on function raise_version(text) to samspil_app
execute on function reports_incident(text) to samspil_app
execute on function sees_incident(text) to samspil_app
insert, select on audit to samspil_admin
insert, select on audit to samspil_app
insert, select on audit_seal to samspil_app
insert, select on event to samspil_app
insert, select on fact to samspil_app
insert, select on grant_request to samspil_admin
insert, select on grant_request to samspil_app
insert, select on letter to samspil_app
insert, select on milestone to samspil_app
insert, select on note to samspil_app
insert, select on notice to samspil_admin
insert, select on notice to samspil_app
insert, select on password_history to samspil_admin
insert, select on password_history to samspil_app
insert, select on policy_switch to samspil_admin
insert, select on policy_switch to samspil_app
insert, select on policy_version to samspil_admin
insert, select on policy_version to samspil_app
insert, select, update on deposit_count to samspil_app
insert, select, update on drawn_until to samspil_app
insert, select, update on hearing to samspil_app
insert, select, update on job to samspil_app
insert, select, update on person to samspil_app
insert, select, update on person_code to samspil_admin
insert, select, update on person_code to samspil_app
insert, select, update on report_count to samspil_app
select on address to samspil_app
select on address to samspil_reader
select on audit to samspil_log
select on audit to samspil_reader
select on audit_cleared to samspil_log
select on audit_cleared to samspil_reader
select on audit_cleared_until to samspil_reader
select on audit_seal to samspil_log
select on audit_seal to samspil_monitor
select on audit_seal to samspil_reader
select on authority to samspil_admin
select on authority to samspil_app
select on authority to samspil_log
select on authority to samspil_reader
select on claim to samspil_reader
select on clock_mark to samspil_admin
select on clock_mark to samspil_app
select on clock_mark to samspil_monitor
select on deposit.concerns to samspil_reader
select on deposit.depositor to samspil_reader
select on deposit.expires_at to samspil_reader
select on deposit.key to samspil_reader
select on deposit.kind to samspil_reader
select on deposit.stored_at to samspil_reader
select on deposit.version to samspil_reader
select on deposit_count to samspil_reader
select on drawn_until to samspil_reader
select on employee.person_code to samspil_admin
select on event to samspil_reader
select on event_subscription to samspil_app
select on event_subscription to samspil_reader
select on fact to samspil_reader
select on feed_epoch to samspil_app
select on feed_epoch to samspil_reader
select on grant_request to samspil_reader
select on hearing to samspil_reader
select on identity_link to samspil_reader
select on incident to samspil_reader
select on job to samspil_monitor
select on job to samspil_reader
select on letter to samspil_admin
select on letter to samspil_reader
select on log_review to samspil_reader
select on migration to public
select on milestone to samspil_reader
select on municipality_setting to samspil_app
select on municipality_setting to samspil_reader
select on note to samspil_reader
select on notice to samspil_reader
select on own_awaited to samspil_app
select on own_closed to samspil_app
select on own_saved to samspil_app
select on own_waiting to samspil_app
select on person to samspil_reader
select on person_code.active to samspil_reader
select on person_code.authority to samspil_reader
select on person_code.certificates to samspil_reader
select on person_code.code to samspil_reader
select on person_code.created_at to samspil_reader
select on person_code.holder to samspil_reader
select on person_code.last_sign_on_at to samspil_reader
select on person_code.locked_at to samspil_reader
select on person_code.name to samspil_reader
select on person_code.one_time to samspil_reader
select on person_code.overlap_minutes to samspil_reader
select on person_code.password_expires_at to samspil_reader
select on person_code.password_set_at to samspil_reader
select on person_code.previous_until to samspil_reader
select on person_code.retired_at to samspil_reader
select on person_code.security_group to samspil_reader
select on person_code.sources to samspil_reader
select on policy_switch to samspil_reader
select on policy_version to samspil_reader
select on postcode to samspil_app
select on postcode to samspil_reader
select on report_count to samspil_reader
select on reviewed_look to samspil_reader
select on road to samspil_app
select on road to samspil_reader
update on clock_mark.reached to samspil_app
update on grant_request.granted to samspil_admin
update on grant_request.granted to samspil_app
update on grant_request.person_code to samspil_admin
update on grant_request.person_code to samspil_app
update on grant_request.settled_at to samspil_admin
update on grant_request.settled_at to samspil_app
update on grant_request.settled_by to samspil_admin
update on grant_request.settled_by to samspil_app
update on letter.delivery to samspil_app
update on letter.due_at to samspil_app
update on letter.held_by to samspil_app
update on letter.held_until to samspil_app
update on letter.settled_at to samspil_app
update on letter.settled_by to samspil_app
update on letter.tries to samspil_app
update on log_review.first_at to samspil_app
update on log_review.first_by to samspil_app
update on log_review.second_at to samspil_app
update on log_review.second_by to samspil_app
update on log_review.version to samspil_app
update on reviewed_look.answer to samspil_app
update on reviewed_look.answered_at to samspil_app
update on reviewed_look.asked_at to samspil_app
update on reviewed_look.asked_by to samspil_app
update on reviewed_look.judged_at to samspil_app
update on reviewed_look.judged_by to samspil_app
update on reviewed_look.note to samspil_app
update on reviewed_look.question to samspil_app
update on reviewed_look.verdict to samspil_app
update on reviewed_look.version to samspil_app
update on token.ended_at to samspil_app
usage on schema public to public
