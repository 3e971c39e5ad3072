/** Master data: what initiate and STAMP tell about a person. Pure values; knows no door. */

import type { PlainDate } from '#base/calendar.ts'
import type { ProtectionType, Sex, StatusCode } from '#register/codes.ts'

export type Coded = { readonly code: string; readonly name: string }

export type MasterAddress = {
  readonly municipality: Coded
  readonly road: Coded
  readonly house: string
  readonly floor?: string
  readonly door?: string
  /** Greenland only (BNR). */
  readonly building?: string
  readonly locality?: string
  readonly town?: string
  readonly postcode?: { readonly code: string; readonly district: string }
}

export type MasterProtection = {
  readonly type: ProtectionType
  readonly text: string
  readonly from: PlainDate
  /** The day it ends by itself; left out where it has no end. */
  readonly to?: PlainDate
}

export type MasterData = {
  readonly pnr: string
  /** Something about the person waits in the pending register (I_VENT_MRK). */
  readonly pending: boolean
  /** Undefined when it is protected from the reader. */
  readonly addressingName?: string
  readonly sex: Sex
  readonly status: { readonly code: StatusCode; readonly text: string }
  readonly statusFrom?: PlainDate
  /** To the minute, as far as it is known: 12 digits (STATUSHAENSTART). */
  readonly statusStartedAt?: string
  readonly statusUncertain?: boolean
  /** The number in force, where this one was replaced (PNRGAELD). */
  readonly currentPnr?: string
  readonly bornOn?: PlainDate
  readonly bornOnUncertain: boolean
  readonly nameAndAddressProtected: boolean
  /** Every protection and mark; only to those who see protected data. */
  readonly protections?: readonly MasterProtection[]
  readonly careOf?: string
  readonly address?: MasterAddress
  /** Since when the person is registered there. */
  readonly addressFrom?: PlainDate
  readonly foreignAddress?: { readonly country: Coded; readonly lines: readonly string[] }
  /** The street part alone, as CPR writes it since 2023 (STADR). */
  readonly standardAddress?: string
}
