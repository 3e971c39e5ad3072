/** Rights, over random callers, authorities and rights, against sentences instead of tables. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  admitOwn,
  admitUpdate,
  findGroupOfType,
  mayDecide,
  seesProtected,
  serviceAccess,
} from '#access/permissions.ts'
import {
  type Caller,
  groups,
  isSecurityGroup,
  type Right,
  rights,
  type SecurityGroup,
  securityGroups,
} from '#access/security-groups.ts'

const types = new Map([
  ['0042', '42'],
  ['0041', '41'],
  ['0751', '05'],
  ['0101', '05'],
  ['0001', '39'],
  ['5115', '39'],
  ['1101', '10'],
  ['5120', '30'],
])
const typeOf = (code: string) => types.get(code)
const known = [...types.keys()]
const allRights = Object.keys(rights).filter((name): name is Right => name in rights)

const homes: { readonly [G in SecurityGroup]: readonly string[] } = {
  citizen: ['0042'],
  municipality: ['0751', '0101'],
  'cpr-office': ['0001', '5115'],
}

function callerOf(group: SecurityGroup, authority: string): Caller {
  return { personCode: 'W0000001', group, authority }
}

const callers = fc
  .constantFrom(...securityGroups)
  .chain((group) => fc.constantFrom(...homes[group]).map((home) => callerOf(group, home)))
const authorities = fc.constantFrom(...known, '0000', '9999', '', '42', '__proto__', 'constructor')
const anyRight = fc.constantFrom(...allRights)

/** The number that the rules in words give; 0 for admitted. */
function oracle(caller: Caller, mk: string, right: Right): number {
  if (!known.includes(mk)) return 4
  const office = ['0001', '5115'].includes(mk)
  const municipality = ['0751', '0101'].includes(mk)
  const citizens = mk === '0042'
  const decides = ['approve', 'reject', 'list-pending'].includes(right)
  if (!(office || municipality || (citizens && !decides))) return 5
  if (mk !== caller.authority) return 184
  if (right === 'administer') return office ? 0 : 184
  if (right === 'search') return citizens ? 184 : 0
  return 0
}

test('admission agrees with the rules in words, for every caller, authority and right', () => {
  fc.assert(
    fc.property(callers, authorities, anyRight, (caller, mk, right) => {
      const admission = admitUpdate(caller, mk, right, typeOf)
      const number = admission.kind === 'admitted' ? 0 : admission.number
      assert.equal(number, oracle(caller, mk, right))
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
    for (const authority of known.filter((code) => typeOf(code) !== groups[group].authorityType)) {
      for (const right of allRights) {
        const admission = admitOwn(callerOf(group, authority), right, typeOf)
        assert.equal(admission.kind, 'turned-away', `${group} ${authority} ${right}`)
      }
    }
  }
})

test('what a citizen or a municipality reports is always put into the pending register', () => {
  for (const [group, home] of [
    ['citizen', '0042'],
    ['municipality', '0751'],
  ] as const) {
    for (const right of ['initiate', 'validate', 'save', 'cancel'] as const) {
      const admission = admitOwn(callerOf(group, home), right, typeOf)
      assert.deepEqual(admission, { kind: 'admitted', reach: 'into-pending' })
    }
  }
})

test('only the authority itself decides, not another municipality and not the office', () => {
  for (const competent of known) {
    for (const group of securityGroups) {
      for (const home of homes[group]) {
        for (const right of ['approve', 'reject', 'list-pending'] as const) {
          const expected = home === competent && group !== 'citizen'
          assert.equal(mayDecide(callerOf(group, home), right, competent), expected)
        }
      }
    }
  }
})

test('a provider for citizens sees no protected data', () => {
  assert.equal(seesProtected(callerOf('citizen', '0042')), false)
  assert.equal(seesProtected(callerOf('municipality', '0751')), true)
  assert.equal(seesProtected(callerOf('cpr-office', '0001')), true)
})

test('every right stands on exactly one access list, and every row says where it is from', () => {
  const listed = Object.values(serviceAccess).flatMap((row) => row.rights)
  assert.deepEqual([...listed].sort(), [...allRights].sort())
  for (const row of [...Object.values(rights), ...Object.values(groups)]) assert.ok(row.source)
})

test('a group is found by the type of its authorities, and no other type has one', () => {
  for (const group of securityGroups)
    assert.equal(findGroupOfType(groups[group].authorityType), group)
  assert.equal(findGroupOfType('10'), undefined)
  assert.equal(isSecurityGroup('toString'), false)
})
