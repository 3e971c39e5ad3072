/** What the contract test hears of policies: written, switched on by a team lead, tried, switched off. */

import type { Request, Said } from '#test/doors/talk.ts'
import { documentOf } from '#test/policy-kit.ts'

export function policyCalls(clerk: string, lead: string): readonly Said[] {
  const [one, document] = ['policies/{name}', documentOf('aarhus')]
  const mine = (end = '') => `policies/aarhus${end}`
  const v1 = (path: string) => `/api/v1/${path}`
  const get = (path: string, by?: string): Request => ({ path: v1(path), token: by })
  const post = (path: string, by: string, body?: unknown): Request => ({
    method: 'POST',
    path: v1(path),
    token: by,
    body,
  })
  return [
    ['policies', get('policies', clerk), 200],
    ['policies', get('policies'), 401],
    [one, { ...post(mine(), clerk, document), method: 'PUT' }, 200],
    [one, { ...post(mine(), clerk, {}), method: 'PUT' }, 422],
    [one, get(mine(), clerk), 200],
    [one, get('policies/none', clerk), 404],
    [`${one}/switch-on`, post(mine('/switch-on'), clerk, { version: 1 }), 403],
    [`${one}/switch-on`, post(mine('/switch-on'), lead, { version: 9 }), 404],
    [`${one}/switch-on`, post(mine('/switch-on'), lead, { version: 1 }), 200],
    [`${one}/dry-run`, post(mine('/dry-run'), clerk, { version: 1 }), 200],
    [`${one}/dry-run`, post(mine('/dry-run'), clerk, { version: 9 }), 404],
    [`${one}/switch-off`, post(mine('/switch-off'), lead), 200],
    [`${one}/switch-off`, post('policies/none/switch-off', lead), 404],
    ['policy-traits', get('policy-traits'), 200],
  ]
}
