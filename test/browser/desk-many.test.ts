/** The desk beyond one case, in a real browser: many at once, policies, figures. */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openJson } from '#client/index.ts'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor } from '#test/browser/visitor.ts'
import { root } from '#test/step.ts'

const { url, server, saveMove, saveMoveIn, saveProtection } = await openDeskSite()
const { scenario, codes } = server
const second = await server.newColleague()
const lead = await server.newCode('team-lead', '0751')
const examplePolicy = JSON.parse(readFileSync(join(root, 'reference/policies/odense.json'), 'utf8'))

const shooting = (name: string) =>
  process.env['TEST_SHOOT'] === undefined ? {} : { shoot: `desk-${name}` }

test('many cases are approved at once: each effect first, one confirm, and what came of each', async () => {
  const persons = [scenario.familyOfFour[0], scenario.familyOfFour[2], scenario.child14]
  const ids: string[] = []
  for (const person of persons) ids.push(await saveProtection(person))
  const visitor = await newVisitor({ url, ...shooting('bulk') })
  await signIn(visitor, codes.municipality)
  await visitor.press(/^Afgør de valgte/)
  assert.match(await visitor.text(), /Ingen sager er valgt/)
  await visitor.press('Tilbage')
  for (const id of ids) await visitor.page.locator(`[value="${id}"]`).check()
  await visitor.press(/^Afgør de valgte/)
  assert.equal(await visitor.heading(), 'Godkend 3 af 3 sager')
  await visitor.press('English')
  assert.equal(await visitor.heading(), 'Approve 3 of 3 cases')
  await visitor.press('Dansk')
  // One of them is decided by somebody else between the preview and the confirm.
  const { code, password } = second
  const colleague = openJson({ url: server.url, personCode: code, password })
  const words = { reasonCode: 'DUPLICATE', text: 'Anmeldt to gange' } as const
  assert.ok((await colleague.desk.reject(ids[1] ?? '', words)).ok)
  await visitor.press('Godkend 3 af 3 sager')
  assert.equal(await visitor.heading(), '2 af 3 sager er godkendt')
  assert.match(
    await visitor.text(),
    /Ikke godkendt.*Sagen blev i mellemtiden afvist af W0010751 den/s,
  )
  await visitor.press('Fortryd dem alle')
  assert.equal(await visitor.heading(), '2 af 2 afgørelser er fortrudt')
  await visitor.leave()
})

test('the preview shows what the queue marks, and leaves out what a colleague works on', async () => {
  const [mine, theirs] = [scenario.familyOfFour[1], scenario.centenarian]
  const id = await saveMove(mine, 1, [scenario.familyOfFour[3]])
  const kept = await saveProtection(mine)
  const held = await saveMove(theirs, 2)
  const { code, password } = second
  const colleague = openJson({ url: server.url, personCode: code, password })
  assert.ok((await colleague.desk.claim(held)).ok)
  const visitor = await newVisitor({ url, ...shooting('bulk-marks') })
  await signIn(visitor, codes.municipality)
  for (const each of [id, kept, held]) await visitor.page.locator(`[value="${each}"]`).check()
  await visitor.press(/^Afgør de valgte/)
  assert.match(await visitor.heading(), /af 3 sager$/)
  const rowOf = (each: string) =>
    visitor.page.locator('tbody tr', { has: visitor.page.locator(`a[href*="${each}"]`) })
  assert.match(await rowOf(id).innerText(), /Børn.*Lignende sag åben/s)
  const text = await rowOf(held).innerText()
  assert.match(text, new RegExp(`Udeladt: en kollega arbejder på den\\s+${code}, til kl\\.`))
  // Neither of the two forms sends it, and all of the view are without it, which is said.
  assert.equal(await visitor.page.locator(`input[value^="${held} "]`).count(), 0)
  await visitor.press('Tilbage')
  await visitor.press(/^Afgør alle i visningen/)
  assert.equal(await rowOf(held).count(), 0)
  assert.equal(await rowOf(kept).count(), 1)
  assert.match(await visitor.text(), /Udeladt, fordi kolleger arbejder på dem: 1/)
  assert.ok((await colleague.desk.release(held)).ok)
  await visitor.leave()
})

