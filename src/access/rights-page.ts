/** The pages in docs/access: what each group may, call by call, as the table of rights has it. */

import { budgets, type Declaration } from '#access/declaration.ts'
import { type FieldSet, fieldSets, personFields } from '#access/field-sets.ts'
import { purposes } from '#access/purposes.ts'
import { type Grant, grants, grantsOf, rights } from '#access/rights.ts'
import { groups, type SecurityGroup, securityGroups } from '#access/security-groups.ts'

/** One call of a door, and what it says of itself. */
export type Call = { readonly name: string; readonly declaration: Declaration }

const note = '*Generated from the table of rights and what every call declares; do not edit.*'

/** Who may make a call: groups by the table; undefined for a call that needs no right. */
export function groupsOf({ policy }: Declaration): readonly SecurityGroup[] | undefined {
  if (typeof policy === 'string') return undefined
  return securityGroups.filter((group) => policy.some((right) => grantsOf(group, right).length > 0))
}

/** What of persons a call answers to a group. */
export function fieldsFor({ policy, fields }: Declaration, group: SecurityGroup): FieldSet {
  if (fields !== 'persons') return fields
  if (typeof policy === 'string') return 'nothing'
  return policy.flatMap((right) => grantsOf(group, right))[0]?.fields ?? 'nothing'
}

/** docs/access/README.md: the groups, the calls, and what a field set holds. */
export function accessPage(calls: readonly Call[]): string {
  const names = securityGroups.map((group) => groups[group].title.en)
  return [
    '# Who may what',
    '',
    note,
    '',
    'A person code is in one security group and belongs to one authority. What no row gives is',
    'refused: 5 where no code of such an authority has the right, 184 where this one has not.',
    '',
    ...table(
      ['group', 'Danish', 'authorities of type', 'who'],
      securityGroups.map((group) => {
        const { title, authorityTypes, summary } = groups[group]
        return [`[${title.en}](${group}.md)`, title.da, authorityTypes.join(', '), summary]
      }),
    ),
    '',
    '## Every call',
    '',
    '*all*: everybody. *password*: who has a person code. *token*: whoever is signed on.',
    '',
    ...table(
      ['call', ...names, 'budget'],
      calls.map(({ name, declaration }) => [
        `\`${name}\``,
        ...securityGroups.map((group) => cell(declaration, group)),
        declaration.budget,
      ]),
    ),
    '',
    '## Budgets',
    '',
    ...table(
      ['budget', 'calls a minute, person code', 'network address', 'why'],
      Object.entries(budgets).map(([name, { perCode, perSource, why }]) => [
        ...[name, String(perCode), String(perSource), why],
      ]),
    ),
    '',
    '## What is shown of a person',
    '',
    'x: of everybody. o: not of a person with name and address protection (CPR-loven § 28).',
    '',
    ...fieldTable(),
    '',
  ].join('\n')
}

const words = { open: 'all', credentials: 'password', token: 'token' } as const

function cell(declaration: Declaration, group: SecurityGroup): string {
  const { policy } = declaration
  if (typeof policy === 'string') return words[policy]
  return groupsOf(declaration)?.includes(group) ? 'yes' : ''
}

function fieldTable(): readonly string[] {
  const sets = (Object.keys(fieldSets) as FieldSet[]).filter(
    (set) => fieldSets[set].ordinary.length > 0,
  )
  return table(
    ['field', ...sets],
    personFields.map((field) => [
      `\`${field}\``,
      ...sets.map((set) => {
        const { ordinary, protected: kept } = fieldSets[set]
        return kept.includes(field) ? 'x' : ordinary.includes(field) ? 'o' : ''
      }),
    ]),
  )
}

/** docs/access/GROUP.md: what one group is given, and by what. */
export function groupPage(group: SecurityGroup, calls: readonly Call[]): string {
  const { title, summary, authorityTypes, source } = groups[group]
  const own = grants.filter((row) => row.group === group)
  const may = calls.filter(({ declaration }) => groupsOf(declaration)?.includes(group))
  return [
    `# ${title.en} (${title.da})`,
    '',
    note,
    '',
    `${summary} At authorities of type ${authorityTypes.join(', ')}. Source: ${source}.`,
    '',
    '## Rights',
    '',
    ...table(
      ['right', 'incidents', 'reach', 'shown', 'authorities', 'source'],
      own.flatMap((row) => row.rights.map((right) => rightRow(row, rights[right]))),
    ),
    '',
    '## Calls',
    '',
    ...table(
      ['call', 'purpose', 'what of persons'],
      may.map(({ name, declaration }) => [
        `\`${name}\``,
        purposes[declaration.purpose].title,
        fieldSets[fieldsFor(declaration, group)].summary,
      ]),
    ),
    '',
  ].join('\n')
}

const kinds = { citizens: 'reported by citizens', authorities: 'registered by authorities' }

function rightRow(
  { incidents, reach, fields, authorityTypes, source }: Grant,
  what: string,
): readonly string[] {
  const which = incidents.map((kind) => kinds[kind]).join(', ')
  return [what, which, reach, fields, authorityTypes.join(', '), source]
}

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
