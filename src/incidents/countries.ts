/** Which authority codes are countries, and which of them have rules of their own (rules 6.2, 9.3). */

import type { Situation } from '#incident/situation.ts'
import { countries } from '#register/codes.ts'

const countryType = '30'
/** A country code is an authority code: Denmark, "abroad" and "stateless" are no destinations. */
const noDestinations = ['5001', '5100', '5102', '5103', '5999']
/** Finland, Iceland, Norway, Sweden, and the Faroe Islands: the new register reports the person in. */
const nordic = ['5104', '5105', '5106', '5110', '5120', '5902']
/** Greenland's municipalities; its country code is not on the list of 2012 (inferred). */
const greenland = ['5901', '0955', '0956', '0957', '0958', '0959', '0960', '0961']

export function isForeignCountry(code: string, { findAuthority }: Situation): boolean {
  return findAuthority(code)?.type === countryType && !noDestinations.includes(code)
}

/** A country that somebody can be a citizen of; stateless and unknown are on the list as well. */
export function isCountry(code: string, { findAuthority }: Situation): boolean {
  return findAuthority(code)?.type === countryType
}

/** Denmark is one of them: none of their citizens needs a permit (rules 6.3). */
export function isNordicCitizenship(code: string): boolean {
  return code === countries.denmark || isNordic(code)
}

export function isNordic(code: string): boolean {
  return nordic.includes(code)
}

export function isGreenland(code: string): boolean {
  return greenland.includes(code)
}
