/** The control of the log as the matrix of rights asks it: reviewers, and those who are asked. */

import type { MatrixRow } from '#test/doors/matrix-rows.ts'

const call = (may: MatrixRow['may'], method: string, path: string, body?: object): MatrixRow => ({
  may,
  ask: () => ({ method, path: `/api/v1${path}`, ...(body && { body }) }),
})
const review = (method: string, path = '', body?: object) =>
  call(['reviewer'], method, `/log-reviews${path}`, body)
const look = '/2020-W01/look-ups/1'
const asked = ['municipality', 'lead', 'office'] as const

/** A week that nobody has drawn. */
export const reviewRows: Readonly<Record<string, MatrixRow>> = {
  'GET /api/v1/log-reviews': review('GET'),
  'GET /api/v1/log-reviews/:week': review('GET', '/2020-W01'),
  'GET /api/v1/log-reviews/:week/look-ups/:number': review('GET', look),
  'POST /api/v1/log-reviews/:week/look-ups/:number/ask': review('POST', `${look}/ask`, {
    text: 'x',
  }),
  'POST /api/v1/log-reviews/:week/look-ups/:number/judge': review('POST', `${look}/judge`, {
    verdict: 'fine',
  }),
  'POST /api/v1/log-reviews/:week/sign-off': review('POST', '/2020-W01/sign-off', {
    version: 1,
  }),
  'GET /api/v1/asked-look-ups': call(asked, 'GET', '/asked-look-ups'),
  'POST /api/v1/asked-look-ups/:week/:number/answer': call(
    asked,
    'POST',
    '/asked-look-ups/2020-W01/1/answer',
    { text: 'x' },
  ),
}
