/**
 * Every call of both doors as the matrix of rights asks it: who may, in words, and on whose
 * incident. Written apart from the table of rights, so that one can be held against the other. Each
 * call is asked so that it changes nothing where it is let in. A new call gets a row here.
 */

import { deskRows } from '#test/doors/matrix-desk-rows.ts'
import { reviewRows } from '#test/doors/matrix-review-rows.ts'

export const groupNames = [
  ...(['citizen', 'municipality', 'lead', 'office'] as const),
  ...(['receiver', 'reviewer', 'administrator'] as const),
]
export type Group = (typeof groupNames)[number]

/** What an asking is about: an incident, or the hearing that goes with it. */
export type On = {
  readonly id: string
  readonly ts: string
  readonly hearing: string
  readonly pnr: string
  readonly municipality: string
}

export type Sent = {
  readonly method?: string
  readonly path?: string
  readonly body?: unknown
  /** In place of path and body: the action of a message about the incident, or a search. */
  readonly gctp?: string
}

/**
 * `reporter`: whose person code began it. `decider`: with whom it lies. `reader`: both, and the
 * office. `party`: a provider for the person it is about, once it is saved. `asked`: who decides,
 * and a provider for the one who is asked.
 */
export type Whose = 'reporter' | 'decider' | 'reader' | 'party' | 'asked'

export type MatrixRow = {
  readonly may: 'everybody' | 'signed-on' | readonly Group[]
  readonly whose?: Whose
  readonly ask: (on: On) => Sent
}

const reporting: readonly Group[] = ['citizen', 'municipality', 'lead', 'office']
const deciding: readonly Group[] = ['municipality', 'lead', 'office']
const provider: readonly Group[] = ['citizen']

type Rows = Readonly<Record<string, MatrixRow>>

/** By method and path, or by the message of GCTP: every call that a door declares. */
export function matrixRows(pnr: string): Rows {
  return {
    ...publicRows,
    ...stepsOf(pnr),
    ...questionsOf(pnr),
    ...ownOf(pnr),
    ...depositsOf(pnr),
    ...deskRows,
    ...reviewRows,
    ...policyRows,
    ...administrationRows,
    ...gctpRows,
  }
}

const everybody = (path: string): MatrixRow => ({ may: 'everybody', ask: () => ({ path }) })
const signOn = { personCode: 'W0000000', password: 'x' }

const publicRows: Rows = {
  'GET /': everybody('/'),
  'GET /health/live': everybody('/health/live'),
  'GET /health/ready': everybody('/health/ready'),
  'GET /metrics': everybody('/metrics'),
  'GET /api/v1/openapi.json': everybody('/api/v1/openapi.json'),
  'GET /api/v1/incident-types': everybody('/api/v1/incident-types'),
  'GET /api/v1/incident-types/:name': everybody('/api/v1/incident-types/domestic-move'),
  'GET /api/v1/receipts': everybody('/api/v1/receipts'),
  'GET /api/v1/receipts/:number': everybody('/api/v1/receipts/9001'),
  // A misread sign-on is refused alike whoever else is signed on, so it says nothing of rights.
  'POST /api/v1/sessions': {
    may: 'everybody',
    ask: () => ({ path: '/api/v1/sessions', body: { ...signOn, more: 1 } }),
  },
  'POST /api/v1/sessions/federated': {
    may: 'everybody',
    ask: () => ({ path: '/api/v1/sessions/federated', body: { more: 1 } }),
  },
  'POST /api/v1/password': {
    may: 'everybody',
    ask: () => ({ path: '/api/v1/password', body: { ...signOn, more: 1 } }),
  },
  'DELETE /api/v1/sessions/current': {
    may: 'signed-on',
    ask: () => ({ method: 'DELETE', path: '/api/v1/sessions/current' }),
  },
  'DELETE /api/v1/sessions': {
    may: 'signed-on',
    ask: () => ({ method: 'DELETE', path: '/api/v1/sessions' }),
  },
  'GET /api/v1/notices': { may: 'signed-on', ask: () => ({ path: '/api/v1/notices' }) },
}

