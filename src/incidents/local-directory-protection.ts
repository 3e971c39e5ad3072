/** Local-directory protection (0002): left out of directories of the municipality (§ 29). */

import { simpleProtection } from '#incidents/simple-protection.ts'

export const localDirectoryProtection = simpleProtection({
  code: 'LOKBESK-I',
  name: 'local-directory-protection',
  title: { da: 'Lokal vejviserbeskyttelse', en: 'Local-directory protection' },
  summary: {
    da: 'Dit navn og din adresse står ikke i lokale vejvisere.',
    en: 'Your name and address are left out of local directories.',
  },
  type: '0002',
  number: 9200,
})
