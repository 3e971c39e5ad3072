/** The municipalities by code and name, from the reference data that the product ships. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Text } from '#base/text.ts'
import { fullAuthorityName } from '#register/authority-name.ts'

const file = join(import.meta.dirname, '../../reference/authorities.csv')
/** The type of authority that a municipality is (CPR's authority register). */
const municipality = '05'

let read: ReadonlyMap<string, string> | undefined

/** Read at the first call: code to name. */
export function municipalities(): ReadonlyMap<string, string> {
  read ??= new Map(
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split(','))
      .flatMap(([code, type, name, , , validTo]): [string, string][] =>
        code !== undefined && name !== undefined && type === municipality && !validTo
          ? [[code, name]]
          : [],
      ),
  )
  return read
}

/** As it signs a letter: who has a desk and is no municipality is the CPR Office. */
export function senderName(code: string): Text {
  const name = municipalities().get(code)
  if (name === undefined) return { da: 'CPR-kontoret', en: 'The CPR Office' }
  const called = fullAuthorityName({ code, name })
  return { da: called, en: called }
}

/** The name, or the code where it is no municipality. */
export function authorityName(code: string): string {
  return municipalities().get(code) ?? code
}
