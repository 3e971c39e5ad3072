/**
 * Signing on with an identity: a token for the person code that it is linked to, once for each ID
 * token; and the links themselves. Knows no ID token.
 */

import type { Identity, TokenFault } from '#access/id-token.ts'
import { ageSecondsMax, skewSecondsMax } from '#access/id-token.ts'
import type { PersonCode } from '#access/person-code.ts'
import { isSecurityGroup, type SecurityGroup } from '#access/security-groups.ts'
import { sourceOf } from '#access/source.ts'
import { bindToken, hashToken, makeToken, tokenEnd } from '#access/token.ts'
import { assert } from '#base/assert.ts'
import { timedId } from '#base/ids.ts'
import type { Access } from '#store/attempts.ts'
import { auditInsert, writeAuditRow } from '#store/audit.ts'
import { judgedNow, raiseClockSql } from '#store/clock-mark.ts'
import { noticeInsert } from '#store/notices.ts'
import { type Administrator, administrationAudit, type Tools } from '#store/person-codes.ts'
import { type Session, type Statement, statement } from '#store/pool.ts'

export type FederatedSignOn =
  | {
      readonly kind: 'signed-on'
      readonly token: string
      readonly expiresAt: Date
      readonly personCode: string
      readonly group: SecurityGroup
      readonly authority: string
    }
  /** No person code that could be used from there is linked to the identity. */
  | { readonly kind: 'not-linked' }
  | { readonly kind: 'replayed' }

/** What belongs to one call: where it came from, and when. */
export type From = {
  readonly source: string
  /** Of the connection, where the person’s is another one; the token is bound to it. */
  readonly boundTo?: string
  readonly certificate?: string | undefined
  readonly now: Date
}

export async function signOnFederated(
  { pool, random }: Pick<Access, 'pool' | 'random'>,
  { issuer, subject, nonce }: Identity,
  { source, boundTo = source, certificate, now }: From,
): Promise<FederatedSignOn> {
  const token = makeToken(random)
  const expiresAt = tokenEnd(now)
  const until = new Date(now.valueOf() + (ageSecondsMax + 2 * skewSecondsMax) * 1000)
  const row = { id: timedId(now, random), at: now, act: 'sign-on', source, persons: [] } as const
  const end = { purpose: 'sign-on with an identity', outcome: 'done', receipt: 900 } as const
  const { rows } = await pool.run(signOnStatement, [
    ...[issuer, now, subject, sourceOf(source), hashToken(nonce), until],
    ...[hashToken(bindToken(token, certificate)), expiresAt, boundTo],
    ...[writeAuditRow({ ...row, ...end }), certificate ?? ''],
  ])
  const [found] = rows
  assert(found !== undefined, 'the clock has no mark')
  judgedNow(now, found['reached'])
  const { code, security_group: group, authority } = found
  if (typeof code !== 'string') return { kind: 'not-linked' }
  if (found['issued'] !== true) return { kind: 'replayed' }
  assert(typeof group === 'string' && isSecurityGroup(group), 'an unknown group is stored')
  return {
    kind: 'signed-on',
    token,
    expiresAt,
    personCode: code,
    group,
    authority: String(authority),
  }
}

/** A locked or closed code is opened by no identity either, nor from an address it does not list. */
const signOnStatement = statement(
  'federated-sign-on',
  `with ${raiseClockSql}, linked as (
    select p.* from identity_link l join person_code p on p.code = l.person_code
    where l.issuer = $1 and l.subject = $3 and p.active and p.locked_at is null
      and (p.sources = '{}' or $4 = any(p.sources))
      and (p.certificates = '{}' or $11 = any(p.certificates))
      and (select reached from clock_mark) <= $2::timestamptz + interval '60 seconds'
  ), used as (
    insert into id_token_use (issuer, nonce_hash, until) select $1, $5, $6 from linked
    on conflict do nothing
    returning issuer
  ), issued as (
    insert into token (hash, person_code, series, source, issued_at, expires_at, federated)
    select $7, code, series, $9, $2, $8, true from linked, used
    returning person_code
  ), settled as (
    update person_code set last_sign_on_at = $2 from issued where code = issued.person_code
    returning code, authority
  ), noted as (
    select $10::jsonb || jsonb_build_object('actor', code, 'authority', authority,
      'detail', jsonb_build_object('issuer', $1::text)) as row from settled
  ), ${auditInsert('noted', 'noted.row')}
  select clock_mark.reached, linked.code, linked.security_group, linked.authority,
    exists (select from issued) as issued
  from clock_mark left join linked on true`,
)

