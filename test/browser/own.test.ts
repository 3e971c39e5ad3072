/** What persons see of themselves on the site: cases, answers, data, looks, powers of attorney. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate, type PlainDate, partsOf } from '#base/calendar.ts'
import { emptyHome, fillDate, openTestSite, roadNameOf } from '#test/browser/site.ts'
import type { Visitor } from '#test/browser/visitor.ts'
import { beginPending, moveTo, step } from '#test/doors/incidents.ts'
import { send, signOn, textAt } from '#test/doors/talk.ts'

let ahead = 0
const began = Date.now()
const site = await openTestSite({ clock: () => new Date(began + ahead) })
const { server } = site
const { scenario, codes, ownerPool, clock } = server
await ownerPool.script('update address set rooms = 9')
const citizen = await signOn(server, codes.citizen)
const clerk = await signOn(server, codes.municipality)
const shoot = process.env['TEST_SHOOT']
const shot = (name: string) => (shoot === undefined ? {} : { shoot: `${shoot}/${name}` })
const today = () => danishDate(clock())

async function homeOf(pnr: string) {
  const { rows } = await ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${pnr}'`,
  )
  return present(rows[0], 'a home')
}

async function fillDay(visitor: Visitor, name: 'from' | 'to', day: PlainDate) {
  const { year, month, day: dayOfMonth } = partsOf(day)
  for (const [part, value] of Object.entries({ day: dayOfMonth, month, year })) {
    await visitor.page.locator(`main [name="${name}-${part}"]`).fill(String(value))
  }
}

test('a case is followed, withdrawn, and its letter read, on a narrow screen', async () => {
  const pnr = scenario.ordinaryAdult
  const { ts } = await beginPending(server, citizen, { pnr, data: moveTo(emptyHome(site, 0)) })
  const visitor = await site.signedIn(pnr, { width: 320, height: 700, ...shot('case-phone') })
  await visitor.press('Dine sager')
  assert.match(await visitor.text(), /Flytning i Danmark\s+Venter på kommunen/)
  await visitor.press('Flytning i Danmark')
  assert.match(await visitor.text(), /Kommune afgør sagen/)
  assert.match(await visitor.text(), new RegExp(ts))
  // Looked at long after, it is still of the day it was received, and from whoever decides.
  await ownerPool.script(`update incident set saved_at = '2026-01-05T10:00:00Z' where ts = '${ts}'`)
  await visitor.press('Vis som brev')
  assert.equal(await visitor.heading(), 'Kvittering: Flytning i Danmark')
  assert.match(
    await visitor.page.locator('.site-letter-date').innerText(),
    /Kommune, 5\. januar 2026$/,
  )
  await visitor.press('Tilbage til sagen')
  await visitor.press('Træk anmeldelsen tilbage')
  assert.equal(await visitor.heading(), 'Vil du trække anmeldelsen tilbage?')
  assert.match(await visitor.text(), /anmelde en flytning senest fem dage/)
  await visitor.press('Træk tilbage')
  assert.match(await visitor.text(), /Anmeldelsen er trukket tilbage/)
  await visitor.press('English')
  assert.match(await visitor.text(), /The report has been withdrawn/)
  await visitor.leave()
})

test('withdrawing what is no move reminds of no move', async () => {
  const pnr = scenario.ordinaryAdult
  const wish = { pnr, type: 'name-and-address-protection', data: { action: 'on' } }
  const { id } = await beginPending(server, citizen, wish)
  const visitor = await site.signedIn(pnr)
  await visitor.goTo(`/da/cases/${id}/withdraw`)
  assert.equal(await visitor.heading(), 'Vil du trække anmeldelsen tilbage?')
  assert.doesNotMatch(await visitor.text(), /flytning/)
  await visitor.leave()
})

test('a rejected case says why, and a returned one is amended under its number', async () => {
  const pnr = scenario.centenarian
  const data = moveTo(emptyHome(site, 1))
  const { id, ts } = await beginPending(server, citizen, { pnr, data })
  const text = 'Huset har to opgange'
  const returned = await step(server, clerk, `pending/${id}/return`, { fields: ['house'], text })
  assert.equal(returned.status, 200, returned.bytes.toString())
  const visitor = await site.signedIn(pnr, { language: 'en', ...shot('amend') })
  await visitor.press('Your cases')
  await visitor.press('Move within Denmark')
  assert.match(await visitor.text(), new RegExp(text))
  await visitor.press('Amend the report')
  const home = emptyHome(site, 2)
  await visitor.fill(/^Address/, `${await roadNameOf(site, home)} ${home.house}`)
  await visitor.press('Next')
  if ((await visitor.heading()) !== 'Check and send') await visitor.press('Next')
  await visitor.press('Send the report')
  assert.match(await visitor.text(), new RegExp(ts))
  const reason = { reasonCode: 'IDENTITY_DOUBT', text: 'Vi kan ikke se, hvem du er' }
  assert.equal((await step(server, clerk, `pending/${id}/reject`, reason)).status, 200)
  await visitor.press('Your cases')
  await visitor.press('Move within Denmark')
  assert.match(await visitor.text(), /Vi kan ikke se, hvem du er/)
  assert.match(await visitor.text(), /You can appeal/)
  await visitor.leave()
})

test('a host answers, another resident sees nothing of it, and neither sees the case', async () => {
  const [host, flatmate] = scenario.flatmates
  const { id } = await beginPending(server, citizen, {
    pnr: scenario.withPending,
    data: await homeOf(host),
  })
  const { rows } = await ownerPool.script(`select asked from hearing where incident_id = '${id}'`)
  const asked = textAt(rows, 0, 'asked')
  const other = asked === host ? flatmate : host
  const [one, two] = await Promise.all([
    site.signedIn(asked, { javaScript: false, ...shot('host') }),
    site.signedIn(other, { language: 'en' }),
  ])
  await one.press('Dine sager')
  await two.press('Your cases')
  assert.doesNotMatch(await two.text(), /You need to answer/)
  assert.match(await two.text(), /You have no cases/)
  for (const someone of [one, two]) {
    const answer = await someone.page.goto(`${site.url}/da/cases/${id}`)
    assert.equal(answer?.status(), 404)
  }
  await one.goTo('/da/cases')
  await one.press('Logiværtserklæring')
  await one.press('Send svaret')
  await one.page.locator('#error-summary a').first().click()
  assert.match(one.page.url(), /#answer$/)
  await one.choose('Personen bor eller skal bo her')
  await one.fill(/^Bemærkning/, '<b>Velkommen</b>')
  await one.press('Send svaret')
  assert.doesNotMatch(await one.text(), /Du skal svare/)
  assert.match(await one.text(), /Personen bor eller skal bo her/)
  await one.leave()
  await two.leave()
})

test('own data name whom to ask, show another day, and hold children by custody alone', async () => {
  const [mother, father, child] = scenario.parentsApart
  const hers = await site.signedIn(mother, { ...shot('data') })
  await hers.press('Dine oplysninger')
  assert.match(await hers.text(), /Bopæl[\s\S]*Spørg: .* Kommune, Borgerservice/)
  const children = hers.page.locator('.tab-button')
  assert.equal(await children.count(), 2)
  await hers.follow(children.nth(1))
  assert.ok(!hers.page.url().includes(child))
  assert.match(await hers.text(), /Forældremyndighed/)
  await hers.page.locator('#on').fill('1')
  await hers.page.locator('#on-month').fill('1')
  await hers.page.locator('#on-year').fill('1990')
  await hers.press('Vis')
  assert.match(await hers.text(), /Sådan stod der 1\. januar 1990/)
  assert.match(await hers.text(), /Ingen den dag/)
  await hers.goTo('/da/my-data?on-day=ikke')
  assert.match(await hers.text(), /Skriv en dag/)
  const his = await site.signedIn(father, { width: 320, height: 700, ...shot('data-phone') })
  await his.goTo('/en/my-data')
  assert.equal(await his.page.locator('.tab-button').count(), 0)
  assert.equal((await his.page.goto(`${site.url}/en/my-data/child/1`))?.status(), 404)
  await hers.leave()
  await his.leave()
})

test('who is about to lose a protection is reminded, and led to where it is extended', async () => {
  const pnr = scenario.protectedFamily[0]
  await ownerPool.script(
    `insert into letter (id, at, recipient, kind, authority, text_da, text_en, concerns)
     values ('0123456789abcdefghjkmnpqrs', '${clock().toISOString()}', '${pnr}',
       'protection-ends', '0751',
       'Din beskyttelse udløber 2027-01-01.', 'Your protection ends on 2027-01-01.', '2027-01-01')`,
  )
  const visitor = await site.signedIn(pnr, { width: 320, height: 700, ...shot('reminder') })
  await visitor.press('Dine sager')
  assert.match(await visitor.text(), /Din beskyttelse udløber 1\. januar 2027/)
  await visitor.press('vis brevet')
  assert.equal(await visitor.heading(), 'Din beskyttelse udløber')
  await visitor.press('Alle breve')
  await visitor.press('Din beskyttelse udløber')
  await visitor.leave()
})

test('who looked lists each look with authority and purpose, and no employee', async () => {
  const pnr = scenario.newcomer
  const purpose = 'Sag 17: <tilsyn>'
  const body = { pnr, purpose }
  await send(server, { path: '/api/v1/persons/lookup', token: clerk, body })
  const holder = scenario.ordinaryAdult
  const inPlace = { pnr, representative: holder }
  await send(server, { path: '/api/v1/persons/own-data', token: citizen, body: inPlace })
  const visitor = await site.signedIn(pnr, { language: 'en', ...shot('looked') })
  await visitor.press('Who has seen your data')
  await visitor.press('Who has seen your data')
  const text = await visitor.text()
  assert.ok(text.includes(purpose) && text.includes('Yourself, on this site'))
  assert.ok(text.includes('Somebody acting for you by a power of attorney'))
  assert.ok(!text.includes(holder.slice(0, 6)))
  assert.doesNotMatch(text, /W\d{7}/)
  await visitor.leave()
})

type Given = { readonly holder: string; readonly scope: readonly string[]; readonly to: PlainDate }

/** From the page of powers of attorney, in Danish. */
async function give(giver: Visitor, { holder, scope, to }: Given): Promise<void> {
  await giver.goTo('/da/powers')
  await giver.press('Giv fuldmagt')
  await giver.fill('Navn på den, der får fuldmagten', 'Far')
  await giver.fill('Personnummer', holder)
  for (const name of scope) await giver.choose(name)
  await fillDay(giver, 'to', to)
  await giver.press('Giv fuldmagten')
  assert.match(await giver.text(), /Fuldmagten er givet/)
}