const stepsOf = (pnr: string): Rows => ({
  'POST /api/v1/incidents': {
    may: reporting,
    ask: () => ({
      path: '/api/v1/incidents',
      body: { type: 'domestic-move', pnr, date: '1800-01-01', municipality: '0751' },
    }),
  },
  'POST /api/v1/incidents/:id/validate': {
    ...{ may: reporting, whose: 'reporter' },
    ask: ({ id }) => ({ path: `/api/v1/incidents/${id}/validate`, body: { data: {} } }),
  },
  'POST /api/v1/incidents/:id/save': {
    ...{ may: reporting, whose: 'reporter' },
    ask: ({ id }) => ({ method: 'POST', path: `/api/v1/incidents/${id}/save` }),
  },
  'POST /api/v1/incidents/:id/cancel': {
    ...{ may: reporting, whose: 'reporter' },
    ask: ({ id }) => ({ method: 'POST', path: `/api/v1/incidents/${id}/cancel` }),
  },
  'GET /api/v1/incidents/:id': {
    ...{ may: reporting, whose: 'reader' },
    ask: ({ id }) => ({ path: `/api/v1/incidents/${id}` }),
  },
  'POST /api/v1/pending/:id/approve': {
    ...{ may: deciding, whose: 'decider' },
    ask: ({ id }) => ({ path: `/api/v1/pending/${id}/approve`, body: { persons: ['x'] } }),
  },
  'POST /api/v1/pending/:id/reject': {
    ...{ may: deciding, whose: 'decider' },
    ask: ({ id }) => ({ path: `/api/v1/pending/${id}/reject`, body: { reasonCode: 'x' } }),
  },
  'POST /api/v1/incidents/:id/withdraw': {
    ...{ may: reporting, whose: 'reporter' },
    ask: ({ id }) => ({ method: 'POST', path: `/api/v1/incidents/${id}/withdraw` }),
  },
  'POST /api/v1/pending/:id/return': {
    ...{ may: deciding, whose: 'decider' },
    ask: ({ id }) => ({ path: `/api/v1/pending/${id}/return`, body: {} }),
  },
  'POST /api/v1/pending/:id/forward': {
    ...{ may: deciding, whose: 'decider' },
    ask: ({ id }) => ({ path: `/api/v1/pending/${id}/forward`, body: {} }),
  },
  'POST /api/v1/pending/:id/undo': {
    ...{ may: deciding, whose: 'decider' },
    ask: ({ id }) => ({ path: `/api/v1/pending/${id}/undo`, body: { persons: ['x'] } }),
  },
  'GET /api/v1/pending': { may: deciding, ask: () => ({ path: '/api/v1/pending' }) },
})

const questionsOf = (pnr: string): Rows => ({
  'POST /api/v1/hearings/lookup': {
    may: reporting,
    ask: () => ({ path: '/api/v1/hearings/lookup', body: { pnr } }),
  },
  'POST /api/v1/hearings/:id/answer': {
    ...{ may: reporting, whose: 'asked' },
    ask: ({ hearing, pnr: asked }) => ({
      path: `/api/v1/hearings/${hearing}/answer`,
      body: { pnr: asked, answer: 'perhaps' },
    }),
  },
  'POST /api/v1/persons/lookup': {
    may: reporting,
    ask: () => ({ path: '/api/v1/persons/lookup', body: { pnr, purpose: 'the matrix' } }),
  },
  'GET /api/v1/events': { may: ['receiver'], ask: () => ({ path: '/api/v1/events' }) },
  'GET /api/v1/addresses': {
    may: reporting,
    ask: () => ({ path: '/api/v1/addresses?municipality=0751&limit=1' }),
  },
})

function ownOf(ordinary: string): Rows {
  const own = (path: string): MatrixRow => ({
    may: provider,
    ask: () => ({ path: `/api/v1${path}`, body: { pnr: ordinary } }),
  })
  return {
    'POST /api/v1/incidents/lookup': own('/incidents/lookup'),
    'POST /api/v1/letters/lookup': own('/letters/lookup'),
    'POST /api/v1/persons/own-data': own('/persons/own-data'),
    'POST /api/v1/persons/who-looked': own('/persons/who-looked'),
    'POST /api/v1/incidents/:id/lookup': {
      ...{ may: provider, whose: 'party' },
      ask: ({ id, pnr: about }) => ({
        path: `/api/v1/incidents/${id}/lookup`,
        body: { pnr: about },
      }),
    },
  }
}

function depositsOf(pnr: string): Rows {
  const key = 'a-key-of-the-matrix-of-rights'
  const deposit = (method: string, path: string, body?: unknown): MatrixRow => ({
    may: reporting,
    ask: () => ({
      ...{ method, path: `/api/v1/deposits/draft/${path}` },
      ...(body !== undefined && { body }),
    }),
  })
  return {
    'PUT /api/v1/deposits/:kind/:key': deposit('PUT', key, { content: 'AAAA', concerns: [pnr] }),
    'GET /api/v1/deposits/:kind/:key': deposit('GET', key),
    'DELETE /api/v1/deposits/:kind/:key': deposit('DELETE', key),
    'POST /api/v1/deposits/:kind/lookup': deposit('POST', 'lookup', { pnr }),
    'POST /api/v1/deposits/:kind/remove': deposit('POST', 'remove', { pnr }),
    'POST /api/v1/sign-ins/refused': {
      may: reporting,
      ask: () => ({ path: '/api/v1/sign-ins/refused', body: { reason: 'too-low' } }),
    },
  }
}

