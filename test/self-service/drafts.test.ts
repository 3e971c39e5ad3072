/** Drafts: written in two windows, sent twice, too many, and kept while the CPR server is away. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import { openBetween } from '#test/self-service/between.ts'
import { type Citizen, dayFields, openSite, type Page } from '#test/self-service/site.ts'

const between = await openBetween()
const site = await openSite({ cpr: between.cpr })
/** A process of the same site that does not wait long: for what is to fail, and nothing else. */
const impatient = await openSite({ beside: site, cpr: between.cpr, waitMs: 4_000 })
const { server } = site
const { scenario, ownerPool } = server
await ownerPool.script('update address set rooms = 9')
const moveOn = addDays(danishDate(server.clock()), 3)

/** An empty dwelling of 0751, as the list of addresses has it. */
function homeValue(nth: number): string {
  const empty = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)
  const { road, house, floor, door } = present(empty[nth % empty.length], 'an empty dwelling')
  return [road, house, floor, door].join('|')
}

/** Below which the pages of a new report lie. */
async function begin(citizen: Citizen, type = 'domestic-move'): Promise<string> {
  const { status, location, text } = await citizen.post(`/en/report/${type}`)
  assert.equal(status, 303, text)
  return location.replace(/\/[a-z]+$/, '')
}

const answerDate = (citizen: Citizen, at: string) =>
  citizen.post(`${at}/date`, dayFields('date', moveOn))
const answerAddress = (citizen: Citizen, at: string, nth: number, seen = '') =>
  citizen.post(`${at}/address`, { municipality: '0751', choice: homeValue(nth), seen })

/** To where everything stands in clear text. */
async function writeAll(citizen: Citizen, nth: number): Promise<string> {
  const at = await begin(citizen)
  await answerDate(citizen, at)
  await answerAddress(citizen, at, nth)
  for (let pages = 0; pages < 6; pages += 1) {
    const { location } = await citizen.get(`${at}/check`)
    if (location === '') return at
    const page = location.split('/').at(-1)?.split('?')[0]
    if (page === 'address' || page === 'date') assert.fail((await citizen.get(location)).text)
    await citizen.post(`${at}/${page}`, {})
  }
  return assert.fail('the report does not end')
}

const seenOn = ({ body }: Page) => /name="seen" value="([\w-]+)"/.exec(body)?.[1] ?? ''
const lineOf = ({ text }: Page, label: string) => text.slice(text.indexOf(label)).slice(0, 80)

test('two windows that are sent at once lose nothing of each other', async () => {
  const citizen = await site.as(scenario.flatmates[0])
  const at = await begin(citizen)
  const [date, address] = await Promise.all([
    answerDate(citizen, at),
    answerAddress(citizen, at, 0),
  ])
  assert.deepEqual([date.status, address.status], [303, 303])
  const year = moveOn.slice(0, 4)
  assert.match((await citizen.get(`${at}/date`)).body, new RegExp(`value="${year}"`))
  const [road = ''] = homeValue(0).split('|')
  assert.match((await citizen.get(`${at}/address`)).body, new RegExp(`value="${road}\\|`))
})

test('what another window changed is shown before it is sent, and sent only then', async () => {
  const citizen = await site.as(scenario.flatmates[1])
  const at = await writeAll(citizen, 0)
  const seen = seenOn(await citizen.get(`${at}/check`))
  await answerAddress(citizen, at, 1, seenOn(await citizen.get(`${at}/address`)))
  await citizen.get(`${at}/check`)
  const sent = await citizen.post(`${at}/check`, { seen, confirm: 'yes' })
  assert.match(sent.location, /\/check\?changed$/)
  const shown = await citizen.get(sent.location)
  assert.match(shown.text, /The report has changed since you saw it/)
  const again = await citizen.post(`${at}/check`, { seen: seenOn(shown), confirm: 'yes' })
  assert.match(again.location, /\/receipt$/)
})

