/**
 * Reads a policy that somebody wrote: its form, and that every incident type, trait, test and value
 * exists. Each fault is refused with its place and both languages. Pure.
 */

import { readDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import { type Clause, type Condition, type Policy, type Test, testsOf } from '#casework/policy.ts'
import type { Incident } from '#incident/define.ts'
import type { ReadResult } from '#incident/read.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { Trait, TraitValue } from '#incident/traits.ts'

export const clausesMax = 20
export const conditionsMax = 30
export const titleLengthMax = 200

/** Names of policies and clauses: small letters, digits and hyphens. */
export const policyNamePattern = '^[a-z][a-z0-9-]{0,39}$'
const nameForm = new RegExp(policyNamePattern)

export type FindType = (name: string) => Incident | undefined

type Sent = { readonly [name: string]: unknown }

/** Collects refusals; what could not be read is undefined. */
class Reader {
  readonly refusals: Refusal[] = []

  refuse(place: string, da: string, en: string): undefined {
    this.refusals.push(refuse(9041, place, { da, en }))
    return undefined
  }

  object(value: unknown, place: string, names: readonly string[]): Sent | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.refuse(place, `${place} skal være et objekt`, `${place} must be an object`)
    }
    for (const name of Object.keys(value).filter((each) => !names.includes(each))) {
      this.refuse(
        join(place, name),
        `${place} har ikke noget, der hedder ${shown(name)}`,
        `${place} has nothing called ${shown(name)}`,
      )
    }
    return value as Sent
  }

  list(value: unknown, place: string, itemsMax: number): readonly unknown[] {
    if (Array.isArray(value) && value.length > 0 && value.length <= itemsMax) return value
    this.refuse(
      place,
      `${place} skal være en liste med 1 til ${itemsMax}`,
      `${place} must be a list of 1 to ${itemsMax}`,
    )
    return []
  }

  name(value: unknown, place: string): string | undefined {
    if (typeof value === 'string' && nameForm.test(value)) return value
    return this.refuse(
      place,
      `${place} skal være små bogstaver, tal og bindestreg, højst 40`,
      `${place} must be small letters, digits and hyphens, at most 40`,
    )
  }

  line(value: unknown, place: string): string | undefined {
    const isLine = typeof value === 'string' && value.trim() === value && value !== ''
    if (isLine && [...value].length <= titleLengthMax) return value
    return this.refuse(
      place,
      `${place} skal være en tekst på 1 til ${titleLengthMax} tegn`,
      `${place} must be a text of 1 to ${titleLengthMax} characters`,
    )
  }

  title(value: unknown, place: string): Text | undefined {
    const sent = this.object(value, place, ['da', 'en'])
    if (!sent) return undefined
    const da = this.line(sent['da'], `${place}.da`)
    const en = this.line(sent['en'], `${place}.en`)
    return da === undefined || en === undefined ? undefined : { da, en }
  }
}

/** Reads a policy, or tells every fault of it. */
export function readPolicy(document: unknown, findType: FindType): ReadResult<Policy> {
  const reader = new Reader()
  const policy = readWhole(reader, document, findType)
  const { refusals } = reader
  return policy && refusals.length === 0 ? { ok: true, value: policy } : { ok: false, refusals }
}

function readWhole(reader: Reader, document: unknown, findType: FindType): Policy | undefined {
  const sent = reader.object(document, 'policy', ['name', 'title', 'source', 'clauses'])
  if (!sent) return undefined
  const name = reader.name(sent['name'], 'name')
  const title = reader.title(sent['title'], 'title')
  const source = sent['source'] === undefined ? undefined : reader.line(sent['source'], 'source')
  const clauses = reader
    .list(sent['clauses'], 'clauses', clausesMax)
    .map((each, at) => readClause(reader, each, `clauses.${at}`, findType))
    .filter((clause) => clause !== undefined)
  for (const [at, clause] of clauses.entries()) {
    if (clauses.findIndex((each) => each.name === clause.name) === at) continue
    const { name: twice } = clause
    reader.refuse('clauses', `to hedder ${twice}`, `two are called ${twice}`)
  }
  if (name === undefined || title === undefined) return undefined
  return { name, title, ...(source !== undefined && { source }), clauses }
}

function readClause(
  reader: Reader,
  value: unknown,
  place: string,
  findType: FindType,
): Clause | undefined {
  const names = ['name', 'title', 'incident', 'decides', 'when']
  const sent = reader.object(value, place, names)
  if (!sent) return undefined
  const name = reader.name(sent['name'], `${place}.name`)
  const title = reader.title(sent['title'], `${place}.title`)
  const type = readType(reader, sent['incident'], `${place}.incident`, findType)
  if (sent['decides'] !== 'approve') {
    reader.refuse(
      `${place}.decides`,
      'et regelsæt kan kun godkende: skriv approve',
      'a policy can only approve: write approve',
    )
  }
  if (!type) return undefined
  const when = reader
    .list(sent['when'], `${place}.when`, conditionsMax)
    .map((each, at) => readCondition(reader, each, `${place}.when.${at}`, type))
    .filter((condition) => condition !== undefined)
  if (name === undefined || title === undefined) return undefined
  return { name, title, incident: type.shape.name, decides: 'approve', when }
}

