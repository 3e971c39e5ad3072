/** One question a page: shown, answered, and never answered over what another window wrote. */

import type { FastifyReply } from 'fastify'
import type { Text } from '#base/text.ts'
import { searchAddresses } from '#self-service/report/addresses.ts'
import { readAnswers } from '#self-service/report/answers.ts'
import { type Answers, changed, type Draft } from '#self-service/report/draft.ts'
import * as interplay from '#self-service/report/interplay.ts'
import {
  answeredElsewhere,
  strandedContent,
  strandedLines,
} from '#self-service/report/meanwhile.ts'
import { faultsOf, type PlannedPage, pageOf, planPages, textOf } from '#self-service/report/plan.ts'
import {
  type QuestionView,
  questionContent,
  stopContent,
} from '#self-service/report/question-page.ts'
import type { Report } from '#self-service/report/report.ts'
import { overwrites, writeSeen } from '#self-service/report/seen.ts'
import { writtenLines } from '#self-service/report/written.ts'
import type { Handler } from '#self-service/visit.ts'
import { stepGuide } from '#web/parts/lists.ts'

/** The question as it stands in the draft. */
export async function showQuestion(report: Report): ReturnType<Handler> {
  const { params, pages, draft, type, query, say, paths } = report
  const page = pages.find(({ name }) => name === params['page'])
  if (page === undefined) return report.notFound()
  const stops = stopTexts(report)
  if (stops.length > 0) {
    return report.show(stopContent(say, say(type.shape.title), stops.map(say), paths.home))
  }
  const asks = 'wrong' in query
  const own = asks ? faultsOf(type, page, draft) : []
  const blamed = draft.blames.filter(({ field }) => pageOf(pages, field ?? '') === page)
  const refusals = own.length > 0 ? own : blamed
  const seen = writeSeen(page, draft.answers)
  const view = await questionView(report, page, { refusals, seen, lists: asks })
  return report.show(questionContent(view), refusals.length > 0 ? 422 : 200)
}

type Around = Pick<QuestionView, 'refusals' | 'seen' | 'notice'> & {
  /** Whether addresses that fit are listed, to choose from. */
  readonly lists: boolean
}

async function questionView(
  report: Report,
  page: PlannedPage,
  { lists, ...around }: Around,
): Promise<QuestionView> {
  const { pages, draft, type, say, paths, tools, key } = report
  const { answers } = draft
  const isOpen = page.kind === 'address' && lists && textOf(answers['road']) === ''
  const [place, written] = [textOf(answers['municipality']), textOf(answers['addressText'])]
  const before = pages[pages.findIndex(({ name }) => name === page.name) - 1]
  return {
    ...report,
    ...around,
    page,
    title: say(type.shape.title),
    back: before ? paths.page(draft.type, key, before.name) : paths.begin(draft.type),
    steps: stepsOf(report, page.name),
    lists: tools.lists,
    found: isOpen ? await searchAddresses(tools.clients.json, place, written) : undefined,
  }
}

/** What is about the person, or about no question at all, stands in the way of every page. */
function stopTexts({ draft, pages }: Report): readonly Text[] {
  if (draft.conversation !== undefined) return []
  return draft.blames
    .filter(({ field }) => field === undefined || pageOf(pages, field) === undefined)
    .map(({ text }) => text)
}

/** What was answered: kept before anybody else is asked, and never over what was not seen. */
export async function takeAnswer(report: Report): ReturnType<Handler> {
  const { params, pages, draft, type, form, paths, tools, key, keep } = report
  const page = pages.find(({ name }) => name === params['page'])
  if (page === undefined) return showUnasked(report)
  const here = paths.page(draft.type, key, page.name)
  const answers = await readAnswers(tools, page, form, draft)
  const isUnseen = overwrites(page, form.one('seen'), { kept: draft.answers, sent: answers })
  if (isUnseen) return showBoth(report, page, answers)
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

/** What another window has answered meanwhile stands above what was written here, and stays. */
async function showBoth(report: Report, page: PlannedPage, answers: Answers): ReturnType<Handler> {
  const { say, draft, tools } = report
  const { candidates } = draft
  const kept = writtenLines(page, draft.answers, { lists: tools.lists, candidates })
  const typed = { ...report, draft: { ...draft, answers: { ...draft.answers, ...answers } } }
  const notice = answeredElsewhere(say, kept, nextPath(report))
  const seen = writeSeen(page, draft.answers)
  const view = await questionView(typed, page, { refusals: [], seen, notice, lists: true })
  return report.show(questionContent(view), 409)
}

function showUnasked(report: Report): FastifyReply {
  const lines = strandedLines(report, report.type, report.draft)
  if (lines.length === 0) return report.notFound()
  return report.show(
    strandedContent(report.say, 'not-asked', { lines, goOn: nextPath(report) }),
    409,
  )
}

/** The page that is to blame for something, else the first unanswered one, else the check. */
function nextPath({ pages, draft, paths, key }: Report): string {
  const blamed = draft.blames.map(({ field }) => pageOf(pages, field ?? '')).find(Boolean)
  const open = pages.find(({ name }) => !draft.done.includes(name))
  const next = blamed ?? open ?? (draft.blames.length > 0 ? pages[0] : undefined)
  return next ? paths.page(draft.type, key, next.name) : paths.check(draft.type, key)
}

/** Where one is; a page that was answered can be gone back to. */
export function stepsOf({ say, pages, draft, paths, key }: Report, here: string) {
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
