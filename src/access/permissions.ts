/**
 * Who may call what: authority types by kind of service, and the judgement of one call.
 * The authority in the message (`mk`) is compared, never believed. Knows no texts and no door.
 */

import {
  type Caller,
  groups,
  type Reach,
  type Right,
  rights,
  securityGroups,
} from '#access/security-groups.ts'

/** What CPR calls a service's access list; all citizen incidents share one. */
export type ServiceKind = 'citizen-incident' | 'pending' | 'question'

/** `full`: the type reaches every service. `listed`: the type is on the service's own list. */
type Access = 'full' | 'listed'

type ServiceRow = {
  readonly types: { readonly [authorityType: string]: Access }
  readonly rights: readonly Right[]
  readonly source: string
}

export const serviceAccess: { readonly [K in ServiceKind]: ServiceRow } = {
  'citizen-incident': {
    types: { '05': 'listed', '39': 'full', '42': 'listed' },
    rights: ['initiate', 'validate', 'save', 'cancel', 'read-incident', 'hear'],
    source: "CPR's wiki: FULD for type 39, ALMEN by list; that the list is 05 and 42: inferred",
  },
  pending: {
    types: { '05': 'listed', '39': 'full' },
    rights: ['list-pending', 'approve', 'reject'],
    source: "CPR's wiki: vent has an access list of its own; its content: inferred",
  },
  question: {
    types: { '05': 'listed', '39': 'full', '42': 'listed' },
    rights: ['look-up', 'search', 'administer'],
    source: 'inferred',
  },
}

/** Gives the type of an authority that CPR has; undefined for a code that it has not. */
export type FindAuthorityType = (code: string) => string | undefined

export type Admission = { readonly kind: 'admitted'; readonly reach: Exclude<Reach, 'no'> } | Turned

/** The receipt's number, and the code that stands for `%1%` in its text. */
export type Turned = {
  readonly kind: 'turned-away'
  readonly number: 4 | 5 | 184
  readonly authority: string
}

/**
 * Whether the caller may use a right under the authority that the message names. In CPR's order:
 * 4 no such authority, 5 its type is not on the list, 184 it is not the caller's or not his right.
 */
export function admitUpdate(
  caller: Caller,
  mk: string,
  right: Right,
  findAuthorityType: FindAuthorityType,
): Admission {
  const type = findAuthorityType(mk)
  if (type === undefined) return turned(4, mk)
  if (!Object.hasOwn(serviceAccess[serviceOf(right)].types, type)) return turned(5, mk)
  const reach = reachOf(caller, right)
  // The type must be the group's too: a code moved to another authority has no rights there.
  if (mk !== caller.authority || type !== groups[caller.group].authorityType || reach === 'no') {
    return turned(184, mk)
  }
  return { kind: 'admitted', reach }
}

/** The same where a door has no `mk`: the caller's own authority is the one that is judged. */
export function admitOwn(
  caller: Caller,
  right: Right,
  findAuthorityType: FindAuthorityType,
): Admission {
  return admitUpdate(caller, caller.authority, right, findAuthorityType)
}

export function reachOf(caller: Caller, right: Right): Reach {
  return rights[right][caller.group]
}

/** Whether what lies with an authority may be listed or decided by the caller (A1, I-4). */
export function mayDecide(
  caller: Caller,
  right: 'list-pending' | 'approve' | 'reject',
  competentAuthority: string,
): boolean {
  return reachOf(caller, right) !== 'no' && caller.authority === competentAuthority
}

/**
 * Whether the caller may see and answer what `pnr` is asked. A provider answers for the person it
 * has signed on, and for nobody else; an authority for what lies with it, on paper as well, and it
 * alone where nobody is asked.
 */
export function mayHear(
  caller: Caller,
  { asked }: { readonly asked: string | undefined },
  { authority }: { readonly authority: string },
  pnr: string | undefined,
): boolean {
  const reach = reachOf(caller, 'hear')
  if (reach === 'anything') return asked !== undefined && asked === pnr
  return reach === 'own-authority' && caller.authority === authority && asked === pnr
}

/** Whether protected names and addresses may be shown to the caller. */
export function seesProtected(caller: Caller): boolean {
  return groups[caller.group].sees === 'protected'
}

/** The group whose person codes an authority of that type may have; undefined for most types. */
export function findGroupOfType(authorityType: string): Caller['group'] | undefined {
  return securityGroups.find((group) => groups[group].authorityType === authorityType)
}

const kindOf = new Map<Right, ServiceKind>(
  (['citizen-incident', 'pending', 'question'] as const).flatMap((kind) =>
    serviceAccess[kind].rights.map((right): [Right, ServiceKind] => [right, kind]),
  ),
)

function serviceOf(right: Right): ServiceKind {
  // A right that is on no list is the hardest to get, never the easiest.
  return kindOf.get(right) ?? 'pending'
}

function turned(number: Turned['number'], authority: string): Turned {
  return { kind: 'turned-away', number, authority }
}
