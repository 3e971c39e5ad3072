/** Forwarding at the desk: whom it suggests and why, and that nothing is sent on a guess. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { openJson } from '#client/index.ts'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor } from '#test/browser/visitor.ts'
import { beginPending, emptyIn, moveTo } from '#test/doors/incidents.ts'
import { signOn } from '#test/doors/talk.ts'

const { url, server, saveMove, saveProtection } = await openDeskSite()
const { scenario, codes } = server
const there = codes.otherMunicipality
const theirs = openJson({ url: server.url, personCode: there.code, password: there.password })

const shooting = (name: string) =>
  process.env['TEST_SHOOT'] === undefined ? {} : { shoot: `desk-${name}` }

async function moveAway(pnr: string, nth: number): Promise<void> {
  const data = moveTo(emptyIn(server, there.authority, nth))
  const keys = { pnr, data, municipality: there.authority }
  const { id } = await beginPending(server, await signOn(server, codes.citizen), keys)
  assert.ok((await theirs.approve(id)).ok)
}

test('what the rules say is chosen beforehand, with the case beside it and no script', async () => {
  const pnr = scenario.familyOfFour[0]
  const id = await saveProtection(pnr)
  await moveAway(pnr, 0)
  const visitor = await newVisitor({ url, javaScript: false, ...shooting('forward-certain') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}/decide/forward`)
  const { page } = visitor
  assert.match(await visitor.text(), /Efter reglerne afgør den kommune sagen/)
  assert.ok(await page.locator(`main [name=suggested][value="${there.authority}"]`).isChecked())
  assert.equal(await page.getByRole('radio', { name: /\(0751\)/ }).count(), 0)
  assert.ok(await page.getByRole('heading', { name: 'I registret', exact: true }).isVisible())
  await page.locator('#authority').selectOption('0461')
  await visitor.fill('Begrundelse', 'Personen bor der nu.')
  await visitor.press('Send sagen videre')
  assert.match(await visitor.text(), /Du har valgt to kommuner/)
  await page.locator('#authority').selectOption('')
  await visitor.press('Send sagen videre')
  assert.match(await visitor.text(), /Sagen er sendt videre/)
  assert.ok((await theirs.desk.case(id)).ok)
  await visitor.leave()
})

test('what is only likely is left to choose, also another one', async () => {
  const pnr = scenario.flatmates[0]
  await moveAway(pnr, 1)
  const id = await saveMove(pnr, 1)
  const visitor = await newVisitor({ url, width: 390, ...shooting('forward-likely') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}/decide/forward`)
  assert.match(await visitor.text(), /Personen er registreret dér nu/)
  assert.equal(await visitor.page.locator('main [name=suggested]:checked').count(), 0)
  await visitor.fill('Begrundelse', 'Adressen ligger i Odense.')
  await visitor.press('Send sagen videre')
  assert.match(await visitor.text(), /Vælg en kommune/)
  await visitor.choose('En anden kommune')
  await visitor.press('Send sagen videre')
  assert.match(await visitor.text(), /Vælg en kommune/)
  await visitor.page.locator('#authority').selectOption('0461')
  await visitor.press('Send sagen videre')
  assert.match(await visitor.text(), /Sagen er sendt videre/)
  const { rows } = await server.ownerPool.script(
    `select authority::text as authority from incident where id = '${id}'`,
  )
  assert.equal(present(rows[0], 'the case')['authority'], '0461')
  await visitor.leave()
})
