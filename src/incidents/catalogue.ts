/** The catalogue: every incident type there is. The product. */

import type { Incident } from '#incident/define.ts'
import { annul } from '#incidents/annul.ts'
import { contactAddress } from '#incidents/contact-address.ts'
import { correct } from '#incidents/correct.ts'
import { creditWarning } from '#incidents/credit-warning.ts'
import { death } from '#incidents/death.ts'
import { disappearance } from '#incidents/disappearance.ts'
import { domesticMove } from '#incidents/domestic-move.ts'
import { emigration } from '#incidents/emigration.ts'
import { foreignAddress } from '#incidents/foreign-address.ts'
import { foundAgain } from '#incidents/found-again.ts'
import { immigration } from '#incidents/immigration.ts'
import { localDirectoryProtection } from '#incidents/local-directory-protection.ts'
import { marketingProtection } from '#incidents/marketing-protection.ts'
import { nameAndAddressProtection } from '#incidents/name-and-address-protection.ts'
import { numberChange } from '#incidents/number-change.ts'
import { numberChangeUndo } from '#incidents/number-change-undo.ts'
import { returnNotice } from '#incidents/return-notice.ts'
import { undo } from '#incidents/undo.ts'

export const catalogue: readonly Incident[] = [
  domesticMove,
  nameAndAddressProtection,
  localDirectoryProtection,
  marketingProtection,
  creditWarning,
  contactAddress,
  foreignAddress,
  emigration,
  returnNotice,
  immigration,
  death,
  disappearance,
  foundAgain,
  numberChange,
  numberChangeUndo,
  correct,
  annul,
  undo,
]

/** The type with a GCTP service name, in any letter case. */
export function findByCode(code: string): Incident | undefined {
  const wanted = code.toUpperCase()
  return catalogue.find(({ shape }) => shape.code === wanted)
}

/** The type with an English name, as the JSON door has it. */
export function findByName(name: string): Incident | undefined {
  return catalogue.find(({ shape }) => shape.name === name)
}
