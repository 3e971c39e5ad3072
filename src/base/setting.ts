/**
 * The language of settings: what kinds there are, and how a table of them is read from variables.
 * Knows no setting; all faults are told at once, and none repeats a value: it may be a secret.
 */

/** What a setting holds: how a text becomes it, and in words what the text must be. */
export type Kind<T> = {
  readonly must: string
  readonly read: (text: string) => T | undefined
}

type Common = {
  readonly variable: string
  readonly kind: Kind<unknown>
  /** For an operator, in a sentence or two. */
  readonly doc: string
}

/** A secret has no default anywhere, and may come from the file that `…_FILE` names. */
export type Setting = Common &
  (
    | { readonly secret: true; readonly preset?: never }
    | { readonly secret?: never; readonly preset?: string }
  )

export type Table = { readonly [name: string]: Setting }

type Held<S extends Setting> =
  S['kind'] extends Kind<infer T>
    ? S extends { readonly preset: string }
      ? T
      : T | undefined
    : never

/** What a table is read to. */
export type Values<T extends Table> = { readonly [Name in keyof T]: Held<T[Name]> }

export type Surroundings = {
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Throws when there is no such file. */
  readonly readFile: (path: string) => string
}

export type Read<T extends Table> =
  | { readonly ok: true; readonly values: Values<T> }
  | { readonly ok: false; readonly faults: readonly string[] }

/** Every variable with this beginning is ours: one that no table knows is a mistake. */
export const prefix = 'SAMSPIL_'
const fileEnding = '_FILE'

export function readTable<T extends Table>(table: T, from: Surroundings): Read<T> {
  const settings = Object.entries(table)
  const readings = settings.map(([name, setting]) => ({ name, ...readSetting(setting, from) }))
  const strangers = strangersAmong(Object.keys(from.variables), table)
  const faults = [...strangers, ...readings.flatMap(({ fault }) => fault ?? [])]
  if (faults.length > 0) return { ok: false, faults }
  // Built row by row from the table whose type it is: entries forget which name has which kind.
  const values = Object.fromEntries(readings.map(({ name, value }) => [name, value])) as Values<T>
  return { ok: true, values }
}

type Reading = { readonly value?: unknown; readonly fault?: string }

function readSetting(setting: Setting, from: Surroundings): Reading {
  const { variable, kind, preset } = setting
  const found = findText(setting, from)
  if (found.fault !== undefined) return found
  const text = found.text ?? preset
  if (text === undefined) return { value: undefined }
  const value = kind.read(text)
  return value === undefined ? { fault: `${variable} must be ${kind.must}` } : { value }
}

/** A variable that is set to nothing counts as left out. */
function findText(
  { variable, secret }: Setting,
  { variables, readFile }: Surroundings,
): { readonly text?: string | undefined; readonly fault?: string } {
  const text = variables[variable]?.trim() || undefined
  if (!secret) return { text }
  const path = variables[`${variable}${fileEnding}`]?.trim() || undefined
  if (path === undefined) return { text }
  if (text !== undefined) {
    return {
      fault: `${variable} and ${variable}${fileEnding} are both set. Leave one of them out.`,
    }
  }
  try {
    return { text: readFile(path).trim() }
  } catch {
    return { fault: `${variable}${fileEnding} must name a file that can be read` }
  }
}

function strangersAmong(names: readonly string[], table: Table): readonly string[] {
  const known = Object.values(table).flatMap(({ variable, secret }) =>
    secret ? [variable, `${variable}${fileEnding}`] : [variable],
  )
  return names
    .filter((name) => name.startsWith(prefix) && !known.includes(name))
    .map((name) => `${name} is no setting. See docs/operating/settings.md.`)
}

// Kinds ---------------------------------------------------------------------------------------

export function text(must: string, form: RegExp): Kind<string> {
  return { must, read: (given) => (form.test(given) ? given : undefined) }
}

export function choice<const T extends string>(...words: readonly [T, T, ...T[]]): Kind<T> {
  return {
    must: `one of ${words.join(', ')}`,
    read: (given) => words.find((word) => word === given),
  }
}

export function wholeNumber(min: number, max: number): Kind<number> {
  return {
    must: `a whole number from ${min} to ${max}`,
    read: (given) => {
      const value = Number(given)
      return /^\d{1,10}$/.test(given) && value >= min && value <= max ? value : undefined
    },
  }
}

/** Several of a kind, with commas between them. */
export function list<T>(kind: Kind<T>): Kind<readonly T[]> {
  return {
    must: `${kind.must}; several with commas between them`,
    read: (given) => {
      const read = given.split(',').map((each) => kind.read(each.trim()))
      const good = read.filter((each) => each !== undefined)
      return good.length === read.length ? good : undefined
    },
  }
}

/** The path of a file; whether it can be used is told by who uses it. */
export const filePath: Kind<string> = text('the path of a file', /^[^\0]+$/)
