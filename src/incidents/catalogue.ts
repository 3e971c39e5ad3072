/** The catalogue: every incident type there is. The product. */

import type { Incident } from '#incident/define.ts'
import { domesticMove } from '#incidents/domestic-move.ts'
import { nameAndAddressProtection } from '#incidents/name-and-address-protection.ts'

export const catalogue: readonly Incident[] = [domesticMove, nameAndAddressProtection]

/** The type with a GCTP service name, in any letter case. */
export function findByCode(code: string): Incident | undefined {
  const wanted = code.toUpperCase()
  return catalogue.find(({ shape }) => shape.code === wanted)
}

/** The type with an English name, as the JSON door has it. */
export function findByName(name: string): Incident | undefined {
  return catalogue.find(({ shape }) => shape.name === name)
}
