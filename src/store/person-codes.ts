/**
 * Person codes as they are administered: create, list, reset. Knows no command line; a one-time
 * password leaves it once, in the answer.
 */

import { certificatesMax, readFingerprint } from '#access/certificate.ts'
import { makeOneTimePassword, passwordEnd, refusalsOfPassword } from '#access/password-rules.ts'
import { takesTwo } from '#access/permissions.ts'
import { type PersonCode, type PersonCodeRecord, readPersonCode } from '#access/person-code.ts'
import { groupsOfType, type SecurityGroup } from '#access/security-groups.ts'
import { readSource, sourcesMax } from '#access/source.ts'
import { assert } from '#base/assert.ts'
import { timedId } from '#base/ids.ts'
import type { Act, AuditRow } from '#evidence/audit.ts'
import type { Access } from '#store/attempts.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { noticeInsert } from '#store/notices.ts'
import { readPersonCodeRow } from '#store/person-code-row.ts'
import { type Session, statement } from '#store/pool.ts'

/** Who does it and why; both go into the evidence. */
export type Administrator = {
  /** A name of the operator, or a person code. */
  readonly actor: string
  /** Of the person code, and where it called from; undefined at the command line. */
  readonly authority?: string | undefined
  readonly source?: string | undefined
  /** Who granted what the actor asked for; never the same (A43). */
  readonly second?: string | undefined
  readonly purpose: string
  readonly now: Date
}

/** What an administrator may set, and change later. */
export type PersonCodeSettings = {
  /** Whose it is; left out: only its own. */
  readonly holder?: string | undefined
  /** As `readSource` spells them; none: every address. */
  readonly sources?: readonly string[] | undefined
  /** As `readFingerprint` spells them; none: every certificate, and none. */
  readonly certificates?: readonly string[] | undefined
  readonly overlapMinutes?: number | undefined
}

export type NewPersonCode = PersonCodeSettings & {
  /** Left out: a free one is chosen. */
  readonly code?: PersonCode | undefined
  readonly group: SecurityGroup
  readonly authority: string
  readonly name?: string | undefined
  /**
   * A password that lives as if its user had chosen it, instead of a one-time password. For
   * sandboxes and tests: nobody but the user is to know a lasting password.
   */
  readonly lastingPassword?: string | undefined
}

export type Created = {
  readonly kind: 'created'
  readonly code: PersonCode
  /** To be told once; undefined when a lasting password was given. */
  readonly oneTimePassword: string | undefined
  readonly passwordExpiresAt: Date
}

export type NotCreated =
  | { readonly kind: 'authority-unknown' }
  /** The authority is of a type whose codes are of other groups, or has no person codes. */
  | { readonly kind: 'group-does-not-fit'; readonly fits: readonly SecurityGroup[] }
  | { readonly kind: 'code-taken' }
  /** Administrator rights take two people: ask for them, and let another grant them. */
  | { readonly kind: 'needs-second' }

export type Tools = Pick<Access, 'hasher' | 'random'> & { readonly pool: Session }

export async function createPersonCode(
  tools: Tools,
  wanted: NewPersonCode,
  by: Administrator,
): Promise<Created | NotCreated> {
  const misfit = await findMisfit(tools.pool, wanted)
  if (misfit) return misfit
  const isAlone = by.second === undefined || by.second === by.actor
  if (takesTwo(wanted.group) && isAlone) return { kind: 'needs-second' }
  for (let attempt = 0; attempt < (wanted.code === undefined ? 100 : 1); attempt++) {
    const created = await createAs(tools, wanted.code ?? chooseCode(tools), wanted, by)
    if (created !== undefined) return created
  }
  return { kind: 'code-taken' }
}

/** Why a group has no person codes at an authority; undefined where it has. */
export async function findMisfit(
  session: Session,
  { group, authority }: Pick<NewPersonCode, 'group' | 'authority'>,
): Promise<NotCreated | undefined> {
  const type = await findAuthorityType(session, authority)
  if (type === undefined) return { kind: 'authority-unknown' }
  const fits = groupsOfType(type)
  return fits.includes(group) ? undefined : { kind: 'group-does-not-fit', fits }
}

async function createAs(
  tools: Tools,
  code: PersonCode,
  wanted: NewPersonCode,
  by: Administrator,
): Promise<Created | undefined> {
  const { lastingPassword } = wanted
  const password = lastingPassword ?? makeOneTimePassword(tools.random, code)
  assert(refusalsOfPassword(password, code).length === 0, 'the given password breaks the rules')
  const expiresAt = passwordEnd(by.now, lastingPassword === undefined ? 'one-time' : 'lasting')
  const { rows } = await tools.pool.run(createStatement, [
    code,
    wanted.group,
    wanted.authority,
    wanted.name ?? '',
    await tools.hasher.hash(password),
    lastingPassword === undefined,
    by.now,
    expiresAt,
    administrationAudit(tools, 'person-code-created', code, by),
    wanted.holder ?? null,
    readSources(wanted.sources ?? []),
    wanted.overlapMinutes ?? 0,
    readCertificates(wanted.certificates ?? []),
  ])
  if (rows.length === 0) return undefined
  const oneTimePassword = lastingPassword === undefined ? password : undefined
  return { kind: 'created', code, oneTimePassword, passwordExpiresAt: expiresAt }
}

