/** What an authority says to a citizen with a decision: the reasons there are, and its own words. */

/** Why a municipality rejects; the codes are ours, since no official list is public. */
export const rejectionReasons = {
  ADDRESS_NOT_FOUND: { da: 'Adressen findes ikke', en: 'The address does not exist' },
  HOST_DENIED: { da: 'Logiværten siger nej', en: 'The host says no' },
  HOST_SILENT: { da: 'Logiværten har ikke svaret', en: 'The host has not answered' },
  NOT_ACTUAL_RESIDENCE: { da: 'Personen bor der ikke', en: 'The person does not live there' },
  CHILD_HEARING_UNRESOLVED: {
    da: 'Høringen om barnet er ikke afsluttet',
    en: 'The hearing about the child has not ended',
  },
  IDENTITY_DOUBT: { da: 'Tvivl om identiteten', en: 'Doubt about the identity' },
  DUPLICATE: { da: 'Allerede anmeldt', en: 'Already reported' },
  WITHDRAWN: { da: 'Trukket tilbage', en: 'Withdrawn' },
  WRONG_AUTHORITY: { da: 'Forkert myndighed', en: 'Wrong authority' },
  CONDITIONS_NOT_MET: { da: 'Betingelserne er ikke opfyldt', en: 'The conditions are not met' },
} as const

/** How many characters a municipality may say it in. */
export const authorityTextMax = 1000

/** A text for the citizen, composed and without blanks around it; undefined when none or too long. */
export function readAuthorityText(text: string | undefined): string | undefined {
  const tidy = (text ?? '').normalize('NFC').trim()
  return tidy === '' || [...tidy].length > authorityTextMax ? undefined : tidy
}

export type RejectionReason = keyof typeof rejectionReasons

export function isRejectionReason(code: string): code is RejectionReason {
  return Object.hasOwn(rejectionReasons, code)
}
