/** Letters at the desk, many rejected at once, and what a second person confirms, in a real browser. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { danishDate } from '#base/calendar.ts'
import { openJson } from '#client/index.ts'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor } from '#test/browser/visitor.ts'

const { url, server, saveMove, saveMoveIn } = await openDeskSite()
const { scenario, codes, ownerPool } = server
const colleague = await server.newColleague()

const { code, password } = codes.municipality
const clerk = openJson({ url: server.url, personCode: code, password })

/** The letters to those whose moves are rejected, in their order. */
async function rejectedLetters(persons: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = []
  for (const [nth, pnr] of persons.entries()) {
    const id = await saveMove(pnr, nth)
    const found = await clerk.desk.case(id)
    assert.ok(found.ok)
    const { version } = found.value.incident
    const words = { version, reasonCode: 'CONDITIONS_NOT_MET', text: 'Nej' } as const
    assert.ok((await clerk.desk.reject(id, words)).ok)
    const letters = await clerk.desk.letters({ pnr, kind: 'rejected' })
    assert.ok(letters.ok)
    ids.push(...letters.value.items.map((letter) => letter.id))
  }
  return ids
}

const shooting = (name: string) =>
  process.env['TEST_SHOOT'] === undefined ? {} : { shoot: `desk-${name}` }

test('many are rejected at once with one reason, and each letter is printed and noted as sent', async () => {
  await saveMove(scenario.ordinaryAdult, 0)
  await saveMove(scenario.centenarian, 1)
  const visitor = await newVisitor({ url, ...shooting('letters') })
  await signIn(visitor, codes.municipality)
  await visitor.follow(visitor.page.locator('main [name=all]'))
  await visitor.page.locator('summary', { hasText: 'Afvis dem i stedet' }).click()
  await visitor.press(/^Afvis 2 sager/)
  assert.match(await visitor.text(), /Vælg en grund/)
  await visitor.choose('Betingelserne er ikke opfyldt')
  await visitor.fill('Begrundelse', 'Boligen er <nedlagt>.')
  await visitor.press(/^Afvis 2 sager/)
  assert.match(await visitor.text(), /2 af 2 sager er afvist/)

  await ownerPool.script("update letter set delivery = 'undeliverable'")
  await visitor.press('Breve')
  assert.match(await visitor.text(), /2 breve skal sendes på papir/)
  await visitor.press('Udskriv de valgte')
  assert.match(await visitor.text(), /Sæt kryds ud for de breve/)
  for (const box of await visitor.page.locator('main [name=letter]').all())
    await box.check({ force: true })
  await visitor.press('Udskriv de valgte')
  assert.equal(await visitor.page.locator('article.desk-letter').count(), 2)
  // Neither the other language nor the end of the session leads to a page that is not there.
  const { idleEndedAt = '' } = await visitor.page.evaluate<{ idleEndedAt?: string }>(
    '({ ...document.body.dataset })',
  )
  assert.equal(new URLSearchParams(idleEndedAt.split('?')[1]).get('next'), '/da/letters')
  assert.equal(await visitor.page.locator('.site-language').getAttribute('href'), '/en/letters')
  assert.match(await visitor.text(), /Boligen er <nedlagt>\./)
  assert.match(await visitor.text(), /Svar eller spørgsmål: skriv til Aarhus Kommune/)
  assert.ok(await visitor.page.locator('[data-print]').isVisible())
  const { code, password } = colleague
  const other = openJson({ url: server.url, personCode: code, password })
  const held = await other.desk.letters()
  assert.ok(
    held.ok && held.value.items.every((letter) => letter.held?.by === codes.municipality.code),
  )
  const ids = held.value.items.map(({ id }) => id)
  const twice = await other.desk.settleLetters({ ids, to: 'printed' })
  assert.ok(twice.ok && twice.value.left.length === 2)
  await visitor.press('Notér som sendt på papir')
  assert.match(await visitor.text(), /2 breve er noteret som sendt på papir/)
  await visitor.leave()
})

