/**
 * Writes what the SDK knows of the contract: the JSON door's types from its OpenAPI document, and
 * the wire names of each incident type from the catalogue. Run it after a change of either:
 * `node client/generate.ts`; with `--check` it writes nothing and fails when they differ.
 */

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { present } from '#base/assert.ts'
import type { Field, Shape } from '#incident/fields.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { composeServer } from '#server/compose.ts'
import { openPool } from '#store/pool.ts'
import { type Named, type Schema, schemaOf, writeTypes } from './write-types.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const biome = `${root}/node_modules/@biomejs/biome/bin/biome`

/** The server is composed and never asked anything that needs its database. */
async function readContract(): Promise<Schema> {
  const pool = openPool('postgres://nobody@127.0.0.1:1/nothing')
  const log = pino({ level: 'silent' })
  const app = await composeServer({ pool, log, clock: () => new Date(0), version: 'contract' })
  try {
    const answer = await app.inject('/api/v1/openapi.json')
    return schemaOf(JSON.parse(answer.body))
  } finally {
    await app.close()
    await pool.close()
  }
}

/** Walks down by names. */
function at(start: unknown, ...path: readonly (string | number)[]): Schema {
  let value = start
  for (const step of path) value = present(schemaOf(value)[step], path.join(' / '))
  return schemaOf(value)
}

const json = ['content', 'application/json', 'schema'] as const

type Contract = {
  readonly body: (method: string, path: string) => Schema
  readonly answer: (method: string, path: string, status: string) => Schema
  readonly problem: Schema
}

function contractOf(document: Schema): Contract {
  const call = (method: string, path: string) => at(document, 'paths', `/api/v1${path}`, method)
  return {
    body: (method, path) => at(call(method, path), 'requestBody', ...json),
    answer: (method, path, status) => at(call(method, path), 'responses', status, ...json),
    problem: at(
      call('post', '/incidents'),
      ...['responses', '4XX', 'content', 'application/problem+json', 'schema'],
    ),
  }
}

/** What the types are called and what they are; parts that are equal are found again by this. */
function nounsOf({ body, answer, problem }: Contract): readonly Named[] {
  const incident = answer('post', '/incidents', '201')
  const page = answer('get', '/pending', '200')
  const items = ['properties', 'items', 'items'] as const
  const [approved] = [body('post', '/pending/{id}/approve')['anyOf']].flat()
  const approval = schemaOf(approved)
  const part = (schema: Schema, ...path: readonly string[]) => at(schema, 'properties', ...path)
  const rows: readonly (readonly [name: string, schema: Schema, doc?: string])[] = [
    ['Text', part(incident, 'stateText'), 'In both languages.'],
    ['State', part(incident, 'state'), 'Where an incident stands.'],
    ['Action', part(incident, 'actions', 'items'), 'What can be done with an incident.'],
    ['Refusal', part(problem, 'refusals', 'items'), 'One reason why a step was not OK.'],
    ['Problem', problem],
    ['IncidentKeys', part(incident, 'keys'), 'Whom it is about, when, and to whom it is reported.'],
    ['Coded', part(incident, 'authority'), 'A code with its clear text.'],
    ['MasterData', answer('post', '/persons/lookup', '200'), 'What is told about a person.'],
    ['Receipt', part(incident, 'receipt'), 'Confirms a step; the same however often it is asked.'],
    ['Incident', incident, 'An incident as it stands after a step.'],
    ['PendingItem', part(page, 'items', 'items'), 'A saved incident that waits to be decided.'],
    ['PendingPage', page, 'Some of what waits, and where the rest begins.'],
    ['Session', answer('post', '/sessions', '201'), 'A good sign-on.'],
    ['PasswordChanged', answer('post', '/password', '200')],
    ['IncidentType', answer('get', '/incident-types/{name}', '200'), 'What may be reported.'],
    ['LookUp', body('post', '/persons/lookup'), 'A question about a person.'],
    ['Whose', body('post', '/incidents/{id}/lookup'), 'Who is signed on, and who asks instead.'],
    ['OwnQuery', body('post', '/incidents/lookup'), 'Whose, and which page.'],
    ['OwnCases', answer('post', '/incidents/lookup', '200'), 'A page of own cases.'],
    ['OwnCase', answer('post', '/incidents/{id}/lookup', '200'), 'A case, as a person sees it.'],
    ['OwnDataQuery', body('post', '/persons/own-data'), 'Whose data, and as valid on which day.'],
    ['OwnData', answer('post', '/persons/own-data', '200'), 'What is registered, item by item.'],
    ['OwnLetters', answer('post', '/letters/lookup', '200')],
    ['WhoLooked', answer('post', '/persons/who-looked', '200'), 'A page of the looks at a person.'],
    ['PolicyDocument', body('put', '/policies/{name}'), 'A policy as data.'],
    [
      'PolicyItem',
      at(answer('get', '/policies', '200'), ...items),
      'A policy, and whether it is on.',
    ],
    [
      'Policy',
      answer('get', '/policies/{name}', '200'),
      'A policy with its versions and switches.',
    ],
    ['SwitchOn', body('post', '/policies/{name}/switch-on')],
    ['DryRunQuestion', body('post', '/policies/{name}/dry-run')],
    ['DryRun', answer('post', '/policies/{name}/dry-run', '200'), 'What a policy would have done.'],
    ['TypeTraits', at(answer('get', '/policy-traits', '200'), ...items), 'What a policy may ask.'],
    ['EventPage', answer('get', '/events', '200'), 'That something happened, and where to go on.'],
    ['DepositStored', answer('put', '/deposits/{kind}/{key}', '200')],
    ['SealedDeposit', answer('get', '/deposits/{kind}/{key}', '200'), 'As it is on the wire.'],
    ['SignInRefusal', body('post', '/sign-ins/refused')],
    ['DepositsRemoved', answer('delete', '/deposits/{kind}/{key}', '200')],
    ['Rejection', body('post', '/pending/{id}/reject'), 'Why; both reach the citizen.'],
    ['Approval', approval, 'For some persons alone; of the version that was seen.'],
    ['Returning', body('post', '/pending/{id}/return'), 'What is to be amended, and why.'],
    ['Forwarding', body('post', '/pending/{id}/forward'), 'To whom, and why.'],
    ['Hearings', answer('post', '/hearings/lookup', '200'), 'What a person is asked.'],
    ['HearingAnswer', body('post', '/hearings/{id}/answer')],
    ['HearingAnswered', answer('post', '/hearings/{id}/answer', '200')],
    ['Addresses', answer('get', '/addresses', '200'), 'Roads, or dwellings of one.'],
  ]
  return rows.map(([name, schema, doc]) => ({ name, schema, ...(doc && { doc }) }))
}