const policy = (method: string, path: string, body?: unknown): MatrixRow => ({
  may: path.includes('/switch-') ? ['lead'] : ['municipality', 'lead'],
  ask: () => ({ method, path: `/api/v1/policies${path}`, ...(body !== undefined && { body }) }),
})

const policyRows: Rows = {
  'GET /api/v1/policy-traits': everybody('/api/v1/policy-traits'),
  'GET /api/v1/policies': policy('GET', ''),
  'GET /api/v1/policies/:name': policy('GET', '/none'),
  'PUT /api/v1/policies/:name': policy('PUT', '/none', {}),
  'POST /api/v1/policies/:name/switch-on': policy('POST', '/none/switch-on', { version: 1 }),
  'POST /api/v1/policies/:name/switch-off': policy('POST', '/none/switch-off'),
  'POST /api/v1/policies/:name/dry-run': policy('POST', '/none/dry-run', { version: 1 }),
}

const administer = (method: string, path: string, body?: unknown): MatrixRow => ({
  may: ['administrator'],
  ask: () => ({ method, path: `/api/v1${path}`, ...(body !== undefined && { body }) }),
})
const reason = 'the matrix'
const nowhere = { group: 'municipality', authority: '9999', reason }

const administrationRows: Rows = {
  'GET /api/v1/person-codes': administer('GET', '/person-codes'),
  'POST /api/v1/person-codes': administer('POST', '/person-codes', nowhere),
  'POST /api/v1/person-codes/:code/reset': administer('POST', '/person-codes/W9999999/reset', {
    reason,
  }),
  'POST /api/v1/person-codes/:code/change': administer('POST', '/person-codes/W9999999/change', {
    reason,
  }),
  'POST /api/v1/person-codes/:code/move': administer(
    ...(['POST', '/person-codes/W9999999/move', nowhere] as const),
  ),
  'POST /api/v1/person-codes/:code/:act': administer('POST', '/person-codes/W9999999/lock', {
    reason,
  }),
  'POST /api/v1/person-codes/:code/link': administer('POST', '/person-codes/W9999999/link', {
    ...{ issuer: 'https://nobody.invalid', subject: 'nobody', reason },
  }),
  'POST /api/v1/person-codes/:code/employee': administer(
    ...(['POST', '/person-codes/W9999999/employee', { reason }] as const),
  ),
  'POST /api/v1/person-codes/:code/unlink': administer('POST', '/person-codes/W9999999/unlink', {
    reason,
  }),
  'GET /api/v1/grant-requests': administer('GET', '/grant-requests'),
  'POST /api/v1/grant-requests/:id/grant': administer('POST', '/grant-requests/none/grant', {
    reason,
  }),
  'POST /api/v1/grant-requests/:id/refuse': administer('POST', '/grant-requests/none/refuse', {
    reason,
  }),
}

const gctpRows: Rows = {
  'GCTP sign-on': { may: 'everybody', ask: () => ({ gctp: 'sign-on' }) },
  'GCTP new-password': { may: 'everybody', ask: () => ({ gctp: 'new-password' }) },
  'GCTP sign-off': { may: 'signed-on', ask: () => ({ gctp: 'sign-off' }) },
  'GCTP unknown-system': { may: 'signed-on', ask: () => ({ gctp: 'unknown-system' }) },
  'GCTP search': { may: reporting, ask: () => ({ gctp: 'search' }) },
  'GCTP initiate': { may: reporting, ask: () => ({ gctp: 'INIT' }) },
  'GCTP validate': { may: reporting, whose: 'reporter', ask: () => ({ gctp: 'VALIDER' }) },
  'GCTP save': { may: reporting, whose: 'reporter', ask: () => ({ gctp: 'GEM' }) },
  'GCTP cancel': { may: reporting, whose: 'reporter', ask: () => ({ gctp: 'FORTRYD' }) },
  'GCTP withdraw': { may: reporting, whose: 'reporter', ask: () => ({ gctp: 'TRAEKTILBAGE' }) },
  'GCTP return': { may: deciding, whose: 'decider', ask: () => ({ gctp: 'RETURNER' }) },
  'GCTP forward': { may: deciding, whose: 'decider', ask: () => ({ gctp: 'VIDERESEND' }) },
  'GCTP undo': { may: deciding, whose: 'decider', ask: () => ({ gctp: 'OMGOER' }) },
  'GCTP approve': { may: deciding, whose: 'decider', ask: () => ({ gctp: 'GODKEND' }) },
  'GCTP reject': { may: deciding, whose: 'decider', ask: () => ({ gctp: 'AFVIS' }) },
}
