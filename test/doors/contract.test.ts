/** The contract of the JSON door: valid OpenAPI 3.1, every route in it, every answer as it says. */

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { catalogue } from '#incidents/catalogue.ts'
import { composeServer } from '#server/compose.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { Contract, routesOf } from '#test/doors/contract.ts'
import { administrationSaid } from '#test/doors/contract-administration.ts'
import { deskCalls, turnCalls } from '#test/doors/contract-desk.ts'
import { policyCalls } from '#test/doors/contract-policies.ts'
import { reviewSaid } from '#test/doors/contract-review.ts'
import { beginPending, beginValidated, emptyIn, moveTo, today } from '#test/doors/incidents.ts'
import {
  at,
  listAt,
  type Reply,
  type Request,
  type Said,
  send,
  signOn,
  textAt,
} from '#test/doors/talk.ts'
import { openScriptedProvider } from '#test/openid-provider.ts'
import { newPassword, openTestServer } from '#test/server.ts'

const provider = await openScriptedProvider()
const server = await openTestServer({ parts: { openIdProviders: () => [provider.settings] } })
const { scenario, codes, pool, clock } = server
const leadCode = await server.newCode('team-lead', '0751')
const { body: document } = await send(server, { path: '/api/v1/openapi.json' })
const contract = new Contract(document)
const { operations } = contract
const token = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const lead = await signOn(server, leadCode)
const data = moveTo(emptyIn(server, '0751'))

test('the document has what OpenAPI 3.1 asks for', () => {
  assert.match(textAt(document, 'openapi'), /^3\.1\.\d+$/)
  assert.ok(textAt(document, 'info', 'title') !== '' && textAt(document, 'info', 'version') !== '')
  const known = ['openapi', 'info', 'servers', 'paths', 'components', 'tags']
  assert.deepEqual(
    Object.keys(contract.document).filter((name) => !known.includes(name)),
    [],
  )
  const tags = listAt(document, 'tags').map((tag) => at(tag, 'name'))
  const schemes = Object.keys(at(document, 'components', 'securitySchemes') ?? {})
  for (const { method, path, told } of operations) {
    const name = `${method} ${path}`
    assert.match(path, /^\/api\/v1\//, name)
    assert.ok(textAt(told, 'summary') !== '' && textAt(told, 'description') !== '', name)
    for (const tag of listAt(told, 'tags')) assert.ok(tags.includes(tag), name)
    for (const each of listAt(told, 'security')) {
      assert.ok(Object.keys(each ?? {}).every((scheme) => schemes.includes(scheme)))
    }
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param)
    const declared = (at(told, 'parameters') === undefined ? [] : listAt(told, 'parameters'))
      .filter((each) => at(each, 'in') === 'path')
      .map((each) => at(each, 'name'))
    assert.deepEqual(declared, inPath, name)
    for (const [status, response] of Object.entries(at(told, 'responses') ?? {})) {
      assert.match(status, /^(?:[1-5]\d\d|[1-5]XX|default)$/, name)
      assert.ok(textAt(response, 'description') !== '', name)
    }
  }
  const ids = operations.map(({ told }) => textAt(told, 'operationId'))
  assert.equal(new Set(ids).size, ids.length)
})

test('every reference leads somewhere, and every schema is one of JSON Schema 2020-12', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]*)"/g)]
  assert.ok(references.length > 0)
  for (const [, path = ''] of references) assert.ok(at(document, ...path.split('/')), path)
  let schemas = 0
  for (const { method, path, told } of operations) {
    const under = ['paths', path, method.toLowerCase()]
    if (at(told, 'requestBody') !== undefined) {
      contract.schemaAt(...under, 'requestBody', 'content', 'application/json', 'schema')
      schemas += 1
    }
    for (const [status, response] of Object.entries(at(told, 'responses') ?? {})) {
      for (const type of Object.keys(at(response, 'content') ?? {})) {
        contract.schemaAt(...under, 'responses', status, 'content', type, 'schema')
        schemas += 1
      }
    }
  }
  assert.ok(schemas > 40)
})

test('the data of a validation are told type by type', () => {
  const body = contract.schemaAt(
    ...['paths', '/api/v1/incidents/{id}/validate', 'post', 'requestBody'],
    ...['content', 'application/json', 'schema'],
  )
  for (const { shape, examples } of catalogue) {
    const own = contract.schemaAt('components', 'schemas', `${shape.name}.data`)
    for (const example of examples) {
      const sent = JSON.parse(JSON.stringify(example))
      assert.ok(own(sent), shape.name)
      assert.ok(body({ data: sent }), shape.name)
    }
    assert.equal(own({ unknown: 'x' }), false)
  }
  assert.equal(body({ data: { unknown: 'x' } }), false)
})

