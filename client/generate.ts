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

function nounsOf(contract: Schema): readonly Named[] {
  const call = (method: string, path: string) => at(contract, 'paths', `/api/v1${path}`, method)
  const bodyOf = (method: string, path: string) => at(call(method, path), 'requestBody', ...json)
  const answerOf = (method: string, path: string, status: string) =>
    at(call(method, path), 'responses', status, ...json)
  const incident = answerOf('post', '/incidents', '201')
  const page = answerOf('get', '/pending', '200')
  const problem = at(
    call('post', '/incidents'),
    ...['responses', '4XX', 'content', 'application/problem+json', 'schema'],
  )
  return [
    { name: 'Text', schema: at(incident, 'properties', 'stateText'), doc: 'In both languages.' },
    {
      name: 'State',
      schema: at(incident, 'properties', 'state'),
      doc: 'Where an incident stands.',
    },
    {
      name: 'Action',
      schema: at(incident, 'properties', 'actions', 'items'),
      doc: 'What can be done with an incident.',
    },
    {
      name: 'Refusal',
      schema: at(problem, 'properties', 'refusals', 'items'),
      doc: 'One reason why a step was not OK.',
    },
    { name: 'Problem', schema: problem },
    {
      name: 'IncidentKeys',
      schema: at(incident, 'properties', 'keys'),
      doc: 'Whom an incident is about, when it happens, and which municipality it is reported to.',
    },
    {
      name: 'Coded',
      schema: at(incident, 'properties', 'authority'),
      doc: 'A code with its clear text.',
    },
    {
      name: 'MasterData',
      schema: answerOf('post', '/persons/lookup', '200'),
      doc: 'What is told about a person; what the caller may not see is left out.',
    },
    {
      name: 'Receipt',
      schema: at(incident, 'properties', 'receipt'),
      doc: 'The confirmation of a step; the same however often it is asked for.',
    },
    { name: 'Incident', schema: incident, doc: 'An incident as it stands after a step.' },
    { name: 'PendingItem', schema: at(page, 'properties', 'items', 'items') },
    { name: 'PendingPage', schema: page, doc: 'Some of what waits, and where the rest begins.' },
    { name: 'Session', schema: answerOf('post', '/sessions', '201'), doc: 'A good sign-on.' },
    { name: 'PasswordChanged', schema: answerOf('post', '/password', '200') },
    {
      name: 'IncidentType',
      schema: answerOf('get', '/incident-types/{name}', '200'),
      doc: 'A type of incident, with the schema of its data and its rules.',
    },
    {
      name: 'LookUp',
      schema: bodyOf('post', '/persons/lookup'),
      doc: 'A question about a person.',
    },
    {
      name: 'Rejection',
      schema: bodyOf('post', '/pending/{id}/reject'),
      doc: 'Why a municipality rejects; both reach the citizen.',
    },
    ...dataNouns(contract),
  ]
}

function dataNouns(contract: Schema): readonly Named[] {
  return catalogue.map(({ shape }) => ({
    name: dataName(shape),
    schema: at(contract, 'components', 'schemas', `${shape.name}.data`),
  }))
}

/** 'domestic-move' → 'DomesticMoveData'. */
function dataName({ name }: Shape): string {
  const words = name.split('-').map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
  return `${words.join('')}Data`
}

function typesText(contract: Schema): string {
  const byName = catalogue.map(({ shape }) => `readonly '${shape.name}': ${dataName(shape)}`)
  return `/** The JSON door's contract as types. Generated by client/generate.ts: do not edit. */

${writeTypes(nounsOf(contract))}
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
