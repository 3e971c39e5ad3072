/** Acting for a child or by a power of attorney: from the start page, as far as it reaches, on record. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import { openPowersWith } from '#self-service/own/power.ts'
import { type Citizen, dayFields, openSite } from '#test/self-service/site.ts'

const site = await openSite()
const { server, clients } = site
const { scenario, ownerPool, clock } = server
await ownerPool.script('update address set rooms = 9')
const powers = openPowersWith(clients, site.sealKey)
const today = danishDate(clock())
const [mother, father, child] = scenario.familyOfFour
const holder = { pnr: scenario.ordinaryAdult, name: 'Holger Holder' }
const giver = { pnr: scenario.newcomer, name: 'Gerda Giver' }

async function childLinks(citizen: Citizen, type: string): Promise<readonly string[]> {
  const { body } = await citizen.get('/en/children')
  const links = [...body.matchAll(/href="(\/en\/report\/([a-z-]+)\?for=child-[A-Za-z0-9_-]+)"/g)]
  return links.filter(([, , name]) => name === type).map(([, link = '']) => link)
}
const byIn = (link: string) => new URL(link, 'https://x.example').searchParams.get('for') ?? ''

/** Until the receipt. */
async function sendMove(citizen: Citizen, by: string, nth: number) {
  const begun = await citizen.post('/en/report/domestic-move', { for: by })
  const at = begun.location.replace(/\/[a-z]+$/, '')
  await citizen.post(`${at}/date`, dayFields('date', addDays(today, 3)))
  const empty = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)
  const { road, house, floor, door } = present(empty[nth], 'an empty dwelling')
  const choice = [road, house, floor, door].join('|')
  await citizen.post(`${at}/address`, { municipality: '0751', choice })
  for (let next = await citizen.get(`${at}/check`); ; next = await citizen.get(`${at}/check`)) {
    if (next.location === '') {
      const [, seen = ''] = /name="seen" value="(\d+)"/.exec(next.body) ?? []
      return { at, sent: await citizen.post(`${at}/check`, { seen, confirm: 'yes' }) }
    }
    await citizen.post(next.location)
  }
}

test('the start page asks for whom, and shows those by whose power one may act today alone', async () => {
  const scope = ['domestic-move']
  const base = { holder, scope, givenAt: clock().valueOf() }
  const other = { pnr: scenario.centenarian, name: 'Otto Over' }
  await powers.give({ ...base, giver, from: today, to: addDays(today, 9) })
  await powers.give({ ...base, giver: other, from: addDays(today, -9), to: addDays(today, -1) })
  const { text } = await (await site.as(holder.pnr, holder.name)).get('/en/')
  assert.match(text, /Holger Holder and household Your child Gerda Giver \(power of attorney\)/)
  assert.doesNotMatch(text, /Otto Over/)
})

test('who has custody reports a move for a child alone, and stands as its representative', async () => {
  const parent = await site.as(mother, 'Mona Mor')
  const [link = ''] = await childLinks(parent, 'domestic-move')
  assert.ok(!link.includes(child))
  const begin = await parent.get(link)
  assert.equal(begin.status, 200)
  const { at, sent } = await sendMove(parent, byIn(link), 0)
  assert.match(sent.location, /\/receipt$/)
  const { rows } = await ownerPool.script(
    `select pnr, ts from incident where representative = '${mother}' and saved_at is not null`,
  )
  const subject = String(rows[0]?.['pnr'])
  assert.ok(scenario.familyOfFour.slice(2).some((each) => each === subject))
  const letter = await parent.get(`${at}/letter`)
  const [, name = ''] = /class="site-letter-to">([^<]+)</.exec(letter.body) ?? []
  assert.notEqual(name, 'Mona Mor', 'the letter is to whom it is about')
  assert.match(letter.text, new RegExp(`Reported for ${name} by Mona Mor`))
  assert.match((await parent.get('/en/cases')).text, /Sent for somebody else/)
})

test('a child is reached by its own parent, for what is for children, while custody lasts', async () => {
  const [one, other] = [await site.as(mother), await site.as(father)]
  const [link = ''] = await childLinks(one, 'contact-address')
  assert.equal((await one.get(link)).status, 200)
  assert.equal((await other.get(link)).status, 404, 'sealed for another')
  const forged = `${link.slice(0, -4)}AAAA`
  assert.equal((await one.get(forged)).status, 404)
  const grown = link.replace('/report/contact-address', '/report/credit-warning')
  const refused = await one.get(grown)
  assert.equal(refused.status, 403)
  assert.match(refused.text, /does not cover this/)
  await ownerPool.script(
    `delete from fact where kind = 'custody' and value ->> 'pnr' = '${mother}'`,
  )
  for (const page of [
    await one.get(link),
    await one.post(link.split('?')[0] ?? '', { for: byIn(link) }),
  ]) {
    assert.equal(page.status, 403)
    assert.match(page.text, /You no longer have custody/)
  }
  assert.match((await one.get('/en/children')).text, /not registered as having custody/)
})