test('every route of the JSON door is in the document, and nothing else', async () => {
  const log = watchedLog()
  const app = await composeServer({ pool, log, clock, version: 'test' })
  after(() => app.close())
  await app.ready()
  const routes = routesOf(app.printRoutes({ commonPrefix: false }))
    .filter((route) => / \/api\/v1\/(?!docs|openapi\.json)/.test(route))
    .filter((route) => !/^(?:HEAD|OPTIONS) /.test(route))
    .map((route) => route.replaceAll(/:(\w+)/g, '{$1}'))
  const told = operations.map(({ method, path }) => `${method} ${path}`)
  assert.deepEqual(told.toSorted(), [...new Set(routes)].toSorted())
})

const v1 = (path: string) => `/api/v1/${path}`
const post = (path: string, by: string | undefined, body?: unknown): Request => ({
  method: 'POST',
  path: v1(path),
  token: by,
  body,
})

async function hear(said: readonly Said[]): Promise<readonly Reply[]> {
  const replies: Reply[] = []
  for (const [path, request, status] of said) {
    const reply = await send(server, request)
    assert.equal(reply.status, status, `${request.path}: ${reply.bytes.toString()}`)
    const method = request.method ?? (request.body === undefined ? 'GET' : 'POST')
    contract.assertKept(method, v1(path), reply)
    if (reply.status < 300) contract.assertAsked(method, v1(path), request.body)
    replies.push(reply)
  }
  return replies
}

test('sessions answer as they promise, good and refused', async () => {
  const { code: personCode, password } = codes.office
  const [signed] = await hear([
    ['sessions', post('sessions', undefined, { personCode, password }), 201],
    ['sessions', post('sessions', undefined, { personCode, password: 'x' }), 401],
    ['sessions', post('sessions', undefined, { personCode }), 400],
  ])
  const mine = textAt(signed?.body, 'token')
  await hear([
    ['notices', { path: v1('notices'), token: mine }, 200],
    ['notices', { path: v1('notices') }, 401],
  ])
  const end: Request = { method: 'DELETE', path: v1('sessions/current'), token: mine }
  await hear([
    ['sessions/current', end, 204],
    ['sessions/current', end, 401],
  ])
  const [again] = await hear([
    ['sessions', post('sessions', undefined, { personCode, password }), 201],
  ])
  const endAll = { method: 'DELETE', path: v1('sessions'), token: textAt(again?.body, 'token') }
  await hear([
    ['sessions', endAll, 204],
    ['sessions', endAll, 401],
  ])
  const weak = { personCode, password, newPassword: 'short' }
  const good = { ...weak, newPassword: newPassword() }
  await hear([
    ['password', post('password', undefined, weak), 422],
    ['password', post('password', undefined, { ...weak, password: 'x' }), 401],
    ['password', post('password', undefined, good), 200],
  ])
})

test('the steps of an incident answer as they promise, good and refused', async () => {
  const keys = { date: today(server), municipality: '0751' }
  const move = { type: 'domestic-move', ...keys }
  const { withPending: pnr, dead } = scenario
  const [begun] = await hear([
    ['incidents', post('incidents', token, { ...move, pnr }), 201],
    ['incidents', post('incidents', token, { ...move, pnr: dead }), 422],
    ['incidents', post('incidents', token, { ...move, pnr, type: 'x' }), 404],
    ['incidents', post('incidents', token, {}), 400],
    ['incidents', post('incidents', undefined, { ...move, pnr }), 401],
  ])
  const id = textAt(begun?.body, 'id')
  const saved = (action: string) => `incidents/{id}/${action}`
  await hear([
    [saved('validate'), post(`incidents/${id}/validate`, token, { data: { x: '1' } }), 422],
    [saved('save'), post(`incidents/${id}/save`, token), 409],
    [saved('validate'), post(`incidents/${id}/validate`, token, { data }), 200],
    [saved('validate'), post('incidents/x/validate', token, { data }), 404],
    ['incidents/{id}', { path: v1(`incidents/${id}`), token }, 200],
    ['incidents/{id}', { path: v1(`incidents/${id}`), token: clerk }, 404],
    [saved('save'), post(`incidents/${id}/save`, token), 200],
    [saved('cancel'), post(`incidents/${id}/cancel`, token), 409],
    ['incidents', post('incidents', token, { ...move, pnr }), 201],
  ])
  const other = await beginValidated(server, token, { pnr: scenario.newcomer })
  await hear([[saved('cancel'), post(`incidents/${other.id}/cancel`, token), 200]])
  const type = 'name-and-address-protection'
  const protection = { data: { action: 'on', children: scenario.familyOfFour.slice(2) } }
  const family = { type, pnr: scenario.familyOfFour[0] }
  await beginPending(server, token, { ...family, ...protection })
  await hear([
    ['incidents', post('incidents', token, { ...keys, ...family }), 201],
    ['pending', { path: v1('pending?limit=1'), token: clerk }, 200],
    ['pending', { path: v1('pending'), token }, 403],
    ['pending', { path: v1('pending?cursor=x'), token: clerk }, 400],
    ['pending/{id}/approve', post(`pending/${id}/approve`, token), 403],
    ['pending/{id}/approve', post(`pending/${id}/approve`, clerk), 200],
    ['pending/{id}/approve', post(`pending/${id}/approve`, clerk), 409],
    ['incidents/{id}', { path: v1(`incidents/${id}`), token }, 200],
  ])
  const wrong = await beginPending(server, token, { pnr: scenario.child14 })
  const reason = { reasonCode: 'DUPLICATE', text: 'Allerede anmeldt' }
  await hear([
    [
      'pending/{id}/reject',
      post(`pending/${wrong.id}/reject`, clerk, { ...reason, text: '' }),
      422,
    ],
    ['pending/{id}/reject', post(`pending/${wrong.id}/reject`, clerk, reason), 200],
    ['incidents/{id}', { path: v1(`incidents/${wrong.id}`), token }, 200],
  ])
})

