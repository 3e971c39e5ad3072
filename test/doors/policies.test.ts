/** Policies over the JSON door: written, read, looked at twice, tried, and told in the answers. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runPolicies } from '#casework/automatic.ts'
import { openJson, type PolicyDocument } from '#client/index.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { houseOn } from '#test/casework/stand.ts'
import { beginPending, emptyIn, moveTo } from '#test/doors/incidents.ts'
import { at, listAt, send, signOn, textAt } from '#test/doors/talk.ts'
import { documentOf } from '#test/policy-kit.ts'
import { openTestServer } from '#test/server.ts'
import { holdTimeWork } from '#test/time-work.ts'

const server = await openTestServer()
const { codes, scenario, pool, clock, url, ownerPool } = server
await ownerPool.script("update address set rooms = 9, kind = 'ordinary'")
// The server decides nothing by itself meanwhile: these tests say when.
await holdTimeWork(ownerPool)
/** Team leads both: whoever writes may not switch on, and a case worker switches nothing. */
const leadCode = await server.newCode('team-lead', '0751')
const colleagueCode = await server.newCode('team-lead', '0751')
const [citizen, worker, clerk, colleague, elsewhere] = [
  await signOn(server, codes.citizen),
  await signOn(server, codes.municipality),
  await signOn(server, leadCode),
  await signOn(server, colleagueCode),
  await signOn(server, codes.otherMunicipality),
]
const aarhus = documentOf('aarhus')
const path = (end = '') => `/api/v1/policies/aarhus${end}`
const put = (body: unknown, token = clerk, name = path()) =>
  send(server, { method: 'PUT', path: name, token, body })
const post = (end: string, body: unknown, token = clerk) =>
  send(server, { method: 'POST', path: path(end), token, body })

/** They are one employee's. */
async function employ(...employeesCodes: readonly string[]): Promise<void> {
  for (const code of employeesCodes) {
    await ownerPool.script(
      `insert into employee values ('${code}', '${scenario.ordinaryAdult}', 'test', now())`,
    )
  }
}

const house = houseOn(pool, clock)
/** Chance that takes nothing out. */
const steady = {
  ...house,
  random: (bytes: number) => (bytes === 4 ? new Uint8Array(4).fill(255) : house.random(bytes)),
}

test('a policy is written as versions, and the same again is no new one', async () => {
  const first = await put(aarhus)
  assert.deepEqual([first.status, listAt(first.body, 'versions').length], [200, 1])
  assert.equal(listAt((await put(aarhus)).body, 'versions').length, 1)
  const title = { da: 'Andet navn', en: 'Another name' }
  const changed = await put({ ...(aarhus as object), title })
  assert.deepEqual(
    listAt(changed.body, 'versions').map((each) => at(each, 'version')),
    [2, 1],
  )
  assert.equal(at(changed.body, 'on'), undefined, 'off by default')
  assert.deepEqual(
    at(changed.body, 'versions', 1, 'document'),
    at(first.body, 'versions', 0, 'document'),
  )
})

test('what is written can be read in both languages', async () => {
  const { body } = await send(server, { path: path(), token: clerk })
  const clauses = listAt(body, 'versions', 0, 'clauses')
  const texts = clauses.flatMap((each) => listAt(each, 'conditions'))
  assert.ok(texts.length > 10)
  const said = (language: string) => texts.map((each) => textAt(each, language))
  assert.ok(
    said('da').includes('Antal, der flytter: højst »Plads til (værelser gange kommunens faktor)«'),
  )
  assert.ok(said('en').includes('The age of the oldest who moves: at least 19'))
})

