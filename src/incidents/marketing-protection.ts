/** Marketing protection (0003, the Robinson list): no unsolicited addressed marketing (§ 29). */

import { simpleProtection } from '#incidents/simple-protection.ts'

export const marketingProtection = simpleProtection({
  code: 'MARKBESK-I',
  name: 'marketing-protection',
  title: { da: 'Reklamebeskyttelse', en: 'Marketing protection' },
  summary: {
    da: 'Ingen adresseret reklame uden samtykke. Listen udsendes hvert kvartal, så det kan vare op til tre måneder.',
    en: 'No addressed marketing without consent. The list goes out each quarter, so it can take three months.',
  },
  type: '0003',
  number: 9210,
})