test('hearings, and decisions for some, answer as they promise', async () => {
  const [mover, mine] = [scenario.centenarian, scenario.ordinaryAdult]
  const { rows } = await server.ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${mine}'`,
  )
  const { id: incident } = await beginPending(server, token, { pnr: mover, data: rows[0] })
  const path = 'hearings/{id}/answer'
  const [asked] = await hear([
    ['hearings/lookup', post('hearings/lookup', token, { pnr: mine }), 200],
    ['hearings/lookup', post('hearings/lookup', token, { pnr: '1' }), 422],
    ['hearings/lookup', post('hearings/lookup', undefined, { pnr: mine }), 401],
  ])
  const id = textAt(asked?.body, 'items', 0, 'id')
  const yes = { pnr: mine, answer: 'yes', fromDate: today(server), text: 'Ja' }
  const approve = (body: object) => post(`pending/${incident}/approve`, clerk, body)
  await hear([
    ['pending/{id}/approve', approve({}), 422],
    [path, post(`hearings/${id}/answer`, token, { ...yes, answer: 'x' }), 422],
    [path, post('hearings/x/answer', token, yes), 404],
    [path, post(`hearings/${id}/answer`, token, yes), 200],
    [path, post(`hearings/${id}/answer`, token, { ...yes, answer: 'no' }), 409],
    ['incidents/{id}', { path: v1(`incidents/${incident}`), token: clerk }, 200],
    ['pending/{id}/approve', approve({ persons: [mine] }), 422],
    ['pending/{id}/approve', approve({ persons: [mover] }), 200],
    ['incidents/{id}', { path: v1(`incidents/${incident}`), token }, 200],
  ])
})

test('the turns of an incident answer as they promise', async () => {
  const { noFixedAddress: pnr, dead } = scenario
  const { id } = await beginPending(server, token, { pnr })
  const [late] = await hear(turnCalls({ id, clerk, citizen: token, data, pnr, stranger: dead }))
  assert.equal(at(late?.body, 'receipt'), 9045)
})

test('the desk answers as it promises', async () => {
  const { id } = await beginPending(server, token, { pnr: scenario.centenarian })
  await hear(deskCalls(id, { clerk, lead, citizen: token }))
})

test('the address register answers as it promises', async () => {
  const { road } = emptyIn(server, '0751')
  await hear([
    ['addresses', { path: v1('addresses?municipality=0751'), token }, 200],
    ['addresses', { path: v1(`addresses?municipality=0751&road=${road}`), token }, 200],
    ['addresses', { path: v1('addresses?municipality=x'), token }, 400],
    ['addresses', { path: v1('addresses?municipality=0751') }, 401],
  ])
})

test('questions answer as they promise for each named person, and for nobody', async () => {
  const { addresses: _, ...people } = scenario
  const numbers = Object.values(people).flat()
  const asked = (pnr: string, more: object, by: string | undefined) =>
    post('persons/lookup', by, { pnr, purpose: 'a test', ...more })
  await hear([
    ...[token, clerk].flatMap((by) =>
      numbers.map((pnr): Said => ['persons/lookup', asked(pnr, {}, by), 200]),
    ),
    ['persons/lookup', asked(scenario.emigrated, { asValidOn: '2020-06-01' }, clerk), 200],
    ['persons/lookup', asked(scenario.ordinaryAdult, { asKnownOn: today(server) }, clerk), 200],
    ['persons/lookup', asked('1208993701', {}, token), 422],
    ['persons/lookup', asked('', { asKnownOn: 'x' }, token), 422],
    ['persons/lookup', asked('', {}, undefined), 401],
  ])
})

