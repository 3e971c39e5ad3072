/** What each message of the GCTP door is for: one URL carries them all, so each says it here. */

import { byCredentials, byToken, type Declaration, needs } from '#access/declaration.ts'
import type { GctpRequest } from '#gctp/message.ts'
import type { ActionName } from '#gctp/values.ts'

type Kind = Exclude<GctpRequest['kind'], 'update'>

/** A new kind of message or action without a line here does not compile. */
export const gctpCalls = {
  'sign-on': byCredentials,
  'new-password': byCredentials,
  'sign-off': byToken,
  search: needs('look-up', 'question', { budget: 'question' }),
  'unknown-system': byToken,
  initiate: needs('initiate', 'report'),
  validate: needs('validate', 'report'),
  save: needs('save', 'report'),
  cancel: needs('cancel', 'report'),
  withdraw: needs('withdraw', 'report'),
  approve: needs('approve', 'decide'),
  reject: needs('reject', 'decide'),
  return: needs('return', 'decide'),
  forward: needs('forward', 'decide'),
  undo: needs('undo', 'decide'),
} as const satisfies { readonly [K in Kind | ActionName]: Declaration }
