/** What happens at the desk beside the plain way, in a real browser: nothing is lost, and all is told. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { openJson } from '#client/index.ts'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor } from '#test/browser/visitor.ts'

const { url, server, saveMove, saveMoveIn, saveProtection } = await openDeskSite()
const { scenario, codes, ownerPool } = server
const { code, password } = codes.municipality
const colleague = openJson({ url: server.url, personCode: code, password })

const shooting = (name: string) =>
  process.env['TEST_SHOOT'] === undefined ? {} : { shoot: `desk-${name}` }

test('who has written why is shown what changed meanwhile, keeps the words, and is asked again', async () => {
  const id = await saveMoveIn(scenario.newcomer)
  const visitor = await newVisitor({ url, ...shooting('changed-words') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}/decide/reject`)
  await visitor.choose('Personen bor der ikke')
  await visitor.fill('Begrundelse', 'En lang begrundelse')
  const found = await colleague.desk.case(id)
  assert.ok(found.ok)
  const [hearing] = found.value.incident.hearings
  const pnr = present(hearing?.asked?.pnr, 'who is asked')
  const said = { pnr, answer: 'no', text: 'Nej' } as const
  assert.ok((await colleague.own.answerHearing(present(hearing?.id, 'an id'), said)).ok)
  await visitor.press('Afvis sagen')
  assert.match(await visitor.text(), /Sagen er ændret, siden du åbnede den/)
  assert.match(await visitor.text(), /høringerne og svarene på dem/)
  assert.equal(await visitor.page.locator('main [name=text]').inputValue(), 'En lang begrundelse')
  assert.ok(await visitor.page.getByRole('heading', { name: 'I registret' }).isVisible())
  await visitor.press('Afvis sagen')
  assert.match(await visitor.text(), /Sagen er afvist/)
  assert.match(await visitor.text(), /En lang begrundelse/)
  await visitor.leave()
})

test('the next case is one that can be decided, unless the view is of others', async () => {
  const waiting = await saveMoveIn(scenario.centenarian)
  const ready = await saveProtection(scenario.ordinaryAdult)
  const visitor = await newVisitor({ url })
  await signIn(visitor, codes.municipality)
  await visitor.press('Næste sag')
  assert.equal(visitor.path(), `/da/cases/${ready}`)
  await visitor.goTo('/da/')
  await visitor.press('Næste sag')
  assert.match(await visitor.text(), /ikke flere ledige sager at afgøre/)
  await visitor.goTo('/da/?waits=hearing')
  await visitor.press('Næste sag')
  assert.equal(visitor.path(), `/da/cases/${waiting}?waits=hearing`)
  await visitor.leave()
})

test('a returned case says what is to be amended and by when; a decided one until when it is undone', async () => {
  const id = await saveMove(scenario.flatmates[0], 0)
  const visitor = await newVisitor({ url, ...shooting('returned') })
  await signIn(visitor, codes.municipality)
  assert.ok((await colleague.desk.return(id, { fields: ['house'], text: 'Er det 12?' })).ok)
  await visitor.goTo(`/da/cases/${id}`)
  const text = await visitor.text()
  assert.match(text, /Sendt tilbage til rettelse · modtaget .* · rettes senest \d+\. \w+\. \d{4}/)
  assert.match(text, /Skal rettes: Husnummer/)
  assert.match(text, /“Er det 12\?”/)
  assert.doesNotMatch(text, /Ret anmeldelsen, få den kontrolleret/)
  const decided = await saveProtection(scenario.flatmates[1])
  await visitor.goTo(`/da/cases/${decided}`)
  await visitor.press('Godkend')
  assert.match(await visitor.text(), /Kan fortrydes til \d+\. \w+ \d{4} kl\. \d\d\.\d\d/)
  await visitor.leave()
})

test('DESK-4: a letter that nobody gets by itself is told of on its case', async () => {
  const id = await saveProtection(scenario.familyOfFour[0])
  assert.ok((await colleague.approve(id)).ok)
  const visitor = await newVisitor({ url, ...shooting('letter-by-hand') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  assert.match(await visitor.text(), /Venter på levering/)
  await ownerPool.script(`update letter set delivery = 'undeliverable' where incident_id = '${id}'`)
  await visitor.goTo(`/da/cases/${id}`)
  assert.match(await visitor.text(), /1 brev skal sendes på papir/)
  assert.match(await visitor.text(), /Skal sendes på papir/)
  await visitor.press('Til brevene')
  assert.equal(await visitor.page.locator('main [name=letter]').count(), 1)
  await visitor.leave()
})

test('DESK-4: the letters of a case that stand in two ways are both led to', async () => {
  const id = await saveProtection(scenario.familyOfFour[2])
  assert.ok((await colleague.approve(id)).ok)
  await ownerPool.script(`update letter set delivery = 'failed' where incident_id = '${id}'`)
  await ownerPool.script(
    `insert into letter (id, at, recipient, kind, incident_id, text_da, text_en, authority, delivery)
     select id || 'x', at, recipient, kind, incident_id, text_da, text_en, authority, 'undeliverable'
     from letter where incident_id = '${id}'`,
  )
  const visitor = await newVisitor({ url, width: 320, ...shooting('letters-two-ways') })
  await signIn(visitor, codes.municipality)
  await visitor.goTo(`/da/cases/${id}`)
  assert.match(await visitor.text(), /2 breve skal sendes på papir/)
  for (const name of ['Til brevene: Skal sendes på papir', 'Til brevene: Kunne ikke leveres']) {
    await visitor.press(name)
    assert.ok((await visitor.page.locator('main [name=letter]').count()) > 0, name)
    await visitor.goTo(`/da/cases/${id}`)
  }
  await visitor.leave()
})

test('DESK-4: a letter of the authority before a forwarding asks nothing of the one after', async () => {
  const id = await saveProtection(scenario.familyOfFour[3])
  assert.ok((await colleague.desk.forward(id, { authority: '0851', text: 'Bor der' })).ok)
  await ownerPool.script(`update letter set delivery = 'undeliverable' where incident_id = '${id}'`)
  const visitor = await newVisitor({ url })
  await signIn(visitor, codes.otherMunicipality)
  await visitor.goTo(`/da/cases/${id}`)
  assert.match(await visitor.text(), /Sendt videre/)
  assert.doesNotMatch(await visitor.text(), /skal sendes på papir/)
  await visitor.leave()
})

test('a decided case is found again by the number, which stands in no address, and undone', async () => {
  const pnr = scenario.familyOfFour[1]
  const id = await saveProtection(pnr)
  assert.ok((await colleague.approve(id)).ok)
  const visitor = await newVisitor({ url, width: 320, ...shooting('decided') })
  await signIn(visitor, codes.municipality)
  await visitor.fill('Søg i navn, nummer, adresse', id)
  await visitor.press('Vis')
  await visitor.press('Afsluttede sager')
  await visitor.fill('Personnummer', '12')
  await visitor.press('Vis')
  assert.match(await visitor.page.title(), /^Fejl: /)
  await visitor.fill('Personnummer', pnr)
  await visitor.press('Vis')
  assert.equal(await visitor.page.locator('main tbody tr').count(), 1)
  assert.ok(visitor.requested.every((each) => !each.includes(pnr)))
  await visitor.follow(visitor.page.locator('main tbody a').first())
  await visitor.press('Fortryd afgørelsen')
  assert.match(await visitor.text(), /Sagen venter igen/)
  await visitor.leave()
})
