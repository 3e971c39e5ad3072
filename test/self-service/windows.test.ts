/**
 * Two windows on one report: what one has written is never overwritten unseen by the other, and
 * what the other had typed is never lost.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { type Citizen, dayFields, formsOf, openSite, type Page } from '#test/self-service/site.ts'

const site = await openSite()
const { server } = site
const { scenario, ownerPool } = server
await ownerPool.script('update address set rooms = 9')
const today = danishDate(server.clock())
const [first, second] = [addDays(today, 3), addDays(today, 5)]
const partOf = (day: string, at: number) => String(Number(day.split('-')[at]))

const empty = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)
function homeAt(nth: number): string {
  const { road, house, floor, door } = present(empty[nth], 'an empty dwelling')
  return [road, house, floor, door].join('|')
}

async function begin(citizen: Citizen, type = 'domestic-move', language = 'en'): Promise<string> {
  const { location } = await citizen.post(`/${language}/report/${type}`)
  return location.replace(/\/[a-z-]+$/, '')
}

/** What a window has on the screen, as the form of its page would send it. */
async function open(citizen: Citizen, path: string) {
  const [form] = formsOf(await citizen.get(path)).filter(({ to }) => to === path)
  const { to, fields } = present(form, `a form at ${path}`)
  return (typed: Record<string, string | string[]>) => citizen.post(to, { ...fields, ...typed })
}

const dayOn = ({ body }: Page) => String(Number(/name="date-day" value="(\d*)"/.exec(body)?.[1]))
const seenOn = (page: Page, to: string) =>
  formsOf(page).find((form) => form.to === to)?.fields['seen'] ?? []

test('the window that comes second is told, shows both, and overwrites only when asked again', async () => {
  const citizen = await site.as(scenario.flatmates[0])
  for (const [language, said] of [
    ['en', 'The question has been answered in another window'],
    ['da', 'Spørgsmålet er besvaret i et andet vindue'],
  ] as const) {
    const at = await begin(citizen, 'domestic-move', language)
    const [one, two] = [await open(citizen, `${at}/date`), await open(citizen, `${at}/date`)]
    assert.equal((await one(dayFields('date', first))).status, 303)
    const told = await two(dayFields('date', second))
    assert.equal(told.status, 409)
    assert.ok(told.text.includes(said), told.text)
    assert.ok(told.text.includes(sayDay(first)[language]), 'what is kept')
    assert.equal(dayOn(told), partOf(second, 2), 'what was typed')
    const kept = await citizen.get(`${at}/date`)
    assert.equal(dayOn(kept), partOf(first, 2), 'nothing was overwritten')
    const again = await citizen.post(`${at}/date`, {
      seen: seenOn(told, `${at}/date`),
      ...dayFields('date', second),
    })
    assert.equal(again.status, 303)
    assert.equal(dayOn(await citizen.get(`${at}/date`)), partOf(second, 2))
  }
})

test('what is kept can be left as it is, and one goes on', async () => {
  const citizen = await site.as(scenario.flatmates[0])
  const at = await begin(citizen)
  const [one, two] = [await open(citizen, `${at}/date`), await open(citizen, `${at}/date`)]
  await one(dayFields('date', first))
  const told = await two(dayFields('date', second))
  const [, goOn = ''] = /<a href="([^"]+)">Keep what is there<\/a>/.exec(told.body) ?? []
  assert.equal(goOn, `${at}/address`)
  assert.equal(dayOn(await citizen.get(`${at}/date`)), partOf(first, 2))
})

test('the same answer in both windows, and answers to different questions, are no conflict', async () => {
  const citizen = await site.as(scenario.flatmates[1])
  const at = await begin(citizen)
  const [one, two] = [await open(citizen, `${at}/date`), await open(citizen, `${at}/date`)]
  const address = await open(citizen, `${at}/address`)
  assert.equal((await one(dayFields('date', first))).status, 303)
  assert.equal((await two(dayFields('date', first))).status, 303)
  const answered = await address({ municipality: '0751', choice: homeAt(0) })
  assert.equal(answered.status, 303, answered.text)
  assert.equal(dayOn(await citizen.get(`${at}/date`)), partOf(first, 2))
})

test('an address and what is asked beside it count as one question', async () => {
  const citizen = await site.as(scenario.flatmates[1])
  const at = await begin(citizen)
  await (await open(citizen, `${at}/date`))(dayFields('date', first))
  const to = `${at}/address`
  const [one, two] = [await open(citizen, to), await open(citizen, to)]
  await one({ municipality: '0751', choice: homeAt(0), careOf: 'Først' })
  const told = await two({ municipality: '0751', choice: homeAt(0), careOf: 'Sidst' })
  assert.equal(told.status, 409)
  assert.match(told.text, /c\/o name Først/)
  assert.match(told.body, /name="careOf" value="Sidst"/)
  const [road = ''] = homeAt(0).split('|')
  assert.match(told.body, new RegExp(`name="choice" value="${road}\\|`), 'nor is the address lost')
})

test('two that are sent at the same moment are told apart as well', async () => {
  const citizen = await site.as(scenario.withPending)
  const at = await begin(citizen)
  const [one, two] = [await open(citizen, `${at}/date`), await open(citizen, `${at}/date`)]
  const answers = await Promise.all([one(dayFields('date', first)), two(dayFields('date', second))])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 409])
})

test('what was typed after the other window sent, deleted or changed the report is shown', async () => {
  const citizen = await site.as(scenario.ordinaryAdult)
  const at = await begin(citizen, 'contact-address')
  const page = (await citizen.get(`${at}/check`)).location
  const name = present(
    /<input type="text"[^>]* name="([^"]+)"/.exec((await citizen.get(page)).body)?.[1],
    'a line to write',
  )
  const [one, two] = [await open(citizen, page), await open(citizen, page)]
  await one({ [name]: 'Første Vej 1' })
  await citizen.post(`${at}/cancel`)
  const gone = await two({ [name]: 'Anden Vej 2' })
  assert.equal(gone.status, 404)
  assert.match(gone.text, /The report is no longer there .* What you wrote .* Anden Vej 2/)

  const again = await begin(citizen, 'domestic-move')
  const late = await open(citizen, `${again}/date`)
  await (await open(citizen, `${again}/date`))(dayFields('date', first))
  const address = await open(citizen, `${again}/address`)
  await address({ municipality: '0751', choice: homeAt(1) })
  for (
    let next = await citizen.get(`${again}/check`);
    ;
    next = await citizen.get(`${again}/check`)
  ) {
    if (next.location === '') {
      const seen = seenOn(next, `${again}/check`)
      const sent = await citizen.post(`${again}/check`, { seen, confirm: 'yes' })
      assert.match(sent.location, /receipt$/)
      break
    }
    await (await open(citizen, next.location))({})
  }
  const told = await late(dayFields('date', second))
  assert.equal(told.status, 409)
  assert.match(told.text, new RegExp(`has already been sent .* ${partOf(second, 2)} `))
  const same = await late(dayFields('date', first))
  assert.deepEqual([same.status, same.location], [303, `${again}/receipt`], 'that is in it')
})

test('a question that no longer matters keeps what was typed on the screen', async () => {
  const citizen = await site.as(scenario.familyOfFour[0])
  const at = await begin(citizen, 'emigration')
  const told = await citizen.post(`${at}/municipality`, { municipality: '0851' })
  assert.equal(told.status, 409)
  assert.match(told.text, /The question is no longer asked .* Aalborg/)
  assert.equal((await citizen.post(`${at}/nowhere`, { municipality: '0851' })).status, 404)
})
