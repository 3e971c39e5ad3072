/**
 * The one table of rights: security group × authority type × kind of incident × right, with its
 * reach and the field set of what is answered. What has no row is refused. Knows no caller.
 */

import type { FieldSet } from '#access/field-sets.ts'
import type { SecurityGroup } from '#access/security-groups.ts'
import type { Reporters } from '#incident/define.ts'

/** What can be asked for, and what it is; one word for each, the same in every door. */
export const rights = {
  initiate: 'Initiate an incident',
  validate: 'Have the data of an incident controlled and translated',
  save: 'Save an incident in the pending register',
  cancel: 'Cancel an incident that is not saved',
  withdraw: 'Withdraw an incident that waits',
  'read-incident': 'See where an incident stands',
  'list-pending': 'List what waits for an authority',
  approve: 'Approve an incident',
  reject: 'Reject an incident',
  return: 'Return an incident to its reporter for amendment',
  forward: 'Forward an incident to the authority that is right',
  undo: 'Undo a decision within its window',
  'list-policies': 'See which policies decide without a person',
  'write-policies': 'Write a version of a policy, and try it on past cases',
  'switch-policies': 'Switch a policy on and off',
  'read-figures': 'See how a team does: what came in, what is late, how it ended',
  claim: 'Work on a case: claim it, give it back, note something',
  'send-letters': 'See the letters of the authority, and say what was sent on paper',
  hear: 'See and answer what a person is asked',
  'look-up': 'Ask for one person by number and with a purpose',
  'find-address': 'Choose an address that exists; no person is in it',
  insight: 'See what concerns oneself: own data, own cases, who looked',
  deposit: 'Keep what its own programs need, and reach no other',
  'receive-events': 'Receive that something happened to a person',
  'review-log': 'See samples of the log, judge them and sign them off',
  'explain-look': 'Say why one looked, where the control of the log asks',
  administer: 'Give, change and take person codes',
} as const

export type Right = keyof typeof rights

/**
 * `into-pending`: what is saved waits for a municipality, whatever the caller asked for.
 * `own-authority`: only what lies with the caller's own authority. `asked-person`: only for the
 * person that the caller has signed on. `subscribed`: what the authority has subscribed to.
 * `anything`: no such limit.
 */
export type Reach = 'into-pending' | 'own-authority' | 'asked-person' | 'subscribed' | 'anything'

export type Grant = {
  readonly group: SecurityGroup
  /** The row counts for person codes of authorities of these types. */
  readonly authorityTypes: readonly string[]
  /** Which incidents: those that citizens report, those that authorities register themselves. */
  readonly incidents: readonly Reporters[]
  readonly rights: readonly Right[]
  readonly reach: Reach
  readonly fields: FieldSet
  readonly source: string
}

const reports = ['initiate', 'validate', 'save', 'cancel', 'withdraw'] as const
const decisions = [
  'list-pending',
  'approve',
  'reject',
  'return',
  'forward',
  'undo',
  'claim',
  'send-letters',
] as const
const policies = ['list-policies', 'write-policies'] as const
const leads = ['switch-policies', 'read-figures'] as const
const every = ['citizens', 'authorities'] as const

const manual = "CPR's manual, annex 9: the citizen group reports into the pending register"
const onBehalf = `${manual}; CPR-loven § 12(3): who cannot report digitally is helped (inferred)`
const decides =
  'CPR-loven: the municipality of residence registers. The office registers none of it'
const asked =
  'rules M11, M12: the one who is asked answers digitally; on paper through the authority that ' +
  'decides (inferred)'
const question = 'inferred: by number and with a purpose'
const control = 'Datatilsynet 2023-423-0019 (Kerteminde): samples, two persons, on record'
const ownPolicies = 'rules 7.2, DESK-8: off by default, and each municipality its own'
const answersForTeam =
  'decision 0027: whoever lets a machine decide answers for what it decides (inferred)'
const keeps = 'decision 0062: whoever runs pages for people keeps what they have begun'
const ownRight = 'GDPR art. 15; C-579/21; rules INS-1 to INS-3'
const profile = "CPR's user administration: profile 200 is given by the CPR Office alone"

const citizen = { group: 'citizen', authorityTypes: ['42'], fields: 'masked' } as const
const municipality = { group: 'municipality', authorityTypes: ['05'], fields: 'whole' } as const
const teamLead = { ...municipality, group: 'team-lead' } as const
const office = { group: 'cpr-office', authorityTypes: ['39'], fields: 'whole' } as const
const publicReceivers = ['05', '07', '14', '16', '17', '18'] as const

