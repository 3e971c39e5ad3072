/** The bodies of the contract: one that its route takes, and every text in it. Throws nothing. */

import { assert } from '#base/assert.ts'
import { at } from '#test/doors/talk.ts'

type Place = readonly (string | number)[]

export type Body = {
  readonly method: string
  /** As the contract has it, with its parameters open: '/api/v1/incidents/{id}/save'. */
  readonly path: string
  /** What must be there, and nothing else. */
  readonly plain: object
  /** Where a text may stand. */
  readonly texts: readonly Place[]
}

/** What a name is given where any text would do, so that the body is taken as far as it goes. */
export type Samples = { readonly [name: string]: unknown }

export function bodiesOf(document: unknown, samples: Samples): readonly Body[] {
  const paths = Object.entries(at(document, 'paths') ?? {})
  return paths.flatMap(([path, methods]) =>
    Object.entries<unknown>(methods).flatMap(([method, told]) => {
      const schema = at(told, 'requestBody', 'content', 'application/json', 'schema')
      if (schema === undefined) return []
      const plain = sampleOf(schema, '', samples)
      assert(typeof plain === 'object' && plain !== null, `${path} takes no object`)
      return [{ method: method.toUpperCase(), path, plain, texts: textsIn(schema) }]
    }),
  )
}

/** The body with a value at a place, and what must be around it. */
export function withValue(body: unknown, [name, ...rest]: Place, value: unknown): unknown {
  if (name === undefined) return value
  if (typeof name === 'number') return [withValue(undefined, rest, value)]
  const within = withValue(at(body, name), rest, value)
  return { ...(typeof body === 'object' ? body : {}), [name]: within }
}

function sampleOf(schema: unknown, name: string, samples: Samples): unknown {
  if (name in samples) return samples[name]
  const [first] = [at(schema, 'anyOf') ?? []].flat()
  if (first !== undefined) return sampleOf(first, name, samples)
  const [choice] = [at(schema, 'enum') ?? at(schema, 'const') ?? []].flat()
  if (choice !== undefined) return choice
  switch (at(schema, 'type')) {
    case 'object': {
      const required = at(schema, 'required')
      const names = Array.isArray(required) ? required.map(String) : []
      const rows = names.map((each) => [
        each,
        sampleOf(at(schema, 'properties', each), each, samples),
      ])
      return Object.fromEntries(rows)
    }
    case 'array':
      return Number(at(schema, 'minItems') ?? 0) > 0
        ? [sampleOf(at(schema, 'items'), name, samples)]
        : []
    case 'integer':
    case 'number':
      return at(schema, 'minimum') ?? 1
    case 'boolean':
      return false
    default:
      return 'x'.repeat(Number(at(schema, 'minLength') ?? 1))
  }
}

function textsIn(schema: unknown): readonly Place[] {
  const choices = at(schema, 'anyOf')
  if (Array.isArray(choices)) return choices.flatMap(textsIn)
  if (at(schema, 'type') === 'string' || at(schema, 'enum') !== undefined) return [[]]
  const items = at(schema, 'items')
  if (items !== undefined) return textsIn(items).map((rest) => [0, ...rest])
  return Object.entries(at(schema, 'properties') ?? {}).flatMap(([name, each]) =>
    textsIn(each).map((rest) => [name, ...rest]),
  )
}
