/** Under which budget a GCTP message falls, and who spends it. Knows no answer. */

import type { Budgets } from '#access/budgets.ts'
import type { Budget } from '#access/declaration.ts'
import type { Asker } from '#casework/ports.ts'
import type { readRequest } from '#gctp/envelope.ts'
import { findAction } from '#gctp/values.ts'
import { nameAt } from '#server/budget-hooks.ts'
import { gctpCalls } from '#server/gctp/calls.ts'

type Read = ReturnType<typeof readRequest>

/** What cannot be read, and what asks for nothing that there is, costs as a step does. */
export const anyMessage: Budget = 'step'

/** How many milliseconds whoever sent it has to wait; none when it may go on. */
export function spendOn(
  budgets: Budgets,
  request: Read,
  { token, source }: Asker,
): { readonly budget: Budget; readonly waitMs: number } {
  const budget = budgetOf(request)
  const isByName = request.kind === 'sign-on' || request.kind === 'new-password'
  const code = isByName ? nameAt(source, request.userId) : budgets.codeOf(token, source)
  return { budget, waitMs: budgets.spend(budget, { source, code }) }
}

function budgetOf(request: Read): Budget {
  if (request.kind === 'unreadable') return anyMessage
  if (request.kind !== 'update') return gctpCalls[request.kind].budget
  const action = findAction(request.action ?? '')
  return action === undefined ? anyMessage : gctpCalls[action].budget
}
