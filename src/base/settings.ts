/**
 * Every setting of the programs, in the order of the page for operators that is made from it. The
 * only list there is: a variable that begins with SAMSPIL_ and is not in it refuses the start.
 */

import {
  choice,
  filePath,
  list,
  type Table,
  text,
  type Values,
  wholeNumber,
} from '#base/setting.ts'

const databaseUrl = {
  must: 'an address such as postgres://user@host:5432/name',
  read: (given: string) =>
    /^postgres(ql)?:\/\//.test(given) && URL.canParse(given) ? given : undefined,
}

const address = (example: string) => text(`an address such as ${example}`, /^https?:\/\/[^/\s]+$/)

/** A name or an address as it stands in Host, with a port or for all ports. */
const hostName = text(
  'a host name such as cpr.example.dk, [::1] or 10.0.0.7:8400',
  /^(?:[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i,
)

const network = text(
  'an address such as 10.0.0.7, or a network such as 10.0.0.0/8',
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f.]*:[0-9a-f:.]*)(?:\/\d{1,3})?$/i,
)

const statement = text(
  'an address such as https://www.was.digst.dk/selvbetjening-example-dk',
  /^https:\/\/[!-~]{3,300}$/,
)

export const settingsTable = {
  database: {
    variable: 'DATABASE_URL',
    kind: databaseUrl,
    secret: true,
    doc:
      'The PostgreSQL to work on, with user and password. `samspil server` runs in the role ' +
      '`samspil_app`, `samspil migrate` as the owner, what administers in the role `samspil_admin`. Without it the sandbox starts its own.',
  },
  connections: {
    variable: 'SAMSPIL_CONNECTIONS',
    kind: wholeNumber(1, 1000),
    preset: '20',
    doc: 'Connections of one server process to PostgreSQL.',
  },
  pooler: {
    variable: 'SAMSPIL_POOLER',
    kind: choice('session', 'transaction'),
    preset: 'session',
    doc:
      '`transaction` behind a pooler in that mode: statements are then sent unprepared, and each ' +
      'read costs some 2 ms more.',
  },
  log: {
    variable: 'SAMSPIL_LOG',
    kind: choice('debug', 'info', 'warn', 'error', 'silent'),
    doc: 'From which level on lines are written. Left out: `info`, and `warn` in the sandbox.',
  },
  debug: {
    variable: 'SAMSPIL_DEBUG',
    kind: choice('no', 'yes'),
    preset: 'no',
    doc: 'With `yes`, a command that fails also says where in the code. Never in an answer.',
  },
  hosts: {
    variable: 'SAMSPIL_HOSTS',
    kind: list(hostName),
    preset: 'localhost, 127.0.0.1, [::1]',
    doc:
      'The names under which the server is called. A request whose Host is another one is refused ' +
      'with 421. A name without port stands for all ports.',
  },
  sockets: {
    variable: 'SAMSPIL_SOCKETS',
    kind: wholeNumber(1, 100_000),
    preset: '2000',
    doc: 'Connections that a process takes at once; further ones are closed.',
  },
  socketsPerSource: {
    variable: 'SAMSPIL_SOCKETS_PER_SOURCE',
    kind: wholeNumber(1, 100_000),
    preset: '500',
    doc: 'The same for one network address, or one /64 of IPv6. A trusted proxy is not counted.',
  },
  proxies: {
    variable: 'SAMSPIL_PROXIES',
    kind: list(network),
    doc:
      'The reverse proxies that may say who asked and whether it was by HTTPS, for every program; one ' +
      'with pages and an origin of https does not start without. Left out: nobody; ' +
      'what others say in such headers is not read.',
  },
  proxyHeader: {
    variable: 'SAMSPIL_PROXY_HEADER',
    kind: choice('x-forwarded-for', 'forwarded'),
    preset: 'x-forwarded-for',
    doc:
      'The header in which the proxies say it: X-Forwarded-For with X-Forwarded-Proto, or ' +
      'Forwarded (RFC 7239). The other is never read, for a proxy passes on what a client wrote in it.',
  },
  proxyCertificate: {
    variable: 'SAMSPIL_PROXY_CERTIFICATE',
    kind: choice('none', 'client-cert'),
    preset: 'none',
    doc:
      'The header in which the proxies tell the certificate that the client showed them: ' +
      'Client-Cert (RFC 9440). They must ask for one, check it, and remove what a client wrote ' +
      'in that header. Left out: it is read from nobody.',
  },
  desks: {
    variable: 'SAMSPIL_DESKS',
    kind: list(network),
    doc:
      'The desks that may say to the server from where a person signs on: then the addresses that a ' +
      'person code lists, the throttle and the budget of guesses go by the person’s own address and not ' +
      'by the desk’s. Left out: nobody; what others say of it is not read.',
  },
  stopDelay: {
    variable: 'SAMSPIL_STOP_DELAY',
    kind: wholeNumber(0, 600),
    preset: '0',
    doc:
      'Seconds that a program told to stop still takes requests, while `/health/ready` says 503 ' +
      'already: until whoever shares out the calls has noticed.',
  },
  processes: {
    variable: 'SAMSPIL_PROCESSES',
    kind: wholeNumber(1, 1000),
    preset: '1',
    doc:
      'How many server processes share the calls. Each keeps its budgets, and what is tried about ' +
      'protected persons, in its own memory and grants its share, so that no call waits for another ' +
      'one’s count. For the programs with pages: how many of the same site or desk. With more processes than it says each bound is as many times larger, with fewer ' +
      'smaller; a process that starts anew has counted nothing. Wrong passwords, locks and the ' +
      'throttle of an address are counted in the database, by all together.',
  },
  budgetScale: {
    variable: 'SAMSPIL_BUDGET_SCALE',
    kind: wholeNumber(1, 100_000),
    doc:
      'Multiplies the budgets of every person code and network address (calls in a minute, see ' +
      '`src/access/declaration.ts`), and in the programs with pages how often people may ask for them ' +
      '(`src/self-service/limits.ts`, `src/desk/limits.ts`). Left out: 1, and 100 in the sandbox, where one is measured and tried.',
  },
  openPerCode: {
    variable: 'SAMSPIL_OPEN_PER_CODE',
    kind: wholeNumber(1, 10_000_000),
    preset: '20000',
    doc:
      'Conversations that one person code may have open. Counted twice a minute, so a flood may ' +
      'pass it by what its budget allows meanwhile.',
  },
  pendingPerCode: {
    variable: 'SAMSPIL_PENDING_PER_CODE',
    kind: wholeNumber(1, 100_000_000),
    preset: '200000',
    doc: 'The same for incidents of one person code that wait for a decision.',
  },
  tlsCertificate: {
    variable: 'SAMSPIL_TLS_CERTIFICATE_FILE',
    kind: filePath,
    doc:
      'The certificate with its chain, as PEM; then the server speaks HTTPS alone. The file is ' +
      'looked at every minute, and a renewed one is used for new connections.',
  },
  tlsKey: {
    variable: 'SAMSPIL_TLS_KEY_FILE',
    kind: filePath,
    doc: 'The key of the certificate, as PEM.',
  },
  tlsClientAuthority: {
    variable: 'SAMSPIL_TLS_CLIENT_CA_FILE',
    kind: filePath,
    doc:
      'Mutual TLS: the authority, as PEM, that must have issued the certificate of every client. ' +
      'A connection without one is refused before it can ask anything.',
  },
  openIdProviders: {
    variable: 'SAMSPIL_OPENID_PROVIDERS_FILE',
    kind: filePath,
    doc:
      'The OpenID providers whose ID tokens open person codes, as JSON: see the page on sign-in. ' +
      'Left out: none, and case workers sign on with passwords.',
  },
  lettersFolder: {
    variable: 'SAMSPIL_LETTERS_FOLDER',
    kind: filePath,
    doc:
      'The folder into which the server delivers letters, for whoever hands them to Digital Post: see ' +
      'the page on letters. Left out: they stay in the outbox until a person prints them.',
  },
  cpr: {
    variable: 'SAMSPIL_CPR',
    kind: address('https://cpr.example.dk'),
    doc:
      'Where the CPR server is, for the programs with pages: `samspil self-service` and ' +
      '`samspil desk`.',
  },
  cprCertificate: {
    variable: 'SAMSPIL_CPR_CERTIFICATE_FILE',
    kind: filePath,
    doc:
      'Where the CPR server asks for one: the certificate that the programs with pages show, with its ' +
      'chain, as PEM. Read at the start; all processes of a site or a desk show the same.',
  },
  cprKey: {
    variable: 'SAMSPIL_CPR_KEY_FILE',
    kind: filePath,
    doc: 'The key of that certificate, as PEM.',
  },
  cprAuthority: {
    variable: 'SAMSPIL_CPR_CA_FILE',
    kind: filePath,
    doc:
      'The authority, as PEM, that issued the CPR server’s own certificate. Left out: those that Node ' +
      'trusts.',
  },
  deskOrigin: {
    variable: 'SAMSPIL_DESK_ORIGIN',
    kind: address('https://desk.example.dk'),
    doc:
      'Where browsers find the desk. Forms of another origin are refused, and by https the browser ' +
      'is told to use nothing else.',
  },
  deskKey: {
    variable: 'SAMSPIL_DESK_KEY_FILE',
    kind: filePath,
    doc:
      'The key that seals who is signed in at the desk: 64 hexadecimal digits (`openssl rand -hex ' +
      '32`). All processes of one desk have the same; another one signs everybody out.',
  },
  deskIssuer: {
    variable: 'SAMSPIL_DESK_ISSUER',
    kind: text('an address such as https://broker.example.dk/oidc', /^https?:\/\/[!-~]{1,200}$/),
    doc:
      'The issuer of the OpenID provider at which case workers sign in, as its discovery says it; the ' +
      'CPR server must know it, too. Left out: they sign in with person code and password.',
  },
  deskClient: {
    variable: 'SAMSPIL_DESK_CLIENT',
    kind: text('1 to 200 signs without blanks', /^[!-~]{1,200}$/),
    doc: 'What that provider calls the desk (its client id).',
  },
  deskClientSecret: {
    variable: 'SAMSPIL_DESK_CLIENT_SECRET',
    kind: text('16 to 500 signs without blanks', /^[!-~]{16,500}$/),
    secret: true,
    doc: 'What the desk proves that with.',
  },
  deskLevels: {
    variable: 'SAMSPIL_DESK_LEVELS',
    kind: list(text('a value of the claim acr', /^[!-+.-~]{1,200}$/)),
    preset:
      'https://data.gov.dk/concept/core/nsis/Substantial, https://data.gov.dk/concept/core/nsis/High',
    doc: 'The levels of assurance that are high enough to decide about persons.',
  },
  deskPasswords: {
    variable: 'SAMSPIL_DESK_PASSWORDS',
    kind: choice('no', 'yes'),
    doc:
      'Whether a person code with its password opens the desk. Left out: only where no provider is ' +
      'set.',
  },
  deskStatement: {
    variable: 'SAMSPIL_DESK_STATEMENT',
    kind: statement,
    doc: "The desk's accessibility statement; else as for the citizens' site.",
  },
  siteOrigin: {
    variable: 'SAMSPIL_SELF_SERVICE_ORIGIN',
    kind: address('https://selvbetjening.example.dk'),
    doc: "Where browsers find the citizens' site; else as for the desk.",
  },
  siteKey: {
    variable: 'SAMSPIL_SELF_SERVICE_KEY_FILE',
    kind: filePath,
    doc:
      'The key that seals what the citizens’ site keeps at the CPR server: sessions, drafts, powers ' +
      'of attorney. As for the desk; without it nobody can read them any more.',
  },
  sitePersonCode: {
    variable: 'SAMSPIL_SELF_SERVICE_PERSON_CODE',
    kind: text('W and seven digits', /^W\d{7}$/),
    doc: 'The person code by which the citizens’ site signs on to the CPR server.',
  },
  sitePassword: {
    variable: 'SAMSPIL_SELF_SERVICE_PASSWORD_FILE',
    kind: filePath,
    doc:
      'A file that holds the password of that person code, in its only line. The site changes it ' +
      'before it ends and writes the new one there, so it must be able to write in the folder.',
  },
  siteIssuer: {
    variable: 'SAMSPIL_SELF_SERVICE_ISSUER',
    kind: text('an address such as https://broker.example.dk/oidc', /^https?:\/\/[!-~]{1,200}$/),
    doc: 'The issuer of the OpenID provider at which citizens sign in, as its discovery says it.',
  },
  siteClient: {
    variable: 'SAMSPIL_SELF_SERVICE_CLIENT',
    kind: text('1 to 200 signs without blanks', /^[!-~]{1,200}$/),
    doc: 'What that provider calls the citizens’ site (its client id).',
  },
  siteClientSecret: {
    variable: 'SAMSPIL_SELF_SERVICE_CLIENT_SECRET',
    kind: text('16 to 500 signs without blanks', /^[!-~]{16,500}$/),
    secret: true,
    doc: 'What the citizens’ site proves that with.',
  },
  siteLevels: {
    variable: 'SAMSPIL_SELF_SERVICE_LEVELS',
    kind: list(text('a value of the claim acr', /^[!-+.-~]{1,200}$/)),
    preset:
      'https://data.gov.dk/concept/core/nsis/Substantial, https://data.gov.dk/concept/core/nsis/High',
    doc: 'The levels of assurance that are high enough to see and report about persons.',
  },
  siteClosed: {
    variable: 'SAMSPIL_SELF_SERVICE_CLOSED_FILE',
    kind: filePath,
    doc:
      'While there is a file of that name, every page says that the site is closed for maintenance. ' +
      'Looked for at each request: nothing has to be started anew. Left out: never closed.',
  },
  siteStatement: {
    variable: 'SAMSPIL_SELF_SERVICE_STATEMENT',
    kind: statement,
    doc:
      'Where the accessibility statement of the citizens’ site is published, by the tool of the ' +
      'Agency for Digital Government: the foot of every page and `/was` lead there. Left out, they ' +
      'lead to a page of ours that says what is known, and names nobody to write to.',
  },
  metricsToken: {
    variable: 'SAMSPIL_METRICS_TOKEN',
    kind: text('16 to 200 letters, digits and signs of a bearer token', /^[\w.~+/-]{16,200}$/),
    secret: true,
    doc:
      'What a scraper of `/metrics` shows as bearer token. Left out: figures are given only to this ' +
      'machine itself, and never through a proxy.',
  },
  securityContact: {
    variable: 'SAMSPIL_SECURITY_CONTACT',
    kind: text(
      'an address that begins with mailto: or https:',
      /^(?:mailto:|https:\/\/)[!-~]{3,200}$/,
    ),
    doc:
      'Where to report a vulnerability of this installation: `/.well-known/security.txt` says it. ' +
      'Left out, there is no such page; the sandbox names an invented address.',
  },
} as const satisfies Table

export type Settings = Values<typeof settingsTable>