/** The path below which somebody acts by the latest power of attorney, in English. */
async function actBy(holder: Visitor): Promise<string> {
  await holder.goTo('/en/powers')
  await holder.press(/^Act for/)
  return holder.path().replace(/\/act$/, '')
}

const statusOf = async ({ page }: Visitor, path: string) =>
  (await page.goto(`${site.url}${path}`))?.status()

test('AUD-7: a power of attorney reaches what it names, on its days, and its holder alone', async () => {
  const [giver, holder] = [scenario.familyOfFour[0], scenario.familyOfFour[1]]
  const mother = await site.signedIn(giver, { ...shot('power') })
  await mother.press('Fuldmagter')
  await mother.press('Giv fuldmagt')
  await mother.press('Giv fuldmagten')
  assert.match(await mother.text(), /Der er 4 fejl på siden/)
  await give(mother, { holder, scope: ['Se oplysninger'], to: today() })

  const father = await site.signedIn(holder, { language: 'en', ...shot('act') })
  const acting = await actBy(father)
  await father.press(/^Data/)
  assert.match(await father.text(), /You are acting for/)
  for (const path of ['/cases', '/letters', '/asked/x']) {
    assert.equal(await statusOf(father, `${acting}${path}`), 403, path)
    assert.match(await father.text(), /does not cover this/)
  }
  const report = acting.replace('/en/for/', '/en/report/domestic-move?for=')
  assert.equal(await statusOf(father, report), 403)
  const stranger = await site.signedIn(scenario.flatmates[0])
  assert.equal(await statusOf(stranger, `${acting}/my-data`), 404)

  ahead += 86_400_000
  const late = await site.signedIn(holder, { language: 'en' })
  assert.equal(await statusOf(late, `${acting}/my-data`), 403)
  assert.match(await late.text(), /The power of attorney has expired/)
  for (const someone of [late, mother, father, stranger]) await someone.leave()
})