test('AUD-6, AUD-7: a holder’s draft and look-up stand in the evidence of the giver', async () => {
  const given = await powers.list(giver.pnr)
  const { key } = present(
    given.find(({ power }) => power.holder.pnr === holder.pnr),
    'a power of the holder',
  )
  const citizen = await site.as(holder.pnr, holder.name)
  const begun = await citizen.post('/da/report/domestic-move', { for: key })
  assert.equal(begun.status, 303)
  const drafts = await clients.json.deposits.concerning('draft', giver.pnr)
  assert.deepEqual(drafts.ok && drafts.value.map(({ concerns }) => concerns), [
    [holder.pnr, giver.pnr],
  ])
  const givers = await site.as(giver.pnr, giver.name)
  assert.doesNotMatch((await givers.get('/da/cases')).text, /Ikke sendt endnu/)
  const looked = (await givers.get('/en/who-looked')).text
  assert.match(looked, /Somebody acting for you by a power of attorney Searched for/)
})

test('AUD-7: one that has ended, is for later or reaches something else opens no report', async () => {
  const base = { giver, holder, givenAt: clock().valueOf() }
  const scope = ['domestic-move']
  await powers.give({ ...base, scope, from: addDays(today, -9), to: addDays(today, -1) })
  await powers.give({ ...base, scope, from: addDays(today, 1), to: addDays(today, 9) })
  await powers.give({ ...base, scope: ['data'], from: today, to: today })
  const citizen = await site.as(holder.pnr)
  const said = [/has expired/, /is not valid yet/, /does not cover this/]
  const kept = (await powers.list(giver.pnr)).filter(({ power: { from, scope: of } }) => {
    return from !== today || of.includes('data')
  })
  const texts = []
  for (const { key } of kept) {
    const pages = [
      await citizen.get(`/en/report/domestic-move?for=${key}`),
      await citizen.post('/en/report/domestic-move', { for: key }),
    ]
    for (const { status, text } of pages) {
      assert.equal(status, 403)
      texts.push(text)
    }
  }
  for (const each of said) assert.equal(texts.filter((text) => each.test(text)).length, 2)
})

test('a power that could not be revoked is not said to be', async () => {
  const scope = ['data']
  const term = { from: today, to: addDays(today, 9) }
  const other = { pnr: scenario.centenarian, name: 'Otto Over' }
  await powers.give({ giver: other, holder, scope, givenAt: clock().valueOf(), ...term })
  const kept = present((await powers.list(other.pnr))[0], 'the power that was given')
  // Whatever the CPR server has against it; here a term that is longer than any may be.
  const refused = { ...kept, power: { ...kept.power, to: addDays(today, 9999) } }
  await assert.rejects(powers.revoke(refused, clock()), /refused/)
  assert.equal(await powers.revoke(kept, clock()), true)
  assert.equal(await powers.revoke(kept, clock()), false)
})

test('SEC-10: who is under 15 neither gives a power of attorney nor is given one', async () => {
  const young = await site.as(scenario.child14)
  const grown = await site.as(scenario.centenarian)
  for (const page of [await young.get('/da/powers/give'), await young.post('/da/powers/give')]) {
    assert.equal(page.status, 403)
    assert.match(page.text, /Du skal være fyldt 15 år/)
  }
  const last = dayFields('to', addDays(today, 9))
  const fields = { name: 'Ung', pnr: scenario.child14, scope: 'data', ...last }
  const given = await grown.post('/da/powers/give', { ...fields, ...dayFields('from', today) })
  assert.equal(given.status, 422)
  assert.match(given.text, /Den, der får fuldmagten, skal være fyldt 15 år/)
})

test('the fifty-first power of attorney is refused in words', async () => {
  const citizen = await site.as(scenario.protectedAdult)
  const one = { giver: { pnr: scenario.protectedAdult, name: 'P' }, holder, scope: ['data'] }
  const days = { from: today, to: today, givenAt: 0 }
  for (let count = 0; count < 50; count += 1) await powers.give({ ...one, ...days })
  const fields = { name: 'En til', pnr: holder.pnr, scope: 'data' }
  const term = { ...dayFields('from', today), ...dayFields('to', today) }
  const full = await citizen.post('/da/powers/give', { ...fields, ...term })
  assert.equal(full.status, 422)
  assert.match(full.text, /ikke er plads til flere/)
})
