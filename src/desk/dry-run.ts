/** What a policy would have done with past cases, beside what was done with them. */

import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { DryRun, Policy } from '#client/index.ts'
import { titleOf } from '#desk/case-words.ts'
import { paths } from '#desk/paths.ts'
import type { Worker } from '#desk/worker.ts'
import { table } from '#web/parts/lists.ts'
import { alert } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

type Tried = DryRun['cases'][number]
type Titles = ReadonlyMap<string, Text>

/** What the clauses of a version are called. */
function titlesOf({ versions }: Policy, number: number): Titles {
  const clauses = versions.find(({ version }) => version === number)?.clauses ?? []
  return new Map(clauses.map(({ name, title }) => [name, title]))
}

const wouldTexts: { readonly [W in DryRun['cases'][number]['would']]: Text } = {
  approve: { da: 'Godkende', en: 'Approve' },
  person: { da: 'Overlade til en sagsbehandler', en: 'Leave to a case worker' },
  waits: { da: 'Vente på svar', en: 'Wait for an answer' },
  sampled: { da: 'Stikprøve: til en sagsbehandler', en: 'Sample: to a case worker' },
  'taken-up': { da: 'Blive hos en sagsbehandler', en: 'Stay with a case worker' },
  unknown: { da: 'Vides ikke', en: 'Not known' },
}

const doneTexts = {
  approved: { da: 'Godkendt', en: 'Approved' },
  rejected: { da: 'Afvist', en: 'Rejected' },
} as const

/** What it would have done, what people rejected first, and why. */
export function dryRunPart({ say, language }: Worker, policy: Policy, run: DryRun): Html {
  const { version, tally, cases } = run
  const titles = titlesOf(policy, version)
  const title = say({
    da: `Prøvekørsel af version ${version}`,
    en: `Dry run of version ${version}`,
  })
  const { cases: all, approve, differs } = tally
  const told = say({
    da: `Af ${all} sager ville ${approve} blive godkendt. ${differs} af dem har en sagsbehandler afvist.`,
    en: `Of ${all} cases ${approve} would be approved. A case worker rejected ${differs} of them.`,
  })
  const head = [
    say({ da: 'Sag', en: 'Case' }),
    say({ da: 'Afgjort som', en: 'Decided as' }),
    say({ da: 'Regelsættet ville', en: 'The policy would' }),
    say({ da: 'Hvorfor', en: 'Why' }),
  ]
  const differing = (each: DryRun['cases'][number]) =>
    each.would === 'approve' && each.done?.decision === 'rejected'
  const ordered = [...cases].sort((a, b) => Number(differing(b)) - Number(differing(a)))
  const rows = ordered.map((each): readonly Part[] => [
    html`<a href="${paths.case(language, each.incident)}">${say(titleOf(each.type))}</a>`,
    each.done ? say(doneTexts[each.done.decision]) : say({ da: 'Venter', en: 'Waits' }),
    differing(each)
      ? html`<mark>${say(wouldTexts[each.would])}</mark>`
      : say(wouldTexts[each.would]),
    whyPart(say, each, titles),
  ])
  const list = rows.length > 0 && table({ caption: title, isCaptionSpoken: true, head, rows })
  return html`<div role="status">${alert(say, differs > 0 ? 'warning' : 'info', { heading: title, body: told })}</div>${list}`
}

/** The clause that approves; else, clause by clause, what did not hold, and what the program asks. */
function whyPart(say: Say, { by, why }: Tried, titles: Titles): Part {
  const nameOf = (clause: string) => say(titles.get(clause) ?? { da: clause, en: clause })
  if (by) return nameOf(by.clause)
  const groups = new Map<string, Set<string>>()
  for (const each of why) {
    const group = each.by ? nameOf(each.by.clause) : say(always)
    groups.set(group, (groups.get(group) ?? new Set()).add(say(each.text)))
  }
  const items = [...groups].map(
    ([group, texts]) => html`<li><strong>${group}</strong> – ${[...texts].join('; ')}</li>`,
  )
  return html`<ul class="desk-lines">${items}</ul>`
}

const always = { da: 'Gælder alle regelsæt', en: 'Asked of every policy' }
