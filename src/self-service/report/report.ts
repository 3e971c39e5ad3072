/** A report under way: found by its address, as far as it is this person's. */

import type { Incident } from '#incident/define.ts'
import { findByName } from '#incidents/catalogue.ts'
import type { Draft, Drafts } from '#self-service/report/draft.ts'
import { type PlannedPage, planPages } from '#self-service/report/plan.ts'
import type { Handler, Visit } from '#self-service/visit.ts'

/** Whose draft, of which type, and which pages it has now. */
export type Report = Visit & {
  readonly drafts: Drafts
  readonly type: Incident
  readonly key: string
  readonly draft: Draft
  readonly pages: readonly PlannedPage[]
}

export function withReport(
  drafts: Drafts,
  handler: (report: Report) => ReturnType<Handler>,
): Handler {
  return async (visit) => {
    const { type: name = '', key = '' } = visit.params
    const type = findReportable(name)
    const draft = type && (await drafts.find(key, visit.session))
    if (!type || !draft || draft.type !== name) return visit.notFound()
    return handler({ ...visit, drafts, type, key, draft, pages: planPages(type, draft) })
  }
}

/** Of the catalogue, what citizens report themselves. */
export function findReportable(name: string): Incident | undefined {
  const type = findByName(name)
  return type?.reporters === 'citizens' ? type : undefined
}
