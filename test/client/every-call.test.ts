/** The SDK has a typed call for every route of the contract, and each goes where it says. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Fetch,
  type JsonClient,
  openJson,
  type PolicyDocument,
  signOnWithIdentity,
} from '#client/index.ts'
import { Contract } from '#test/doors/contract.ts'
import { send } from '#test/doors/talk.ts'
import { newPassword, openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { url, codes } = server
const { operations } = new Contract((await send(server, { path: '/api/v1/openapi.json' })).body)
const v1 = '/api/v1'

/** 'METHOD /path' of what was sent, in order. */
const sent: string[] = []
const fetch: Fetch = (to, init) => {
  sent.push(`${init.method} ${new URL(to).pathname}`)
  return globalThis.fetch(to, init)
}
const { code: personCode, password } = codes.citizen
const client = openJson({ url, personCode, password, fetch })

const { ordinaryAdult: pnr } = server.scenario
const [id, key, reason] = ['an-id', 'a-key', 'a test']
const document: PolicyDocument = {
  ...{ name: 'a-policy', title: { da: 'P', en: 'P' }, clauses: [] },
}
const rejection = { reasonCode: 'DUPLICATE', text: 'x' } as const
const query = { pnr }

/** One for each typed call; what it is refused does not matter here, where it arrives does. */
const calls: readonly ((client: JsonClient) => Promise<unknown>)[] = [
  (each) => each.signOn(),
  () => signOnWithIdentity({ url, fetch }, { idToken: 'x', proof: 'x' }),
  (each) => each.initiate('domestic-move', { pnr, date: '2026-01-01', municipality: '0751' }),
  (each) => each.validate<'domestic-move'>(id, { road: '0001', house: '1' }),
  (each) => each.save(id),
  (each) => each.cancel(id),
  (each) => each.withdraw(id),
  (each) => each.follow(id),
  (each) => each.pending(),
  (each) => each.roads('0751'),
  (each) => each.lookUp({ pnr, purpose: reason }),
  (each) => each.events(),
  (each) => each.notices(),
  (each) => each.noteRefusedSignIn({ reason: 'refused' }),
  ({ desk }) => desk.closed(),
  ({ desk }) => desk.letters(),
  ({ desk }) => desk.settleLetters({ ids: [id], to: 'printed' }),
  ({ catalogue }) => catalogue.types(),
  ({ catalogue }) => catalogue.type('domestic-move'),
  ({ catalogue }) => catalogue.receipts(),
  ({ catalogue }) => catalogue.receipt(901),
  ({ catalogue }) => catalogue.traits(),
  ({ own }) => own.cases(query),
  ({ own }) => own.case(id, query),
  ({ own }) => own.data(query),
  ({ own }) => own.letters(query),
  ({ own }) => own.whoLooked(query),
  ({ own }) => own.hearings(pnr),
  ({ own }) => own.answerHearing(id, { pnr, answer: 'yes' }),
  ({ deposits }) => deposits.put('draft', key, { content: new Uint8Array(3), concerns: [pnr] }),
  ({ deposits }) => deposits.get('draft', key),
  ({ deposits }) => deposits.concerning('draft', pnr),
  ({ deposits }) => deposits.remove('draft', key),
  ({ deposits }) => deposits.removeConcerning('draft', pnr),
  ({ desk }) => desk.queue(),
  ({ desk }) => desk.counts(),
  ({ desk }) => desk.next(),
  ({ desk }) => desk.figures(),
  ({ desk }) => desk.case(id),
  ({ desk }) => desk.claim(id),
  ({ desk }) => desk.release(id),
  ({ desk }) => desk.note(id, 'x'),
  ({ desk }) => desk.approve(id),
  ({ desk }) => desk.reject(id, rejection),
  ({ desk }) => desk.return(id, { fields: [], text: 'x' }),
  ({ desk }) => desk.forward(id, { authority: '0851', text: 'x' }),
  ({ desk }) => desk.undo(id),
  ({ desk }) => desk.preview([id]),
  ({ desk }) => desk.decide({ action: 'approve', cases: [{ id, version: 1 }] }),
  ({ policies }) => policies.list(),
  ({ policies }) => policies.get('a-policy'),
  ({ policies }) => policies.put(document),
  ({ policies }) => policies.switchOn('a-policy', { version: 1 }),
  ({ policies }) => policies.switchOff('a-policy'),
  ({ policies }) => policies.dryRun('a-policy', { version: 1 }),
  ({ reviews }) => reviews.list('2026-W01'),
  ({ reviews }) => reviews.get('2026-W01'),
  ({ reviews }) => reviews.lookUp('2026-W01', 1),
  ({ reviews }) => reviews.ask('2026-W01', 1, { text: 'x' }),
  ({ reviews }) => reviews.judge('2026-W01', 1, { verdict: 'fine' }),
  ({ reviews }) => reviews.signOff('2026-W01', { version: 1 }),
  ({ reviews }) => reviews.asked(),
  ({ reviews }) => reviews.answer('2026-W01', 1, { text: 'x' }),
  ({ administration }) => administration.personCodes(),
  ({ administration }) => administration.create({ group: 'citizen', authority: '0042', reason }),
  ({ administration }) => administration.reset(personCode, reason),
  ({ administration }) => administration.change(personCode, { reason }),
  ({ administration }) =>
    administration.move(personCode, { group: 'citizen', authority: '0042', reason }),
  ({ administration }) => administration.act(personCode, 'lock', reason),
  ({ administration }) => administration.link(personCode, { issuer: 'i', subject: 's', reason }),
  ({ administration }) => administration.employee(personCode, { pnr, reason }),
  ({ administration }) => administration.unlink(personCode, reason),
  ({ administration }) => administration.grantRequests(),
  ({ administration }) => administration.grant(id, reason),
  ({ administration }) => administration.refuse(id, reason),
  (each) => each.signOff(),
  (each) => each.signOffEverywhere(),
  (each) => each.changePassword(newPassword()),
]

/** The route a request arrives at: the one with the fewest parts left open, as the server has it. */
function routeOf(request: string): string | undefined {
  const [method, path = ''] = request.split(' ')
  const parts = path.split('/')
  const open = (route: string) => route.split('{').length
  return operations
    .filter((each) => each.method === method)
    .map((each) => each.path)
    .filter((route) => {
      const wanted = route.split('/')
      const fits = (part: string, at: number) => part.startsWith('{') || part === parts[at]
      return wanted.length === parts.length && wanted.every(fits)
    })
    .sort((one, other) => open(one) - open(other))[0]
}

test('every typed call arrives at a route of the contract', async () => {
  for (const call of calls) {
    const before = sent.length
    await call(client)
    assert.ok(sent.length > before, `${call.toString()} sent nothing`)
  }
  for (const request of sent) assert.ok(routeOf(request), `${request} is no route`)
})

test('every route of the contract has a typed call', () => {
  const reached = new Set(sent.map((each) => `${each.split(' ')[0]} ${routeOf(each)}`))
  const routes = operations.map(({ method, path }) => `${method} ${path}`)
  const without = routes.filter((route) => !reached.has(route))
  assert.deepEqual(without, [])
  // The control: a route that nobody calls is noticed.
  const unknown = `GET ${v1}/nobody-calls-this`
  assert.deepEqual(
    [...routes, unknown].filter((route) => !reached.has(route)),
    [unknown],
  )
})