test('a button that is pressed twice sends one report, and both see its receipt', async () => {
  const citizen = await site.as(scenario.ordinaryAdult)
  const at = await writeAll(citizen, 2)
  const seen = seenOn(await citizen.get(`${at}/check`))
  const send = () => citizen.post(`${at}/check`, { seen, confirm: 'yes' })
  const [one, two] = await Promise.all([send(), send()])
  assert.deepEqual([one.location, two.location], Array(2).fill(`${at}/receipt`))
  const { rows } = await ownerPool.script(
    `select ts from incident where pnr = '${scenario.ordinaryAdult}' and saved_at is not null`,
  )
  assert.equal(rows.length, 1)
  const receipt = await citizen.get(one.location)
  assert.match(lineOf(receipt, 'Case number'), new RegExp(String(rows[0]?.['ts'])))
})

test('while the CPR server is away or silent every page says so, and afterwards all is there', async () => {
  const cookie = await site.cookieOf(scenario.withPending)
  const citizen = site.bearing(cookie)
  const failing = impatient.bearing(cookie)
  const at = await begin(citizen)
  await answerDate(citizen, at)
  for (const trouble of ['gone', 'silent'] as const) {
    between.way = trouble
    const pages = await Promise.all([
      failing.get('/en/'),
      failing.get(`${at}/address`),
      answerAddress(failing, at, 3),
      failing.get('/en/cases'),
      failing.get('/en/my-data'),
      failing.get('/en/powers'),
      failing.post('/en/sign-out'),
    ])
    for (const { status, text } of pages) {
      assert.equal(status, 503, text)
      assert.match(text, /CPR does not answer right now/)
      assert.match(text, /Reference: [0-9a-f]{12}/)
    }
    between.way = 'through'
    assert.match((await citizen.get(`${at}/date`)).body, new RegExp(moveOn.slice(0, 4)))
  }
  assert.equal((await answerAddress(citizen, at, 3)).status, 303, 'the same may be sent again')
})

test('the register that is away in the middle of a page loses no answer of it', async () => {
  const citizen = await site.as(scenario.newcomer)
  const at = await begin(citizen)
  await answerDate(citizen, at)
  // The draft is kept first; then the conversation that nobody answers begins.
  const { gctp } = site.clients
  const original = gctp.initiate.bind(gctp)
  Object.defineProperty(gctp, 'initiate', {
    configurable: true,
    value: async (...given: Parameters<typeof original>) => {
      between.way = 'gone'
      return await original(...given)
    },
  })
  const lost = await answerAddress(citizen, at, 4)
  Reflect.deleteProperty(gctp, 'initiate')
  between.way = 'through'
  assert.equal(lost.status, 503)
  const [road = ''] = homeValue(4).split('|')
  assert.match((await citizen.get(`${at}/address`)).body, new RegExp(`value="${road}\\|`))
})

test('the fifty-first draft is refused in words, until one is deleted', async () => {
  const citizen = await site.as(scenario.protectedAdult)
  for (let count = 0; count < 50; count += 1) await begin(citizen, 'contact-address')
  const full = await citizen.post('/da/report/contact-address')
  assert.equal(full.status, 409)
  assert.match(full.text, /Du har for mange kladder/)
  const cases = await citizen.get('/da/cases')
  const [, deletion = ''] = /action="(\/da\/drafts\/[^"]+\/delete)"/.exec(cases.body) ?? []
  assert.equal((await citizen.post(deletion)).status, 303)
  await begin(citizen, 'contact-address')
})

test('children who could not be read are not said to be none', async () => {
  const parent = await site.as(scenario.familyOfFour[0])
  assert.match((await parent.get('/en/children')).text, /Report for .*Jeppesen/)
  between.way = 'refused'
  between.affects = (path) => path.endsWith('/own-data')
  const page = await parent.get('/en/children')
  between.way = 'through'
  assert.equal(page.status, 503)
  assert.match(page.text, /It does not mean that there are none/)
})
