/** The record of processing activities (GDPR art. 30), by purpose: docs/processing.md. */

import { fieldSets } from '#access/field-sets.ts'
import { type Purpose, purposes } from '#access/purposes.ts'
import { type Call, fieldsFor, groupsOf } from '#access/rights-page.ts'
import { groups, securityGroups } from '#access/security-groups.ts'
import { limitNames, limitOf, saySpan, type TimeLimit } from '#access/time-limits.ts'

const head = `# Record of processing

*Generated from what every call declares; do not edit.* GDPR article 30(1). The controllers are the
authority that runs the register and, for what they decide, the municipalities; who runs Samspil
writes their names and contact here. No data leave the country or go to anybody but the receivers
named. *(own)* marks a time limit for which no law was found: the controller decides.

Measures of security (art. 32) are in [the architecture](../ARCHITECTURE.md) and
[who may what](access/README.md): rights by one table, two walls between authorities, field sets,
every read on record before it is answered, passwords and tokens only as hashes.
`

export function processingPage(calls: readonly Call[]): string {
  const named = (Object.keys(purposes) as Purpose[]).flatMap((purpose) => {
    const own = calls.filter(({ declaration }) => declaration.purpose === purpose)
    return own.length === 0 ? [] : [section(purpose, own)]
  })
  return [head, ...named, limitsTable()].join('\n')
}

function section(purpose: Purpose, calls: readonly Call[]): string {
  const { title, why, basis, persons, data, receivers, kept } = purposes[purpose]
  return `## ${title}

${why}

| | |
| --- | --- |
| legal basis | ${basis} |
| categories of persons | ${persons} |
| categories of data | ${data} |
| receivers | ${receivers} |
| kept | ${kept.length > 0 ? kept.map(sayKept).join('. ') : 'Nothing'} |
| by | ${whoOf(calls)} |
| calls | ${calls.map(({ name }) => `\`${name}\``).join(', ')} |
`
}

/** The groups that make the calls, each with the most that it is shown. */
function whoOf(calls: readonly Call[]): string {
  const rows = securityGroups.flatMap((group) => {
    const own = calls.filter(({ declaration }) => groupsOf(declaration)?.includes(group))
    const sets = [...new Set(own.map(({ declaration }) => fieldsFor(declaration, group)))]
    const most = sets.toSorted(
      (a, b) => fieldSets[b].protected.length - fieldSets[a].protected.length,
    )[0]
    return most ? [`${groups[group].title.en}: ${fieldSets[most].summary.toLowerCase()}`] : []
  })
  return rows.length > 0 ? rows.join('; ') : 'whoever calls'
}

function sayKept(name: TimeLimit): string {
  const { what, span, from } = limitOf(name)
  return span ? `${what}: ${saySpan(span)} from ${from}` : `${what}: as long as the register`
}

function limitsTable(): string {
  const rows = limitNames.map((name) => {
    const { what, span, from, note, keeper } = limitOf(name)
    const long = span
      ? `${saySpan(span)} from ${from}; ${note}`
      : `As long as the register: ${from}; ${note}`
    return `| ${what} | ${long} | ${keeper ? sayKeeper(keeper) : 'nobody: it does not end'} |`
  })
  return `## Time limits

What is kept is cleared away by [work that a server does as time passes](operating/time.md), or by a
[command of the owner](operating/evidence.md#clear-away) where no server may remove anything.

| what | how long | cleared away by |
| --- | --- | --- |
${rows.join('\n')}
`
}

function sayKeeper(keeper: NonNullable<ReturnType<typeof limitOf>['keeper']>): string {
  return 'work' in keeper ? `the work *${keeper.work}*` : `\`${keeper.command}\`, by the owner`
}
