/**
 * JSON read strictly: no name twice in an object, no name that reaches a prototype. Two readers
 * of a text with repeated names may see different values, so such a text is refused.
 */

export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false
      readonly reason: 'malformed' | 'repeated-name' | 'forbidden-name' | 'too-deep'
    }

const depthMax = 32
const forbidden = ['__proto__', 'constructor', 'prototype']
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g

/** Reads a whole JSON text. An empty one is malformed. */
export function readJson(text: string): JsonResult {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'malformed' }
  }
  const fault = findFault(text)
  return fault ? { ok: false, reason: fault } : { ok: true, value }
}

/** Walks the tokens of a text that is known to be JSON. */
function findFault(text: string): 'repeated-name' | 'forbidden-name' | 'too-deep' | undefined {
  const open: (Set<string> | undefined)[] = []
  let last: string | undefined
  for (const [found] of text.matchAll(token)) {
    if (found === '{' || found === '[') {
      if (open.length === depthMax) return 'too-deep'
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
