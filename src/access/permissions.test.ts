/** Rights, over random callers, authorities and rights, against sentences instead of tables. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fieldSets, mayShow, personFields } from '#access/field-sets.ts'
import {
  admitOwn,
  admitUpdate,
  mayAdminister,
  mayDecide,
  mayHear,
  mayReport,
  personFieldsOf,
  seesProtected,
} from '#access/permissions.ts'
import { findGrant, grants, type Right, rights } from '#access/rights.ts'
import {
  type Caller,
  groups,
  groupsOfType,
  isSecurityGroup,
  type SecurityGroup,
  securityGroups,
} from '#access/security-groups.ts'

const types = new Map([
  ['0042', '42'],
  ['0041', '41'],
  ['0043', '43'],
  ['0751', '05'],
  ['0101', '05'],
  ['0001', '39'],
  ['5115', '39'],
  ['0011', '07'],
  ['1101', '10'],
  ['5120', '30'],
])
const typeOf = (code: string) => types.get(code)
const known = [...types.keys()]
const allRights = Object.keys(rights).filter((name): name is Right => name in rights)

const homes: { readonly [G in SecurityGroup]: readonly string[] } = {
  citizen: ['0042'],
  municipality: ['0751', '0101'],
  'team-lead': ['0751', '0101'],
  'cpr-office': ['0001', '5115'],
  receiver: ['0751', '0011', '0043'],
  'log-reviewer': ['0751', '0001'],
  administrator: ['0751', '0001'],
}

function callerOf(group: SecurityGroup, authority: string): Caller {
  return { personCode: 'W0000001', group, authority }
}

const callers = fc
  .constantFrom(...securityGroups)
  .chain((group) => fc.constantFrom(...homes[group]).map((home) => callerOf(group, home)))
const authorities = fc.constantFrom(...known, '0000', '9999', '', '42', '__proto__', 'constructor')
const anyRight = fc.constantFrom(...allRights)

const personless = ['find-address', 'deposit']
const reports = ['initiate', 'validate', 'save', 'cancel', 'withdraw'] as const
const reporting: readonly string[] = [...reports, 'read-incident', 'hear', 'look-up']
const policies = ['list-policies', 'write-policies', 'switch-policies']
/** Who answers for a team, and the office for its own. */
const leading = ['team-lead', 'cpr-office']

/** Whether a group has a right, in sentences. */
function has(group: SecurityGroup, right: Right): boolean {
  if (right === 'receive-events') return group === 'receiver'
  if (right === 'insight') return group === 'citizen'
  if (right === 'review-log') return group === 'log-reviewer'
  if (right === 'administer') return group === 'administrator'
  if (right === 'switch-policies') return group === 'team-lead'
  if (policies.includes(right)) return ['municipality', 'team-lead'].includes(group)
  if (right === 'read-figures') return leading.includes(group)
  if (['receiver', 'log-reviewer', 'administrator'].includes(group)) return false
  if (reporting.includes(right) || personless.includes(right)) return true
  return group !== 'citizen'
}

/** The number that the rules in words give; 0 for admitted. */
function oracle(caller: Caller, mk: string, right: Right): number {
  if (!known.includes(mk)) return 4
  const office = ['0001', '5115'].includes(mk)
  const municipality = ['0751', '0101'].includes(mk)
  const listed = {
    reports: office || municipality || mk === '0042',
    deciding: office || municipality,
    events: municipality || mk === '0011' || mk === '0043',
  }
  if (policies.includes(right) && !municipality) return 5
  const isListed =
    right === 'receive-events'
      ? listed.events
      : right === 'insight'
        ? mk === '0042'
        : reporting.includes(right) || personless.includes(right)
          ? listed.reports
          : listed.deciding
  if (!isListed) return 5
  return mk === caller.authority && has(caller.group, right) ? 0 : 184
}

test('admission agrees with the rules in words, for every caller, authority and right', () => {
  fc.assert(
    fc.property(callers, authorities, anyRight, (caller, mk, right) => {
      const admission = admitUpdate(caller, mk, right, typeOf)
      const number = admission.kind === 'admitted' ? 0 : admission.number
      assert.equal(number, oracle(caller, mk, right), `${caller.group} ${mk} ${right}`)
      if (admission.kind === 'turned-away') assert.equal(admission.authority, mk)
    }),
    { numRuns: 5_000 },
  )
})

test('the authority in the message gives nothing that the own authority does not', () => {
  fc.assert(
    fc.property(callers, authorities, anyRight, (caller, mk, right) => {
      if (admitUpdate(caller, mk, right, typeOf).kind !== 'admitted') return
      assert.equal(mk, caller.authority)
      assert.equal(admitOwn(caller, right, typeOf).kind, 'admitted')
    }),
  )
})

test('a code whose authority is of another kind than its group has no rights at all', () => {
  for (const group of securityGroups) {
    const strange = known.filter(
      (code) => !groups[group].authorityTypes.includes(typeOf(code) ?? ''),
    )
    for (const authority of strange) {
      for (const right of allRights) {
        const admission = admitOwn(callerOf(group, authority), right, typeOf)
        assert.equal(admission.kind, 'turned-away', `${group} ${authority} ${right}`)
      }
    }
  }
})

test('what anybody reports is always put into the pending register', () => {
  for (const [group, home] of [
    ['citizen', '0042'],
    ['municipality', '0751'],
    ['cpr-office', '0001'],
  ] as const) {
    for (const right of reports) {
      const admission = admitOwn(callerOf(group, home), right, typeOf)
      assert.ok(admission.kind === 'admitted')
      assert.equal(admission.grant.reach, 'into-pending')
    }
  }
})

