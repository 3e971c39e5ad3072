/** The guided flow of every incident type: begin, one question a page, check, save, cancel. */

import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Incident } from '#incident/define.ts'
import { writeStreet } from '#register/one-line.ts'
import { keyIn } from '#self-service/keys.ts'
import { actingFor } from '#self-service/own/children.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import { refusePower } from '#self-service/own/whose.ts'
import { pathsIn } from '#self-service/paths.ts'
import { searchAddresses } from '#self-service/report/addresses.ts'
import { type Draft, type Drafts, type KeptDraft, openDrafts } from '#self-service/report/draft.ts'
import { beginContent, checkContent, fullContent } from '#self-service/report/ends.ts'
import * as interplay from '#self-service/report/interplay.ts'
import { pageOf, planPages } from '#self-service/report/plan.ts'
import { showQuestion, stepsOf, takeAnswer } from '#self-service/report/questions.ts'
import { receiptRoutes } from '#self-service/report/receipt.ts'
import {
  findReportable,
  type Report,
  whileWriting,
  withReport,
} from '#self-service/report/report.ts'
import { summaryOf } from '#self-service/report/summary.ts'
import type { Tools } from '#self-service/settings.ts'
import { type Handler, personal, type Visit } from '#self-service/visit.ts'
import { languages } from '#web/say.ts'

export function reportRoutes(app: FastifyInstance, tools: Tools): void {
  const drafts = openDrafts(tools.clients, tools.seal)
  for (const language of languages) {
    const paths = pathsIn(language)
    const { begin, page, cancel, check } = paths
    personal(app, tools, 'GET', begin(':type'), showBegin)
    personal(app, tools, 'POST', begin(':type'), startDraft(drafts))
    personal(app, tools, 'POST', cancel(':type', ':key'), withReport(drafts, cancelDraft, saidGone))
    personal(app, tools, 'GET', check(':type', ':key'), whileWriting(drafts, showCheck))
    personal(app, tools, 'POST', check(':type', ':key'), whileWriting(drafts, saveDraft))
    personal(app, tools, 'GET', page(':type', ':key', ':page'), whileWriting(drafts, showQuestion))
    personal(app, tools, 'POST', page(':type', ':key', ':page'), whileWriting(drafts, takeAnswer))
    receiptRoutes(app, tools, drafts, paths)
    personal(app, tools, 'GET', paths.addresses, completeAddress, 'search')
  }
}

const completeAddress: Handler = async ({ tools, query, reply }) => {
  const { municipality = '', q = '' } = query
  const items = q.length < 2 ? [] : await searchAddresses(tools.clients.json, municipality, q)
  return reply.send({ items })
}

const showBegin: Handler = async (visit) => {
  const type = findReportable(visit.params['type'] ?? '')
  if (!type) return visit.notFound()
  const power = visit.query['for']
  if (power === undefined) return visit.show(beginContent(visit, type))
  const acting = await actingFor(visit, power, type.shape.name)
  if (acting.kind === 'unknown') return visit.notFound()
  if (acting.kind === 'refused') return refusePower(visit, acting.why)
  return visit.show(beginContent(visit, type, { by: power, name: acting.whom.name }))
}

/** The register is asked who this is before anything else is. */
function startDraft(drafts: Drafts): Handler {
  return async (visit) => {
    const { session, tools, params } = visit
    const name = params['type'] ?? ''
    const type = findReportable(name)
    if (!type || !interplay.isTypeName(name)) return visit.notFound()
    const power = visit.form.one('for')
    const acting = power === '' ? undefined : await actingFor(visit, power, name)
    if (acting?.kind === 'unknown') return visit.notFound()
    if (acting?.kind === 'refused') return refusePower(visit, acting.why)
    const key = keyIn(visit.form)
    const begun = await drafts.find(key, session)
    if (begun) return visit.goTo(firstPath(visit, type, begun))
    const subject = acting?.whom ?? session
    const found = await tools.clients.gctp.stamp(subject.pnr, acting && session.pnr)
    const master = found.ok ? found.masterData : undefined
    const home = master?.address
    const fresh: Draft = {
      type: name,
      subject: subject.pnr,
      name: master?.addressingName ?? subject.name,
      ...(acting && { acting: { representative: session.pnr, by: power } }),
      startedAt: tools.clock().valueOf(),
      ...(home && { home, homeText: homeText(home) }),
      answers: {},
      done: [],
      candidates: {},
      blames: [],
      warnings: [],
    }
    const draft = await interplay.open(tools, type, fresh)
    const isKept = await drafts.create(key, draft, session)
    if (!isKept) return visit.show(fullContent(visit), 409)
    return visit.goTo(firstPath(visit, type, { key, draft }))
  }
}