/** What the desk asks and is answered. */
function deskNouns({ body, answer }: Contract): readonly Named[] {
  const queue = answer('post', '/desk/queue', '200')
  const item = at(queue, 'properties', 'items', 'items')
  const rows: readonly (readonly [name: string, schema: Schema, doc?: string])[] = [
    ['QueueQuery', body('post', '/desk/queue')],
    ['Queue', queue, 'A page of the queue.'],
    ['QueueItem', item, 'A case in the queue.'],
    ['QueueFilters', body('post', '/desk/counts')],
    ['OutboxQuery', body('post', '/desk/letters')],
    ['OutboxPage', answer('post', '/desk/letters', '200'), 'Letters, and what became of each.'],
    ['ClosedQuery', body('post', '/desk/closed')],
    [
      'ClosedCases',
      answer('post', '/desk/closed', '200'),
      'What an authority has decided, and what was withdrawn from it.',
    ],
    ['LettersSettling', body('post', '/desk/letters/settle')],
    ['LettersSettled', answer('post', '/desk/letters/settle', '200')],
    ['QueueCounts', answer('post', '/desk/counts', '200')],
    ['NextQuery', body('post', '/desk/next')],
    ['NextCase', answer('post', '/desk/next', '200')],
    ['Figures', answer('get', '/desk/figures', '200')],
    ['Case', answer('get', '/desk/cases/{id}', '200'), 'A case with all that stands around it.'],
    ['CaseClaim', answer('post', '/desk/cases/{id}/claim', '200')],
    ['CaseNote', answer('post', '/desk/cases/{id}/notes', '201')],
    ['BulkPreview', answer('post', '/desk/preview', '200')],
    ['BulkDecision', body('post', '/desk/decide')],
    ['BulkOutcomes', answer('post', '/desk/decide', '200')],
  ]
  return rows.map(([name, schema, doc]) => ({ name, schema, ...(doc && { doc }) }))
}

/** What an administrator asks and is answered, and what person codes' holders are told. */
function administrationNouns({ body, answer }: Contract): readonly Named[] {
  const items = ['properties', 'items', 'items'] as const
  const requests = answer('get', '/grant-requests', '200')
  const rows: readonly (readonly [name: string, schema: Schema, doc?: string])[] = [
    ['IdentityProof', body('post', '/sessions/federated'), 'An ID token, and whose it is.'],
    ['FederatedSession', answer('post', '/sessions/federated', '201'), 'A good sign-on by it.'],
    ['NoticePage', answer('get', '/notices', '200'), 'What happened to own person codes.'],
    ['ReceiptText', answer('get', '/receipts/{number}', '200'), 'A number and what it says.'],
    ['PersonCodePage', answer('get', '/person-codes', '200')],
    ['NewCode', body('post', '/person-codes'), 'A person code that is to be.'],
    ['OneTimePassword', answer('post', '/person-codes', '201'), 'It opens its change alone.'],
    ['GrantAsked', answer('post', '/person-codes', '202'), 'A second administrator grants it.'],
    ['NewSettings', body('post', '/person-codes/{code}/change')],
    ['NewPosition', body('post', '/person-codes/{code}/move')],
    ['Identity', body('post', '/person-codes/{code}/link'), 'A person at an OpenID provider.'],
    ['Employee', body('post', '/person-codes/{code}/employee'), 'Who uses a person code.'],
    ['CodeDone', answer('post', '/person-codes/{code}/link', '200')],
    ['GrantRequest', at(requests, ...items), 'What waits for a second administrator.'],
    ['Granted', answer('post', '/grant-requests/{id}/grant', '200')],
  ]
  return rows.map(([name, schema, doc]) => ({ name, schema, ...(doc && { doc }) }))
}

