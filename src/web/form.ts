/** What a browser sends when a form is submitted, within bounds. Knows no field and no page. */

/** Values by name, each as often as it was sent. */
export type Form = {
  /** The first value of that name; an empty text where there is none. */
  readonly one: (name: string) => string
  readonly all: (name: string) => readonly string[]
  /** Everything, in the order in which it was sent. */
  readonly pairs: readonly (readonly [name: string, value: string])[]
}

export const emptyForm: Form = { one: () => '', all: () => [], pairs: [] }

export const formBytesMax = 64 * 1024
export const formPairsMax = 300

/** Reads an urlencoded body; undefined when it is more than a form of ours ever sends. */
export function readForm(body: string): Form | undefined {
  if (Buffer.byteLength(body) > formBytesMax) return undefined
  // Counted before anything is made of it.
  if (body.split('&', formPairsMax + 1).length > formPairsMax) return undefined
  const pairs = new URLSearchParams(body)
  return {
    one: (name) => pairs.get(name) ?? '',
    all: (name) => pairs.getAll(name),
    pairs: [...pairs],
  }
}
