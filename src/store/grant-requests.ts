/**
 * What takes two people: one administrator asks, another one grants or refuses, and only then is
 * the person code made or moved. Knows no door; the database itself refuses the same person twice.
 */

import { type PersonCode, readPersonCode } from '#access/person-code.ts'
import { isSecurityGroup, type SecurityGroup } from '#access/security-groups.ts'
import { assert, present } from '#base/assert.ts'
import { timedId } from '#base/ids.ts'
import { auditInsert } from '#store/audit.ts'
import { actorStatement } from '#store/caller.ts'
import { handsOfTwo } from '#store/hands.ts'
import { noticeInsert } from '#store/notices.ts'
import { isDuplicate } from '#store/outages.ts'
import {
  type Administrator,
  administrationAudit,
  type Created,
  createPersonCode,
  type NewPersonCode,
  type NotCreated,
  readCertificates,
  readSources,
  type Tools,
} from '#store/person-codes.ts'
import { type Pool, type Row, type Session, statement } from '#store/pool.ts'

/** A new person code, or another group or authority for one that exists. */
export type Wish = Omit<NewPersonCode, 'lastingPassword'> & { readonly isNew: boolean }

export type GrantRequest = {
  readonly id: string
  readonly wish: Wish
  readonly askedBy: string
  readonly askedAt: Date
  readonly reason: string
}

/** `pending`: for this code something else waits to be granted. */
export type Asked = { readonly kind: 'asked'; readonly id: string } | { readonly kind: 'pending' }

export async function askForGrant(
  tools: Pick<Tools, 'pool' | 'random'>,
  wish: Wish,
  by: Administrator,
): Promise<Asked> {
  const id = timedId(by.now, tools.random)
  const { code, group, authority } = wish
  const detail = { request: id, group, wantedAuthority: authority }
  const audit = administrationAudit(tools, 'grant-asked', code, by, detail)
  try {
    await tools.pool.run(askStatement, [
      ...[id, code ?? null, wish.isNew, group, authority, wish.name ?? '', wish.holder ?? null],
      ...[readSources(wish.sources ?? []), wish.overlapMinutes ?? 0, by.actor, by.now, by.purpose],
      ...[audit, readCertificates(wish.certificates ?? [])],
    ])
    return { kind: 'asked', id }
  } catch (error) {
    if (isDuplicate(error)) return { kind: 'pending' }
    throw error
  }
}

const askStatement = statement(
  'grant-ask',
  `with asked as (
    insert into grant_request (id, person_code, is_new, security_group, authority, name, holder,
      sources, overlap_minutes, asked_by, asked_at, reason, certificates)
    values ($1, $2, $3, $4, $5, $6, $7, $8::text[], $9, $10, $11, $12, $14::text[])
    returning id
  ), ${auditInsert('asked', '$13')}
  select id from asked`,
)

/** What waits, the oldest first; with an authority, what is asked for there. */
export async function listGrantRequests(
  session: Session,
  authority?: string,
): Promise<readonly GrantRequest[]> {
  const { rows } = await session.run(listStatement, [authority ?? null, null])
  return rows.map(readRow)
}

export async function findGrantRequest(
  session: Session,
  id: string,
): Promise<GrantRequest | undefined> {
  const { rows } = await session.run(listStatement, [null, id])
  return rows[0] && readRow(rows[0])
}

const listStatement = statement(
  'grant-list',
  `select * from grant_request
  where settled_at is null and ($1::char(4) is null or authority = $1)
    and ($2::text is null or id = $2)
  order by asked_at, id limit 500`,
)

/**
 * `same-person`: the one who asked or may hold that code as well, or the one it is for. `gone`:
 * settled already, or retired.
 */
export type Settled =
  | { readonly kind: 'granted'; readonly created: Created | undefined; readonly code: PersonCode }
  | { readonly kind: 'refused' }
  | { readonly kind: 'same-person' }
  | { readonly kind: 'gone' }
  | NotCreated

/** Does what was asked for, in one transaction with the second name. */
export async function grant(
  tools: Tools & { readonly pool: Pool },
  request: GrantRequest,
  by: Administrator,
): Promise<Settled> {
  const { wish, askedBy } = request
  if (by.actor === askedBy || by.actor === wish.code) return { kind: 'same-person' }
  const failed = new NotGranted()
  try {
    return await tools.pool.transaction(async (session) => {
      const settled = await settle(session, tools, request, by, true)
      if (settled !== 'settled') return { kind: settled }
      const within = { ...tools, pool: session }
      const done = wish.isNew
        ? await makeWished(within, request, by)
        : await moveWished(within, wish, by)
      if (done.kind === 'granted') return done
      failed.why = done
      throw failed
    })
  } catch (error) {
    if (error === failed && failed.why) return failed.why
    throw error
  }
}

