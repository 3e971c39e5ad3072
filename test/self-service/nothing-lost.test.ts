/**
 * A form that comes at a bad moment loses nothing: whatever fails, and at whichever call, the page
 * that says so holds what was written, and sending it again does once what was asked for.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import { beginPending, moveTo } from '#test/doors/incidents.ts'
import { signOn, textAt } from '#test/doors/talk.ts'
import { openBetween, type Way } from '#test/self-service/between.ts'
import {
  type Citizen,
  dayFields,
  formsOf,
  openSite,
  type Page,
  type SentForm,
} from '#test/self-service/site.ts'

const between = await openBetween()
let isClosed = false
const site = await openSite({
  cpr: between.cpr,
  isClosed: () => isClosed,
})
/** A process of the same site that does not wait long: for what is to fail, and nothing else. */
const impatient = await openSite({ beside: site, cpr: between.cpr, waitMs: 4_000 })
const { server } = site
const { scenario, ownerPool, codes } = server
await ownerPool.script('update address set rooms = 9')
const provider = await signOn(server, codes.citizen)
const today = danishDate(server.clock())
const awkward = '<b>"Æ\' & Ø</b>=+%'

const rowsOf = async (sql: string) => (await ownerPool.script(sql)).rows
const empty = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)
const homeAt = (nth: number) => present(empty[nth], 'an empty dwelling')

type Fields = Readonly<Record<string, string | string[]>>
type Scene = {
  readonly citizen: Citizen
  readonly to: string
  readonly fields: Fields
  /** What is true once it was sent, however often. */
  readonly done: (last: Page) => Promise<void>
}

/** What a page that failed holds of a form, in a form of its own. */
function keptOn(page: Page): SentForm {
  const kept = formsOf(page).find(({ text }) => /Send (igen|again)/.test(text))
  return present(kept, `nothing to send again: ${page.text}`)
}

function assertKept(page: Page, { to, fields }: Scene, status: number): SentForm {
  assert.equal(page.status, status, page.text)
  assert.match(page.text, /Reference: [0-9a-f]{12}/)
  const kept = keptOn(page)
  assert.equal(kept.to, to)
  const sent = Object.entries(fields).map(([name, value]) => [name, [value].flat()])
  assert.deepEqual(kept.fields, Object.fromEntries(sent.filter(([, each]) => each?.length)))
  return kept
}

/** Fails at the calls that `affects` names, and is sent again from what the page holds. */
async function sendTwice(
  scene: Scene,
  way: Way,
  affects: (call: string) => boolean,
  first = scene.citizen,
) {
  between.way = way
  between.affects = (path, method) => affects(`${method} ${path}`)
  const failed = await first.post(scene.to, { ...scene.fields })
  between.way = 'through'
  const kept = assertKept(failed, scene, way === 'refused' ? 500 : 503)
  const again = await scene.citizen.post(kept.to, kept.fields)
  assert.equal(again.status, 303, again.text)
  await scene.done(await scene.citizen.get(again.location))
}

const all = () => true
const isSession = (call: string) => call.includes('browser-session')
/** Not what tells who this is: the page has begun its work when it fails. */
const ownCalls = (call: string) => !isSession(call)

async function begin(citizen: Citizen, type: string): Promise<string> {
  const { status, location, text } = await citizen.post(`/en/report/${type}`)
  assert.equal(status, 303, text)
  return location.replace(/\/[a-z-]+$/, '')
}

// Every kind of form ---------------------------------------------------------------------------

const beginning = async (): Promise<Scene> => {
  const citizen = await site.as(scenario.centenarian)
  const [form] = formsOf(await citizen.get('/en/report/contact-address')).filter(({ to }) =>
    to.endsWith('/report/contact-address'),
  )
  const { to, fields } = present(form, 'a form')
  const drafts = async () =>
    (
      await rowsOf(`select key from deposit where kind = 'draft'
      and concerns[1] = '${scenario.centenarian}'`)
    ).length
  const before = await drafts()
  return {
    ...{ citizen, to, fields },
    done: async () => assert.equal(await drafts(), before + 1, 'one draft'),
  }
}

const datePage = async (of?: Citizen): Promise<Scene> => {
  const citizen = of ?? (await site.as(scenario.newcomer))
  const at = await begin(citizen, 'domestic-move')
  const fields = { seen: '', ...dayFields('date', '2026-1-x') }
  const done = async () =>
    assert.match((await citizen.get(`${at}/date?wrong`)).body, /name="date-day" value="x"/)
  return { citizen, to: `${at}/date`, fields, done }
}

