/** SQL that somebody hopes to smuggle into a statement, and what it would leave behind. */

/** What a payload that ran would have made. */
export const trace = 'pwned'

const quotes = ["'", '"', "''", "\\'", '`', '%27', '$$', 'ʼ', "'||'"]
const ends = ['--', '-- -', '#', '/*', ';--', ';%00', '']
const deeds = [
  ' or 1=1',
  ' or true',
  ' and 1=0 union select null',
  ` union select code, password_hash from person_code`,
  `; create table ${trace} (n int)`,
  `; drop table incident cascade`,
  `; update person_code set security_group = 'cpr-office'`,
  `; select pg_sleep(30)`,
  ` or pg_sleep(30) is not null`,
  `; copy (select 1) to program 'touch ${trace}'`,
  `; set role postgres`,
  ` or exists (select from person)`,
]
const whole = [
  "admin'--",
  "1' order by 1000--",
  '1;select 1',
  "x' and extractvalue(1,1)--",
  "';exec xp_cmdshell('dir')--",
  '$1',
  '$1::text; select 1',
  '\\',
  '\\x00',
  "E'\\\\'",
  "U&'d\\0061t'",
  'cast(version() as int)',
  '0x31',
  'null',
  '{}',
  '{1,2}',
  '[1]',
  '{"a":1}',
  'row(1)',
  '(select 1)',
  "current_setting('samspil.authority')",
  "'; select set_config('samspil.authority', '0851', true); --",
  '#{7*7}',
  '%s%n',
  "%' or '%'='",
  '_%',
  '1e400',
  'NaN',
  'infinity',
  'epoch',
  'now',
  '-1',
]

export const injections: readonly string[] = [
  ...quotes.flatMap((quote) => deeds.flatMap((deed) => ends.map((end) => `${quote}${deed}${end}`))),
  ...whole,
]
