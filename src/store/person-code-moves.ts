/**
 * What an administrator does to a person code that exists: lock, unlock, disable, expire, retire,
 * and change what is set for it. Each is one guarded update that ends the tokens, with its evidence
 * and its notice. Knows no command line and no door.
 */

import type { NoticeKind } from '#access/notices.ts'
import type { PersonCode } from '#access/person-code.ts'
import type { Act } from '#evidence/audit.ts'
import { auditInsert } from '#store/audit.ts'
import { noticeInsert } from '#store/notices.ts'
import {
  type Administrator,
  administrationAudit,
  type NotThere,
  type PersonCodeSettings,
  readCertificates,
  readSources,
  type Tools,
} from '#store/person-codes.ts'
import { type Statement, statement } from '#store/pool.ts'

type Move = {
  readonly act: Act
  readonly notice: NoticeKind
  readonly set: string
  /** Which codes it is for; the retired are for none. */
  readonly only?: string
}

const rows = {
  /** No password is compared until it is unlocked or reset. */
  lock: {
    act: 'person-code-locked',
    notice: 'locked',
    set: 'locked_at = coalesce(locked_at, moment.now)',
  },
  /** The password is the old one again; tokens from before the lock stay dead. */
  unlock: {
    act: 'person-code-unlocked',
    notice: 'unlocked',
    set: 'locked_at = null, tried_in_a_row = 0, wrong_in_a_row = 0',
    only: 'active',
  },
  /** For a user who is away: told 903 after the right password, until a reset. */
  disable: { act: 'person-code-disabled', notice: 'disabled', set: 'active = false' },
  /** The password opens only its own change, as when it may be known or is thought too weak. */
  expire: {
    act: 'person-code-expired',
    notice: 'expired',
    set: `password_expires_at = greatest(least(password_expires_at, moment.now),
      password_set_at + interval '1 millisecond')`,
  },
  /** For ever: its evidence stays, and nobody gets the code again. */
  retire: {
    act: 'person-code-retired',
    notice: 'retired',
    set: 'active = false, retired_at = moment.now',
  },
} as const satisfies { readonly [name: string]: Move }

export type MoveName = keyof typeof rows
export const moveNames = Object.keys(rows).filter(isMoveName)

export function isMoveName(text: string): text is MoveName {
  return Object.hasOwn(rows, text)
}

/** What it is called in the evidence, and what its holder is told. */
export function describeMove(name: MoveName): { readonly act: Act; readonly notice: NoticeKind } {
  return rows[name]
}

/** `disabled`: an unlock does not open it, a reset does. */
export type Moved = { readonly kind: 'done' } | { readonly kind: 'disabled' } | NotThere

export async function movePersonCode(
  tools: Pick<Tools, 'pool' | 'random'>,
  name: MoveName,
  code: PersonCode,
  by: Administrator,
): Promise<Moved> {
  const audit = administrationAudit(tools, rows[name].act, code, by)
  const found = await tools.pool.run(statements[name], [code, audit])
  const row = found.rows[0]
  if (row === undefined) return { kind: 'no-such-code' }
  if (row['moved'] === true) return { kind: 'done' }
  return { kind: row['retired'] === true ? 'retired' : 'disabled' }
}

const statements = {
  lock: moveStatement('lock'),
  unlock: moveStatement('unlock'),
  disable: moveStatement('disable'),
  expire: moveStatement('expire'),
  retire: moveStatement('retire'),
} satisfies { readonly [N in MoveName]: Statement }

function moveStatement(name: MoveName): Statement {
  const { set, only = 'true', notice }: Move = rows[name]
  return statement(
    `person-code-${name}`,
    `with moment as (
      select ($2::jsonb ->> 'at')::timestamptz as now
    ), moved as (
      update person_code set ${set}, series = series + 1, previous_hash = null,
        previous_until = null
      from moment
      where code = $1 and retired_at is null and ${only}
      returning code
    ), ${noticeInsert('moved', '$2', notice)},
    ${auditInsert('moved', '$2')}
    select exists (select from moved) as moved, retired_at is not null as retired
    from person_code where code = $1`,
  )
}

/** Sets what is given and leaves the rest. Another list of addresses or certificates ends the tokens. */
export async function changePersonCode(
  tools: Pick<Tools, 'pool' | 'random'>,
  code: PersonCode,
  settings: PersonCodeSettings,
  by: Administrator,
): Promise<{ readonly kind: 'done' } | NotThere> {
  const { holder, sources, certificates, overlapMinutes } = settings
  const detail = {
    ...(holder !== undefined && { holder }),
    ...(sources !== undefined && { sources: sources.join(' ') }),
    ...(certificates !== undefined && { certificates: certificates.join(' ') }),
    ...(overlapMinutes !== undefined && { overlapMinutes }),
  }
  const changed = await tools.pool.run(changeStatement, [
    code,
    administrationAudit(tools, 'person-code-changed', code, by, detail),
    holder ?? null,
    sources === undefined ? null : readSources(sources),
    overlapMinutes ?? null,
    certificates === undefined ? null : readCertificates(certificates),
  ])
  const row = changed.rows[0]
  if (row === undefined) return { kind: 'no-such-code' }
  return { kind: row['moved'] === true ? 'done' : 'retired' }
}

const changeStatement = statement(
  'person-code-change',
  `with moved as (
    update person_code set holder = coalesce($3, holder), sources = coalesce($4::text[], sources),
      overlap_minutes = coalesce($5::smallint, overlap_minutes),
      certificates = coalesce($6::text[], certificates),
      series = series + case when sources = coalesce($4::text[], sources)
        and certificates = coalesce($6::text[], certificates) then 0 else 1 end
    where code = $1 and retired_at is null
    returning code
  ), ${noticeInsert('moved', '$2', 'changed')},
  ${auditInsert('moved', '$2')}
  select exists (select from moved) as moved from person_code where code = $1`,
)
