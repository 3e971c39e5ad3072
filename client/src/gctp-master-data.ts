/** The STAMP fields of an answer as master data, the same value that the JSON door gives. */

import type { MasterData } from '#client/types.generated.ts'
import type { AnswerField } from '#gctp/message.ts'
import { isBuilding, readRecordParts } from '#register/address.ts'

type Find = (name: string) => AnswerField | undefined

/** Reads by name: fields may come in any order, and a missing one is an empty one. */
export function readMasterData(fields: readonly AnswerField[]): MasterData {
  const find: Find = (name) => fields.find((field) => field.name === name)
  const value = (name: string) => find(name)?.value
  const address = readAddress(find)
  const country = readCoded(find('UDR_LANDEKOD'))
  const lines = [1, 2, 3, 4, 5].flatMap((line) => value(`UDLANDSADR${line}`) ?? [])
  return {
    pnr: value('PNR') ?? '',
    pending: value('I_VENT_MRK') !== undefined,
    ...optional(value('ADRNVN'), (addressingName) => ({ addressingName })),
    sex: value('KOEN') ?? '',
    status: { code: value('STATUS') ?? '', text: find('STATUS')?.text ?? '' },
    ...optional(readWireDate(value('STARTDATOSTATUS')), (statusFrom) => ({ statusFrom })),
    ...optional(value('STATUSHAENSTART'), (statusStartedAt) => ({
      statusStartedAt,
      statusUncertain: value('STATUSHAENSTARTUSM') === '*',
    })),
    ...optional(value('PNRGAELD'), (currentPnr) => ({ currentPnr })),
    ...optional(readWireDate(value('FOEDDATO')), (bornOn) => ({ bornOn })),
    bornOnUncertain: value('FOEDDATOUSM') === '*',
    nameAndAddressProtected: value('BESKYT') !== undefined,
    ...optional(value('CONVN'), (careOf) => ({ careOf })),
    ...(address && { address }),
    ...(country && { foreignAddress: { country, lines } }),
    ...optional(value('STADR'), (standardAddress) => ({ standardAddress })),
  }
}

function readAddress(find: Find): MasterData['address'] {
  const municipality = readCoded(find('KOMKOD'))
  const road = readCoded(find('VEJKOD'))
  if (!municipality || !road) return undefined
  const text = (name: string) => find(name)?.value ?? ''
  const record = { house: text('HUSNR'), floor: text('ETAGE'), door: text('SIDEDOER') }
  const parts = readRecordParts({ ...record, building: text('BNR') })
  const postcode = readCoded(find('POSTNR'))
  return {
    municipality,
    road,
    // What is in no form that we know is shown as it came.
    ...(parts ?? record),
    ...(parts === undefined && optional(find('BNR')?.value, (building) => ({ building }))),
    ...(parts && isBuilding(parts.house) && { house: '', building: parts.house.slice(1) }),
    ...optional(find('LOKALITET')?.value, (locality) => ({ locality })),
    ...optional(find('BYNVN')?.value, (town) => ({ town })),
    ...(postcode && { postcode: { code: postcode.code, district: postcode.name } }),
  }
}

function readCoded(
  field: AnswerField | undefined,
): { readonly code: string; readonly name: string } | undefined {
  return field?.value ? { code: field.value, name: field.text ?? '' } : undefined
}

/** '20260115' as '2026-01-15'; another form stays as it came. */
function readWireDate(text: string | undefined): string | undefined {
  return text?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
}

/** Nothing at all where there is no value, so that `in` tells the truth. */
function optional<Part>(
  value: string | undefined,
  part: (value: string) => Part,
): Part | undefined {
  return value === undefined ? undefined : part(value)
}