function firstPath(
  { paths }: Visit,
  type: Incident,
  { key, draft }: Omit<KeptDraft, 'version'>,
): string {
  const [first] = planPages(type, draft)
  return first ? paths.page(draft.type, key, first.name) : paths.check(draft.type, key)
}

function homeText({ road, house, floor, door, postcode }: NonNullable<Draft['home']>): string {
  const place = postcode ? `, ${postcode.code} ${postcode.district}` : ''
  const within = { house, ...(floor && { floor }), ...(door && { door }) }
  return `${writeStreet({ road: road.name, ...within })}${place}`
}

async function showCheck(report: Report): ReturnType<Handler> {
  const { draft, type, tools, key, keep, pages } = report
  const open = pages.find(({ name }) => !draft.done.includes(name))
  if (open) return report.goTo(report.paths.page(draft.type, key, open.name))
  const checked = draft.checked ? draft : await interplay.check(tools, type, draft)
  const seen = checked === draft ? report.version : await keep(checked)
  const now = { ...report, draft: checked, pages: planPages(type, checked) }
  const blamed = checked.blames.map(({ field }) => pageOf(now.pages, field ?? '')).find(Boolean)
  if (blamed) return report.goTo(report.paths.page(draft.type, key, blamed.name))
  const lines = summaryOf(type, checked, tools.lists)
  const last = now.pages.at(-1)
  const back = last ? report.paths.page(draft.type, key, last.name) : report.paths.begin(draft.type)
  return report.show(checkContent({ ...now, lines, back, seen, steps: stepsOf(now, 'check') }))
}

async function saveDraft(report: Report): ReturnType<Handler> {
  const { draft, type, tools, key, keep, form, paths } = report
  const { check, receipt } = paths
  // What is sent is what was seen: another window may have changed it since.
  if (form.one('seen') !== String(report.version)) {
    return report.goTo(`${check(draft.type, key)}?changed`)
  }
  const isConfirmed = draft.warnings.length === 0 || form.one('confirm') === 'yes'
  if (!draft.checked || !isConfirmed) {
    return report.goTo(`${check(draft.type, key)}${isConfirmed ? '' : '?wrong'}`)
  }
  const { isSaved, draft: after } = await interplay.save(tools, type, draft)
  if (!isSaved) {
    await keep(after)
    return report.goTo(check(draft.type, key))
  }
  const lines = summaryOf(type, after, tools.lists).map(({ label, value }) => ({ label, value }))
  const saved = { at: tools.clock().valueOf(), lines }
  await keep({ ...after, saved })
  return report.goTo(receipt(draft.type, key))
}

/** Of a report that was returned only the amendment is dropped: it still waits to be amended. */
async function cancelDraft(report: Report): ReturnType<Handler> {
  const { draft, tools, key, drafts, goTo, paths, language } = report
  const isOver = draft.saved || draft.amends || (await interplay.cancel(tools, draft))
  // Sent after all, though its answer was lost: the case says where it stands.
  if (!isOver) return goTo(ownPathsIn(language).cases)
  await drafts.remove(key)
  return goTo(draft.amends ? ownPathsIn(language).cases : `${paths.home}?cancelled`)
}

/** Deleted before, as by the same button pressed twice. */
function saidGone({ goTo, paths }: Visit): FastifyReply {
  return goTo(`${paths.home}?cancelled`)
}
