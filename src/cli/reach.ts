/** How the programs with pages reach the CPR server, by the settings. */

import { readFileSync } from 'node:fs'
import type { Settings } from '#base/settings.ts'
import { type Fetch, fetchWithCertificate } from '#client/index.ts'

/** By what to show a certificate; undefined where none is set, and the usual way serves. */
export function certifiedFetch(settings: Settings): Fetch | undefined {
  const { cprCertificate, cprKey, cprAuthority } = settings
  if (cprCertificate !== undefined && cprKey !== undefined) {
    return fetchWithCertificate({
      certificate: readFileSync(cprCertificate, 'utf8'),
      key: readFileSync(cprKey, 'utf8'),
      authority: cprAuthority === undefined ? undefined : readFileSync(cprAuthority, 'utf8'),
    })
  }
  if ([cprCertificate, cprKey, cprAuthority].some((path) => path !== undefined)) {
    throw new Error('Set both SAMSPIL_CPR_CERTIFICATE_FILE and SAMSPIL_CPR_KEY_FILE')
  }
  return undefined
}
