/**
 * Master data as the fields of the search STAMP, always all of them and always in one order.
 * Does not know who may see what: what is hidden was left out before it came here.
 */

import type { PlainDate } from '#base/calendar.ts'
import type { AnswerField } from '#gctp/message.ts'
import { dataMarks } from '#gctp/values.ts'
import { writeRecordParts } from '#register/address.ts'
import type { Coded, MasterAddress, MasterData } from '#search/master-data.ts'

/** Master data as the group that stands first in `Rolle`: clients search it by this path. */
export function stampGroup(master: MasterData): {
  readonly name: string
  readonly fields: readonly AnswerField[]
} {
  return { name: dataMarks.masterData, fields: stampFields(master) }
}

export function stampFields(master: MasterData): readonly AnswerField[] {
  const { pnr, pending, status, statusFrom, currentPnr, bornOn, foreignAddress } = master
  const country = foreignAddress?.country
  return [
    field('PNR', pnr),
    field('I_VENT_MRK', pending ? 'X' : undefined),
    field('ADRNVN', master.addressingName),
    field('KOEN', master.sex),
    field('STATUS', status.code, { text: status.text }),
    field('STARTDATOSTATUS', writeWireDate(statusFrom)),
    field('PNRGAELD', currentPnr),
    field('FOEDDATO', writeWireDate(bornOn)),
    field('FOEDDATOUSM', master.bornOnUncertain ? '*' : undefined),
    protection(master.nameAndAddressProtected),
    field('CONVN', master.careOf),
    ...dwellingFields(master.address),
    field('UDR_LANDEKOD', country?.code, { text: country?.name }),
    ...[0, 1, 2, 3, 4].map((line) => field(`UDLANDSADR${line + 1}`, foreignAddress?.lines[line])),
    field('STADR', master.standardAddress),
    field('STATUSHAENSTART', master.statusStartedAt),
    field('STATUSHAENSTARTUSM', master.statusUncertain ? '*' : undefined),
  ]
}

/** Exactly `1`: one client takes nothing else for protected (observed, with both texts). */
function protection(isProtected: boolean): AnswerField {
  const name = 'BESKYT'
  if (!isProtected) return { name }
  return { name, value: '1', text: 'Navne- og adresse beskyttelse', shortText: 'Beskyt' }
}

function dwellingFields(address: MasterAddress | undefined): readonly AnswerField[] {
  const { house, floor, door, building } = address
    ? writeRecordParts({
        house: address.building === undefined ? address.house : `B${address.building}`,
        ...(address.floor !== undefined && { floor: address.floor }),
        ...(address.door !== undefined && { door: address.door }),
      })
    : { house: '', floor: '', door: '', building: '' }
  return [
    field('ETAGE', floor),
    field('HUSNR', house),
    field('SIDEDOER', door),
    field('BNR', building),
    field('KOMKOD', address?.municipality.code, municipalityTexts(address?.municipality)),
    field('VEJKOD', address?.road.code, roadTexts(address?.road)),
    field('BYNVN', address?.town),
    field('LOKALITET', address?.locality),
    field('POSTNR', address?.postcode?.code, { text: address?.postcode?.district }),
  ]
}

/** Recordings have `t` and `tl` on a municipality, `t` and `tm` on a road (observed). */
const municipalityTexts = (coded: Coded | undefined) => ({
  text: coded?.name,
  longText: coded?.name,
})
const roadTexts = (coded: Coded | undefined) => ({ text: coded?.name, furtherText: coded?.name })

type Texts = {
  readonly text?: string | undefined
  readonly longText?: string | undefined
  readonly furtherText?: string | undefined
}

/** Texts belong to a value: an empty field has none. */
function field(name: string, value: string | undefined, texts: Texts = {}): AnswerField {
  if (!value) return { name }
  const { text, longText, furtherText } = texts
  return {
    name,
    value,
    ...(text && { text }),
    ...(longText && { longText }),
    ...(furtherText && { furtherText }),
  }
}

/** 'YYYYMMDD', as dates are on the wire (CPR's wiki). */
function writeWireDate(day: PlainDate | undefined): string | undefined {
  return day?.replaceAll('-', '')
}