const addressPage = async (): Promise<Scene> => {
  const citizen = await site.as(scenario.newcomer)
  const at = await begin(citizen, 'domestic-move')
  await citizen.post(`${at}/date`, dayFields('date', addDays(today, 3)))
  const { road, house, floor, door } = homeAt(0)
  const choice = [road, house, floor, door].join('|')
  const fields = { municipality: '0751', addressText: awkward, choice, careOf: awkward }
  const done = async () =>
    assert.match((await citizen.get(`${at}/address`)).body, new RegExp(`value="${road}\\|`))
  return { citizen, to: `${at}/address`, fields, done }
}

const textPage = async (): Promise<Scene> => {
  const citizen = await site.as(scenario.newcomer)
  const at = await begin(citizen, 'contact-address')
  const first = await citizen.get((await citizen.get(`${at}/check`)).location)
  const [form] = formsOf(first).filter(({ to }) => to.startsWith(at))
  const { to, fields } = present(form, 'a question')
  const names = [...first.body.matchAll(/<(?:input type="text"|textarea)[^>]* name="([^"]+)"/g)]
  const typed = Object.fromEntries(names.map(([, name = '']) => [name, awkward]))
  const done = async () => {
    const { body } = await citizen.get(to)
    assert.ok(body.includes('value="&lt;b&gt;&quot;Æ&#39; &amp; Ø&lt;/b&gt;=+%"'), body)
  }
  assert.ok(names.length > 0, 'there is something to write')
  return { citizen, to, fields: { ...fields, ...typed }, done }
}

const powerForm = async (): Promise<Scene> => {
  const giver = scenario.flatmates[0]
  const citizen = await site.as(giver)
  const [form] = formsOf(await citizen.get('/en/powers/give')).filter(({ to }) =>
    to.endsWith('/powers/give'),
  )
  const { to, fields } = present(form, 'a form')
  const count = async () =>
    (
      await rowsOf(`select key from deposit where kind = 'power-of-attorney'
      and concerns[1] = '${giver}'`)
    ).length
  const before = await count()
  return {
    ...{ citizen, to },
    fields: {
      ...fields,
      ...{ name: awkward, pnr: scenario.ordinaryAdult, scope: ['cases', 'data'] },
      ...dayFields('from', today),
      ...dayFields('to', addDays(today, 30)),
    },
    done: async () => assert.equal(await count(), before + 1, 'one power of attorney'),
  }
}

const remarkOfHost = async (): Promise<Scene> => {
  const [host] = scenario.flatmates
  const homes = await rowsOf(`select a.road, a.house, a.floor, a.door from person p
    join address a on a.key = p.address_key where p.pnr = '${host}'`)
  const data = present(homes[0], 'a home')
  const { id } = await beginPending(server, provider, { pnr: scenario.withPending, data })
  const hearings = await rowsOf(`select id, asked from hearing where incident_id = '${id}'`)
  const citizen = await site.as(textAt(hearings, 0, 'asked'))
  const hearing = textAt(hearings, 0, 'id')
  return {
    citizen,
    to: `/en/asked/${hearing}`,
    fields: { answer: 'yes', text: awkward, ...dayFields('from', today) },
    done: async () => {
      const told = await rowsOf(`select answer_text from hearing where id = '${hearing}'`)
      assert.equal(told[0]?.['answer_text'], awkward)
    },
  }
}

test('the register that is away at once loses nothing of any form', async () => {
  for (const scene of [beginning, datePage, addressPage, textPage, powerForm, remarkOfHost]) {
    await sendTwice(await scene(), 'gone', all)
  }
})

test('nor does one that goes away when the page has begun its work', async () => {
  for (const scene of [beginning, datePage, addressPage, textPage, powerForm]) {
    await sendTwice(await scene(), 'gone', ownCalls)
  }
})

test('nor one that is silent, or a fault of our own', async () => {
  const cookie = await site.cookieOf(scenario.newcomer)
  const scene = await datePage(site.bearing(cookie))
  await sendTwice(scene, 'silent', ownCalls, impatient.bearing(cookie))
  for (const scene of [datePage, powerForm]) {
    await sendTwice(await scene(), 'refused', (call) => call.startsWith('PUT') && ownCalls(call))
  }
})

test('an answer that is cut off after it was done: what is sent again is done once', async () => {
  for (const scene of [beginning, datePage, addressPage, textPage, powerForm]) {
    await sendTwice(await scene(), 'cut', (call) => call.startsWith('PUT') && ownCalls(call))
  }
})

