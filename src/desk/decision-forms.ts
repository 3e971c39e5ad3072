/** The decisions that the case worker may take now: those of the CPR server's one table, no others. */

import { sayDay, sayInstant } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { Case, Incident } from '#client/index.ts'
import { findName, personsOf, undecidedOf } from '#desk/case-people.ts'
import { sayCase } from '#desk/case-words.ts'
import { keys } from '#desk/keys.ts'
import { paths } from '#desk/paths.ts'
import { writeSeen } from '#desk/seen.ts'
import { typedForm } from '#desk/typed-form.ts'
import { queryOf, viewOf } from '#desk/view.ts'
import type { Worker } from '#desk/worker.ts'
import { findByName } from '#incidents/catalogue.ts'
import { button, buttonLink, hidden } from '#web/parts/actions.ts'
import { checkboxes } from '#web/parts/fields.ts'
import type { Say } from '#web/say.ts'

export const decisionNames = ['approve', 'reject', 'return', 'forward', 'undo'] as const
export type Decision = (typeof decisionNames)[number]

type Row = {
  readonly text: Text
  /** A page of its own asks for what must be said. */
  readonly asks: boolean
  readonly done: Text
  readonly key?: string
}

export const decisions: { readonly [D in Decision]: Row } = {
  approve: {
    text: { da: 'Godkend', en: 'Approve' },
    asks: false,
    done: { da: 'Sagen er godkendt', en: 'The case is approved' },
    key: keys.approve,
  },
  reject: {
    text: { da: 'Afvis', en: 'Reject' },
    asks: true,
    done: { da: 'Sagen er afvist', en: 'The case is rejected' },
    key: keys.reject,
  },
  return: {
    text: { da: 'Send tilbage til rettelse', en: 'Return for amendment' },
    asks: true,
    done: {
      da: 'Sagen er sendt tilbage til anmelderen',
      en: 'The case is returned to its reporter',
    },
    key: keys.return,
  },
  forward: {
    text: { da: 'Send videre', en: 'Forward' },
    asks: true,
    done: { da: 'Sagen er sendt videre', en: 'The case is forwarded' },
    key: keys.forward,
  },
  undo: {
    text: { da: 'Fortryd afgørelsen', en: 'Undo the decision' },
    asks: false,
    done: {
      da: 'Afgørelsen er fortrudt. Sagen venter igen.',
      en: 'The decision is undone. The case is waiting again.',
    },
    key: keys.undo,
  },
}

export function isDecision(text: string): text is Decision {
  return Object.hasOwn(decisions, text)
}

/**
 * What the server allows now and the desk has a page for, in the server's order. Nobody is approved
 * while an answer about them is awaited (9023), so that is not offered before.
 */
export function decisionsNow(incident: Incident): readonly Decision[] {
  const allowed = incident.actions.filter(isDecision)
  const isAwaited = approvable(incident).length === 0
  return allowed.filter((decision) => decision !== 'approve' || !isAwaited)
}

/** Those that this employee may take: who registered a case does not confirm it as well. */
export function decisionsOf({ session }: Worker, incident: Incident): readonly Decision[] {
  const now = decisionsNow(incident)
  const isFirst = firstPerson(incident) === session.personCode
  return isFirst ? now.filter((decision) => decision === 'undo') : now
}

/** Who registered a case that a second person confirms; undefined for what one person decides. */
function firstPerson({ type, timeline }: Incident): string | undefined {
  if (findByName(type)?.decidedBy !== 'second-person') return undefined
  return timeline.find(({ kind }) => kind === 'received')?.by
}

export function decisionForms(worker: Worker, whole: Case): Part {
  const { say } = worker
  const { incident } = whole
  const first = firstPerson(incident)
  const now = decisionsOf(worker, incident)
  const told = [
    secondPersonPart(worker, incident, first),
    awaitedPart(say, incident),
    undoPart(say, whole),
  ]
  if (now.length === 0 && told.every((part) => part === '')) return ''
  const direct = now.filter((decision) => !decisions[decision].asks)
  const asking = now.filter((decision) => decisions[decision].asks)
  const heading = say({ da: 'Afgørelse', en: 'Decision' })
  return html`<section class="desk-decide d-print-none" aria-labelledby="decide"><h2 id="decide">${heading}</h2>${told}${direct.map((decision) => directForm(worker, whole, decision))}${asking.length > 0 && html`<div class="site-actions">${asking.map((decision) => asked(worker, whole.incident, decision))}</div>`}</section>`
}