/** The evidence of an ID token that opened nothing. */
export async function noteFederatedDenial(
  { pool, random }: Pick<Access, 'pool' | 'random'>,
  fault: TokenFault | 'not-linked',
  receipt: number,
  { source, now }: From,
): Promise<void> {
  const row = { id: timedId(now, random), at: now, act: 'sign-on', source, persons: [] } as const
  const end = { purpose: 'sign-on with an identity', outcome: 'denied', receipt } as const
  await pool.run(denialStatement, [writeAuditRow({ ...row, ...end, detail: { cause: fault } })])
}

const denialStatement = statement(
  'federated-denial',
  `with ${auditInsert('(select 1) one', '$1')} select 1`,
)

/** Forgets the uses of ID tokens that are too old to be used. */
export const sweepIdTokens: Statement = statement(
  'federated-sweep',
  'delete from id_token_use where until < $1',
)

// Links ----------------------------------------------------------------------------------------

export type IdentityName = { readonly issuer: string; readonly subject: string }

/** `taken`: the identity opens a person code already, this one or another. */
export async function linkIdentity(
  tools: Pick<Tools, 'pool' | 'random'>,
  code: PersonCode,
  { issuer, subject }: IdentityName,
  by: Administrator,
): Promise<'linked' | 'taken' | 'no-such-code'> {
  const audit = administrationAudit(tools, 'identity-linked', code, by, { issuer })
  const values = [code, audit, issuer, subject, by.actor, by.now]
  const { rows } = await tools.pool.run(linkStatement, values)
  if (rows.length === 0) return 'no-such-code'
  return rows[0]?.['linked'] === true ? 'linked' : 'taken'
}

const linkStatement = statement(
  'identity-link',
  `with linked as (
    insert into identity_link (issuer, subject, person_code, linked_by, linked_at)
    select $3, $4, code, $5, $6 from person_code where code = $1 and retired_at is null
    on conflict do nothing
    returning person_code as code
  ), ${noticeInsert('linked', '$2', 'changed')},
  ${auditInsert('linked', '$2')}
  select exists (select from linked) as linked from person_code
  where code = $1 and retired_at is null`,
)

/** Ends every token of the code: what the identity opened is not told apart from the rest. */
export async function unlinkIdentities(
  tools: Pick<Tools, 'pool' | 'random'>,
  code: PersonCode,
  by: Administrator,
): Promise<number> {
  const audit = administrationAudit(tools, 'identity-unlinked', code, by)
  const { rows } = await tools.pool.run(unlinkStatement, [code, audit])
  return Number(rows[0]?.['removed'] ?? 0)
}

const unlinkStatement = statement(
  'identity-unlink',
  `with removed as (
    delete from identity_link where person_code = $1 returning subject
  ), ended as (
    update person_code set series = series + 1
    where code = $1 and exists (select from removed)
    returning code
  ), ${noticeInsert('ended', '$2', 'changed')},
  ${auditInsert('ended', '$2')}
  select (select count(*)::int from removed) as removed`,
)

/** The identities of a code, for lists; the subject is the provider's name of a person. */
export async function listIdentities(
  session: Session,
  code: PersonCode,
): Promise<readonly IdentityName[]> {
  const { rows } = await session.run(identitiesStatement, [code])
  return rows.map(({ issuer, subject }) => ({ issuer: String(issuer), subject: String(subject) }))
}

const identitiesStatement = statement(
  'identity-list',
  'select issuer, subject from identity_link where person_code = $1 order by issuer, subject',
)
