/** The desk's calls as the matrix of rights asks them: all of those who decide, on their own cases. */

import type { MatrixRow } from '#test/doors/matrix-rows.ts'

const may = ['municipality', 'lead', 'office'] as const
const list = (path: string, body: object = {}): MatrixRow => ({
  may,
  ask: () => ({ path: `/api/v1/desk/${path}`, body }),
})
const ofCase = (action: string, body?: object): MatrixRow => ({
  ...{ may, whose: 'decider' },
  ask: ({ id }) => ({
    method: 'POST',
    path: `/api/v1/desk/cases/${id}/${action}`,
    ...(body && { body }),
  }),
})

export const deskRows: Readonly<Record<string, MatrixRow>> = {
  'POST /api/v1/desk/queue': list('queue'),
  'POST /api/v1/desk/counts': list('counts'),
  'POST /api/v1/desk/next': list('next', { text: 'nobody is called so' }),
  'GET /api/v1/desk/figures': {
    may: ['lead', 'office'],
    ask: () => ({ path: '/api/v1/desk/figures' }),
  },
  'POST /api/v1/desk/closed': list('closed', { pnr: 'nobody' }),
  'POST /api/v1/desk/preview': list('preview', { ids: ['x'] }),
  'POST /api/v1/desk/decide': list('decide', { action: 'approve', cases: [{ id: 'x' }] }),
  'POST /api/v1/desk/letters': list('letters', { pnr: 'nobody' }),
  'POST /api/v1/desk/letters/settle': list('letters/settle', { ids: ['x'], to: 'printed' }),
  'GET /api/v1/desk/cases/:id': {
    ...{ may, whose: 'decider' },
    ask: ({ id }) => ({ path: `/api/v1/desk/cases/${id}` }),
  },
  'POST /api/v1/desk/cases/:id/claim': ofCase('claim'),
  'POST /api/v1/desk/cases/:id/release': ofCase('release'),
  'POST /api/v1/desk/cases/:id/notes': ofCase('notes', { text: ' ' }),
}
