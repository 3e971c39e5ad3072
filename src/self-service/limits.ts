/**
 * How often a citizen, and who shares a network, may ask for pages of the citizens' site. So few
 * that one citizen spends at most a tenth of any budget of the provider (`access/declaration.ts`).
 */

import type { LimitTable } from '#web/limits.ts'

export const siteLimits: LimitTable = {
  page: { perPerson: 60, perSource: 1_200, why: 'a page a second is more than one can read' },
  send: { perPerson: 30, perSource: 600, why: 'a form asks the CPR server up to ten times' },
  search: {
    perPerson: 60,
    perSource: 1_200,
    why: 'an address takes some ten; each asks five times',
  },
  'sign-in': {
    perSource: 60,
    why: 'thirty people a minute behind one address; the rest are trials',
  },
}
