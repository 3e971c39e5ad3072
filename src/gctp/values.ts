/**
 * The values of the protocol that CPR has not published, in one place so that they can be replaced
 * in one place, with the confirmed ones they stand beside. Server, client and tests read them here.
 */

import type { Text } from '#base/text.ts'
import { receipts } from '#incident/receipts.ts'
import { ownAuthorities } from '#register/codes.ts'

/** Confirmed by CPR's wiki: the default namespace of `root`. */
export const gctpNamespace = 'http://www.cpr.dk'

/** Confirmed: where everything is sent, by POST. */
export const gctpPath = '/cpr-online-gctp/gctp'

/** Confirmed: exactly so on every answer. */
export const answerContentType = 'text/xml;charset=ISO-8859-1'

/** Confirmed: what clients say of their requests. Never demanded: some send no Content-Type. */
export const requestContentType = 'text/xml'

export const versions = ['1.0', '2.0'] as const
export type Version = (typeof versions)[number]

/** Confirmed: the systems that a message can be for. */
export const systems = { search: 'CprSoeg', update: 'CprAjour' } as const

/** Observed in recorded answers of CPR's demo environment; left out in production. */
export const demoEnvironment = 'Demo'

/** 'signon' is confirmed, 'newpass' observed, 'signoff' an extension of ours. */
export const securityFunctions = {
  signOn: 'signon',
  newPassword: 'newpass',
  signOff: 'signoff',
} as const

/** Observed: the fixed marks of `CprData`, `Rolle`, `Praes`, and of a heading row. */
export const dataMarks = {
  data: 'O',
  role: 'HovedRolle',
  masterData: 'STAMPNR',
  headingRow: 'B',
} as const

/** Confirmed: the header's marks for the pending store and for a primary incident. */
export const headerMarks = { vent: 'v', primary: 'P' } as const

/** Inferred. 'VALIDER' and 'GEM' follow CPR's words for the steps; the others are ours. */
export const actionWords = {
  initiate: 'INIT',
  validate: 'VALIDER',
  save: 'GEM',
  cancel: 'FORTRYD',
  approve: 'GODKEND',
  reject: 'AFVIS',
  withdraw: 'TRAEKTILBAGE',
  return: 'RETURNER',
  forward: 'VIDERESEND',
  undo: 'OMGOER',
} as const
export type ActionName = keyof typeof actionWords

/** Inferred, all of them. No GCTP action leads to the last: time does. */
export const stateWords = {
  initiated: 'INITIERET',
  validated: 'VALIDERET',
  pending: 'GEMT',
  returned: 'RETURNERET',
  amended: 'RETTET',
  withdrawn: 'TILBAGETRUKKET',
  cancelled: 'FORTRUDT',
  approved: 'GODKENDT',
  rejected: 'AFVIST',
  expired: 'UDLØBET',
} as const
export type StateName = keyof typeof stateWords

/** The action that a request's word stands for, in any letter case. */
export function findAction(word: string): ActionName | undefined {
  return findName(actionWords, word)
}

/** The state that an answer's word stands for. */
export function findState(word: string): StateName | undefined {
  return findName(stateWords, word)
}

function findName<Name extends string>(
  words: { readonly [K in Name]: string },
  word: string,
): Name | undefined {
  const upper = word.toUpperCase()
  for (const name in words) if (words[name] === upper) return name
  return undefined
}

/** Inferred: the header's table of the actions that may be chosen, one row and field for each. */
export const actionsTable = { table: 'AKTIONER', field: 'AKTION' } as const

/** 'Ok' is observed, 'returKode' confirmed on security calls; the other two are inferred. */
export const receiptKinds = {
  ok: 'Ok',
  error: 'Fejl',
  warning: 'Advarsel',
  security: 'returKode',
} as const
export type ReceiptKind = (typeof receiptKinds)[keyof typeof receiptKinds]

/**
 * 'Kvittxt' is observed and needed in every detail row; the next two fields are inferred. The last
 * is an extension of ours: only a client that accepts English (HTTP's Accept-Language) is sent it.
 */
export const detailFields = {
  text: 'Kvittxt',
  field: 'FELT',
  number: 'KODE',
  english: 'KVITTXT_EN',
} as const

/** Inferred: key fields of the old services for a country, which version 2 answers with 4599. */
export const countryKeys: readonly string[] = ['LANDEKOD', 'LANDKOD']

/** Inferred: how a municipality says why it rejects: a reason code and a text for the citizen. */
export const rejectionFields = { code: 'AFVIS_KODE', text: 'AFVIS_TEKST' } as const

/** Inferred: a further key, of who acts for the person: by a power of attorney, or for a child. */
export const representativeKey = 'FULDMPNR'

/** Inferred: why it is returned, and in a table which fields are to be amended. */
export const returnFields = { text: 'RETUR_TEKST', table: 'RETUR_FELTER', field: 'FELT' } as const

/** Inferred: to which authority it is forwarded, and why. */
export const forwardFields = { authority: 'VIDERE_MYND', text: 'VIDERE_TEKST' } as const

/** Inferred: for which of its persons an incident is decided; for all of them without the table. */
export const decisionTable = { table: 'PERSONER', field: 'PNR' } as const

/** Inferred: the authority that a self-service server reports as (Borger direkte). */
export const selfServiceAuthority = ownAuthorities.citizenDirect

/**
 * CPR's sign-on answers have no XML declaration: their published lengths leave no room (inferred).
 * Recorded search answers have one (observed), and a reader that ignores the HTTP header needs it.
 */
export const declarationOn = { security: false, service: true } as const

/** Confirmed spelling of the token's cookie; the .NET client understands no other. */
export const tokenCookie = 'Token'

/** Confirmed: a token lives two hours from the sign-on. */
export const tokenLifeMs = 2 * 60 * 60 * 1000

/** Inferred: a conversation lapses this long after its last action. */
export const conversationLifeMs = 30 * 60 * 1000

/** What answers a security call. The texts stand with all others, in the table of receipts. */
export const securityReceipts = {
  900: receipts[900].text,
  901: receipts[901].text,
  902: receipts[902].text,
  903: receipts[903].text,
  904: receipts[904].text,
  905: receipts[905].text,
  906: receipts[906].text,
  907: receipts[907].text,
  908: receipts[908].text,
} as const satisfies { readonly [number: number]: Text }
export type SecurityNumber = keyof typeof securityReceipts

/** Inferred: what 900 says when it answers something else than a sign-on. */
export const otherSuccessTexts = {
  passwordChanged: { da: 'Kodeord ændret', en: 'Password changed' },
  signedOff: { da: 'Signoff udført', en: 'Signed off' },
} as const satisfies { readonly [name: string]: Text }

/** Inferred: our own numbers for faults that CPR has published no number for. */
export const faultNumbers = {
  unreadable: 9000,
  unknownService: 9001,
  actionNotAllowed: 9002,
  unknownConversation: 9003,
  serverFault: 9004,
  dataDiffer: 9005,
} as const
