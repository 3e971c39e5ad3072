/** The desk in a real browser: signing in, the queue, a case and its decisions. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openJson } from '#client/index.ts'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor } from '#test/browser/visitor.ts'

const { url, server, saveMove } = await openDeskSite()
const { scenario, codes } = server

const shooting = (name: string) =>
  process.env['SAMSPIL_SHOOT'] === undefined ? {} : { shoot: `desk-${name}` }

test('whoever is not signed in is asked to, and goes on where they wanted to go', async () => {
  const id = await saveMove(scenario.ordinaryAdult, 0)
  const visitor = await newVisitor({ url, ...shooting('sign-in') })
  await visitor.goTo(`/da/cases/${id}`)
  assert.match(visitor.path(), /^\/da\/sign-in\?next=/)
  await visitor.press('Log ind')
  assert.match(await visitor.page.title(), /^Fejl: /)
  await visitor.press('Skriv din personkode')
  assert.equal(await visitor.page.evaluate('document.activeElement.id'), 'person-code')
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