/** What the control of the log asks and is answered. */
function reviewNouns({ body, answer }: Contract): readonly Named[] {
  const look = '/log-reviews/{week}/look-ups/{number}'
  const page = answer('get', '/log-reviews', '200')
  const items = ['properties', 'items', 'items'] as const
  const asked = at(answer('get', '/asked-look-ups', '200'), ...items)
  const review = answer('get', '/log-reviews/{week}', '200')
  const rows: readonly (readonly [name: string, schema: Schema, doc?: string])[] = [
    ['LogReviewPage', page, 'Reviews of weeks, the latest first.'],
    ['LogReviewHead', at(page, ...items), 'How far the review of a week is.'],
    ['LogReview', review, 'What was drawn of a week.'],
    ['ReviewItem', at(review, 'properties', 'looks', 'items'), 'A look-up that was drawn.'],
    ['ReviewedLookUp', answer('get', look, '200'), 'One of them, whole.'],
    ['LookUpJudgement', body('post', `${look}/judge`)],
    ['LookUpWords', body('post', `${look}/ask`), 'A question, or its answer.'],
    ['ReviewSeen', body('post', '/log-reviews/{week}/sign-off'), 'What one puts the name to.'],
    ['ReviewChange', answer('post', `${look}/ask`, '200')],
    ['AskedLookUp', asked, 'What a case worker is asked about an own look-up.'],
  ]
  return rows.map(([name, schema, doc]) => ({ name, schema, ...(doc && { doc }) }))
}

function dataNouns(document: Schema): readonly Named[] {
  return catalogue.map(({ shape }) => ({
    name: dataName(shape),
    schema: at(document, 'components', 'schemas', `${shape.name}.data`),
  }))
}

/** 'domestic-move' → 'DomesticMoveData'. */
function dataName({ name }: Shape): string {
  const words = name.split('-').map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
  return `${words.join('')}Data`
}

function typesText(document: Schema): string {
  const contract = contractOf(document)
  const byName = catalogue.map(({ shape }) => `readonly '${shape.name}': ${dataName(shape)}`)
  const nouns = [nounsOf, deskNouns, reviewNouns, administrationNouns].flatMap((of) => of(contract))
  return `/** The JSON door's contract as types. Generated by client/generate.ts: do not edit. */

${writeTypes([...nouns, ...dataNouns(document)])}
/** The data of each type of incident, by its English name. */
export type IncidentData = {
${byName.join('\n')}
}

export type IncidentTypeName = keyof IncidentData
`
}

function shapesText(): string {
  const rows = catalogue.map(({ shape }) => `'${shape.name}': ${JSON.stringify(bare(shape))}`)
  return `/** Names and wire names of each type of incident. Generated by client/generate.ts: do not edit. */

import type { Shape } from '#incident/fields.ts'

export const incidentTypes = {
${rows.join(',\n')}
} satisfies { readonly [name: string]: Shape }
`
}

/** Names and labels alone: what a form says beside a field is the server's to tell. */
function bare(shape: Shape): Shape {
  const fields = Object.entries(shape.fields).map(([name, field]): [string, Field] => {
    const { hint: _, ...rest } = field
    return [name, rest]
  })
  return { ...shape, fields: Object.fromEntries(fields) }
}

function format(file: string, text: string): string {
  const args = [biome, 'format', `--stdin-file-path=${file}`]
  return execFileSync(process.execPath, args, { cwd: root, input: text, encoding: 'utf8' })
}

const check = process.argv.includes('--check')
const texts = {
  'client/src/types.generated.ts': typesText(await readContract()),
  'client/src/incident-types.generated.ts': shapesText(),
}
for (const [file, text] of Object.entries(texts)) {
  const wanted = format(file, text)
  if (!check) writeFileSync(`${root}/${file}`, wanted)
  else if (readFileSync(`${root}/${file}`, 'utf8') !== wanted) {
    console.error(`${file} is not what the contract says. Run: node client/generate.ts`)
    process.exitCode = 1
  }
}