const title = { da: 'Prøve', en: 'Trial' }
const clause = (when: unknown, more: object = {}) => ({
  ...{ name: 'one', title, incident: 'domestic-move', decides: 'approve', when },
  ...more,
})
const number = { trait: 'movers', test: 'is', value: 1 }
const faults: readonly (readonly [document: unknown, field: string, en: RegExp])[] = [
  [
    { clauses: [clause([{ ...number, trait: 'income' }])] },
    'clauses.0.when.0.trait',
    /no trait income/,
  ],
  [{ clauses: [clause([{ ...number, test: 'within' }])] }, 'clauses.0.when.0.test', /is, at-least/],
  [
    { clauses: [clause([{ ...number, value: 'one' }])] },
    'clauses.0.when.0.value',
    /a whole number/,
  ],
  [{ clauses: [clause([{ ...number, value: 1.5 }])] }, 'clauses.0.when.0.value', /a whole number/],
  [
    { clauses: [clause([{ trait: 'marks', test: 'within', value: ['odd'] }])] },
    'clauses.0.when.0.value',
    /some of late, host/,
  ],
  [
    { clauses: [clause([{ trait: 'movers', test: 'is', other: 'date' }])] },
    'clauses.0.when.0.other',
    /no trait to compare/,
  ],
  [
    { clauses: [clause([{ ...number, other: 'rooms' }])] },
    'clauses.0.when.0.other',
    /either value or other/,
  ],
  [
    { clauses: [clause([{ ...number, fn: '() => true' }])] },
    'clauses.0.when.0.fn',
    /nothing called fn/,
  ],
  [
    { clauses: [clause([number], { incident: 'divorce' })] },
    'clauses.0.incident',
    /no incident type divorce/,
  ],
  [{ clauses: [clause([number], { incident: 'death' })] }, 'clauses.0.incident', /second person/],
  [{ clauses: [clause([number], { decides: 'reject' })] }, 'clauses.0.decides', /only approve/],
  [{ clauses: [clause([])] }, 'clauses.0.when', /1 to 30/],
  [{ clauses: [] }, 'clauses', /1 to 20/],
  [{ clauses: [clause([number]), clause([number])] }, 'clauses', /two are called one/],
  [{ clauses: [clause([number])], name: 'odense' }, 'name', /must be aarhus/],
  [{ clauses: [clause([number])], title: { da: 'x' } }, 'title.en', /must be a text/],
]
test('what does not exist is refused with its place, all at once, in both languages', async () => {
  for (const [document, field, en] of faults) {
    const { status, body } = await put({ name: 'aarhus', title, ...(document as object) })
    assert.equal(status, 422, field)
    const refusals = listAt(body, 'refusals')
    const [refusal] = refusals
    assert.deepEqual([at(refusal, 'number'), at(refusal, 'field')], [9041, field])
    assert.match(textAt(refusal, 'text', 'en'), en)
    assert.notEqual(textAt(refusal, 'text', 'da'), textAt(refusal, 'text', 'en'))
  }
  const many = { clauses: [clause([{ trait: 'x' }], { decides: 'x', title: 'x' })] }
  assert.ok(listAt((await put(many)).body, 'refusals').length >= 5, 'all of them')
})

test('it is switched on by somebody else than who wrote it, in the version that was seen', async () => {
  const own = await post('/switch-on', { version: 2 })
  assert.deepEqual([own.status, at(own.body, 'receipt')], [422, 9042])
  await employ(leadCode.code, colleagueCode.code)
  const oneself = await post('/switch-on', { version: 2 }, colleague)
  assert.deepEqual([oneself.status, at(oneself.body, 'receipt')], [422, 9042], 'by another code')
  await ownerPool.script('delete from employee')
  const unseen = await post('/switch-on', { version: 7 }, colleague)
  assert.deepEqual([unseen.status, at(unseen.body, 'receipt')], [404, 9040])
  for (const samplePercent of [0, 101, 2.5]) {
    assert.equal((await post('/switch-on', { version: 1, samplePercent }, colleague)).status, 400)
  }
  const on = await post('/switch-on', { version: 2, samplePercent: 10 }, colleague)
  assert.equal(on.status, 200)
  const { by, version, samplePercent } = at(on.body, 'on') as Record<string, unknown>
  assert.deepEqual(
    { by, version, samplePercent },
    { by: colleagueCode.code, version: 2, samplePercent: 10 },
  )
  const again = await post('/switch-on', { version: 2, samplePercent: 10 }, colleague)
  assert.equal(listAt(again.body, 'switches').length, 1, 'the same again changes nothing')
})

test('a case worker reads, writes and tries, and switches nothing', async () => {
  assert.equal((await put({}, worker)).status, 422)
  assert.equal((await post('/dry-run', { version: 1 }, worker)).status, 200)
  for (const end of ['/switch-on', '/switch-off']) {
    const refused = await post(end, end === '/switch-on' ? { version: 1 } : undefined, worker)
    assert.deepEqual([refused.status, at(refused.body, 'receipt')], [403, 184])
  }
})

