/** Credit warning (0005): asks those who give credit to be careful, from age 15 (§ 29(3)). */

import { simpleProtection } from '#incidents/simple-protection.ts'
import { askCaseWorker } from '#incidents/statuses.ts'

export const creditWarning = simpleProtection({
  code: 'KREDADV-I',
  name: 'credit-warning',
  title: { da: 'Kreditadvarsel', en: 'Credit warning' },
  summary: {
    da: 'En markering om, at andre kan forsøge at optage lån i dit navn. Slå den fra, når du selv skal låne.',
    en: 'A mark that others may try to borrow in your name. Turn it off when you need credit yourself.',
  },
  type: '0005',
  number: 9220,
  ageMin: 15,
  // Rules 4.2 leave the administrative number open; nobody is turned away by a guess.
  statuses: { '20': askCaseWorker },
})