test('AUD-7: a report for another is sent while the power holds, and not when it is revoked', async () => {
  const [holder] = scenario.protectedFamily
  const giver = scenario.ordinaryAdult
  const saved = async () => {
    const { rows } = await ownerPool.script(
      `select state from incident where representative = '${holder}' and saved_at is not null`,
    )
    return rows.length
  }
  const one = await site.signedIn(giver)
  const other = await site.signedIn(holder, { language: 'en', ...shot('report-for') })
  for (const nth of [4, 5]) {
    const scope = ['Flytning i Danmark', 'Se sager og breve']
    await give(one, { holder, scope, to: addDays(today(), 20) })
    const acting = await actBy(other)
    await other.press(/^Move within Denmark/)
    await other.press('Start')
    await fillDate(other, addDays(today(), 3))
    await other.press('Next')
    const home = emptyHome(site, nth - 2)
    await other.fill(/^Address/, `${await roadNameOf(site, home)} ${home.house}`)
    for (let pages = 0; (await other.heading()) !== 'Check and send'; pages += 1) {
      assert.ok(pages < 6, await other.text())
      await other.press('Next')
    }
    if (nth === 5) {
      await one.goTo('/da/powers')
      await one.follow(one.page.locator('.site-case form button').first())
      assert.match(await one.text(), /Fuldmagten gælder ikke længere/)
    }
    if (await other.page.locator('#confirm').isVisible())
      await other.page.locator('#confirm').check()
    await other.press('Send the report')
    if (nth === 5) {
      assert.equal(await other.heading(), 'The power of attorney has been revoked')
      assert.equal(await statusOf(other, `${acting}/cases`), 403)
    }
    assert.equal(await saved(), 1, 'what was sent while it held stands')
  }
  await one.press('Dine sager')
  assert.match(await one.text(), /Sendt af en, der handler for dig/)
  await one.leave()
  await other.leave()
})

test('after signing out no page of one’s own comes back', async () => {
  const visitor = await site.signedIn(scenario.protectedAdult)
  await visitor.press('Dine oplysninger')
  await visitor.press('Log af')
  // The provider of sign-ins asks as well.
  await visitor.press('Log af')
  await visitor.page.goBack()
  await visitor.page.waitForLoadState('load')
  assert.doesNotMatch(await visitor.page.content(), /Spørg:/)
  await visitor.page.goto(`${site.url}/da/my-data`)
  assert.doesNotMatch(await visitor.page.content(), /Spørg:/)
  await visitor.leave()
})
