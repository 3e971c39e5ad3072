/** The JSON door's catalogue: what may be reported, with its fields and rules, and every receipt. */

import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { openToAll } from '#access/declaration.ts'
import { TextSchema } from '#api/contracts.ts'
import { dataSchema } from '#api/schema.ts'
import { stateTexts, transitions } from '#casework/transitions.ts'
import type { Incident } from '#incident/define.ts'
import { receipts, refuse } from '#incident/receipts.ts'
import { catalogue, findByCode, findByName } from '#incidents/catalogue.ts'
import { sendProblem } from '#server/api/context.ts'
import { open, problems } from '#server/api/openapi.ts'

const Row = Type.Object({
  name: Type.String(),
  number: Type.Integer(),
  severity: Type.String(),
  blames: Type.String(),
  source: Type.String(),
  text: Type.Optional(TextSchema),
})
const IncidentType = Type.Object({
  name: Type.String(),
  code: Type.String({ description: 'The incident code: the GCTP service' }),
  title: TextSchema,
  summary: TextSchema,
  decidedBy: Type.String(),
  schema: Type.Unknown({ description: 'JSON Schema of `data`' }),
  statuses: Type.Record(Type.String(), Type.Unknown()),
  rules: Type.Array(Row),
  states: Type.Unknown({ description: 'Who may do what, from which state' }),
})
const Receipt = Type.Object({ number: Type.Integer(), text: TextSchema, source: Type.String() })

export const catalogueRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/incident-types',
    {
      config: { declaration: openToAll },
      schema: {
        ...open('Catalogue', 'List the incident types', 'Every type that may be reported.'),
        response: { 200: Type.Object({ items: Type.Array(IncidentType) }), ...problems },
      },
    },
    async () => ({ items: catalogue.map(describe) }),
  )

  app.get(
    '/incident-types/:name',
    {
      config: { declaration: openToAll },
      schema: {
        ...open('Catalogue', 'Describe an incident type', 'By its name or its incident code.'),
        params: Type.Object({ name: Type.String({ maxLength: 100 }) }),
        response: { 200: IncidentType, ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const type = findByName(name) ?? findByCode(name)
      return type ? describe(type) : sendProblem(reply, 'unknown', [refuse(9001, 'name')])
    },
  )

  app.get(
    '/receipts',
    {
      config: { declaration: openToAll },
      schema: {
        ...open('Catalogue', 'List the receipts', 'Every number that an answer can carry.'),
        response: { 200: Type.Object({ items: Type.Array(Receipt) }), ...problems },
      },
    },
    async () => ({ items: allReceipts() }),
  )

  app.get(
    '/receipts/:number',
    {
      config: { declaration: openToAll },
      schema: {
        ...open('Catalogue', 'Explain a receipt', 'What a number says, in Danish and English.'),
        params: Type.Object({ number: Type.String({ maxLength: 10 }) }),
        response: { 200: Receipt, ...problems },
      },
    },
    async (request, reply) => {
      const wanted = Number(request.params.number)
      const found = allReceipts().find(({ number }) => number === wanted)
      return found ?? sendProblem(reply, 'unknown', [refuse(9001, 'number')])
    },
  )
}

function describe({ shape, decidedBy, statuses: matrix, ruleTable }: Incident) {
  return {
    name: shape.name,
    code: shape.code,
    title: shape.title,
    summary: shape.summary,
    decidedBy,
    schema: dataSchema(shape),
    statuses: matrix,
    rules: ruleTable.map(({ name, number, severity = 'error', blames, source, text }) => ({
      name,
      number,
      severity,
      blames,
      source,
      ...(text && { text }),
    })),
    states: { texts: stateTexts, transitions },
  }
}

function allReceipts() {
  const general = Object.entries(receipts).map(([number, { text, source }]) => ({
    number: Number(number),
    text,
    source: source as string,
  }))
  const ofTypes = catalogue.flatMap(({ ruleTable, statuses: matrix, shape }) => [
    ...Object.values(matrix).flatMap((row) =>
      row === 'yes' ? [] : [{ ...row, source: 'rules 4.2' }],
    ),
    ...ruleTable.map(({ number, text, name, source }) => ({
      number,
      source: `${shape.name}: ${source}`,
      text: text ?? { da: name, en: name },
    })),
  ])
  const byNumber = new Map([...general, ...ofTypes].map((each) => [each.number, each]))
  return [...byNumber.values()].sort((a, b) => a.number - b.number)
}