test('notices and administration answer as they promise', async () => {
  const { first, afterwards } = await administrationSaid(server, token, provider)
  await hear(afterwards(await hear(first)))
})

test('deposits answer as they promise', async () => {
  const key = 'a-key-of-the-contract-test'
  const [one, all] = [`deposits/draft/${key}`, 'deposits/{kind}/{key}']
  const store = (body: object): Request => ({ ...post(one, token, body), method: 'PUT' })
  const reach = (method: string, by?: string): Request => ({ method, path: v1(one), token: by })
  const { ordinaryAdult: pnr } = scenario
  const body = { content: 'AAAA', concerns: [pnr] }
  await hear([
    [all, store(body), 200],
    [all, store({ ...body, replaces: 7 }), 409],
    [all, store({ ...body, concerns: [] }), 422],
    ...[token, undefined].map((by): Said => [all, reach('GET', by), by ? 200 : 401]),
    ['deposits/{kind}/lookup', post('deposits/draft/lookup', token, { pnr }), 200],
    ['deposits/{kind}/lookup', post('deposits/diary/lookup', token, { pnr }), 404],
    ...[token, undefined].map((by): Said => [all, reach('DELETE', by), by ? 200 : 401]),
    ['deposits/{kind}/remove', post('deposits/draft/remove', token, { pnr }), 200],
    ['deposits/{kind}/remove', post('deposits/draft/remove', token, { pnr: 'x' }), 422],
    ['sign-ins/refused', post('sign-ins/refused', token, { reason: 'too-low' }), 204],
    ['sign-ins/refused', post('sign-ins/refused', token, { reason: 'a whim' }), 400],
  ])
})

test('what persons ask about themselves answers as it promises', async () => {
  const [pnr, child] = [scenario.familyOfFour[0], scenario.familyOfFour[2]]
  const data = { ...moveTo(emptyIn(server, '0751', 3)), companions: [child] }
  const { id } = await beginPending(server, token, { pnr, data })
  const [one, own] = ['incidents/{id}/lookup', 'persons/own-data']
  await hear([
    ...['incidents/lookup', 'letters/lookup', 'persons/who-looked'].flatMap((path): Said[] => [
      [path, post(path, token, { pnr }), 200],
      [path, post(path, token, { pnr: 'x' }), 422],
      [path, post(path, clerk, { pnr }), 403],
      [path, post(path, undefined, { pnr }), 401],
    ]),
    [own, post(own, token, { pnr, child }), 200],
    [own, post(own, token, { pnr: child, child: pnr }), 404],
    [one, post(`incidents/${id}/lookup`, token, { pnr }), 200],
    [one, post(`incidents/${id}/lookup`, token, { pnr: child }), 200],
    [one, post(`incidents/${id}/lookup`, token, { pnr: scenario.child14 }), 404],
  ])
})

test('policies answer as they promise', async () => {
  await hear(policyCalls(clerk, lead))
})

test('the control of the log answers as it promises', async () => {
  await hear(await reviewSaid(server, clerk))
})

test('the catalogue answers as it promises', async () => {
  await hear([
    ['incident-types', { path: v1('incident-types') }, 200],
    ...catalogue.map(
      ({ shape }): Said => [
        'incident-types/{name}',
        { path: v1(`incident-types/${shape.name}`) },
        200,
      ],
    ),
    ['incident-types/{name}', { path: v1('incident-types/x') }, 404],
    ['receipts', { path: v1('receipts') }, 200],
    ['receipts/{number}', { path: v1('receipts/52') }, 200],
    ['receipts/{number}', { path: v1('receipts/1') }, 404],
  ])
})

test('AUD-2: an outage and a fault answer as every route promises', async () => {
  await server.ownerPool.script('revoke insert on audit from samspil_app')
  const path = 'persons/lookup'
  const body = { pnr: scenario.ordinaryAdult, purpose: 'a test' }
  await hear([[path, post(path, token, body), 500]])
  await server.ownerPool.script('grant insert on audit to samspil_app')
  await hear([[path, post(path, token, body), 200]])
})

test('each route was heard with its good answer, and with a refusal where it has any', () => {
  const openToAll = ['incident-types', 'receipts', 'policy-traits'].map((each) => `GET ${v1(each)}`)
  for (const { method, path, told } of operations) {
    const name = `${method} ${path}`
    const good = Object.keys(at(told, 'responses') ?? {}).filter((status) => /^2\d\d$/.test(status))
    for (const status of good) assert.ok(contract.answered.has(`${name} ${status}`), name)
    if (!openToAll.includes(name)) assert.ok(contract.answered.has(`${name} 4XX`), name)
  }
})