/** Deny by default: a group has what a row gives it, and nothing else. */
export const grants: readonly Grant[] = [
  grant(citizen, reports, 'into-pending', manual, ['citizens']),
  grant(citizen, ['read-incident'], 'own-authority', "inferred: one's own reports", every),
  grant(citizen, ['hear'], 'asked-person', asked, every),
  grant(citizen, ['look-up'], 'anything', question),
  grant({ ...citizen, fields: 'nothing' }, ['find-address'], 'anything', question),
  grant({ ...citizen, fields: 'own' }, ['insight'], 'asked-person', ownRight),
  grant({ ...citizen, fields: 'nothing' }, ['deposit'], 'own-authority', keeps),

  ...[municipality, teamLead].flatMap((worker) => [
    grant(worker, reports, 'into-pending', onBehalf, every),
    grant(worker, ['read-incident'], 'own-authority', decides, every),
    grant(worker, decisions, 'own-authority', decides, every),
    grant(worker, ['hear'], 'own-authority', asked, every),
    grant({ ...worker, fields: 'nothing' }, policies, 'own-authority', ownPolicies),
    grant(worker, ['look-up'], 'anything', question),
    grant({ ...worker, fields: 'nothing' }, ['find-address'], 'anything', question),
    grant({ ...worker, fields: 'nothing' }, ['deposit'], 'own-authority', keeps),
    grant({ ...worker, fields: 'log' }, ['explain-look'], 'own-authority', control),
  ]),
  grant({ ...teamLead, fields: 'nothing' }, leads, 'own-authority', answersForTeam),

  grant(office, reports, 'into-pending', onBehalf, every),
  grant(office, ['read-incident'], 'anything', 'inferred: the office follows and helps', every),
  grant(office, decisions, 'own-authority', decides, every),
  grant(office, ['hear'], 'own-authority', asked, every),
  grant({ ...office, fields: 'nothing' }, ['read-figures'], 'own-authority', decides),
  grant(office, ['look-up'], 'anything', question),
  grant({ ...office, fields: 'nothing' }, ['find-address'], 'anything', question),
  grant({ ...office, fields: 'nothing' }, ['deposit'], 'own-authority', keeps),
  grant({ ...office, fields: 'log' }, ['explain-look'], 'own-authority', control),

  grant(
    { group: 'receiver', authorityTypes: publicReceivers, fields: 'numbers' },
    ['receive-events'],
    'subscribed',
    'inferred: public receivers may know where somebody protected lives, and are told the number',
  ),
  grant(
    { group: 'receiver', authorityTypes: ['43'], fields: 'numbers-unprotected' },
    ['receive-events'],
    'subscribed',
    'CPR-loven § 28: an event of a municipality would tell private parties who lives in it',
  ),

  grant(
    { group: 'log-reviewer', authorityTypes: ['05'], fields: 'log' },
    ['review-log'],
    'own-authority',
    control,
  ),
  grant(
    { group: 'log-reviewer', authorityTypes: ['39'], fields: 'log' },
    ['review-log'],
    'own-authority',
    `${control}; each authority checks its own employees (inferred)`,
  ),

  grant(
    { group: 'administrator', authorityTypes: ['05'], fields: 'accounts' },
    ['administer'],
    'own-authority',
    `${profile}; a municipality administers its own employees (inferred)`,
  ),
  grant(
    { group: 'administrator', authorityTypes: ['39'], fields: 'accounts' },
    ['administer'],
    'anything',
    profile,
  ),
]

function grant(
  whose: Pick<Grant, 'group' | 'authorityTypes' | 'fields'>,
  given: readonly Right[],
  reach: Reach,
  source: string,
  incidents: readonly Reporters[] = [],
): Grant {
  return { ...whose, rights: given, reach, source, incidents }
}

/** The row that gives a group a right at authorities of a type; undefined where none does. */
export function findGrant(
  group: SecurityGroup,
  authorityType: string,
  right: Right,
): Grant | undefined {
  return grants.find(
    (each) =>
      each.group === group &&
      each.authorityTypes.includes(authorityType) &&
      each.rights.includes(right),
  )
}

/** What the group has, whichever its authority; for whoever shows no more than can be done. */
export function rightsOf(group: SecurityGroup): readonly Right[] {
  return grants.filter((each) => each.group === group).flatMap((each) => each.rights)
}

/** What CPR calls the access list of a service: the types of authority that have the right at all. */
export function accessList(right: Right): readonly string[] {
  const rows = grants.filter((each) => each.rights.includes(right))
  return [...new Set(rows.flatMap(({ authorityTypes }) => authorityTypes))].sort()
}

/** What a group is given of a right, whichever its authority. */
export function grantsOf(group: SecurityGroup, right: Right): readonly Grant[] {
  return grants.filter((each) => each.group === group && each.rights.includes(right))
}
