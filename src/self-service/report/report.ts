/** A report under way: found by its address, as far as it is this person's. */

import type { Incident } from '#incident/define.ts'
import { findByName } from '#incidents/catalogue.ts'
import { actingBy, refusePower } from '#self-service/own/whose.ts'
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

type Work = (report: Report) => ReturnType<Handler>

/** For what may be done to a report whether it has been sent or not. */
export function withReport(drafts: Drafts, handler: Work): Handler {
  return async (visit) => {
    const { type: name = '', key = '' } = visit.params
    const type = findReportable(name)
    const draft = type && (await drafts.find(key, visit.session))
    if (!type || !draft || draft.type !== name) return visit.notFound()
    return handler({ ...visit, drafts, type, key, draft, pages: planPages(type, draft) })
  }
}

/**
 * While it is written. What was sent is changed no more; and who writes for another needs a power
 * of attorney at every step, for each may show what the register has about that other (AUD-7).
 */
export function whileWriting(drafts: Drafts, handler: Work): Handler {
  return withReport(drafts, async (report) => {
    const { draft, key, paths } = report
    if (draft.saved) return report.goTo(paths.receipt(draft.type, key))
    const acting = draft.acting && (await actingBy(report, draft.acting.power, draft.type))
    if (acting?.kind === 'unknown') return report.notFound()
    if (acting?.kind === 'refused') return refusePower(report, acting.why)
    return handler(report)
  })
}

/** Of the catalogue, what citizens report themselves. */
export function findReportable(name: string): Incident | undefined {
  const type = findByName(name)
  return type?.reporters === 'citizens' ? type : undefined
}