test('each municipality has its own, and a provider has none', async () => {
  const { body } = await send(server, { path: '/api/v1/policies', token: elsewhere })
  assert.deepEqual(listAt(body, 'items'), [])
  const theirs = await send(server, { path: path(), token: elsewhere })
  assert.deepEqual([theirs.status, at(theirs.body, 'receipt')], [404, 9040])
  for (const reply of [
    await send(server, { path: path(), token: citizen }),
    await put(aarhus, citizen),
    await post('/switch-off', undefined, citizen),
    await post('/dry-run', { version: 1 }, citizen),
  ]) {
    assert.equal(reply.status, 403)
  }
})

test('DESK-7: the answer and its timeline say which policy and version decided', async () => {
  const data = moveTo(emptyIn(server, '0751'))
  const { id } = await beginPending(server, citizen, { pnr: scenario.ordinaryAdult, data })
  assert.deepEqual(await runPolicies(steady, catalogue), { decided: 1, leftToPeople: 0 })
  for (const token of [citizen, clerk]) {
    const { body } = await send(server, { path: `/api/v1/incidents/${id}`, token })
    assert.equal(at(body, 'state'), 'approved')
    const by = { policy: 'aarhus', version: 2, clause: 'empty-dwelling' }
    assert.deepEqual([at(body, 'look', 'kind'), at(body, 'look', 'by')], ['approved', by])
    const entry = listAt(body, 'timeline').find((each) => at(each, 'kind') === 'looked')
    assert.match(textAt(entry, 'text', 'da'), /automatisk efter regelsættet aarhus, version 2/)
  }
})

test('why a person looks at it is told to the authority, and to the reporter only that', async () => {
  const data = moveTo(emptyIn(server, '0751', 1))
  const { child14: pnr } = scenario
  const { id } = await beginPending(server, citizen, { pnr, data })
  await runPolicies(steady, catalogue)
  const seen = async (token: string) =>
    at((await send(server, { path: `/api/v1/incidents/${id}`, token })).body, 'look')
  const mine = await seen(citizen)
  assert.equal(at(mine, 'why'), undefined)
  assert.ok(['person', 'waits'].includes(textAt(mine, 'kind')))
  const { body } = await post('/dry-run', { version: 2 })
  const tried = listAt(body, 'cases').find((each) => at(each, 'incident') === id)
  assert.equal(at(tried, 'would'), textAt(mine, 'kind'))
  const theirs = await seen(clerk)
  assert.deepEqual(at(theirs, 'why'), at(tried, 'why'))
})

test('the client writes, reads, tries and switches with types', async () => {
  const desk = openJson({
    url,
    personCode: leadCode.code,
    password: leadCode.password,
  })
  const document = { ...(aarhus as PolicyDocument), name: 'trial' }
  const written = await desk.policies.put(document)
  assert.ok(written.ok)
  const version = written.value.versions[0]?.version ?? 0
  const tried = await desk.policies.dryRun('trial', { version })
  assert.ok(tried.ok && tried.value.tally.cases >= 1)
  const other = openJson({ url, personCode: colleagueCode.code, password: colleagueCode.password })
  assert.ok((await other.policies.switchOn('trial', { version })).ok)
  const listed = await desk.policies.list()
  assert.ok(listed.ok)
  assert.deepEqual(
    listed.value.map(({ name, on }) => [name, on?.samplePercent]),
    [
      ['aarhus', 10],
      ['trial', 5],
    ],
  )
  const off = await desk.policies.switchOff('trial')
  assert.ok(off.ok && off.value.on === undefined)
  const traits = await desk.catalogue.traits()
  assert.ok(traits.ok && traits.value.some(({ incident }) => incident === 'emigration'))
  const shown = await desk.policies.get('trial')
  assert.ok(shown.ok && shown.value.switches.length === 2)
})

test('every question and every change is on record', async () => {
  const { rows } = await ownerPool.script(
    `select act, outcome, count(*)::int as n from audit where act like 'policy-%' group by 1, 2`,
  )
  const told = new Set(rows.map(({ act, outcome }) => [act, outcome].map(String).join(' ')))
  for (const line of [
    ...['policy-listed done', 'policy-listed denied', 'policy-listed refused'],
    ...['policy-written done', 'policy-written refused', 'policy-written denied'],
    ...[
      'policy-switched done',
      'policy-switched refused',
      'policy-tried done',
      'policy-looked done',
    ],
  ]) {
    assert.ok(told.has(line), line)
  }
})
