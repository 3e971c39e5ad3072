/**
 * Two people at one computer: what one of them left on the screen is never sent in the name of the
 * other, whatever kind of form it is, and whether its session had ended or not.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import { beginPending, moveTo } from '#test/doors/incidents.ts'
import { signOn } from '#test/doors/talk.ts'
import {
  type Citizen,
  dayFields,
  formsOf,
  openSite,
  type Page,
  type SentForm,
} from '#test/self-service/site.ts'

let isClosed = false
const site = await openSite({ isClosed: () => isClosed })
const { server } = site
const { scenario, ownerPool, codes } = server
await ownerPool.script('update address set rooms = 9')
const today = danishDate(server.clock())
const [writer, other] = scenario.flatmates
const secret = 'Kun mellem os to'

async function formOn(citizen: Citizen, path: string, to: string): Promise<SentForm> {
  const form = formsOf(await citizen.get(path)).find((each) => each.to === to)
  return present(form, `a form to ${to}`)
}

const powersOf = async (pnr: string) => {
  const { rows } = await ownerPool.script(
    `select key from deposit where kind = 'power-of-attorney' and concerns[1] = '${pnr}'`,
  )
  return rows.length
}

/** A power of attorney as one writes it: nothing in it says who gives it. */
async function writePower(citizen: Citizen): Promise<SentForm> {
  const form = await formOn(citizen, '/en/powers/give', '/en/powers/give')
  const days = { ...dayFields('from', today), ...dayFields('to', addDays(today, 30)) }
  const typed = { name: secret, pnr: scenario.ordinaryAdult, scope: 'data', ...days }
  const fields = Object.entries(typed).map(([name, value]) => [name, [value]])
  return { ...form, fields: { ...form.fields, ...Object.fromEntries(fields) } }
}

function assertOthers(page: Page): void {
  assert.equal(page.status, 403, page.text)
  assert.match(page.text, /Somebody else is signed in now/)
  assert.ok(!page.body.includes(secret), 'nothing of it is shown')
  assert.ok(!page.body.includes('Send again'), 'and nothing of it is sent again')
}

test('a power of attorney left on the screen is given by nobody else', async () => {
  const citizen = await site.as(writer)
  const { to, fields } = await writePower(citizen)
  assertOthers(await (await site.as(other)).post(to, fields))
  assert.deepEqual([await powersOf(writer), await powersOf(other)], [0, 0])
  // A page in another of the writer's own sessions is the writer's.
  const given = await (await site.as(writer)).post(to, fields)
  assert.equal(given.status, 303, given.text)
  assert.deepEqual([await powersOf(writer), await powersOf(other)], [1, 0])
})

test('nor is one that is kept because it came too late', async () => {
  const citizen = await site.as(writer)
  const written = await writePower(citizen)
  await citizen.post('/en/sign-out')
  for (const late of [citizen, site.stranger]) {
    const page = await late.post(written.to, written.fields)
    const kept = present(formsOf(page)[0], 'the form that is kept')
    assert.deepEqual(kept.fields, written.fields, 'it says whom it was shown to, once')
    const before = await powersOf(other)
    assertOthers(await (await site.as(other)).post(kept.to, kept.fields))
    assert.equal(await powersOf(other), before)
  }
})

test('nor is it kept on a page for somebody else while the site is closed', async () => {
  const { to, fields } = await writePower(await site.as(writer))
  const next = await site.as(other)
  isClosed = true
  const closed = await next.post(to, fields)
  isClosed = false
  assertOthers(closed)
})

test('a withdrawal left on the screen is made by whom the page was shown to', async () => {
  const [one, two] = scenario.familyOfFour
  const home = server.addresses.find(
    ({ municipality, residents }) => municipality === '0751' && !residents,
  )
  const provider = await signOn(server, codes.citizen)
  const data = moveTo(present(home, 'an empty dwelling'))
  const { id } = await beginPending(server, provider, { pnr: one, data })
  const to = `/en/cases/${id}/withdraw`
  const form = await formOn(await site.as(one), to, to)
  assertOthers(await (await site.as(two)).post(to, form.fields))
  const stateNow = async () =>
    (await ownerPool.script(`select state from incident where id = '${id}'`)).rows[0]?.['state']
  assert.equal(await stateNow(), 'pending')
  assert.equal((await (await site.as(one)).post(to, form.fields)).status, 303)
  assert.notEqual(await stateNow(), 'pending')
})

test('every form of every page says whom it was shown to, in no more than a keyed digest', async () => {
  const citizen = await site.as(writer)
  await citizen.post('/en/report/domestic-move')
  await citizen.post('/en/report/contact-address')
  const pages = ['/en/', '/en/cases', '/en/powers', '/en/powers/give', '/en/sign-ins']
  const begun = formsOf(await citizen.get('/en/report/contact-address'))
  const lists = await Promise.all(pages.map(async (path) => formsOf(await citizen.get(path))))
  // Signing out is everybody's own wish, whoever's page it stands on.
  const forms = [...begun, ...lists.flat()].filter(
    ({ to, text }) => to !== '/en/sign-out' || text !== 'Sign out',
  )
  assert.ok(forms.length >= 4, `${forms.length} forms`)
  const said = new Set(forms.map(({ fields }) => fields['shown-to']?.join(' ')))
  assert.equal(said.size, 1)
  assert.match([...said][0] ?? '', /^[A-Za-z0-9_-]{16}$/)
  assert.notEqual(
    (await formOn(await site.as(other), '/en/powers/give', '/en/powers/give')).fields['shown-to'],
    undefined,
  )
})