/** Rolls the second name back where what was asked for cannot be done any more. */
class NotGranted extends Error {
  why: Exclude<Settled, { kind: 'granted' }> | undefined
}

/** Also by the one who asked, who so takes it back. */
export async function refuseGrant(
  tools: Pick<Tools, 'pool' | 'random'>,
  request: GrantRequest,
  by: Administrator,
): Promise<Settled> {
  const done = await settle(tools.pool, tools, request, by, false)
  return { kind: done === 'settled' ? 'refused' : done }
}

async function settle(
  session: Session,
  tools: Pick<Tools, 'random'>,
  { id, wish }: GrantRequest,
  by: Administrator,
  granted: boolean,
): Promise<'settled' | 'same-person' | 'gone'> {
  const act = granted ? 'grant-given' : 'grant-refused'
  const detail = { request: id, group: wish.group, wantedAuthority: wish.authority }
  const audit = administrationAudit(tools, act, wish.code, by, detail)
  const { rows } = await session.run(settleStatement, [id, by.actor, by.now, granted, audit])
  if (rows[0]?.['settled'] === true) return 'settled'
  return granted && rows[0]?.['is_one'] === true ? 'same-person' : 'gone'
}

/** Whoever may hold both codes does not grant alone, but refuses like anybody (A43). */
const settleStatement = actorStatement(
  'grant-settle',
  `with recursive ${handsOfTwo(`
    select asked_by, asked_at, $2::text as settled_by, $3::timestamptz as settled_at
    from grant_request where id = $1 and settled_at is null`)},
  settled as (
    update grant_request set settled_by = $2, settled_at = $3, granted = $4
    where id = $1 and settled_at is null and not ($4 and (select is_one from one_hand))
    returning id
  ), ${auditInsert('settled', '$5')}
  select is_one, exists (select from settled) as settled from one_hand`,
  { audit: 5 },
)

async function makeWished(
  tools: Tools,
  { wish, askedBy }: GrantRequest,
  by: Administrator,
): Promise<Settled> {
  const created = await createPersonCode(tools, wish, { ...by, actor: askedBy, second: by.actor })
  if (created.kind !== 'created') return created
  return { kind: 'granted', created, code: created.code }
}

async function moveWished(
  tools: Tools,
  { code, group, authority }: Wish,
  by: Administrator,
): Promise<Settled> {
  const moved = present(code, 'the code that is moved')
  const audit = administrationAudit(tools, 'person-code-moved', moved, by, { group, authority })
  const { rows } = await tools.pool.run(moveStatement, [moved, audit, group, authority])
  return rows.length === 1 ? { kind: 'granted', created: undefined, code: moved } : { kind: 'gone' }
}

/** Its tokens end with its old rights. */
const moveStatement = statement(
  'grant-move',
  `with moved as (
    update person_code set security_group = $3, authority = $4, series = series + 1
    where code = $1 and retired_at is null
    returning code
  ), ${noticeInsert('moved', '$2', 'changed')},
  ${auditInsert('moved', '$2')}
  select code from moved`,
)

function readRow(row: Row): GrantRequest {
  const { id, person_code: code, security_group: group, authority, asked_at: askedAt } = row
  assert(typeof group === 'string' && isSecurityGroup(group), 'a wish for an unknown group')
  assert(askedAt instanceof Date, 'a wish of no time')
  const { sources, certificates } = row
  return {
    id: String(id),
    wish: {
      isNew: row['is_new'] === true,
      code: typeof code === 'string' ? readPersonCode(code) : undefined,
      group: group satisfies SecurityGroup,
      authority: String(authority),
      name: String(row['name']),
      holder: typeof row['holder'] === 'string' ? row['holder'] : undefined,
      sources: Array.isArray(sources) ? sources.map(String) : [],
      certificates: Array.isArray(certificates) ? certificates.map(String) : [],
      overlapMinutes: Number(row['overlap_minutes']),
    },
    askedBy: String(row['asked_by']),
    askedAt,
    reason: String(row['reason']),
  }
}
