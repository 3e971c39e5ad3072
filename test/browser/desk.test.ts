/** The desk in a real browser: signing in, the queue, a case and its decisions. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openJson } from '#client/index.ts'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { assertFocused } from '#test/browser/keyboard.ts'
import { newVisitor, type Visitor } from '#test/browser/visitor.ts'

const { url, server, saveMove, saveProtection } = await openDeskSite()
const { scenario, codes } = server
const second = await server.newColleague()

const shooting = (name: string) =>
  process.env['TEST_SHOOT'] === undefined ? {} : { shoot: `desk-${name}` }

test('whoever is not signed in is asked to, and goes on where they wanted to go', async () => {
  const id = await saveMove(scenario.ordinaryAdult, 0)
  const visitor = await newVisitor({ url, ...shooting('sign-in') })
  await visitor.goTo(`/da/cases/${id}`)
  assert.match(visitor.path(), /^\/da\/sign-in\?next=/)
  await visitor.press('Log ind')
  assert.match(await visitor.page.title(), /^Fejl: /)
  await visitor.press('Skriv din personkode')
  await assertFocused(visitor, '#person-code')
  await visitor.fill('Personkode', codes.municipality.code)
  await visitor.fill('Adgangskode', codes.municipality.password)
  await visitor.press('Log ind')
  assert.equal(visitor.path(), `/da/cases/${id}`)
  await visitor.leave()
})

test('a person code of a provider opens no desk', async () => {
  const visitor = await newVisitor({ url })
  await signIn(visitor, codes.citizen)
  assert.match(await visitor.text(), /hører ikke til en kommune/)
  await visitor.leave()
})

test('a case is read, and approved, without a script as well', async () => {
  for (const javaScript of [true, false]) {
    const person = javaScript ? scenario.newcomer : scenario.centenarian
    const id = await saveMove(person, javaScript ? 1 : 2)
    const visitor = await newVisitor({ url, javaScript, ...shooting(`approve-${javaScript}`) })
    await signIn(visitor, codes.municipality)
    await visitor.goTo(`/da/cases/${id}`)
    await visitor.press('Godkend')
    assert.match(await visitor.text(), /Sagen er godkendt/)
    await visitor.leave()
  }
})

test('a rejection says why, and is not sent without a reason and words', async () => {
  const id = await saveMove(scenario.flatmates[0], 3)
  const visitor = await newVisitor({ url, width: 360, language: 'en', ...shooting('reject') })
  await signIn(visitor, codes.municipality, true)
  await visitor.goTo(`/en/cases/${id}`)
  await visitor.press('Reject')
  await visitor.press('Reject the case')
  assert.match(await visitor.text(), /Choose a reason/)
  await visitor.choose('The person does not live there')
  await visitor.fill('Explanation', 'You live <b>elsewhere</b>.')
  await visitor.press('Reject the case')
  assert.match(await visitor.text(), /The case is rejected/)
  assert.match(await visitor.text(), /You live <b>elsewhere<\/b>\./)
  await visitor.leave()
})

test('a case that was decided meanwhile is shown as it is, and not decided again', async () => {
  const id = await saveMove(scenario.flatmates[1], 0)
  const visitor = await newVisitor({ url, ...shooting('changed') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  const { code, password } = codes.municipality
  const colleague = openJson({ url: server.url, personCode: code, password })
  const words = { reasonCode: 'DUPLICATE', text: 'Anmeldt to gange' } as const
  assert.ok((await colleague.reject(id, words)).ok)
  await visitor.press('Godkend')
  assert.match(await visitor.text(), /Sagen er ændret, siden du åbnede den/)
  assert.match(await visitor.text(), /hvor sagen står/)
  await visitor.leave()
})

test('a plain case is opened, claimed and approved by two keys from the queue', async () => {
  const id = await saveProtection(scenario.newcomer)
  const visitor = await newVisitor({ url, ...shooting('keys') })
  await signIn(visitor, codes.municipality)
  await visitor.fill('Søg i navn, nummer, adresse', id)
  await visitor.press('Vis')
  assert.equal(visitor.path(), '/da/', 'what was searched for stands in no URL')
  await pressKey(visitor, 'n')
  assert.equal(visitor.path(), `/da/cases/${id}`)
  assert.match(await visitor.text(), /Du har sagen til kl\. /)
  await pressKey(visitor, 'g')
  assert.match(await visitor.text(), /Sagen er godkendt/)
  await visitor.leave()
})

test('whoever is disturbed by single keys switches them off', async () => {
  const visitor = await newVisitor({ url, language: 'en' })
  await signIn(visitor, codes.municipality, true)
  assert.equal(await visitor.page.locator('[aria-keyshortcuts]').count(), 1)
  await visitor.press('Switch shortcut keys off')
  assert.equal(await visitor.page.locator('[aria-keyshortcuts]').count(), 0)
  await visitor.press('Switch shortcut keys on')
  assert.equal(await visitor.page.locator('[aria-keyshortcuts]').count(), 1)
  await visitor.leave()
})

test('two case workers see who has a case, and the second does not take it', async () => {
  const id = await saveProtection(scenario.ordinaryAdult)
  const { code, password } = second
  const colleague = openJson({ url: server.url, personCode: code, password })
  assert.ok((await colleague.desk.claim(id)).ok)
  const visitor = await newVisitor({ url, ...shooting('claimed') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  assert.match(await visitor.text(), new RegExp(`${code} arbejder på sagen`))
  // All of a view in which a colleague has each.
  await visitor.goTo('/da/')
  await visitor.page.locator('#text').fill(id)
  await visitor.follow(visitor.page.locator('.desk-filters button'))
  await visitor.follow(visitor.page.locator('main [name=all]'))
  assert.match(await visitor.text(), /Udeladt, fordi kolleger arbejder på dem: 1/)
  assert.doesNotMatch(await visitor.text(), /Sæt kryds/)
  assert.ok((await colleague.desk.release(id)).ok)
  await visitor.goTo(`/da/cases/${id}`)
  await visitor.press('Tag sagen')
  assert.match(await visitor.text(), /Du har sagen til kl\. /)
  await visitor.press('Giv sagen fri')
  assert.match(await visitor.text(), /Ingen arbejder på sagen/)
  await visitor.leave()
})

test('filters, counts and order narrow the queue, by a URL that names nobody', async () => {
  const visitor = await newVisitor({ url, width: 320, ...shooting('queue-narrow') })
  await signIn(visitor, codes.municipality)
  await visitor.page.getByLabel('Venter på').selectOption('authority')
  await visitor.page.getByLabel('Rækkefølge').selectOption('newest')
  await visitor.press('Vis')
  assert.equal(visitor.path(), '/da/?waits=authority&sort=newest')
  await visitor.fill('Gem visningen som', 'Nye først')
  await visitor.press('Gem visning')
  await visitor.press(/^Mine/)
  assert.equal(visitor.path(), '/da/?claimed=mine')
  await visitor.press('Nye først')
  assert.equal(visitor.path(), '/da/?waits=authority&sort=newest')
  // It is there in another browser, for this person code and for no other one.
  const elsewhere = await newVisitor({ url })
  await signIn(elsewhere, codes.municipality)
  assert.match(await elsewhere.text(), /Nye først/)
  await elsewhere.press('Log af')
  await signIn(elsewhere, second)
  assert.doesNotMatch(await elsewhere.text(), /Nye først/)
  await elsewhere.leave()
  await visitor.press('Slet visningen Nye først')
  assert.doesNotMatch(await visitor.text(), /Nye først/)
  await visitor.leave()
})

test('a case is noted on, returned naming the fields, and forwarded', async () => {
  const id = await saveProtection(scenario.flatmates[0])
  const visitor = await newVisitor({ url, language: 'en', ...shooting('turns') })
  await signIn(visitor, codes.municipality, true)
  await visitor.goTo(`/en/cases/${id}`)
  await visitor.press('Save the note')
  assert.match(await visitor.text(), /There is an error/)
  await visitor.fill('New note', 'Rang the landlord.\n<i>No answer</i>')
  await visitor.press('Save the note')
  assert.match(await visitor.text(), /<i>No answer<\/i>/)
  await visitor.press('Forward')
  await visitor.press('Forward the case')
  assert.match(await visitor.text(), /Choose a municipality/)
  await visitor.press('Back')
  await visitor.press('Return for amendment')
  await visitor.press('Return the case')
  assert.match(await visitor.text(), /Choose what is to be amended/)
  await visitor.choose('Protected until')
  await visitor.fill('Explanation', 'Until which day?')
  await visitor.press('Return the case')
  assert.match(await visitor.text(), /The case is returned to its reporter/)
  const other = await saveProtection(scenario.familyOfFour[1])
  await visitor.goTo(`/en/cases/${other}`)
  await visitor.press('Forward')
  await visitor.page.getByLabel('To which municipality?').selectOption('0461')
  await visitor.fill('Explanation', 'The person lives there.')
  await visitor.press('Forward the case')
  assert.match(await visitor.text(), /The case is forwarded/)
  await visitor.leave()
})

test('a decision is taken back within its window, and the case waits again', async () => {
  const id = await saveProtection(scenario.centenarian)
  const visitor = await newVisitor({ url, width: 320, ...shooting('undo') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  await visitor.press('Godkend')
  await visitor.press('Fortryd afgørelsen')
  assert.match(await visitor.text(), /Sagen venter igen/)
  assert.equal(await visitor.page.getByRole('button', { name: 'Godkend', exact: true }).count(), 1)
  await visitor.leave()
})

test('what the register knew on a day is shown, and no day that does not exist', async () => {
  const id = await saveProtection(scenario.flatmates[1])
  const visitor = await newVisitor({ url, ...shooting('history') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  await visitor.press('Vis registreringen')
  assert.match(await visitor.text(), /Skriv en dag, der findes/)
  const valid = visitor.page.getByRole('group', { name: 'Gældende den' })
  for (const [label, text] of [
    ['Dag', '1'],
    ['Måned', '1'],
    ['År', '2020'],
  ] as const) {
    await valid.getByRole('textbox', { name: label }).fill(text)
  }
  await visitor.press('Vis registreringen')
  assert.match(await visitor.heading(), /1\. januar 2020/)
  await visitor.leave()
})

async function pressKey(visitor: Visitor, key: string) {
  const left = visitor.page.waitForEvent('domcontentloaded')
  await visitor.page.keyboard.press(key)
  await left
  await visitor.page.waitForLoadState('load')
  await visitor.look()
}

test("another municipality's case is answered exactly as one that does not exist", async () => {
  const id = await saveMove(scenario.familyOfFour[0], 1)
  const visitor = await newVisitor({ url })
  await signIn(visitor, codes.otherMunicipality)
  const textOf = async (path: string) => {
    await visitor.goTo(path)
    return (await visitor.text()).replace(/Reference: \S+/, '')
  }
  const theirs = await textOf(`/da/cases/${id}`)
  assert.equal(theirs, await textOf(`/da/cases/flyt-i.${'a'.repeat(26)}`))
  await visitor.leave()
})

test('after signing out the pages are gone, also by going back', async () => {
  const visitor = await newVisitor({ url })
  await signIn(visitor, codes.municipality)
  assert.equal(await visitor.heading(), 'Sager, der venter')
  await visitor.press('Log af')
  await visitor.page.goBack()
  await visitor.look()
  assert.match(await visitor.heading(), /Log ind/)
  await visitor.leave()
})
