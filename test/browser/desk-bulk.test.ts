/** As many cases as are decided at once, in a real browser: what came of each, and all undone. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openJson } from '#client/index.ts'
import { openDeskSite, signIn } from '#test/browser/desk-site.ts'
import { newVisitor } from '#test/browser/visitor.ts'

const { url, server, saveProtection } = await openDeskSite({ persons: 4_500 })
const { ownerPool } = server
const town = '0101'
const clerk = await server.newCode('municipality', town)
const second = await server.newCode('municipality', town)
const many = 200

/**
 * One wish for protection as it is reported, and the same of so many others who live there, written
 * past the doors: two hundred conversations would prove nothing more of the desk. The last two are
 * of one person, so that the second of them changes nothing any more.
 */
async function saveMany(): Promise<readonly string[]> {
  const { rows: people } = await ownerPool.script(
    `select pnr from person
     where current #>> '{address,municipality}' = '${town}' and status = '01'
       and current -> 'protections' = '[]' and (current ->> 'bornOn')::date < '2000-01-01'
     order by pnr limit ${many - 1}`,
  )
  assert.equal(people.length, many - 1)
  const [first, ...others] = people.map(({ pnr }) => String(pnr))
  const real = await saveProtection(first ?? '', town)
  const [prefix] = real.split('.')
  const twice = [...others, others.at(-1)]
  await ownerPool.script(
    `insert into incident
     select (jsonb_populate_record(i, jsonb_build_object('pnr', o.pnr,
       'id', '${prefix}.' || translate(lpad(o.nth::text, 26, '0'), '0123456789', 'abcdefghij'),
       'ts', lpad(o.nth::text, 20, '0')))).*
     from incident i, unnest(array['${twice.join("','")}']) with ordinality o (pnr, nth)
     where i.id = '${real}'`,
  )
  const { rows } = await ownerPool.script(
    `select id from incident where authority = '${town}' order by saved_at, id`,
  )
  return rows.map(({ id }) => String(id))
}

async function statesNow(): Promise<object> {
  const { rows } = await ownerPool.script(
    `select state, count(*)::int as cases from incident where authority = '${town}'
     group by state order by state`,
  )
  return Object.fromEntries(rows.map(({ state, cases }) => [state, cases]))
}

test('an approval of 200 selected cases reports each, and what was done is undone', async () => {
  const ids = await saveMany()
  assert.equal(ids.length, many)
  const visitor = await newVisitor({ url, language: 'en' })
  await signIn(visitor, clerk, true)
  await visitor.follow(visitor.page.locator('main [name=all]'))
  assert.equal(await visitor.heading(), `Approve ${many} of ${many} cases`)
  const effects = await visitor.page.locator('main tbody mark').allInnerTexts()
  assert.equal(effects.length, many)
  assert.deepEqual([...new Set(effects)], ['– → Name and address protection'])

  const [, changed = ''] = ids
  const colleague = openJson({
    url: server.url,
    personCode: second.code,
    password: second.password,
  })
  const words = { reasonCode: 'DUPLICATE', text: 'Anmeldt to gange' } as const
  // It waits as before, and yet is not what was looked at.
  assert.ok((await colleague.desk.reject(changed, words)).ok)
  assert.ok((await colleague.desk.undo(changed)).ok)
  await visitor.press(`Approve ${many} of ${many} cases`)
  assert.equal(await visitor.heading(), `${many - 2} of ${many} cases are approved`)
  const told = visitor.page.locator('main tbody tr')
  assert.equal(await told.count(), many)
  const outcomes = await told.allInnerTexts()
  const idsTold = await visitor.page.evaluate(
    '[...document.querySelectorAll("main tbody a")].map((link) => link.pathname.split("/").at(-1))',
  )
  assert.deepEqual(new Set(Object(idsTold)), new Set(ids))
  const of = outcomes[Object(idsTold).indexOf(changed)] ?? ''
  assert.equal(outcomes.filter((text) => /\tApproved/.test(text)).length, many - 2)
  assert.match(of, /Not approved.*changed/s)
  const refused = outcomes.filter((text) => /Not approved/.test(text) && text !== of)
  assert.equal(refused.length, 1)
  assert.match(refused[0] ?? '', /already/)
  assert.deepEqual(await statesNow(), { approved: many - 2, pending: 2 })

  await visitor.press('Undo them all')
  assert.equal(await visitor.heading(), `${many - 2} of ${many - 2} decisions are undone`)
  assert.equal(await told.count(), many - 2)
  assert.deepEqual(await statesNow(), { pending: many })
  await visitor.leave()
})