/** A report to where everything stands in clear text. */
async function writeAll(citizen: Citizen, nth: number): Promise<string> {
  const at = await begin(citizen, 'domestic-move')
  await citizen.post(`${at}/date`, dayFields('date', addDays(today, 3)))
  const { road, house, floor, door } = homeAt(nth)
  const choice = [road, house, floor, door].join('|')
  await citizen.post(`${at}/address`, { municipality: '0751', choice })
  for (let pages = 0; pages < 6; pages += 1) {
    const { location } = await citizen.get(`${at}/check`)
    if (location === '') return at
    await citizen.post(location.split('?')[0] ?? '', {})
  }
  return assert.fail('the report does not end')
}

test('a report whose sending is cut off is sent once, and its cancelling ends it', async () => {
  const pnr = scenario.ordinaryAdult
  const citizen = await site.as(pnr)
  const at = await writeAll(citizen, 1)
  const [form] = formsOf(await citizen.get(`${at}/check`)).filter(({ to }) => to === `${at}/check`)
  const { to, fields } = present(form, 'the form that sends')
  const done = async (last: Page) => {
    assert.match(last.text, /Thank you, we have received your report/)
    const sent = await rowsOf(
      `select id from incident where pnr = '${pnr}' and saved_at is not null`,
    )
    assert.equal(sent.length, 1)
  }
  // Everything beside who this is and the draft itself: the step that saves.
  const isStep = (call: string) => !call.includes('/deposits/')
  const confirmed = { ...fields, confirm: 'yes' }
  await sendTwice({ citizen, to, fields: confirmed, done }, 'cut', isStep)

  const draft = await begin(citizen, 'contact-address')
  const gone = async (last: Page) => assert.match(last.text, /what you wrote has been deleted/)
  const cancel = { citizen, to: `${draft}/cancel`, fields: { why: awkward }, done: gone }
  await sendTwice(cancel, 'cut', (call) => call.startsWith('DELETE') && ownCalls(call))
})

test('a withdrawal that is cut off stands, and says so when it is sent again', async () => {
  const pnr = scenario.familyOfFour[1]
  const { id } = await beginPending(server, provider, { pnr, data: moveTo(homeAt(3)) })
  const citizen = await site.as(pnr)
  await sendTwice(
    {
      citizen,
      to: `/en/cases/${id}/withdraw`,
      fields: { sure: 'yes' },
      done: async (last) => assert.match(last.text, /The report has been withdrawn/),
    },
    'cut',
    (call) => call.includes('/withdraw'),
  )
})

test('a remark that comes after the answer of another window is shown, not lost', async () => {
  const { citizen, to, fields } = await remarkOfHost()
  assert.equal((await citizen.post(to, { answer: 'no' })).status, 303)
  const late = await citizen.post(to, { ...fields })
  assert.equal(late.status, 409)
  assert.match(late.text, /The first answer counts/)
  assert.match(late.body, /&lt;b&gt;&quot;Æ&#39; &amp; Ø&lt;\/b&gt;=\+%<\/blockquote>/)
})

test('a site that was closed meanwhile gives the form back', async () => {
  const scene = await datePage()
  isClosed = true
  const closed = await scene.citizen.post(scene.to, { ...scene.fields })
  isClosed = false
  const kept = assertKept(closed, scene, 503)
  assert.match(closed.text, /Closed for maintenance/)
  assert.equal((await scene.citizen.post(kept.to, kept.fields)).status, 303)
})

test('a form of another site is given back to nobody', async () => {
  const scene = await datePage()
  isClosed = true
  const foreign = await site.foreign(scene.to, { answer: 'evil-text' })
  isClosed = false
  assert.equal(foreign.status, 403)
  assert.doesNotMatch(foreign.body, /evil-text/)
})

test('what comes when the session is over stays on the page until one has signed in beside it', async () => {
  const scene = await textPage()
  await scene.citizen.post('/en/sign-out')
  const late = await scene.citizen.post(scene.to, { ...scene.fields })
  assert.equal(late.status, 403)
  assert.match(late.text, /Sign in again in a new window, come back to this page/)
  const kept = keptOn(late)
  const anew = await site.as(scenario.newcomer)
  const again = await anew.post(kept.to, kept.fields)
  assert.equal(again.status, 303)
  assert.ok((await anew.get(kept.to)).body.includes('&lt;b&gt;&quot;Æ'))
  // Somebody else who signs in there sends nothing of it.
  const other = await (await site.as(scenario.centenarian)).post(kept.to, kept.fields)
  assert.equal(other.status, 403)
})
