/** The contract of the JSON door as OpenAPI 3.1, generated from the routes and the catalogue. */

import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { Type } from 'typebox'
import { IncidentAnswer, ProblemSchema, ValidateBody } from '#api/contracts.ts'
import {
  ForwardBody,
  ForwardBodySent,
  RejectBody,
  RejectBodySent,
  ReturnBody,
  ReturnBodySent,
} from '#api/decision-contracts.ts'
import { PolicyBodySent, PolicyDocument } from '#api/policy-contracts.ts'
import { dataSchema } from '#api/schema.ts'
import { catalogue } from '#incidents/catalogue.ts'

const problemContent = {
  description: 'Refused: a problem with every reason (RFC 9457)',
  content: { 'application/problem+json': { schema: ProblemSchema } },
}

/** Every route answers these, whatever else it answers. */
export const problems = { '4xx': problemContent, '5xx': problemContent }

/** The head of a route that takes a token. */
export function secured(tag: string, summary: string, description: string) {
  return { tags: [tag], summary, description, security: [{ token: [] }] }
}

export function open(tag: string, summary: string, description: string) {
  return { tags: [tag], summary, description, security: [] }
}

export const IdParams = Type.Object({ id: Type.String({ maxLength: 100 }) })

/** A step on one incident, which answers with the incident as it then stands. */
export function stepSchema(summary: string, description: string) {
  return {
    ...secured('Incidents', summary, description),
    params: IdParams,
    response: { 200: IncidentAnswer, ...problems },
  }
}

/** The name of an operation in generated clients: 'Sign on' is signOn. */
function operationId(summary: string): string {
  const words = summary.toLowerCase().split(' ')
  return words
    .map((word, at) => (at === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
    .join('')
}

/** Data of one type may be well formed for another as well, as an action alone is. */
const dataOfTypes = {
  description: 'By the type of the incident',
  anyOf: catalogue.map(({ shape }) => ({ $ref: `#/components/schemas/${shape.name}.data` })),
}

/** What the contract tells, where the route itself lets fields and casework judge. */
const toldFor = new Map<unknown, unknown>([
  [PolicyBodySent, PolicyDocument],
  [RejectBodySent, RejectBody],
  [ReturnBodySent, ReturnBody],
  [ForwardBodySent, ForwardBody],
  [
    ValidateBody,
    { ...ValidateBody, properties: { ...ValidateBody.properties, data: dataOfTypes } },
  ],
])

export const openapi: FastifyDynamicSwaggerOptions = {
  transform: ({ schema, url }) => ({
    url,
    schema: {
      ...schema,
      ...(schema.summary && { operationId: operationId(schema.summary) }),
      ...(schema.body !== undefined && { body: toldFor.get(schema.body) ?? schema.body }),
    },
  }),
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Samspil: the JSON door',
      version: '1',
      description:
        'Sign on, initiate an incident, validate it, save it in the pending register, follow it, ' +
        'and decide it. The same person codes, rights, rules and receipt numbers as over GCTP. In ' +
        'the last 14 days of a password every answer has the header samspil-password-expires.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Sessions', description: 'Person code and password for a token' },
      { name: 'Incidents', description: 'The steps of the interplay' },
      { name: 'Desk', description: 'What case workers see and do, case by case and many at once' },
      { name: 'Hearings', description: 'Who is asked before an incident is decided' },
      { name: 'Policies', description: 'What is decided without a person, and trying it first' },
      { name: 'Log reviews', description: 'Control of what employees looked up, week by week' },
      { name: 'Addresses', description: 'The address register, without persons' },
      { name: 'Persons', description: 'Questions to the register' },
      { name: 'Own', description: 'What persons ask about themselves' },
      { name: 'Deposits', description: 'What a provider keeps for its own programs' },
      { name: 'Administration', description: 'Person codes, by administrators' },
      { name: 'Events', description: 'What receivers are told' },
      { name: 'Catalogue', description: 'What may be reported, and what is answered' },
    ],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries(
        catalogue.map(({ shape }) => [`${shape.name}.data`, dataSchema(shape)]),
      ),
    },
  },
}
