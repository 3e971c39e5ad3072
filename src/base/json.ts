/**
 * JSON read strictly: no name twice in an object, no name that reaches a prototype. Two readers
 * of a text with repeated names may see different values, so such a text is refused.
 */

export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false
      readonly reason: 'malformed' | 'repeated-name' | 'forbidden-name' | 'too-deep' | 'too-many'
    }

/** Far above any body; what is within them costs a parser and a judge of schemas next to nothing. */
const depthMax = 32
const valuesMax = 2_000
const forbidden = ['__proto__', 'constructor', 'prototype']
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g

/** Reads a whole JSON text. An empty one is malformed. */
export function readJson(text: string): JsonResult {
  const excess = findExcess(text)
  if (excess) return { ok: false, reason: excess }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'malformed' }
  }
  const fault = findFault(text)
  return fault ? { ok: false, reason: fault } : { ok: true, value }
}

/** Counts before any parser, in a text that may be anything: brackets and commas beside strings. */
function findExcess(text: string): 'too-deep' | 'too-many' | undefined {
  let depth = 0
  let values = 1
  let isString = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (isString) {
      if (sign === '\\') at += 1
      else if (sign === '"') isString = false
    } else if (sign === '"') isString = true
    else if (sign === '{' || sign === '[') depth += 1
    else if (sign === '}' || sign === ']') depth -= 1
    else if (sign === ',') values += 1
    if (depth > depthMax) return 'too-deep'
    if (values > valuesMax) return 'too-many'
  }
  return undefined
}

/** Walks the tokens of a text that is known to be JSON. */
function findFault(text: string): 'repeated-name' | 'forbidden-name' | undefined {
  const open: (Set<string> | undefined)[] = []
  let last: string | undefined
  for (const [found] of text.matchAll(token)) {
    if (found === '{' || found === '[') {
      open.push(found === '{' ? new Set() : undefined)
    } else if (found === '}' || found === ']') {
      open.pop()
    } else if (found === ':' && last !== undefined) {
      const name: unknown = JSON.parse(last)
      if (typeof name !== 'string' || forbidden.includes(name)) return 'forbidden-name'
      const names = open.at(-1)
      if (names?.has(name)) return 'repeated-name'
      names?.add(name)
    }
    last = found.startsWith('"') ? found : undefined
  }
  return undefined
}
