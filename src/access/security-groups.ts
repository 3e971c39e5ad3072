/**
 * Security groups: what a person code may do at all, as one table. Knows no authority's code and
 * no incident; what the rights reach is said in permissions.
 */

export type SecurityGroup = 'citizen' | 'municipality' | 'cpr-office'

/** What can be asked for. One word for each, the same in every door. */
export type Right =
  | 'initiate'
  | 'validate'
  | 'save'
  | 'cancel'
  | 'read-incident'
  | 'list-pending'
  | 'approve'
  | 'reject'
  | 'hear'
  | 'look-up'
  | 'search'
  | 'administer'

/**
 * `into-pending`: what is saved waits for a municipality, whatever the caller asked for.
 * `own-authority`: only what lies with the caller's own authority. `anything`: no such limit.
 */
export type Reach = 'no' | 'into-pending' | 'own-authority' | 'anything'

type RightRow = { readonly [G in SecurityGroup]: Reach } & { readonly source: string }

const manual = "CPR's manual, annex 9: the citizen group reports into the pending register"
const onBehalf = `${manual}; CPR-loven § 12(3): who cannot report digitally is helped (inferred)`
const decides =
  'CPR-loven: the municipality of residence registers. The office registers none of it'

export const rights: { readonly [R in Right]: RightRow } = {
  initiate: {
    citizen: 'into-pending',
    municipality: 'into-pending',
    'cpr-office': 'into-pending',
    source: onBehalf,
  },
  validate: {
    citizen: 'into-pending',
    municipality: 'into-pending',
    'cpr-office': 'into-pending',
    source: onBehalf,
  },
  save: {
    citizen: 'into-pending',
    municipality: 'into-pending',
    'cpr-office': 'into-pending',
    source: onBehalf,
  },
  cancel: {
    citizen: 'into-pending',
    municipality: 'into-pending',
    'cpr-office': 'into-pending',
    source: onBehalf,
  },
  'read-incident': {
    citizen: 'own-authority',
    municipality: 'own-authority',
    'cpr-office': 'anything',
    source: "inferred: one's own reports, and what lies with one's authority",
  },
  'list-pending': {
    citizen: 'no',
    municipality: 'own-authority',
    'cpr-office': 'own-authority',
    source: decides,
  },
  approve: {
    citizen: 'no',
    municipality: 'own-authority',
    'cpr-office': 'own-authority',
    source: decides,
  },
  reject: {
    citizen: 'no',
    municipality: 'own-authority',
    'cpr-office': 'own-authority',
    source: decides,
  },
  hear: {
    citizen: 'anything',
    municipality: 'own-authority',
    'cpr-office': 'own-authority',
    source:
      'rules M11, M12: the one who is asked answers digitally; on paper through the authority that ' +
      'decides (inferred)',
  },
  'look-up': {
    citizen: 'anything',
    municipality: 'anything',
    'cpr-office': 'anything',
    source: 'inferred: by number and with a purpose; what is shown follows `sees`',
  },
  search: {
    citizen: 'no',
    municipality: 'anything',
    'cpr-office': 'anything',
    source: 'inferred: a citizen has no errand among people whose number is not known',
  },
  administer: {
    citizen: 'no',
    municipality: 'no',
    'cpr-office': 'anything',
    source: "CPR's user administration: profile 200 is given by the CPR Office alone",
  },
}

type GroupRow = {
  /** Whether protected names and addresses are shown. */
  readonly sees: 'public' | 'protected'
  /** The type of authority that its person codes belong to. */
  readonly authorityType: string
  readonly source: string
}

export const groups: { readonly [G in SecurityGroup]: GroupRow } = {
  citizen: {
    sees: 'public',
    authorityType: '42',
    source: 'authority type 42, "Borger direkte" 0042 (observed); protection is the default',
  },
  municipality: {
    sees: 'protected',
    authorityType: '05',
    source: 'authority type 05 (observed); recorded answers to public authorities are unmasked',
  },
  'cpr-office': {
    sees: 'protected',
    authorityType: '39',
    source: 'authority type 39 (confirmed)',
  },
}

export function isSecurityGroup(text: string): text is SecurityGroup {
  return Object.hasOwn(groups, text)
}

export const securityGroups: readonly SecurityGroup[] = Object.keys(groups).filter(isSecurityGroup)

/** Who is signed on, as the store found it by the token: the only source of rights. */
export type Caller = {
  readonly personCode: string
  readonly group: SecurityGroup
  readonly authority: string
}