const createStatement = statement(
  'person-code-create',
  `with made as (
    insert into person_code (code, security_group, authority, name, password_hash, one_time,
      password_set_at, password_expires_at, created_at, holder, sources, overlap_minutes,
      certificates)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $7, $10, $11::text[], $12, $13::text[])
    on conflict (code) do nothing
    returning code
  ), kept as (
    insert into password_history (person_code, set_at, password_hash) select code, $7, $5 from made
  ), ${noticeInsert('made', '$9', 'created')},
  ${auditInsert('made', '$9')}
  select code from made`,
)

/** The spelling is the readers' business; a list that nothing would match locks out its holder. */
export function readSources(sources: readonly string[]): readonly string[] {
  assert(sources.length <= sourcesMax, 'more addresses than a person code lists')
  assert(
    sources.every((each) => readSource(each) === each),
    'an address that is not as it is spelt here',
  )
  return sources
}

/** The same for certificates. */
export function readCertificates(certificates: readonly string[]): readonly string[] {
  assert(certificates.length <= certificatesMax, 'more certificates than a person code lists')
  assert(
    certificates.every((each) => readFingerprint(each) === each),
    'a fingerprint that is not as it is spelt here',
  )
  return certificates
}

/** Seven random digits; who knows one code is not to guess the next. */
function chooseCode(tools: Tools): PersonCode {
  const number = Buffer.from(tools.random(6)).readUIntBE(0, 6) % 10_000_000
  const code = readPersonCode(`W${String(number).padStart(7, '0')}`)
  assert(code !== undefined, 'a number that is no person code')
  return code
}

async function findAuthorityType(session: Session, authority: string): Promise<string | undefined> {
  const { rows } = await session.run(authorityStatement, [authority])
  const type = rows[0]?.['type']
  return typeof type === 'string' ? type : undefined
}

const authorityStatement = statement(
  'person-code-authority',
  'select type from authority where code = $1',
)

/** All person codes in order; without hashes. */
export async function listPersonCodes(session: Session): Promise<readonly PersonCodeRecord[]> {
  const { rows } = await session.run(listStatement)
  return rows.map(readPersonCodeRow)
}

const listStatement = statement(
  'person-code-list',
  `select code, security_group, authority, name, active, locked_at, one_time, password_set_at,
    password_expires_at, tried_in_a_row, last_sign_on_at, created_at, holder, sources,
    certificates, overlap_minutes, previous_until, retired_at
  from person_code order by code`,
)

export type Reset = {
  readonly kind: 'reset'
  readonly oneTimePassword: string
  readonly passwordExpiresAt: Date
}
/** A retired code is there, and stays as it is for ever. */
export type NotThere = { readonly kind: 'no-such-code' } | { readonly kind: 'retired' }

/** A new one-time password. Unlocks and re-enables, ends all tokens, and frees the day's change. */
export async function resetPersonCode(
  tools: Tools,
  code: PersonCode,
  by: Administrator,
): Promise<Reset | NotThere> {
  const oneTimePassword = makeOneTimePassword(tools.random, code)
  const passwordExpiresAt = passwordEnd(by.now, 'one-time')
  const { rows } = await tools.pool.run(resetStatement, [
    code,
    by.now,
    await tools.hasher.hash(oneTimePassword),
    passwordExpiresAt,
    administrationAudit(tools, 'person-code-reset', code, by),
  ])
  const row = rows[0]
  if (row === undefined) return { kind: 'no-such-code' }
  if (row['moved'] !== true) return { kind: 'retired' }
  return { kind: 'reset', oneTimePassword, passwordExpiresAt }
}

const resetStatement = statement(
  'person-code-reset',
  `with moved as (
    update person_code set password_hash = $3, one_time = true, password_set_at = $2,
      password_expires_at = $4, tried_in_a_row = 0, wrong_in_a_row = 0, locked_at = null,
      active = true, series = series + 1, previous_hash = null, previous_until = null
    where code = $1 and retired_at is null
    returning code
  ), kept as (
    insert into password_history (person_code, set_at, password_hash) select code, $2, $3 from moved
  ), ${noticeInsert('moved', '$5', 'reset')},
  ${auditInsert('moved', '$5')}
  select exists (select from moved) as moved from person_code where code = $1`,
)

/** The evidence of one change to a person code. */
export function administrationAudit(
  tools: Pick<Access, 'random'>,
  act: Act,
  code: PersonCode | undefined,
  by: Administrator,
  more: AuditRow['detail'] = {},
  persons: readonly string[] = [],
): string {
  return writeAuditRow({
    persons,
    id: timedId(by.now, tools.random),
    at: by.now,
    act,
    outcome: 'done',
    receipt: 0,
    actor: by.actor,
    authority: by.authority,
    source: by.source,
    purpose: by.purpose,
    detail: {
      ...(code !== undefined && { personCode: code }),
      ...(by.second !== undefined && { grantedBy: by.second }),
      ...more,
    },
  })
}