test('of two who move together one is approved, and the other still waits', async () => {
  const [father, mother] = scenario.familyOfFour
  const id = await saveMove(father, 0, [mother])
  const visitor = await newVisitor({ url, ...shooting('persons') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  const persons = visitor.page.getByRole('group', { name: 'For' }).getByRole('checkbox')
  assert.equal(await persons.count(), 2)
  for (const at of [0, 1]) await persons.nth(at).uncheck()
  await visitor.press('Godkend')
  assert.match(await visitor.text(), /Vælg mindst én person/)
  await visitor.page.locator(`[value="${mother}"]`).check()
  await visitor.page.locator(`[value="${father}"]`).uncheck()
  await visitor.press('Godkend')
  assert.match(await visitor.text(), /De valgte er afgjort/)
  const decided = visitor.page.getByRole('table', { name: 'Afgjort' }).locator('tbody tr')
  assert.equal(await decided.count(), 1)
  // Of the other one the page still tells what an approval changes, and no rule speaks against it.
  const left = visitor.page
    .getByRole('table', { name: 'En godkendelse ændrer' })
    .locator('tbody tr')
  assert.equal(await left.count(), 1)
  assert.match(await visitor.text(), /Ingen regel har noget at indvende/)
  await visitor.leave()
})

test('what a host answered on paper is entered, and stands on the case', async () => {
  const id = await saveMoveIn(scenario.newcomer)
  const visitor = await newVisitor({ url, width: 320, ...shooting('paper') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  await visitor.press('Notér svar på papir')
  await visitor.press('Notér svaret')
  assert.match(await visitor.text(), /Vælg svaret/)
  await visitor.choose('Personen bor eller skal bo her')
  await visitor.fill(/^Bemærkning i svaret/, 'Velkommen')
  await visitor.press('Notér svaret')
  assert.match(await visitor.text(), /Svaret er noteret/)
  assert.match(await visitor.text(), /“Velkommen”/)
  await visitor.leave()
})

test('a policy is read, tried and switched on by a second person, and off', async () => {
  const { code, password } = second
  const colleague = openJson({ url: server.url, personCode: code, password })
  assert.ok((await colleague.policies.put(examplePolicy)).ok)
  const visitor = await newVisitor({ url, language: 'en', ...shooting('policy') })
  await signIn(visitor, lead, true)
  await visitor.press('Automatic decisions')
  await visitor.press(examplePolicy.title.en)
  await visitor.press('Try version 1')
  assert.match(await visitor.text(), /Dry run of version 1/)
  await visitor.fill(/How many of 100/, '101')
  await visitor.press('Switch version 1 on')
  assert.match(await visitor.text(), /Enter a whole number from 1 to 100/)
  await visitor.fill(/How many of 100/, '20')
  await visitor.press('Switch version 1 on')
  assert.match(await visitor.text(), /On: version 1\. 20 of 100 cases go to a case worker/)
  await visitor.press('Switch off')
  assert.match(await visitor.text(), /Off/)
  await visitor.leave()
})

test('the figures are drawn, and stand in tables beside the drawings', async () => {
  for (const width of [1280, 320]) {
    const visitor = await newVisitor({ url, width, ...shooting(`figures-${width}`) })
    await signIn(visitor, lead)
    await visitor.press('Tal')
    // Deadlines, inflow, automatic share, age, time to decision and outcome.
    for (const section of await visitor.page.locator('.desk-figure').all()) {
      assert.equal(await section.locator('svg[role=img]').count(), 1)
      assert.equal(await section.locator('table').count(), 1)
    }
    const text = await visitor.text()
    for (const heading of [
      ...[
        'Modtaget og afgjort',
        'Afgjort af mennesker og automatisk',
        'Sådan blev sagerne afgjort',
      ],
      'Hvor længe de afgjorte sager ventede',
    ]) {
      assert.ok(text.includes(heading), heading)
    }
    await visitor.leave()
  }
})
