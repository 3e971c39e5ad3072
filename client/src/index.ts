/** What the package gives: a client for each door, their types, and the one error for outages. */

export { type Outcome, Unavailable } from '#base/outage.ts'
export {
  AdministrationClient,
  type CodeAct,
  type PersonCodesQuery,
} from '#client/administration.ts'
export { CatalogueClient } from '#client/catalogue.ts'
export {
  type Deposit,
  type DepositKind,
  type DepositPut,
  DepositsClient,
} from '#client/deposits.ts'
export { DeskClient } from '#client/desk.ts'
export { GctpClient, type GctpOptions, openGctp, type Posted } from '#client/gctp.ts'
export type {
  Conversation,
  ConversationKeys,
  IncidentValues,
  Refused,
  SecurityDone,
  StampFound,
  Step,
} from '#client/gctp-answer.ts'
export { incidentTypes } from '#client/incident-types.generated.ts'
export {
  type DwellingPlace,
  JsonClient,
  type JsonOptions,
  openJson,
  type PendingQuery,
} from '#client/json.ts'
export { signOnWithIdentity } from '#client/json-logon.ts'
export type { KeptPasswords, PasswordStore } from '#client/kept-passwords.ts'
export type { Message } from '#client/mask.ts'
export { type ClientCertificate, fetchWithCertificate } from '#client/mutual-tls.ts'
export { OwnClient } from '#client/own.ts'
export { PoliciesClient } from '#client/policies.ts'
export type { Failed, Result } from '#client/result.ts'
export { ReviewsClient } from '#client/reviews.ts'
export type { Fetch, Reach } from '#client/transport.ts'
export type * from '#client/types.generated.ts'
