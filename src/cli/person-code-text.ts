/** The words and the table that the person-code commands print. Knows no database. */

import { type PersonCode, type PersonCodeRecord, stateOf } from '#access/person-code.ts'
import { groups, type SecurityGroup } from '#access/security-groups.ts'
import { danishWallClock } from '#base/calendar.ts'
import type { Moved } from '#store/person-code-moves.ts'
import type { NotCreated } from '#store/person-codes.ts'

type Wanted = {
  readonly code?: PersonCode | undefined
  readonly group: SecurityGroup
  readonly authority: string
}

/** Why a person code was not created, and what to do about it; without a full stop. */
export function whyNot(reason: NotCreated, wanted: Wanted): string {
  const { authority, group } = wanted
  if (reason.kind === 'code-taken') {
    return `the person code ${wanted.code ?? ''} exists already. Leave --code out to get a free one`
  }
  if (reason.kind === 'authority-unknown') {
    return `there is no authority ${authority}. Load the authorities first, or look for its code`
  }
  if (reason.kind === 'needs-second') {
    return 'administrator rights take two people, so this is asked for and granted'
  }
  const fits = reason.fits.join(' or ')
  if (fits === '') {
    return (
      `authority ${authority} is of a type that has no person codes. A ${group} person code needs ` +
      `an authority of type ${groups[group].authorityTypes.join(' or ')}`
    )
  }
  return `authority ${authority} has ${fits} person codes, not ${group}. Use --group ${fits}`
}

export function tellPassword(password: string, ends: Date): readonly string[] {
  return [
    `One-time password: ${password}`,
    `It is shown only now. It opens nothing but its own change, until ${danishTime(ends)}.`,
  ]
}

type Described = ReturnType<typeof describe>

export function describe(record: PersonCodeRecord, now: Date) {
  const { code, group, authority, name, passwordExpiresAt, lastSignOnAt } = record
  const { holder, sources, certificates, overlapMinutes, previousUntil } = record
  const state = stateOf(record, now)
  const settings = { holder, sources, certificates, overlapMinutes, previousUntil }
  return { code, group, authority, state, passwordExpiresAt, lastSignOnAt, name, ...settings }
}

export function tableOf(described: readonly Described[]): readonly string[] {
  if (described.length === 0) {
    return ['There are no person codes. Create one with: samspil person-code create']
  }
  const head = ['CODE', 'GROUP', 'AUTHORITY', 'STATE', 'PASSWORD ENDS', 'LAST SIGN-ON', 'NAME']
  const rows = described.map((one) => [
    one.code,
    one.group,
    one.authority,
    one.state,
    danishTime(one.passwordExpiresAt),
    one.lastSignOnAt === undefined ? 'never' : danishTime(one.lastSignOnAt),
    one.name,
  ])
  const widths = head.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)),
  )
  return [head, ...rows].map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Without a full stop, and with what to do instead. */
export function whyNotMoved({ kind }: Exclude<Moved, { kind: 'done' }>, code: PersonCode): string {
  switch (kind) {
    case 'no-such-code':
      return `there is no person code ${code}. See them all with: samspil person-code list`
    case 'disabled':
      return `${code} is disabled. Open it again with: samspil person-code reset ${code}`
    case 'retired':
      return `${code} is retired for good. Give its user another with: samspil person-code create`
    default:
      return kind satisfies never
  }
}

function danishTime(at: Date): string {
  const { date, time } = danishWallClock(at)
  return `${date} ${time}`
}
