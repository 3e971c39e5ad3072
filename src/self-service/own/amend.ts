/**
 * Amending a report that the municipality has returned: it becomes a draft once more, with all that
 * was answered, under the number it has. Keys stay as they were.
 */

import type { FastifyInstance } from 'fastify'
import type { OwnCase } from '#client/index.ts'
import type { Incident } from '#incident/define.ts'
import { keyIn } from '#self-service/keys.ts'
import { type Behalf, withCase } from '#self-service/own/case.ts'
import { type OwnVisit, ownPage } from '#self-service/own/whose.ts'
import { type Answers, type Candidate, type Draft, openDrafts } from '#self-service/report/draft.ts'
import { fullContent } from '#self-service/report/ends.ts'
import { isTypeName } from '#self-service/report/interplay.ts'
import { planPages } from '#self-service/report/plan.ts'
import { findReportable } from '#self-service/report/report.ts'
import type { Tools } from '#self-service/settings.ts'

export function amendRoutes(app: FastifyInstance, tools: Tools): void {
  const drafts = openDrafts(tools.clients, tools.seal)
  ownPage(app, tools, {
    method: 'POST',
    url: (own) => own.amend(':id'),
    handler: withCase(async (visit, one, behalf) => {
      const type = findReportable(one.type)
      if (!type || !one.actions.includes('validate')) return visit.notFound()
      const draft = draftOf(visit, type, { one, behalf })
      if (!draft) return visit.notFound()
      const key = keyIn(visit.form)
      const isKept = await drafts.create(key, draft, visit.session)
      if (!isKept) return visit.show(fullContent(visit), 409)
      const [asked] = (one.returned?.fields ?? []).map(({ name }) =>
        planPages(type, draft).find(({ fields }) => fields.some(([each]) => each === name)),
      )
      const { paths } = visit
      return visit.goTo(asked ? paths.page(one.type, key, asked.name) : paths.check(one.type, key))
    }),
  })
}

type Returned = { readonly one: OwnCase; readonly behalf: Behalf | undefined }

function draftOf(
  { tools, session }: OwnVisit,
  type: Incident,
  { one, behalf }: Returned,
): Draft | undefined {
  const { conversation: ts, pnr, representative } = one
  if (ts === undefined || pnr === undefined || !isTypeName(one.type)) return undefined
  const keys = { pnr, date: one.date, municipality: one.municipality }
  const draft: Draft = {
    type: one.type,
    subject: pnr,
    name: behalf?.name ?? session.name,
    ...(behalf && { acting: { representative: session.pnr, by: behalf.by } }),
    startedAt: tools.clock().valueOf(),
    amends: true,
    answers: answersOf(one),
    done: [],
    conversation: {
      type: one.type,
      keys: { ...keys, ...(representative !== undefined && { representative }) },
      ts,
    },
    candidates: candidatesOf(one),
    blames: [],
    warnings: [],
  }
  return { ...draft, done: planPages(type, draft).map(({ name }) => name) }
}

function answersOf(one: OwnCase): Answers {
  const { road, house = '', floor = '', door = '' } = one.data
  if (typeof road !== 'string')
    return { ...one.data, date: one.date, municipality: one.municipality }
  const [name = '', ...rest] = [textsOf(one, 'road')[0], house, floor, door]
  const text = [name, ...rest].filter((part) => part !== '').join(' ')
  const address = { addressText: text, addressLabel: text }
  const keys = { date: one.date, municipality: one.municipality }
  return { ...one.data, ...keys, ...address }
}

function textsOf({ translations }: OwnCase, name: string): readonly string[] {
  const told = translations[name]
  const texts = told === undefined ? [] : Array.isArray(told) ? told : [told]
  return texts.map(({ da }) => da)
}

/** Whoever was named may be left out; nobody new can be chosen. */
function candidatesOf(one: OwnCase): Draft['candidates'] {
  return Object.fromEntries(
    Object.entries(one.data).flatMap(([name, values]): [string, readonly Candidate[]][] => {
      if (typeof values === 'string') return []
      const texts = textsOf(one, name)
      return [[name, values.map((value, at) => ({ value, text: texts[at] ?? value }))]]
    }),
  )
}
