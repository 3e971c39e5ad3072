/**
 * JSON Schemas as TypeScript types, for the generator of the SDK's types. Schemas that are equal
 * share a name. It knows no contract.
 */

import { assert } from '#base/assert.ts'

export type Schema = { readonly [keyword: string]: unknown }
export type Named = { readonly name: string; readonly schema: Schema; readonly doc?: string }

/** One `export type` for each name, in the order given; within each, named parts by their names. */
export function writeTypes(named: readonly Named[]): string {
  const names = new Map(named.map(({ name, schema }) => [JSON.stringify(schema), name]))
  const twice = named.filter(({ name, schema }) => names.get(JSON.stringify(schema)) !== name)
  assert(twice.length === 0, `two names for one schema: ${twice.map(({ name }) => name).join()}`)
  const findName = (schema: Schema) => names.get(JSON.stringify(schema))
  return named
    .map(({ name, schema, doc }) => {
      const text = doc ?? textOf(schema, 'description')
      return `${comment(text)}export type ${name} = ${typeOf(schema, findName)}\n`
    })
    .join('\n')
}

type FindName = (schema: Schema) => string | undefined

function typeOf(schema: Schema, findName: FindName): string {
  const values = 'const' in schema ? [schema['const']] : schema['enum']
  if (Array.isArray(values)) return values.map(writeLiteral).join(' | ')
  const choices = schema['anyOf']
  if (Array.isArray(choices)) return writeUnion(choices.map((each) => inner(each, findName)))
  switch (schema['type']) {
    case 'string':
      return 'string'
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'null':
      return 'null'
    case 'array':
      return `readonly (${inner(schema['items'], findName)})[]`
    case 'object':
      return writeObject(schema, findName)
    case undefined:
      return 'unknown'
    default:
      throw new Error(`Cannot write the type ${String(schema['type'])}`)
  }
}

/** Each once; a text of its own says nothing beside any text. */
function writeUnion(members: readonly string[]): string {
  const isAnyText = members.includes('string')
  const said = members.filter((member) => !(isAnyText && member.startsWith("'")))
  return [...new Set(said)].join(' | ')
}

function inner(value: unknown, findName: FindName): string {
  const schema = schemaOf(value)
  return findName(schema) ?? typeOf(schema, findName)
}

function writeObject(schema: Schema, findName: FindName): string {
  const further = schema['additionalProperties'] ?? schema['patternProperties']
  if (!isSchema(schema['properties'])) {
    if (!isSchema(further)) return 'object'
    const [first] = 'patternProperties' in schema ? Object.values(further) : [further]
    return `{ readonly [name: string]: ${inner(first, findName)} }`
  }
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const lines = Object.entries(schema['properties']).map(([name, value]) => {
    const property = schemaOf(value)
    const mark = required.includes(name) ? '' : '?'
    const title = textOf(property, 'title')
    const said = [title, textOf(property, 'description')].filter(Boolean).join(': ')
    return `${comment(said)}readonly ${name}${mark}: ${inner(property, findName)}`
  })
  return lines.length === 0 ? 'Record<string, never>' : `{\n${lines.join('\n')}\n}`
}

function writeLiteral(value: unknown): string {
  assert(typeof value === 'string', 'an enumeration of texts')
  return `'${value}'`
}

function comment(text: string | undefined): string {
  if (!text) return ''
  const lines = wrap(text.replaceAll('*/', '* /'))
  return lines.length === 1 ? `/** ${lines[0]} */\n` : `/**\n * ${lines.join('\n * ')}\n */\n`
}

function wrap(text: string): readonly string[] {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + word.length > 88) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines
}

function textOf(schema: Schema, keyword: string): string | undefined {
  const text = schema[keyword]
  return typeof text === 'string' ? text : undefined
}

export function schemaOf(value: unknown): Schema {
  assert(isSchema(value), 'a schema is an object')
  return value
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
