/**
 * Field sets: what an answer may hold of a person, of an ordinary one and of a protected one
 * (CPR-loven § 28; rules PROT-4 to PROT-6). Names alone; what a field holds is said in search.
 */

/** Everything that is told about a person, by the names of master data. */
export const personFields = [
  'pnr',
  'pending',
  'sex',
  'status',
  'statusFrom',
  'statusStartedAt',
  'statusUncertain',
  'currentPnr',
  'bornOn',
  'bornOnUncertain',
  'nameAndAddressProtected',
  'protections',
  'addressingName',
  'careOf',
  'address',
  'addressFrom',
  'standardAddress',
  'foreignAddress',
] as const

export type PersonField = (typeof personFields)[number]

/** Kept to those with a right, of everybody: why somebody is protected is theirs to tell. */
const ofAuthorities: readonly PersonField[] = ['protections']
/** Names, addresses, and the day of a status, which tells of a move. */
const guarded: readonly PersonField[] = [
  'statusFrom',
  'statusStartedAt',
  'statusUncertain',
  'addressingName',
  'careOf',
  'address',
  'addressFrom',
  'standardAddress',
  'foreignAddress',
]

export type FieldSet =
  | 'nothing'
  | 'numbers'
  | 'numbers-unprotected'
  | 'masked'
  | 'whole'
  | 'own'
  | 'log'
  | 'accounts'

type FieldSetRow = {
  readonly summary: string
  /** Of an ordinary person. */
  readonly ordinary: readonly PersonField[]
  /** Of a protected person. */
  readonly protected: readonly PersonField[]
}

const without = (...left: readonly (readonly PersonField[])[]) =>
  personFields.filter((field) => !left.flat().includes(field))

export const fieldSets: { readonly [F in FieldSet]: FieldSetRow } = {
  nothing: { summary: 'No data about persons', ordinary: [], protected: [] },
  numbers: {
    summary: 'The number alone: that something happened, and not what',
    ordinary: ['pnr'],
    protected: ['pnr'],
  },
  'numbers-unprotected': {
    summary: 'The number alone, and nothing at all of a protected person',
    ordinary: ['pnr'],
    protected: [],
  },
  masked: {
    summary: 'Master data; of a protected person neither name nor address',
    ordinary: without(ofAuthorities),
    protected: without(ofAuthorities, guarded),
  },
  whole: {
    summary: 'Master data with the protections, of everybody',
    ordinary: personFields,
    protected: personFields,
  },
  own: {
    summary: 'Everything, of the person who asks; of others what that person must know of them',
    ordinary: personFields,
    protected: personFields,
  },
  log: {
    summary: 'Rows of the log: who, when, why, whose number; nothing of what was read',
    ordinary: ['pnr'],
    protected: ['pnr'],
  },
  accounts: {
    summary: 'Person codes and their states; no password and no hash',
    ordinary: [],
    protected: [],
  },
}

/** Whether a field may be shown of a person, protected or not. */
export function mayShow(set: FieldSet, field: PersonField, isProtected: boolean): boolean {
  const row = fieldSets[set]
  return (isProtected ? row.protected : row.ordinary).includes(field)
}