/** Four eyes: who asked, and that somebody else confirms (9024). */
function secondPersonPart({ say, session }: Worker, incident: Incident, first?: string): Part {
  if (first === undefined || incident.state !== 'pending') return ''
  const text =
    first === session.personCode
      ? {
          da: 'Du har registreret dette. En anden medarbejder skal bekræfte eller afvise det.',
          en: 'You registered this. Another employee must confirm or reject it.',
        }
      : {
          da: `${first} har registreret dette. Du bekræfter det som den anden.`,
          en: `${first} registered this. You confirm it as the second person.`,
        }
  return html`<p class="desk-first-person">${say(text)}</p>`
}

/** How long the decision may still be taken back. */
function undoPart(say: Say, { undo }: Case): Part {
  if (undo === undefined) return ''
  const until = sayInstant(new Date(undo.until))
  const text = { da: `Kan fortrydes til ${until.da}.`, en: `Can be undone until ${until.en}.` }
  return html`<p>${say(text)}</p>`
}

/** Whose answer is awaited before what can be approved. */
function awaitedPart(say: Say, incident: Incident): Part {
  const awaited = incident.hearings.filter(({ state }) => state === 'open')
  if (awaited.length === 0 || incident.state !== 'pending') return ''
  const list = awaited.map(
    ({ title, deadline }) =>
      html`<li>${say(title)}${deadline !== undefined && html`, ${say({ da: 'frist', en: 'by' })} ${say(sayDay(deadline))}`}</li>`,
  )
  const isWhole = approvable(incident).length === 0
  const text = isWhole
    ? {
        da: 'Sagen kan godkendes, når der er svar på:',
        en: 'The case can be approved once there is an answer to:',
      }
    : {
        da: 'De øvrige kan godkendes, når der er svar på:',
        en: 'The others can be approved once there is an answer to:',
      }
  return html`<p>${say(text)}</p><ul>${list}</ul>`
}

function directForm(worker: Worker, whole: Case, decision: Decision): Html {
  const { say, language, here, hasKeys } = worker
  const { incident } = whole
  const { text, key } = decisions[decision]
  const to = paths.decision(language, incident.id, decision, queryOf(viewOf({ url: here })))
  const look = decision === 'undo' ? 'secondary' : 'primary'
  return typedForm(
    to,
    html`${hidden('seen', writeSeen(incident))}${personChoice(worker, whole, decision)}${button({ text: say(text), look, key: hasKeys && key })}`,
  )
}

function asked({ say, language, here, hasKeys }: Worker, { id }: Incident, decision: Decision) {
  const { text, key } = decisions[decision]
  const to = paths.decision(language, id, decision, queryOf(viewOf({ url: here })))
  return buttonLink(to, say(text), 'secondary', hasKeys && key)
}

/** Those who are not decided on and about whom no answer is awaited. */
function approvable(incident: Incident): readonly string[] {
  const awaited = incident.hearings.flatMap(({ state, about }) =>
    state === 'open' ? (about ?? []) : [],
  )
  return undecidedOf(incident).filter((pnr) => !awaited.includes(pnr))
}

/** Whom a decision can be about now. */
export function decidable({ incident, undo }: Case, decision: Decision): readonly string[] {
  if (decision === 'undo') return undo?.persons ?? []
  if (decision === 'approve') return approvable(incident)
  return decision === 'reject' ? undecidedOf(incident) : personsOf(incident).slice(0, 1)
}

/** For each person of the case; nothing where there is one. All are chosen beforehand. */
export function personChoice(
  { say }: Worker,
  whole: Case,
  decision: Decision,
  given?: { readonly values: readonly string[]; readonly error?: string | undefined },
): Part {
  const persons = decidable(whole, decision)
  if (persons.length < 2) return ''
  const id = `persons-${decision}`
  return checkboxes(say, {
    id,
    name: 'persons',
    label: say({ da: 'For', en: 'For' }),
    error: given?.error,
    values: given?.values ?? persons,
    options: persons.map((pnr) => {
      const number = sayCase.pnr(pnr)
      const name = findName(whole, pnr)
      return { value: pnr, text: name === undefined ? number : `${name} ${number}` }
    }),
  })
}
