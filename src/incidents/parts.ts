/** Parts that several types have in common: five lines of an address, and who reports where. */

import { addDays, daysBetween } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import type { Text } from '#base/text.ts'
import type { KeyRule } from '#incident/define.ts'
import type { Fields } from '#incident/fields.ts'

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

/** Greenland's municipalities, from 0900 on, keep a register of their own (rules M1). */
export const goesToDanishMunicipality: KeyRule['holds'] = ({ keys, findAuthority }) =>
  findAuthority(keys.municipality)?.type === '05' && keys.municipality < '0900'

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
        ? subject.address.is(({ municipality }) => municipality === keys.municipality)
        : findAuthority(keys.municipality)?.type === '05',
  }
}

/**
 * Inferred: asked for together with a move, which may be reported 28 days ahead (PROT-8), or a few
 * days late, so that a conversation over midnight is not refused.
 */
const askableDaysAhead = 28
const askableDaysBack = 5

/** A rule that what is asked for begins about now. */
export function datedAboutNow(number: number): KeyRule {
  return {
    name: 'dated-about-now',
    number,
    source: 'inferred',
    blames: 'date',
    text: ({ reportedOn }) => ({
      da: `Datoen skal ligge fra ${sayDay(addDays(reportedOn, -askableDaysBack)).da} til ${sayDay(addDays(reportedOn, askableDaysAhead)).da}`,
      en: `The date must be from ${sayDay(addDays(reportedOn, -askableDaysBack)).en} to ${sayDay(addDays(reportedOn, askableDaysAhead)).en}`,
    }),
    holds: ({ keys, reportedOn }) => {
      const ahead = daysBetween(reportedOn, keys.date)
      return ahead >= -askableDaysBack && ahead <= askableDaysAhead
    },
  }
}

/** How long somebody who arrives may and means to stay (CPR-loven § 16). */
export const stayFields = {
  permitOn: {
    kind: 'date',
    wire: 'OPHTILDTO',
    optional: true,
    label: { da: 'Opholdstilladelsens dato', en: 'Date of the residence permit' },
    hint: {
      da: 'Tilladelse eller bevis; kræves ikke af nordiske statsborgere',
      en: 'A permit or certificate; not required for Nordic citizens',
    },
  },
  leavesOn: {
    kind: 'date',
    wire: 'UDRDTO',
    optional: true,
    label: { da: 'Rejser igen', en: 'Leaves again' },
    hint: { da: 'Lad stå tomt, hvis det er uvist', en: 'Leave empty if it is not known' },
  },
} as const satisfies Fields
