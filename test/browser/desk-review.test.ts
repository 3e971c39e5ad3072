/** Control of the log in a real browser: a week, a question and its answer, a judgement, two names. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openJson } from '#client/index.ts'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor, type Visitor } from '#test/browser/visitor.ts'
import { drawWeek } from '#test/doors/drawn-week.ts'

const { url, server } = await openDeskSite()
const { scenario, codes } = server
const reviewer = await server.newCode('log-reviewer', '0751')
const second = await server.newCode('log-reviewer', '0751')
const week = await drawWeek(server, [scenario.ordinaryAdult, scenario.protectedAdult])

const shooting = (name: string) =>
  process.env['TEST_SHOOT'] === undefined ? {} : { shoot: `desk-${name}` }

async function at320(name: string): Promise<Visitor> {
  return newVisitor({ url, width: 320, ...shooting(name) })
}

test('a reviewer begins at the weeks, and sees no case', async () => {
  const visitor = await at320('reviews')
  await signIn(visitor, reviewer)
  assert.equal(visitor.path(), '/da/reviews')
  const text = await visitor.text()
  assert.match(text, /Vurderes/)
  assert.doesNotMatch(text, /Sager, der venter/)
  await visitor.goTo(`/da/reviews/${week}`)
  const shown = await visitor.text()
  assert.match(shown, /Beskyttet person uden en sag/)
  assert.match(shown, /Det er ikke oplyst, hvem der bruger disse personkoder/)
  assert.ok(!shown.includes(scenario.protectedAdult.slice(0, 6)))
  await visitor.goTo('/da/policies')
  assert.doesNotMatch(await visitor.text(), /regelsæt lader/)
  await visitor.leave()
})

test('a look-up is asked about, answered and judged, without a script as well', async () => {
  const visitor = await newVisitor({ url, javaScript: false, ...shooting('reviewed-look') })
  await signIn(visitor, reviewer)
  await visitor.goTo(`/da/reviews/${week}/2`)
  await visitor.press('Send spørgsmålet')
  assert.match(await visitor.text(), /Ikke besvaret/)
  const clerk = await newVisitor({ url, width: 320, ...shooting('asked') })
  await signIn(clerk, codes.municipality)
  await clerk.press('Spørgsmål til dig')
  await clerk.press('Send svaret')
  assert.match(await clerk.page.title(), /^Fejl: /)
  await clerk.fill('Grunden til opslaget', 'Borgeren <b>ringede</b>.')
  await clerk.press('Send svaret')
  assert.match(await clerk.text(), /Dit svar/)
  await clerk.goTo(`/da/reviews/${week}`)
  assert.doesNotMatch(await clerk.text(), /Udtrukne opslag/)
  await clerk.leave()
  await visitor.goTo(`/da/reviews/${week}/2`)
  assert.match(await visitor.text(), /Borgeren <b>ringede<\/b>\./)
  await visitor.press('Gem vurderingen')
  assert.match(await visitor.text(), /Vælg en vurdering/)
  await visitor.choose('Ikke i orden')
  await visitor.press('Gem vurderingen')
  assert.match(await visitor.text(), /Skriv en tekst på højst 2000 tegn/)
  await visitor.fill('Bemærkning', 'Drøftet med lederen')
  await visitor.press('Gem vurderingen')
  assert.equal(visitor.path(), `/da/reviews/${week}`)
  assert.match(await visitor.text(), /Ikke i orden/)
  await visitor.leave()
})

test('two different persons sign the review off, once all is judged', async () => {
  const first = await newVisitor({ url, language: 'en', ...shooting('review-sign') })
  await signIn(first, reviewer, true)
  await first.goTo(`/en/reviews/${week}`)
  assert.match(await first.text(), /When all drawn look-ups are judged/)
  await first.goTo(`/en/reviews/${week}/1`)
  await first.choose('Fine')
  await first.press('Save the judgement')
  const { code, password } = second
  const elsewhere = openJson({ url: server.url, personCode: code, password })
  assert.ok((await elsewhere.reviews.judge(week, 1, { verdict: 'not-fine', note: 'x' })).ok)
  await first.press('Sign off the review')
  const changed = await first.text()
  assert.match(changed, /The review has changed since you opened the page/)
  assert.match(changed, /Look-up 1: not fine/)
  assert.doesNotMatch(changed, /Look-up 2:/)
  await first.press('Sign off the review')
  assert.match(await first.text(), /Somebody else must sign off too/)
  await first.leave()
  const other = await newVisitor({ url, ...shooting('review-signed') })
  await signIn(other, second)
  await other.goTo(`/da/reviews/${week}`)
  await other.press('Godkend kontrollen')
  const text = await other.text()
  assert.match(text, /Godkendt af to/)
  assert.ok(text.includes(reviewer.code) && text.includes(second.code))
  await other.leave()
})

test('what is no week and no look-up is answered as what does not exist', async () => {
  const visitor = await at320('review-unknown')
  await signIn(visitor, reviewer)
  for (const path of ['2020-W01', 'x', `${week}/99`]) {
    await visitor.goTo(`/da/reviews/${path}`)
    assert.match(await visitor.page.title(), /findes ikke|ikke fundet|Siden/)
  }
  await visitor.leave()
})
