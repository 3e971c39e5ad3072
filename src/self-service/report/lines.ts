/** Answers in clear text as a list to read, with nothing to change in it. */

import { type Html, html } from '#base/html.ts'
import type { SummaryLine } from '#self-service/report/draft.ts'
import { summaryList } from '#web/parts/lists.ts'
import type { Say } from '#web/say.ts'

export function linesPart(say: Say, lines: readonly SummaryLine[]): Html {
  const rows = lines.map(({ label, value }) => ({
    label: say(label),
    value: value.map((each) => html`${say(each)}<br>`),
  }))
  return summaryList(say, rows)
}
