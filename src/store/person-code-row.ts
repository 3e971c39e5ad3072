/** A row of person_code as a record; rows are untrusted. Leaves the hash where it is. */

import { type PersonCodeRecord, personCode } from '#access/person-code.ts'
import { isSecurityGroup } from '#access/security-groups.ts'
import { assert } from '#base/assert.ts'
import type { Row } from '#store/pool.ts'

export function readPersonCodeRow(row: Row): PersonCodeRecord {
  const group = readText(row, 'security_group')
  assert(isSecurityGroup(group), 'an unknown security group is stored')
  return {
    code: personCode(readText(row, 'code')),
    group,
    authority: readText(row, 'authority'),
    name: readText(row, 'name'),
    active: row['active'] === true,
    lockedAt: findInstant(row, 'locked_at'),
    oneTime: row['one_time'] === true,
    passwordSetAt: readInstant(row, 'password_set_at'),
    passwordExpiresAt: readInstant(row, 'password_expires_at'),
    triedInARow: readNumber(row, 'tried_in_a_row'),
    lastSignOnAt: findInstant(row, 'last_sign_on_at'),
    createdAt: readInstant(row, 'created_at'),
    holder: row['holder'] === null ? undefined : readText(row, 'holder'),
    sources: readTexts(row, 'sources'),
    certificates: readTexts(row, 'certificates'),
    overlapMinutes: readNumber(row, 'overlap_minutes'),
    previousUntil: findInstant(row, 'previous_until'),
    retiredAt: findInstant(row, 'retired_at'),
  }
}

function readText(row: Row, column: string): string {
  const value = row[column]
  assert(typeof value === 'string', `${column} is no text`)
  return value
}

function readTexts(row: Row, column: string): readonly string[] {
  const value = row[column]
  assert(Array.isArray(value), `${column} is no list`)
  return value.map(String)
}

function readNumber(row: Row, column: string): number {
  const value = row[column]
  assert(typeof value === 'number', `${column} is no number`)
  return value
}

function readInstant(row: Row, column: string): Date {
  const value = findInstant(row, column)
  assert(value !== undefined, `${column} is missing`)
  return value
}

function findInstant(row: Row, column: string): Date | undefined {
  const value = row[column]
  if (value === null) return undefined
  assert(value instanceof Date, `${column} is no instant`)
  return value
}
