/**
 * Every code of a reading in clear text: what 'translated' means in the manual's third step.
 * One text a value; total over the kinds of field.
 */

import { sayDay } from '#base/day-words.ts'
import type { Text } from '#base/text.ts'
import { type Field, type Reading, type Shape, unknown } from '#incident/fields.ts'
import type { Situation } from '#incident/situation.ts'
import { addressingName } from '#register/name.ts'
import { hiddenName, publicPermit } from '#register/protected.ts'

export type Translations = { readonly [name: string]: Text | readonly Text[] }

/** Texts for the fields that hold something; what is plain already is left out. */
export function translate(shape: Shape, reading: Reading, situation: Situation): Translations {
  const translated: Record<string, Text | readonly Text[]> = {}
  for (const [name, field] of Object.entries(shape.fields)) {
    const value = reading[name]
    if (value === undefined) continue
    const text =
      typeof value === 'string'
        ? translateValue(field, value, situation)
        : value.map((each) => translateValue(field, each, situation) ?? same(each))
    if (text !== undefined) translated[name] = text
  }
  return translated
}

function translateValue(field: Field, value: string, situation: Situation): Text | undefined {
  if (field.orUnknown && value === unknown) return { da: 'Ukendt', en: 'Unknown' }
  switch (field.kind) {
    case 'code':
      return sameIfAny(nameOfCode(field.list, value, situation))
    case 'choice':
      return field.options[value]?.text
    case 'date':
      return sayDay(value)
    case 'floor':
      return floors[value] ?? floorText(value)
    case 'door':
      return doors[value]
    case 'pnr':
    case 'persons':
      return personText(value, situation)
    case 'house':
    case 'time':
    case 'number':
    case 'text':
      return undefined
    default:
      return field satisfies never
  }
}

function nameOfCode(
  list: Extract<Field, { kind: 'code' }>['list'],
  code: string,
  { findRoad, findAuthority }: Situation,
): string | undefined {
  return list === 'road' ? findRoad(code) : findAuthority(code)?.name
}

/** PROT-4: the name of a protected person is not told, not even in a translation. */
function personText(pnr: string, { persons }: Situation): Text | undefined {
  const person = persons.get(pnr)
  if (!person) return undefined
  const name = person.name.openTo(publicPermit)
  return name ? same(addressingName(name)) : hiddenName
}

const floors: { readonly [floor: string]: Text } = {
  st: { da: 'Stuen', en: 'Ground floor' },
  kl: { da: 'Kælderen', en: 'Basement' },
}

function floorText(floor: string): Text | undefined {
  if (/^\d+$/.test(floor)) return { da: `${floor}. sal`, en: `Floor ${floor}` }
  const deep = /^k(\d)$/.exec(floor)?.[1]
  return deep ? { da: `${deep}. kælder`, en: `Basement ${deep}` } : undefined
}

const doors: { readonly [door: string]: Text } = {
  tv: { da: 'Til venstre', en: 'To the left' },
  th: { da: 'Til højre', en: 'To the right' },
  mf: { da: 'Midtfor', en: 'In the middle' },
}

function same(text: string): Text {
  return { da: text, en: text }
}

function sameIfAny(text: string | undefined): Text | undefined {
  return text === undefined ? undefined : same(text)
}
