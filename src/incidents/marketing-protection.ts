/** Marketing protection (0003, the Robinson list): no unsolicited addressed marketing (§ 29). */

import { simpleProtection } from '#incidents/simple-protection.ts'

export const marketingProtection = simpleProtection({
  code: 'MARKBESK-I',
  name: 'marketing-protection',
  title: { da: 'Reklamebeskyttelse', en: 'Marketing protection' },
  summary: {
    da: 'Du får ingen adresseret reklame uden samtykke. Listen udsendes hvert kvartal, så der kan gå op til tre måneder.',
    en: 'You get no addressed marketing without your consent. The list goes out every quarter, so it can take up to three months.',
  },
  type: '0003',
  number: 9210,
})
