/** A report under way: found by its address, as far as it is this person's. */

import type { FastifyReply } from 'fastify'
import { html } from '#base/html.ts'
import type { Incident } from '#incident/define.ts'
import { findByName } from '#incidents/catalogue.ts'
import { actingFor } from '#self-service/own/children.ts'
import { refusePower } from '#self-service/own/whose.ts'
import { type Draft, type Drafts, Overtaken } from '#self-service/report/draft.ts'
import { strandedContent, strandedLines } from '#self-service/report/meanwhile.ts'
import { type PlannedPage, planPages } from '#self-service/report/plan.ts'
import type { Handler, Visit } from '#self-service/visit.ts'
import type { Content } from '#web/layout.ts'
import { buttonLink } from '#web/parts/actions.ts'

/** Whose draft, of which type, and which pages it has now. */
export type Report = Visit & {
  readonly drafts: Drafts
  readonly type: Incident
  readonly key: string
  readonly draft: Draft
  /** Of the draft as it was found. */
  readonly version: number
  /** Puts a draft in the place of the one that was found, or last kept; gives its version. */
  readonly keep: (draft: Draft) => Promise<number>
  readonly pages: readonly PlannedPage[]
}

type Work = (report: Report) => ReturnType<Handler>
type Gone = (visit: Visit, type: Incident) => FastifyReply

/** For what may be done to a report whether it has been sent or not. */
export function withReport(drafts: Drafts, handler: Work, ifGone: Gone = showGone): Handler {
  return async (visit) => {
    const { type: name = '', key = '' } = visit.params
    const type = findReportable(name)
    for (let looks = 0; looks < looksMax; looks += 1) {
      const kept = type && (await drafts.find(key, visit.session))
      if (!type) return visit.notFound()
      if (kept?.draft.type !== name) return ifGone(visit, type)
      const { draft, version } = kept
      let last = version
      const keep = async (next: Draft) => {
        last = await drafts.put({ key, version: last }, next, visit.session)
        return last
      }
      const pages = planPages(type, draft)
      const report = { ...visit, drafts, type, key, draft, version, keep, pages }
      // An awaited reply is undefined once it is sent: what counts is that the work ended.
      const isAnswered = await handler(report).then(() => true, ifOvertaken)
      if (isAnswered) return visit.reply
    }
    return visit.show(overtakenContent(visit), 409)
  }
}

/** There is no such draft; what was written on a page of one is shown all the same. */
function showGone(visit: Visit, type: Incident): FastifyReply {
  const lines = strandedLines(visit, type, { answers: {}, candidates: {} })
  if (lines.length === 0) return visit.notFound()
  return visit.show(strandedContent(visit.say, 'gone', { lines, goOn: visit.paths.home }), 404)
}

/** Somebody who writes in two windows at once is rarely faster than this. */
const looksMax = 4

function ifOvertaken(error: unknown): false {
  if (error instanceof Overtaken) return false
  throw error
}

function overtakenContent({ say, paths }: Visit): Content {
  const title = say({
    da: 'Anmeldelsen bliver ændret et andet sted',
    en: 'The report is being changed elsewhere',
  })
  return {
    title,
    body: html`<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Har du den åben i et andet vindue, så gå videre der. Det, der er gemt, er ikke gået tabt.',
      en: 'If it is open in another window, go on there. Nothing that is kept is lost.',
    })}</p>
<p>${buttonLink(paths.home, say({ da: 'Til forsiden', en: 'Go to the home page' }))}</p>`,
  }
}

/**
 * While it is written. What was sent is changed no more; and who writes for another needs a power
 * of attorney at every step, for each may show what the register has about that other (AUD-7).
 */
export function whileWriting(drafts: Drafts, handler: Work): Handler {
  return withReport(drafts, async (report) => {
    const { draft, key, paths, type } = report
    if (draft.saved) {
      const goOn = paths.receipt(draft.type, key)
      const lines = strandedLines(report, type, draft)
      if (lines.length === 0) return report.goTo(goOn)
      return report.show(strandedContent(report.say, 'sent', { lines, goOn }), 409)
    }
    const acting = draft.acting && (await actingFor(report, draft.acting.by, draft.type))
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
