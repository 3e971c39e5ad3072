/** The reference lists from their folder into their tables; what is loaded again changes nothing. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PlainDate } from '#base/calendar.ts'
import { type Reference, readReference, referenceFiles } from '#population/reference.ts'
import { type Session, statement } from '#store/pool.ts'

/** The lists that the product ships. */
export const referenceFolder = fileURLToPath(new URL('../../reference', import.meta.url))

/** A list is not what its checksum says, or is no list: an operator must put the right one there. */
export class WrongReference extends Error {
  override readonly name = 'WrongReference'
}

const sumsFile = 'SHA256SUMS'
const sumLine = /^([0-9a-f]{64}) [ *](\S+)$/

const upsertAuthorities = statement(
  'reference-authorities',
  `
insert into authority (code, type, name, alpha2, valid_from, valid_to)
select n.code, n.type, n.name, n.alpha2, n.valid_from, n.valid_to
from jsonb_populate_recordset(null::authority, $1) n
on conflict (code) do update
set type = excluded.type, name = excluded.name, alpha2 = excluded.alpha2,
  valid_from = excluded.valid_from, valid_to = excluded.valid_to
where (authority.*) is distinct from (excluded.*)
`,
)

const upsertPostcodes = statement(
  'reference-postcodes',
  `
insert into postcode (code, district)
select n.code, n.district from jsonb_populate_recordset(null::postcode, $1) n
on conflict (code) do update set district = excluded.district
where postcode.district <> excluded.district
`,
)

/** Reads the folder's lists, as they hold on a day; throws unless each has its checksum. */
export function readReferenceFiles(today: PlainDate, folder = referenceFolder): Reference {
  const sums = new Map(
    readText(folder, sumsFile)
      .split('\n')
      .flatMap((line) => {
        const [, sum, file] = sumLine.exec(line) ?? []
        return sum && file ? [[file, sum] as const] : []
      }),
  )
  const textOf = (file: string) => {
    const text = readText(folder, file)
    if (createHash('sha256').update(text).digest('hex') === sums.get(file)) return text
    throw new WrongReference(`${join(folder, file)} does not have the checksum in ${sumsFile}`)
  }
  try {
    const texts = {
      authorities: textOf(referenceFiles.authorities),
      overlay: textOf(referenceFiles.overlay),
      postcodes: textOf(referenceFiles.postcodes),
    }
    return readReference(texts, today)
  } catch (error) {
    if (error instanceof WrongReference) throw error
    throw new WrongReference(`the lists in ${folder} cannot be read`, { cause: error })
  }
}

/** Brings both tables to what the lists say, as the owner; gives how many rows were other before. */
export async function loadReference(owner: Session, reference: Reference): Promise<number> {
  const authorities = reference.authorities.map(({ validFrom, validTo, alpha2, ...rest }) => ({
    ...rest,
    alpha2: alpha2 ?? null,
    valid_from: validFrom,
    valid_to: validTo ?? null,
  }))
  const written = await owner.run(upsertAuthorities, [JSON.stringify(authorities)])
  const codes = reference.postcodes.map(({ code, district }) => ({ code, district }))
  const { count } = await owner.run(upsertPostcodes, [JSON.stringify(codes)])
  return written.count + count
}

function readText(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch (error) {
    throw new WrongReference(`${join(folder, file)} is missing`, { cause: error })
  }
}
