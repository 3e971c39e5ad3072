/**
 * Master data: what is told about a person when an incident is initiated or a search asks for it.
 * Values and their clear texts, without any door's names or forms.
 */

import type { PlainDate } from '#base/calendar.ts'
import type { Pnr, Sex } from '#register/pnr.ts'

/** A code with the text that people know it by. */
export type Coded = { readonly code: string; readonly name: string }

/** A Danish or Greenlandic address, its parts in the register's canonical forms. */
export type DanishAddress = {
  readonly municipality: Coded
  readonly road: Coded
  /** Empty on a high road code, where there is no dwelling. */
  readonly house: string
  readonly floor?: string | undefined
  readonly door?: string | undefined
  /** The building number, which Greenland alone has. */
  readonly building?: string | undefined
  readonly locality?: string | undefined
  readonly town?: string | undefined
  readonly postcode?: Coded | undefined
}

export type MasterData = {
  readonly pnr: Pnr
  /** Whether the person has something in the pending register. */
  readonly pending: boolean
  readonly addressingName?: string | undefined
  readonly sex: Sex
  readonly status: { readonly code: string; readonly text: string }
  readonly statusFrom?: PlainDate | undefined
  /** The number in force, where this one was replaced. */
  readonly currentPnr?: Pnr | undefined
  readonly bornOn?: PlainDate | undefined
  readonly bornOnUncertain: boolean
  /** Told to everyone who is told anything: that is how a receiver knows to be careful. */
  readonly nameAndAddressProtected: boolean
  readonly careOf?: string | undefined
  readonly address?: DanishAddress | undefined
  readonly foreignAddress?:
    | { readonly country: Coded; readonly lines: readonly string[] }
    | undefined
  /** The street part in one line, without postcode. */
  readonly standardAddress?: string | undefined
}

/**
 * The same person to one who has no right to protected data: name and everything about where the
 * person is are gone, and so is the day of the status, as in recorded answers (observed).
 */
export function hideNameAndAddress(master: MasterData): MasterData {
  const { pnr, pending, sex, status, currentPnr, bornOn, bornOnUncertain } = master
  const { nameAndAddressProtected } = master
  return {
    pnr,
    pending,
    sex,
    status,
    currentPnr,
    bornOn,
    bornOnUncertain,
    nameAndAddressProtected,
  }
}
