/** Hands out invented civil registration numbers, none twice. Knows no person. */

import { assert } from '#base/assert.ts'
import { addDays, type PlainDate } from '#base/calendar.ts'
import { fictionalPnr, type Pnr, type Sex } from '#register/pnr.ts'

/** A number nobody has, with the birth date that it tells. */
export type Numbers = (
  bornOn: PlainDate,
  sex: Sex,
) => { readonly pnr: Pnr; readonly bornOn: PlainDate }

/**
 * The birth date wanted, or the nearest earlier one that has numbers left. Nobody is born on a
 * 1 January, the only day on which real numbers may lack the control digit (see pnr.ts).
 */
export function openNumbers(): Numbers {
  const given = new Map<string, number>()
  return (wanted, sex) => {
    for (let bornOn = wanted; bornOn > '1858-01-01'; bornOn = addDays(bornOn, -1)) {
      if (bornOn.endsWith('-01-01')) continue
      const day = `${sex}${bornOn}`
      const index = given.get(day) ?? 0
      const pnr = fictionalPnr(bornOn, sex, index)
      if (!pnr) continue
      given.set(day, index + 1)
      return { pnr, bornOn }
    }
    assert(false, `no number is left for anybody born by ${wanted}`)
  }
}
