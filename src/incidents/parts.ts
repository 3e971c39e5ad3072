/** Parts that several types have in common: five lines of an address, and who reports where. */

import type { Text } from '#base/text.ts'
import type { KeyRule } from '#incident/define.ts'

/** Foreign, contact and supplementary addresses have five lines of 34 (CPR's wiki, lengths). */
export const lineLengthMax = 34

/** Five lines `line1` to `line5`, named on the wire by a prefix and their number. */
export function fiveLines<const Prefix extends string>(prefix: Prefix) {
  const line = <const N extends 1 | 2 | 3 | 4 | 5>(n: N) =>
    ({
      kind: 'text',
      lengthMax: lineLengthMax,
      optional: true,
      wire: `${prefix}${n}`,
      label: { da: `Adresselinje ${n}`, en: `Address line ${n}` },
    }) as const
  return { line1: line(1), line2: line(2), line3: line(3), line4: line(4), line5: line(5) } as const
}

type Lines = { readonly [N in 1 | 2 | 3 | 4 | 5 as `line${N}`]: string | undefined }

/** The lines that hold something, in order. */
export function linesOf({ line1, line2, line3, line4, line5 }: Lines): readonly string[] {
  return [line1, line2, line3, line4, line5].filter((line) => line !== undefined)
}

/** A rule that the report goes to the municipality where the person lives, if there is one. */
export function reportedToResidence(number: number, text: Text): KeyRule {
  return {
    name: 'reported-to-the-municipality-of-residence',
    number,
    source: 'rules 2: each incident is registered by its own authority',
    blames: 'municipality',
    text,
    holds: ({ keys, subject, findAuthority }) =>
      subject.address
        ? subject.address.municipality === keys.municipality
        : findAuthority(keys.municipality)?.type === '05',
  }
}
