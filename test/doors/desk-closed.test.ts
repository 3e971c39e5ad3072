/** What an authority is done with is found again: lately, one's own, by how it ended, or about somebody. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginPending, emptyIn, moveTo, step } from '#test/doors/incidents.ts'
import { at, listAt, signOn, textAt } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

let now = new Date('2026-03-02T09:00:00Z')
const server = await openTestServer({ clock: () => now })
const { codes, scenario, ownerPool } = server
await ownerPool.script('update address set rooms = 9')
const second = await server.newColleague()
const token = await signOn(server, codes.citizen)
const [clerk, colleague] = [await signOn(server, codes.municipality), await signOn(server, second)]
const elsewhere = await signOn(server, codes.otherMunicipality)

const closed = (body: object = {}, by = clerk) => step(server, by, 'desk/closed', body)
const idsIn = async (body: object = {}, by = clerk) =>
  listAt((await closed(body, by)).body, 'items').map((item) => textAt(item, 'id'))

const words = { reasonCode: 'CONDITIONS_NOT_MET', text: 'Nej' }
async function rejected(pnr: string, by: string): Promise<string> {
  const data = moveTo(emptyIn(server, '0751'))
  const { id } = await beginPending(server, token, { pnr, data, municipality: '0751' })
  assert.equal((await step(server, by, `pending/${id}/reject`, words)).status, 200)
  now = new Date(now.valueOf() + 60_000)
  return id
}

assert.deepEqual(await idsIn(), [])
const one = await rejected(scenario.ordinaryAdult, clerk)
const two = await rejected(scenario.centenarian, colleague)
const three = await rejected(scenario.ordinaryAdult, colleague)

test('what is decided is listed, the last first, with how it ended and by whom', async () => {
  const { body } = await closed()
  assert.deepEqual(await idsIn(), [three, two, one])
  const [item] = listAt(body, 'items')
  assert.deepEqual([at(item, 'state'), at(item, 'closedBy')], ['rejected', second.code])
  assert.deepEqual(await idsIn({ mine: true }), [one])
  await ownerPool.script(`update incident set decided_by = '0099' where id = '${three}'`)
  assert.equal(at(listAt((await closed()).body, 'items')[0], 'closedBy'), undefined)
})

test('the cases of one person are found by the number, and who was asked for is on record', async () => {
  assert.deepEqual(await idsIn({ pnr: scenario.ordinaryAdult }), [three, one])
  assert.deepEqual(await idsIn({ pnr: scenario.emigrated }), [])
  const { rows } = await ownerPool.script(
    `select persons::text[] as persons from audit where act = 'list-closed'
     order by xid desc limit 2`,
  )
  assert.deepEqual(
    rows.map(({ persons }) => persons),
    [[scenario.emigrated], [scenario.ordinaryAdult]],
  )
  const refused = await closed({ pnr: '12' })
  assert.deepEqual([refused.status, at(refused.body, 'receipt')], [422, 52])
})

test('who moved along is found by the own number, too', async () => {
  const [mother, father] = scenario.familyOfFour
  const data = { ...moveTo(emptyIn(server, '0751')), companions: [father] }
  const { id } = await beginPending(server, token, { pnr: mother, data, municipality: '0751' })
  assert.equal((await step(server, clerk, `pending/${id}/reject`, words)).status, 200)
  assert.deepEqual(await idsIn({ pnr: father }), [id])
  assert.deepEqual(await idsIn({ pnr: mother }), [id])
  assert.deepEqual(await idsIn({ pnr: father }, elsewhere), [])
  assert.equal((await step(server, clerk, `pending/${id}/undo`)).status, 200)
})

test('what its reporter withdrew is listed among them, by nobody of the authority', async () => {
  const data = moveTo(emptyIn(server, '0751'))
  const pnr = scenario.flatmates[0]
  const { id } = await beginPending(server, token, { pnr, data, municipality: '0751' })
  assert.equal((await step(server, token, `incidents/${id}/withdraw`)).status, 200)
  now = new Date(now.valueOf() + 60_000)
  assert.deepEqual(await idsIn(), [id, three, two, one])
  assert.deepEqual(await idsIn({ pnr }), [id])
  assert.deepEqual(await idsIn({ state: 'withdrawn' }), [id])
  assert.deepEqual(await idsIn({ mine: true }), [one])
  const [item] = listAt((await closed()).body, 'items')
  assert.deepEqual([at(item, 'state'), at(item, 'closedBy')], ['withdrawn', undefined])
  assert.deepEqual(await idsIn({ pnr }, elsewhere), [])
  await ownerPool.script(`update incident set closed_at = '2020-01-01' where id = '${id}'`)
})

test('what an employee withdrew of their own says who', async () => {
  const pnr = scenario.flatmates[1]
  const { id } = await beginPending(server, clerk, {
    ...{ pnr, type: 'disappearance', municipality: '0751' },
    data: {},
  })
  assert.equal((await step(server, clerk, `incidents/${id}/withdraw`)).status, 200)
  const [item] = listAt((await closed({ pnr })).body, 'items')
  assert.deepEqual([at(item, 'id'), at(item, 'closedBy')], [id, codes.municipality.code])
  await ownerPool.script(`update incident set closed_at = '2020-01-01' where id = '${id}'`)
})

test('how many ended how is counted of what the filter lets through, whatever the ending', async () => {
  const counts = async (body: object) =>
    at((await closed({ ...body, counts: true })).body, 'counts')
  const all = { approved: 0, rejected: 3, withdrawn: 0 }
  assert.deepEqual(await counts({}), all)
  assert.deepEqual(await counts({ state: 'approved', limit: 1 }), all)
  assert.deepEqual(await counts({ mine: true }), { ...all, rejected: 1 })
  const { flatmates } = scenario
  assert.deepEqual(await counts({ pnr: flatmates[0] }), { ...all, rejected: 0, withdrawn: 1 })
  assert.equal(at((await closed()).body, 'counts'), undefined)
  assert.deepEqual(await idsIn({ state: 'approved' }), [])
  assert.equal((await closed({ state: 'expired' })).status, 400)
})

test('pages follow one another', async () => {
  const first = await closed({ limit: 2 })
  const cursor = textAt(first.body, 'next')
  assert.deepEqual(await idsIn({ limit: 2, cursor }), [one])
})

test('a decision that is undone is decided no more', async () => {
  assert.equal((await step(server, colleague, `pending/${two}/undo`)).status, 200)
  assert.deepEqual(await idsIn(), [three, one])
})

test('another municipality finds none of them, and who decides nothing is refused', async () => {
  assert.deepEqual(await idsIn({}, elsewhere), [])
  assert.deepEqual(await idsIn({ pnr: scenario.ordinaryAdult }, elsewhere), [])
  const both = [await closed({}, token), await closed({ pnr: 'x' }, token)]
  assert.deepEqual(
    both.map(({ status }) => status),
    [403, 403],
  )
})

test('what is older than 90 days is found by the person alone', async () => {
  await ownerPool.script(`update incident set decided_at = decided_at - interval '91 days',
     closed_at = closed_at - interval '91 days'`)
  assert.deepEqual(await idsIn(), [])
  assert.deepEqual(await idsIn({ pnr: scenario.ordinaryAdult }), [three, one])
})
