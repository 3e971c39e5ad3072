/** The decisions that the case worker may take now: those of the CPR server's one table, no others. */

import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { Incident } from '#client/index.ts'
import { paths } from '#desk/paths.ts'
import { writeSeen } from '#desk/seen.ts'
import type { Worker } from '#desk/worker.ts'
import { button, buttonLink, form, hidden } from '#web/parts/actions.ts'

export type Decision = 'approve' | 'reject'

type Row = {
  readonly text: Text
  /** A page of its own asks for what must be said. */
  readonly asks: boolean
  readonly done: Text
}

export const decisions: { readonly [D in Decision]: Row } = {
  approve: {
    text: { da: 'Godkend', en: 'Approve' },
    asks: false,
    done: { da: 'Sagen er godkendt', en: 'The case is approved' },
  },
  reject: {
    text: { da: 'Afvis', en: 'Reject' },
    asks: true,
    done: { da: 'Sagen er afvist', en: 'The case is rejected' },
  },
}

export function isDecision(text: string): text is Decision {
  return Object.hasOwn(decisions, text)
}

/** What the server allows now and the desk has a page for, in the server's order. */
export function decisionsNow({ actions }: Incident): readonly Decision[] {
  return actions.filter(isDecision)
}

export function decisionForms({ say, language }: Worker, incident: Incident): Part {
  const now = decisionsNow(incident)
  if (now.length === 0) return ''
  const parts = now.map((decision, at): Html => {
    const { text, asks } = decisions[decision]
    const to = paths.decision(language, incident.id, decision)
    const look = at === 0 ? 'primary' : 'secondary'
    if (asks) return buttonLink(to, say(text), look)
    return form(
      to,
      html`${hidden('seen', writeSeen(incident))}${button({ text: say(text), look })}`,
    )
  })
  const heading = say({ da: 'Afgørelse', en: 'Decision' })
  return html`<section class="desk-decide" aria-labelledby="decide"><h2 id="decide">${heading}</h2><div class="site-actions">${parts}</div></section>`
}
