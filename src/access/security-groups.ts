/**
 * Security groups: who has person codes at all, and at which authorities. Knows no right; what a
 * group may do stands in the table of rights.
 */

import type { Text } from '#base/text.ts'

export type SecurityGroup =
  | 'citizen'
  | 'municipality'
  | 'team-lead'
  | 'cpr-office'
  | 'receiver'
  | 'log-reviewer'
  | 'administrator'

type GroupRow = {
  readonly title: Text
  readonly summary: string
  /** The types of authority that its person codes may belong to; CPR's own numbers. */
  readonly authorityTypes: readonly string[]
  readonly source: string
}

export const groups: { readonly [G in SecurityGroup]: GroupRow } = {
  citizen: {
    title: { da: 'Borger', en: 'Citizen' },
    summary: 'A provider that reports for the citizens it has signed on.',
    authorityTypes: ['42'],
    source: 'authority type 42, "Borger direkte" 0042 (observed); protection is the default',
  },
  municipality: {
    title: { da: 'Kommune', en: 'Municipality' },
    summary: 'A case worker, or a system of a municipality, that reports and decides.',
    authorityTypes: ['05'],
    source: 'authority type 05 (observed); recorded answers to public authorities are unmasked',
  },
  'team-lead': {
    title: { da: 'Teamleder', en: 'Team lead' },
    summary: 'A case worker who answers for a team: its policies, and how it does.',
    authorityTypes: ['05'],
    source: 'decision 0027: what a machine decides is answered for by somebody (inferred)',
  },
  'cpr-office': {
    title: { da: 'CPR-kontoret', en: 'CPR Office' },
    summary: 'The register’s own office, which helps, follows and registers what lies with it.',
    authorityTypes: ['39'],
    source: 'authority type 39 (confirmed)',
  },
  receiver: {
    title: { da: 'Hændelsesmodtager', en: 'Receiver of events' },
    summary: 'A system that is told that something happened to a person, and not what.',
    authorityTypes: ['05', '07', '14', '16', '17', '18', '43'],
    source: 'CPR-loven chapters on public and private receivers; the types: inferred',
  },
  'log-reviewer': {
    title: { da: 'Logkontrollant', en: 'Log reviewer' },
    summary: 'An employee who checks what colleagues read, and reads no person.',
    authorityTypes: ['05', '39'],
    source: 'Datatilsynet 2023-423-0019: standing control of the log, not by those who are in it',
  },
  administrator: {
    title: { da: 'Brugeradministrator', en: 'Administrator' },
    summary: 'An employee who gives and takes person codes, and reads no person.',
    authorityTypes: ['05', '39'],
    source: "CPR's user administration (profile 200): the office's for all, a municipality's own",
  },
}

export function isSecurityGroup(text: string): text is SecurityGroup {
  return Object.hasOwn(groups, text)
}

export const securityGroups: readonly SecurityGroup[] = Object.keys(groups).filter(isSecurityGroup)

/** The groups whose person codes an authority of that type may have; none for most types. */
export function groupsOfType(authorityType: string): readonly SecurityGroup[] {
  return securityGroups.filter((group) => groups[group].authorityTypes.includes(authorityType))
}

/** Who is signed on, as the store found it by the token: the only source of rights. */
export type Caller = {
  readonly personCode: string
  readonly group: SecurityGroup
  readonly authority: string
}