test('what was sent already or meanwhile is never among what is printed to be sent', async () => {
  const ids = await rejectedLetters(scenario.familyOfFour)
  const [, delivered, printed, undeliverable] = ids
  const stand = (id: string | undefined, delivery: string) =>
    ownerPool.script(`update letter set delivery = '${delivery}' where id = '${id}'`)
  await stand(delivered, 'delivered')
  await stand(printed, 'printed')
  await stand(undeliverable, 'undeliverable')
  const visitor = await newVisitor({ url, ...shooting('letters-left-out') })
  await signIn(visitor, codes.municipality)
  const sheets = () => visitor.page.locator('article.desk-letter').count()
  const tick = (id: string | undefined) =>
    visitor.page.locator(`main [name=letter][value="${id}"]`).check({ force: true })
  await visitor.goTo('/da/letters')
  for (const id of ids.slice(1)) await tick(id)
  await visitor.press('Udskriv de valgte')
  assert.equal(await sheets(), 1)
  assert.match(await visitor.text(), /Disse er sendt eller i andres hænder og er ikke med her/)
  assert.match(await visitor.text(), /: Leveret/)
  assert.match(await visitor.text(), /: Sendt på papir/)
  await visitor.press('Forsøg levering igen')
  assert.match(await visitor.text(), /1 brev forsøges leveret igen/)

  // One of which the list said that it waits.
  await tick(ids[0])
  await stand(ids[0], 'delivered')
  await visitor.press('Udskriv de valgte')
  assert.equal(await sheets(), 0)
  assert.equal(await visitor.heading(), 'Ingen breve at udskrive')
  assert.doesNotMatch(await visitor.text(), /Det her er kopier/)
  await visitor.press('Tilbage')

  for (const id of [delivered, printed]) await tick(id)
  await visitor.press('Udskriv de valgte')
  assert.equal(await sheets(), 2)
  assert.match(await visitor.text(), /Det her er kopier/)
  await visitor.leave()
})

test('a letter without an address is told of before it is printed', async () => {
  const id = await saveMove(scenario.noFixedAddress, 2)
  const found = await clerk.desk.case(id)
  assert.ok(found.ok)
  const { version } = found.value.incident
  const words = { version, reasonCode: 'CONDITIONS_NOT_MET', text: 'Nej' } as const
  assert.ok((await clerk.desk.reject(id, words)).ok)
  const visitor = await newVisitor({ url })
  await signIn(visitor, codes.municipality)
  await visitor.goTo('/da/letters')
  await visitor.page.locator('main [name=letter]').first().check({ force: true })
  await visitor.press('Udskriv de valgte')
  assert.match(await visitor.text(), /1 brev er uden adresse/)
  await visitor.press('Notér som sendt på papir')
  assert.match(await visitor.text(), /1 brev er noteret som sendt på papir/)
  await visitor.leave()
})

test('the letters to one person are found by the number, which stands in no address', async () => {
  for (const width of [1280, 320]) {
    const visitor = await newVisitor({ url, width, ...shooting(`letters-${width}`) })
    await signIn(visitor, codes.municipality)
    await visitor.goTo('/da/letters')
    await visitor.fill('Modtagerens personnummer', scenario.centenarian)
    await visitor.press('Vis')
    assert.equal(await visitor.page.locator('main [name=letter]').count(), 1)
    assert.ok(visitor.requested.every((each) => !each.includes(scenario.centenarian)))
    await visitor.fill('Modtagerens personnummer', '12')
    await visitor.press('Vis')
    assert.match(await visitor.page.title(), /^Fejl: /)
    await visitor.leave()
  }
})

test('nobody is approved while an answer about them is awaited, and the page says whose', async () => {
  const id = await saveMoveIn(scenario.newcomer)
  const visitor = await newVisitor({ url })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  assert.match(await visitor.text(), /Sagen kan godkendes, når der er svar på/)
  assert.equal(await visitor.page.getByRole('button', { name: 'Godkend', exact: true }).count(), 0)
  assert.equal(await visitor.page.getByRole('link', { name: 'Afvis', exact: true }).count(), 1)
  await visitor.leave()
})

test('what one employee registers another one confirms, and the page says who is who', async () => {
  const today = danishDate(server.clock())
  const keys = { pnr: scenario.flatmates[0], date: today, municipality: '0751' }
  const begun = await clerk.initiate('death', keys)
  assert.ok(begun.ok, JSON.stringify(begun))
  const checked = await clerk.validate<'death'>(begun.value.id, {})
  assert.ok(checked.ok, JSON.stringify(checked))
  const { id } = begun.value
  assert.ok((await clerk.save(id)).ok)
  const first = await newVisitor({ url })
  await signIn(first, codes.municipality)
  await first.goTo(`/da/cases/${id}`)
  assert.match(await first.text(), /Du har registreret dette\. En anden medarbejder skal bekræfte/)
  assert.equal(await first.page.getByRole('button', { name: 'Godkend', exact: true }).count(), 0)
  const second = await newVisitor({ url, ...shooting('second-person') })
  await signIn(second, colleague)
  await second.goTo(`/da/cases/${id}`)
  assert.match(await second.text(), new RegExp(`${code} har registreret dette`))
  await second.press('Godkend')
  assert.match(await second.text(), /Sagen er godkendt/)
  await Promise.all([first.leave(), second.leave()])
})