test('what authorities register themselves is not reported through a provider', () => {
  for (const group of securityGroups) {
    const caller = callerOf(group, homes[group][0] ?? '')
    const reports = ['citizen', 'municipality', 'team-lead', 'cpr-office'].includes(group)
    assert.equal(mayReport(caller, 'citizens'), reports, group)
    assert.equal(mayReport(caller, 'authorities'), reports && group !== 'citizen', group)
  }
})

test('only the authority itself decides, not another municipality and not the office', () => {
  for (const competent of known) {
    for (const group of securityGroups) {
      for (const home of homes[group]) {
        for (const right of ['approve', 'reject', 'list-pending', 'undo', 'forward'] as const) {
          const decides = ['municipality', 'team-lead', 'cpr-office'].includes(group)
          const expected = home === competent && decides
          assert.equal(mayDecide(callerOf(group, home), right, competent), expected)
        }
      }
    }
  }
})

test('a provider answers for the one who is asked, an authority for what lies with it', () => {
  const asked = { asked: 'anna' }
  const here = { authority: '0751' }
  assert.equal(mayHear(callerOf('citizen', '0042'), asked, here, 'anna'), true)
  assert.equal(mayHear(callerOf('citizen', '0042'), asked, here, 'bo'), false)
  assert.equal(mayHear(callerOf('citizen', '0042'), { asked: undefined }, here, undefined), false)
  assert.equal(mayHear(callerOf('municipality', '0751'), asked, here, 'anna'), true)
  assert.equal(mayHear(callerOf('municipality', '0751'), asked, here, undefined), false)
  assert.equal(
    mayHear(callerOf('municipality', '0751'), { asked: undefined }, here, undefined),
    true,
  )
  assert.equal(mayHear(callerOf('municipality', '0101'), asked, here, 'anna'), false)
  for (const group of ['receiver', 'log-reviewer', 'administrator'] as const) {
    assert.equal(mayHear(callerOf(group, '0751'), asked, here, 'anna'), false)
  }
})

test('nobody administers itself, and a municipality makes no administrator (A43)', () => {
  const office = callerOf('administrator', '0001')
  const local = callerOf('administrator', '0751')
  const other = (group: SecurityGroup, authority: string, code = 'W0000002') => ({
    ...{ code, group, authority },
  })
  const may = (caller: Caller, whom: ReturnType<typeof other>) =>
    mayAdminister(caller, whom, typeOf)
  assert.equal(may(office, other('administrator', '0001', office.personCode)), false)
  assert.equal(may(local, other('municipality', '0751', local.personCode)), false)
  assert.equal(may(office, other('administrator', '0751')), true)
  assert.equal(may(local, other('administrator', '0751')), false)
  assert.equal(may(local, other('municipality', '0751')), true)
  assert.equal(may(local, other('log-reviewer', '0751')), true)
  assert.equal(may(local, other('municipality', '0101')), false)
  assert.equal(may(office, other('citizen', '0751')), false)
  for (const group of securityGroups.filter((each) => each !== 'administrator')) {
    const caller = callerOf(group, homes[group][0] ?? '')
    assert.equal(may(caller, other('municipality', '0751')), false, group)
  }
})

test('only authorities see protected data, and the groups that read no person see none', () => {
  for (const group of securityGroups) {
    const caller = callerOf(group, homes[group][0] ?? '')
    const sees = ['municipality', 'team-lead', 'cpr-office'].includes(group)
    assert.equal(seesProtected(caller), sees, group)
  }
  assert.equal(personFieldsOf(callerOf('receiver', '0751')), 'nothing')
})

test('a group is shown the same of a person by every right that shows persons', () => {
  for (const group of securityGroups) {
    const shown = grants.filter(
      (row) => row.group === group && (row.fields === 'masked' || row.fields === 'whole'),
    )
    assert.ok(new Set(shown.map(({ fields }) => fields)).size <= 1, group)
  }
})

test('no field set shows more of a protected person than of an ordinary one', () => {
  for (const set of Object.keys(fieldSets) as (keyof typeof fieldSets)[]) {
    for (const field of personFields) {
      assert.ok(!mayShow(set, field, true) || mayShow(set, field, false), `${set} ${field}`)
    }
  }
  for (const field of ['addressingName', 'careOf', 'address', 'foreignAddress'] as const) {
    assert.equal(mayShow('masked', field, true), false, field)
    assert.equal(mayShow('whole', field, true), true, field)
  }
})

test('every right is given to somebody once, and every row says where it is from', () => {
  for (const right of allRights)
    assert.ok(
      grants.some((row) => row.rights.includes(right)),
      right,
    )
  const cells = grants.flatMap(({ group, authorityTypes, rights: given }) =>
    authorityTypes.flatMap((type) => given.map((right) => `${group} ${type} ${right}`)),
  )
  assert.equal(new Set(cells).size, cells.length)
  for (const { source, group, authorityTypes } of grants) {
    assert.ok(source)
    for (const type of authorityTypes) assert.ok(groups[group].authorityTypes.includes(type))
  }
  assert.equal(findGrant('citizen', '42', 'approve'), undefined)
})

test('groups are found by the type of their authorities, and most types have none', () => {
  assert.deepEqual(groupsOfType('42'), ['citizen'])
  assert.deepEqual(groupsOfType('05'), [
    ...['municipality', 'team-lead', 'receiver', 'log-reviewer', 'administrator'],
  ])
  assert.deepEqual(groupsOfType('10'), [])
  assert.equal(isSecurityGroup('toString'), false)
})