function readType(
  reader: Reader,
  value: unknown,
  place: string,
  findType: FindType,
): Incident | undefined {
  const type = typeof value === 'string' ? findType(value) : undefined
  if (!type) {
    const name = shown(value)
    const da = `hændelsestypen ${name} findes ikke`
    return reader.refuse(place, da, `there is no incident type ${name}`)
  }
  if (type.decidedBy !== 'second-person') return type
  const { title } = type.shape
  return reader.refuse(
    place,
    `${title.da} skal bekræftes af en anden person`,
    `${title.en} must be confirmed by a second person`,
  )
}

function readCondition(
  reader: Reader,
  value: unknown,
  place: string,
  { traits, shape }: Incident,
): Condition | undefined {
  const sent = reader.object(value, place, ['trait', 'test', 'value', 'other'])
  if (!sent) return undefined
  const name = sent['trait']
  const trait = findTrait(traits, name)
  if (typeof name !== 'string' || !trait) {
    return reader.refuse(
      `${place}.trait`,
      `${shape.title.da} har ikke kendetegnet ${shown(name)}`,
      `${shape.name} has no trait ${shown(name)}`,
    )
  }
  const test = testsOf[trait.kind].find((each) => each === sent['test'])
  if (!test) {
    const tests = testsOf[trait.kind].join(', ')
    return reader.refuse(
      `${place}.test`,
      `${name} kan sammenlignes med ${tests}`,
      `${name} can be compared by ${tests}`,
    )
  }
  if (sent['other'] === undefined) {
    const operand = readOperand(reader, sent['value'], `${place}.value`, { name, trait, test })
    return operand === undefined ? undefined : { trait: name, test, value: operand }
  }
  const other = readOther(reader, sent, place, traits, trait)
  return other === undefined ? undefined : { trait: name, test, other }
}

function readOther(
  reader: Reader,
  { other, value }: Sent,
  place: string,
  traits: Incident['traits'],
  { kind }: Trait,
): string | undefined {
  if (value !== undefined) {
    const en = 'give either value or other'
    return reader.refuse(`${place}.other`, 'skriv enten value eller other', en)
  }
  const isComparable = kind === 'number' || kind === 'date'
  if (isComparable && typeof other === 'string' && findTrait(traits, other)?.kind === kind) {
    return other
  }
  return reader.refuse(
    `${place}.other`,
    `${shown(other)} er ikke et kendetegn, der kan sammenlignes med`,
    `${shown(other)} is no trait to compare with`,
  )
}

type Compared = { readonly name: string; readonly trait: Trait; readonly test: Test }

const wanted: { readonly [K in Trait['kind']]: Text } = {
  'yes-no': { da: 'true eller false', en: 'true or false' },
  number: { da: 'et helt tal', en: 'a whole number' },
  date: { da: 'en dato, ÅÅÅÅ-MM-DD', en: 'a date, YYYY-MM-DD' },
  choice: { da: 'en af', en: 'one of' },
  set: { da: 'en liste med nogle af', en: 'a list of some of' },
}

function readOperand(
  reader: Reader,
  value: unknown,
  place: string,
  { name, trait, test }: Compared,
): TraitValue | undefined {
  const isList = test === 'within' || test === 'without'
  const options = 'options' in trait ? Object.keys(trait.options) : []
  const read = isList ? readList(value, options) : readOne(value, trait.kind, options)
  if (read !== undefined) return read
  const { da, en } = wanted[isList ? 'set' : trait.kind]
  const listed = options.length > 0 ? ` ${options.join(', ')}` : ''
  return reader.refuse(
    place,
    `${name} sammenlignes med ${da}${listed}`,
    `${name} is compared with ${en}${listed}`,
  )
}

function readList(value: unknown, options: readonly string[]): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > options.length) return undefined
  const known = options.filter((each) => value.includes(each))
  return value.every((each) => known.includes(String(each))) ? known : undefined
}

function readOne(
  value: unknown,
  kind: Trait['kind'],
  options: readonly string[],
): TraitValue | undefined {
  if (kind === 'yes-no') return typeof value === 'boolean' ? value : undefined
  if (kind === 'number') return Number.isSafeInteger(value) ? Number(value) : undefined
  if (typeof value !== 'string') return undefined
  return kind === 'date' ? readDate(value) : options.find((each) => each === value)
}

function findTrait(traits: Incident['traits'], name: unknown): Trait | undefined {
  return typeof name === 'string' && Object.hasOwn(traits, name) ? traits[name] : undefined
}

function join(place: string, name: string): string {
  return place === 'policy' ? shown(name) : `${place}.${shown(name)}`
}

/** Enough of what was sent to find it again. */
function shown(value: unknown): string {
  return [...(typeof value === 'string' ? value : JSON.stringify(value ?? null))]
    .slice(0, 40)
    .join('')
}
