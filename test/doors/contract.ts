/** The OpenAPI document of a running server, and what it promises of one answer. */

import assert from 'node:assert/strict'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { at, type Reply } from '#test/doors/talk.ts'

export type Operation = {
  readonly method: string
  readonly path: string
  readonly told: unknown
}

const documentId = 'https://openapi.test/'

export class Contract {
  readonly document: Readonly<Record<string, unknown>>
  readonly operations: readonly Operation[]
  /** 'POST /path 200' of every answer that was held against its schema. */
  readonly answered = new Set<string>()
  readonly #ajv: Ajv2020

  constructor(document: unknown) {
    assert.ok(typeof document === 'object' && document !== null)
    this.document = { ...document }
    this.operations = Object.entries(at(document, 'paths') ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods ?? {}).map(([method, told]) => ({
        method: method.toUpperCase(),
        path,
        told: told as unknown,
      })),
    )
    this.#ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false })
    formats.default(this.#ajv)
    for (const word of ['x-wire-name', 'x-code-list']) this.#ajv.addKeyword(word)
    // The document is one schema to Ajv, of which only the parts are asked for.
    for (const word of Object.keys(this.document)) this.#ajv.addKeyword(word)
    this.#ajv.addSchema({ ...this.document, $id: documentId })
  }

  find(method: string, path: string): Operation {
    const found = this.operations.find((each) => each.method === method && each.path === path)
    assert.ok(found, `${method} ${path} is not in the document`)
    return found
  }

  schemaAt(...path: readonly string[]): ValidateFunction {
    const pointer = path.map((name) =>
      encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')),
    )
    const schema = this.#ajv.getSchema(`${documentId}#/${pointer.join('/')}`)
    assert.ok(schema, `no schema at ${path.join(' ')}`)
    return schema
  }

  /** What was sent and carried out is what its route asks for. */
  assertAsked(method: string, path: string, body: unknown): void {
    const { told } = this.find(method, path)
    if (body === undefined || at(told, 'requestBody') === undefined) return
    const under = ['requestBody', 'content', 'application/json', 'schema']
    const accepts = this.schemaAt('paths', path, method.toLowerCase(), ...under)
    assert.ok(accepts(body), `${method} ${path}: ${JSON.stringify(accepts.errors)}`)
  }

  /** The answer has the status, the content type and the shape that its route promises. */
  assertKept(method: string, path: string, reply: Reply): void {
    const { told } = this.find(method, path)
    const exact = String(reply.status)
    const key = at(told, 'responses', exact) === undefined ? `${exact[0]}XX` : exact
    const response = at(told, 'responses', key)
    assert.ok(response, `${method} ${path} does not promise ${reply.status}`)
    this.answered.add(`${method} ${path} ${key}`)
    const content = at(response, 'content')
    if (content === undefined) {
      assert.equal(reply.bytes.length, 0)
      return
    }
    const type = reply.type.split(';')[0]?.trim() ?? ''
    assert.ok(at(content, type), `${method} ${path} ${reply.status} does not promise ${type}`)
    const under = ['responses', key, 'content', type, 'schema']
    const accepts = this.schemaAt('paths', path, method.toLowerCase(), ...under)
    assert.ok(
      accepts(reply.body),
      `${method} ${path} ${reply.status}: ${JSON.stringify(accepts.errors)} ${reply.bytes.toString()}`,
    )
  }
}

/** 'GET /path' of each route in Fastify's drawing of its tree. */
export function routesOf(tree: string): readonly string[] {
  const above: string[] = []
  return tree.split('\n').flatMap((line) => {
    const drawn = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line)
    if (!drawn) return []
    const [, indent = '', part = '', methods = ''] = drawn
    const depth = indent.length / 4
    above.length = depth
    above.push(part)
    const path = above.join('')
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${path}`)
  })
}
