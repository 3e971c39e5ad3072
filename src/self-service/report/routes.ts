/** The guided flow of every incident type: begin, one question a page, check, save, cancel. */

import type { FastifyInstance } from 'fastify'
import type { Text } from '#base/text.ts'
import { writeStreet } from '#register/one-line.ts'
import { actingFor } from '#self-service/own/children.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import { refusePower } from '#self-service/own/whose.ts'
import { pathsIn } from '#self-service/paths.ts'
import { searchAddresses } from '#self-service/report/addresses.ts'
import { readAnswers } from '#self-service/report/answers.ts'
import { changed, type Draft, type Drafts, openDrafts } from '#self-service/report/draft.ts'
import { beginContent, checkContent, fullContent } from '#self-service/report/ends.ts'
import * as interplay from '#self-service/report/interplay.ts'
import { faultsOf, pageOf, planPages, textOf } from '#self-service/report/plan.ts'
import { questionContent, stopContent } from '#self-service/report/question-page.ts'
import { receiptRoutes } from '#self-service/report/receipt.ts'
import {
  findReportable,
  type Report,
  whileWriting,
  withReport,
} from '#self-service/report/report.ts'
import { summaryOf } from '#self-service/report/summary.ts'
import type { Tools } from '#self-service/settings.ts'
import { type Handler, personal } from '#self-service/visit.ts'
import { stepGuide } from '#web/parts/lists.ts'
import { languages } from '#web/say.ts'

export function reportRoutes(app: FastifyInstance, tools: Tools): void {
  const drafts = openDrafts(tools.clients, tools.seal)
  for (const language of languages) {
    const paths = pathsIn(language)
    const { begin, page, cancel, check } = paths
    personal(app, tools, 'GET', begin(':type'), showBegin)
    personal(app, tools, 'POST', begin(':type'), startDraft(drafts))
    personal(app, tools, 'POST', cancel(':type', ':key'), withReport(drafts, cancelDraft))
    personal(app, tools, 'GET', check(':type', ':key'), whileWriting(drafts, showCheck))
    personal(app, tools, 'POST', check(':type', ':key'), whileWriting(drafts, saveDraft))
    personal(app, tools, 'GET', page(':type', ':key', ':page'), whileWriting(drafts, showQuestion))
    personal(app, tools, 'POST', page(':type', ':key', ':page'), whileWriting(drafts, takeAnswer))
    receiptRoutes(app, tools, drafts, paths)
    personal(app, tools, 'GET', paths.addresses, async ({ query, reply }) => {
      const { municipality = '', q = '' } = query
      const items = q.length < 2 ? [] : await searchAddresses(tools.clients.json, municipality, q)
      return reply.send({ items })
    })
  }
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
    const { session, tools, params, paths } = visit
    const name = params['type'] ?? ''
    const type = findReportable(name)
    if (!type || !interplay.isTypeName(name)) return visit.notFound()
    const power = visit.form.one('for')
    const acting = power === '' ? undefined : await actingFor(visit, power, name)
    if (acting?.kind === 'unknown') return visit.notFound()
    if (acting?.kind === 'refused') return refusePower(visit, acting.why)
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
    const key = await drafts.create(draft, session)
    if (key === undefined) return visit.show(fullContent(visit), 409)
    const [first] = planPages(type, draft)
    return visit.goTo(first ? paths.page(name, key, first.name) : paths.check(name, key))
  }
}

function homeText({ road, house, floor, door, postcode }: NonNullable<Draft['home']>): string {
  const place = postcode ? `, ${postcode.code} ${postcode.district}` : ''
  const within = { house, ...(floor && { floor }), ...(door && { door }) }
  return `${writeStreet({ road: road.name, ...within })}${place}`
}

async function showQuestion(report: Report): ReturnType<Handler> {
  const { params, pages, draft, type, query, say, paths, tools, key } = report
  const at = pages.findIndex(({ name }) => name === params['page'])
  const page = pages[at]
  if (page === undefined) return report.notFound()
  const stops = stopTexts(report)
  if (stops.length > 0) {
    return report.show(stopContent(say, say(type.shape.title), stops.map(say), paths.home))
  }
  const asks = 'wrong' in query
  const own = asks ? faultsOf(type, page, draft) : []
  const blamed = draft.blames.filter(({ field }) => pageOf(pages, field ?? '') === page)
  const written = textOf(draft.answers['addressText'])
  const place = textOf(draft.answers['municipality'])
  const isOpen = page.kind === 'address' && asks && textOf(draft.answers['road']) === ''
  const found = isOpen ? await searchAddresses(tools.clients.json, place, written) : undefined
  const before = pages[at - 1]
  return report.show(
    questionContent({
      ...report,
      page,
      title: say(type.shape.title),
      back: before ? paths.page(draft.type, key, before.name) : paths.begin(draft.type),
      steps: stepsOf(report, page.name),
      lists: tools.lists,
      refusals: own.length > 0 ? own : blamed,
      found,
    }),
    own.length + blamed.length > 0 ? 422 : 200,
  )
}

/** What is about the person, or about no question at all, stands in the way of every page. */
function stopTexts({ draft, pages }: Report): readonly Text[] {
  if (draft.conversation !== undefined) return []
  return draft.blames
    .filter(({ field }) => field === undefined || pageOf(pages, field) === undefined)
    .map(({ text }) => text)
}

async function takeAnswer(report: Report): ReturnType<Handler> {
  const { params, pages, draft, type, form, paths, tools, key, keep } = report
  const page = pages.find(({ name }) => name === params['page'])
  if (page === undefined) return report.notFound()
  const here = paths.page(draft.type, key, page.name)
  const answers = await readAnswers(tools, page, form, draft)
  const blames = draft.blames.filter(({ field }) => pageOf(pages, field ?? '') !== page)
  const answered = changed({ ...draft, blames }, answers, page.name)
  if (faultsOf(type, page, answered).length > 0) {
    await keep({ ...answered, done: draft.done.filter((each) => each !== page.name) })
    return report.goTo(`${here}?wrong`)
  }
  // Kept before anybody else is asked: should the register be away, nothing is lost.
  await keep(answered)
  const opened = await interplay.open(tools, type, answered)
  if (opened !== answered) await keep(opened)
  return report.goTo(nextPath({ ...report, draft: opened, pages: planPages(type, opened) }))
}

/** The page that is to blame for something, else the first unanswered one, else the check. */
function nextPath({ pages, draft, paths, key }: Report): string {
  const blamed = draft.blames.map(({ field }) => pageOf(pages, field ?? '')).find(Boolean)
  const open = pages.find(({ name }) => !draft.done.includes(name))
  const next = blamed ?? open ?? (draft.blames.length > 0 ? pages[0] : undefined)
  return next ? paths.page(draft.type, key, next.name) : paths.check(draft.type, key)
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

/** Where one is; a page that was answered can be gone back to. */
function stepsOf({ say, pages, draft, paths, key }: Report, here: string) {
  const questions = pages.map(({ name, title }) => ({
    title: say(title),
    state: name === here ? ('here' as const) : stateOf(draft, name),
    ...(draft.done.includes(name) && name !== here && { href: paths.page(draft.type, key, name) }),
  }))
  const last = { da: 'Se efter, og send', en: 'Check and send' }
  const check = {
    title: say(last),
    state: here === 'check' ? ('here' as const) : ('ahead' as const),
  }
  return stepGuide(say, [...questions, check])
}

function stateOf({ done }: Draft, name: string): 'done' | 'ahead' {
  return done.includes(name) ? 'done' : 'ahead'
}
