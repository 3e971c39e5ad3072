/**
 * My cases: the saved incidents that a person is part of, each seen from where the person stands
 * in it. A co-parent, a host or a former partner sees its own column and no other (A21).
 */

import type { Caller } from '#access/security-groups.ts'
import { danishDate } from '#base/calendar.ts'
import type { TurnedAway } from '#casework/admit.ts'
import type { Standing } from '#casework/answer.ts'
import type { HearingRecord } from '#casework/hearings.ts'
import type { House } from '#casework/house.ts'
import type { Refused } from '#casework/own.ts'
import { type Asked, askOwn, type OwnOrder, type OwnPage, type OwnQuestion } from '#casework/own.ts'
import type { Findings, PendingPlace } from '#casework/ports.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { standingOf } from '#casework/step.ts'
import type { Incident } from '#incident/define.ts'
import { refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { noQuestion } from '#incident/situation.ts'

/**
 * `subject`: whom it is about. `representative`: who acts for that person. `companion`: who was
 * named as one more whom it is about. Who is only asked is no part of it: a hearing is a column of
 * its own.
 */
export type OwnRole = 'subject' | 'representative' | 'companion'

/**
 * From where a person sees an incident; undefined for whoever is no part of it. Who acts for the
 * person does not see for whom that person acts: nobody gave that power (AUD-7).
 */
function roleIn(
  { keys, representative, reading }: IncidentRecord,
  type: Incident,
  { pnr, representative: asking }: Pick<Asked<OwnPage>, 'pnr' | 'representative'>,
): OwnRole | undefined {
  if (type.reporters === 'authorities') return undefined
  if (keys.pnr === pnr) return 'subject'
  if (representative === pnr && asking === undefined) return 'representative'
  const named = Object.entries(type.shape.fields).flatMap(([name, { kind }]) =>
    kind === 'persons' ? (reading?.[name] ?? []) : [],
  )
  return named.includes(pnr) ? 'companion' : undefined
}

export type OwnCase = { readonly record: IncidentRecord; readonly authorityName: string }

export type OwnCasesPage = OwnPage & {
  /** The last ones first; among them those in which the person turns out to be no part. */
  readonly items: readonly OwnCase[]
  /** What the person was asked, the last first. */
  readonly asked: readonly HearingRecord[]
}

export type FindOwnCases = (
  question: OwnQuestion & {
    readonly before?: PendingPlace | undefined
    readonly limit: number
  },
) => Promise<OwnCasesPage>

export type OwnCasesAnswer =
  | {
      readonly kind: 'done'
      readonly caller: Caller
      readonly pnr: string
      readonly items: readonly (OwnCase & { readonly role: OwnRole; readonly type: Incident })[]
      readonly asked: readonly HearingRecord[]
      readonly next: PendingPlace | undefined
    }
  | Refused
  | TurnedAway

/** A page of the person's cases. `findType` gives the type of an incident code. */
export async function listOwnCases(
  house: House,
  find: FindOwnCases,
  order: OwnOrder & {
    readonly before?: PendingPlace | undefined
    readonly limit: number
    readonly findType: (code: string) => Incident | undefined
  },
): Promise<OwnCasesAnswer> {
  const { before, limit, findType } = order
  const asked = await askOwn(house, { ...order, act: 'own-cases' }, (question) =>
    find({ ...question, before, limit: limit + 1 }),
  )
  if (asked.kind !== 'asked') return asked
  const { page, pnr, caller } = asked
  const shown = page.items.slice(0, limit)
  const items = shown.flatMap((item) => {
    const type = findType(item.record.code)
    const role = type && roleIn(item.record, type, asked)
    return type && role ? [{ ...item, type, role }] : []
  })
  await asked.answered(items.map(({ record }) => record.keys.pnr))
  const last = page.items.length > limit ? shown.at(-1)?.record : undefined
  return {
    kind: 'done',
    ...{ caller, pnr, items },
    asked: page.asked,
    next: last?.savedAt && { savedAt: last.savedAt, id: last.id },
  }
}

export type OwnCaseAnswer =
  | {
      readonly kind: 'done'
      readonly standing: Standing
      readonly role: OwnRole
      readonly pnr: string
    }
  | { readonly kind: 'unknown'; readonly refusal: Refusal }
  | Refused
  | TurnedAway

/** One case, as the person may see it; whoever is no part of it is told that there is none. */
export async function readOwnCase(
  house: House,
  order: OwnOrder & {
    readonly incident: { readonly id: string }
    readonly type: Incident | undefined
  },
): Promise<OwnCaseAnswer> {
  const { asker, incident, type } = order
  const asked = await askOwn(house, { ...order, act: 'own-case' }, ({ at, pnr }) => {
    const today = danishDate(at)
    return house.store.inquire({
      asker,
      at,
      today,
      incident,
      vouched: pnr,
      withTrail: true,
      question: noQuestion,
      authorities: [],
    })
  })
  if (asked.kind !== 'asked') return asked
  const seen = type && see(asked, type)
  if (!seen) {
    const refusal = refuse(9003)
    await asked.refused(refusal)
    return { kind: 'unknown', refusal }
  }
  const { record } = seen.standing
  await asked.answered([record.keys.pnr, ...record.question.persons], record.id)
  return { kind: 'done', ...seen, pnr: asked.pnr }
}

function see(asked: Asked<Findings>, type: Incident) {
  const { page, caller, at } = asked
  const { record } = page
  if (!record || record.code !== type.shape.code || record.savedAt === undefined) return undefined
  const role = roleIn(record, type, asked)
  if (!role) return undefined
  const standing = standingOf(type, caller, record, page, at)
  // What the reporter is amending is no companion's until it is saved.
  const { reading, marks } = role === 'companion' ? record : standing
  return { role, standing: { ...standing, reading, marks } }
}
