/** How often a case worker, and who shares a network, may ask for pages of the desk. */

import type { LimitTable } from '#web/limits.ts'

export const deskLimits: LimitTable = {
  page: { perPerson: 240, perSource: 2_400, why: 'plain cases are decided by keys, two a second' },
  send: { perPerson: 120, perSource: 1_200, why: 'a decision asks the CPR server some five times' },
  'sign-in': { perSource: 60, why: 'a shift begins; the rest are guesses' },
}
