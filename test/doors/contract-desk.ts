/** What the contract test hears of the desk: each of its calls with a good answer and a refusal. */

import type { Request, Said } from '#test/doors/talk.ts'

type Tokens = { readonly clerk: string; readonly lead: string; readonly citizen: string }

export function deskCalls(id: string, { clerk, lead, citizen }: Tokens): readonly Said[] {
  const post = (path: string, token: string, body: object = {}): Request => ({
    method: 'POST',
    path: `/api/v1/desk/${path}`,
    token,
    body,
  })
  const get = (path: string, token: string): Request => ({ path: `/api/v1/desk/${path}`, token })
  const ofCase = (action: string) => `desk/cases/{id}/${action}`
  return [
    ['desk/queue', post('queue', clerk), 200],
    ['desk/queue', post('queue', clerk, { sort: 'deadline', waitsFor: 'authority' }), 200],
    ['desk/queue', post('queue', clerk, { text: id, limit: 1, flag: 'similar' }), 200],
    ['desk/queue', post('queue', clerk, { cursor: 'x' }), 400],
    ['desk/queue', post('queue', clerk, { type: 'x' }), 404],
    ['desk/queue', post('queue', citizen), 403],
    ['desk/counts', post('counts', clerk), 200],
    ['desk/counts', post('counts', clerk, { flag: 'x' }), 400],
    ['desk/figures', get('figures?days=7', lead), 200],
    ['desk/figures', get('figures', clerk), 403],
    ['desk/cases/{id}', get(`cases/${id}`, clerk), 200],
    ['desk/cases/{id}', get('cases/x', clerk), 404],
    [ofCase('claim'), post(`cases/${id}/claim`, clerk), 200],
    [ofCase('claim'), post(`cases/${id}/claim`, citizen), 403],
    [ofCase('notes'), post(`cases/${id}/notes`, clerk, { text: 'Set' }), 201],
    [ofCase('notes'), post(`cases/${id}/notes`, clerk, { text: '' }), 422],
    [ofCase('release'), post(`cases/${id}/release`, clerk), 200],
    [ofCase('release'), post('cases/x/release', clerk), 404],
    ['desk/cases/{id}', get(`cases/${id}`, clerk), 200],
    ['desk/next', post('next', clerk), 200],
    ['desk/next', post('next', citizen), 403],
    ['desk/closed', post('closed', clerk), 200],
    ['desk/closed', post('closed', clerk, { pnr: 'x' }), 422],
    ['desk/closed', post('closed', clerk, { cursor: 'x' }), 400],
    ['desk/closed', post('closed', citizen), 403],
    ['desk/letters', post('letters', clerk), 200],
    ['desk/letters', post('letters', clerk, { pnr: 'x' }), 422],
    ['desk/letters', post('letters', clerk, { cursor: 'x' }), 400],
    ['desk/letters', post('letters', citizen), 403],
    ['desk/letters/settle', post('letters/settle', clerk, { ids: ['x'], to: 'printed' }), 200],
    ['desk/letters/settle', post('letters/settle', clerk, { ids: [], to: 'printed' }), 400],
    ['desk/preview', post('preview', clerk, { ids: [id, 'x'] }), 200],
    ['desk/preview', post('preview', clerk, { ids: [] }), 400],
    ['desk/decide', post('decide', clerk, { action: 'approve', cases: [{ id }] }), 200],
    ['desk/decide', post('decide', citizen, { action: 'approve', cases: [{ id }] }), 403],
  ]
}

type TurnScene = {
  readonly id: string
  readonly clerk: string
  readonly citizen: string
  readonly data: object
  /** The one whom it is about, and somebody whom it is not. */
  readonly pnr: string
  readonly stranger: string
}

/** Each turn of a pending incident, with good answers and refusals; it ends withdrawn. */
export function turnCalls(scene: TurnScene): readonly Said[] {
  const { id, clerk, citizen, data, pnr, stranger } = scene
  const send = (path: string, token: string, body?: object): Request => ({
    method: 'POST',
    path: `/api/v1/${path}`,
    token,
    body,
  })
  const pending = (action: string) => `pending/{id}/${action}`
  const turn = (action: string, by: string, body?: object) =>
    send(`pending/${id}/${action}`, by, body)
  const own = (action: string, by: string, body?: object) =>
    send(`incidents/${id}/${action}`, by, body)
  const get = (token: string): Request => ({ path: `/api/v1/incidents/${id}`, token })
  const back = { fields: ['house'], text: 'Husnummeret mangler' }
  return [
    [pending('undo'), turn('undo', clerk), 409],
    [pending('return'), turn('return', clerk, { fields: ['x'] }), 422],
    [pending('return'), turn('return', clerk, { text: 7 }), 400],
    [pending('return'), turn('return', clerk, back), 200],
    [pending('return'), turn('return', clerk, back), 409],
    ['incidents/{id}', get(citizen), 200],
    ['incidents/{id}', get(clerk), 200],
    ['incidents/{id}/validate', own('validate', citizen, { data }), 200],
    ['incidents/{id}/save', own('save', citizen), 200],
    [pending('reject'), turn('reject', clerk, { reasonCode: 'DUPLICATE', text: 'x' }), 200],
    [pending('undo'), turn('undo', clerk, { persons: [stranger] }), 422],
    [pending('undo'), turn('undo', clerk, { persons: [pnr] }), 200],
    [pending('forward'), turn('forward', clerk, { authority: '0042', text: 'x' }), 422],
    [pending('forward'), turn('forward', clerk, { authority: '0851', text: 'x' }), 200],
    [pending('forward'), turn('forward', clerk, { authority: '0851', text: 'x' }), 404],
    ['incidents/{id}/withdraw', own('withdraw', clerk), 404],
    ['incidents/{id}/withdraw', own('withdraw', citizen), 200],
    ['incidents/{id}/withdraw', own('withdraw', citizen), 409],
    ['incidents/{id}', get(citizen), 200],
  ]
}
