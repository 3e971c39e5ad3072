/**
 * Texts that hope to be run, before the eyes of a clerk: whatever reaches the desk's page, from the
 * citizens' form or from a colleague, stands there as the text that it is (A20).
 */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { type JsonClient, openJson } from '#client/index.ts'
import { openDesk } from '#desk/app.ts'
import { readData } from '#incident/read.ts'
import { contactAddress } from '#incidents/contact-address.ts'
import { signIn } from '#test/browser/desk-site.ts'
import { openTestSite } from '#test/browser/site.ts'
import { newVisitor } from '#test/browser/visitor.ts'
import { watchedLog } from '#test/canaries/log.ts'
import { naughty } from '#test/hostile/material.ts'
import { scripts } from '#test/hostile/scripts.ts'
import { generousPages } from '#test/server.ts'

const site = await openTestSite()
const { server } = site
const { codes, scenario } = server
let deskUrl = ''
const desk = openDesk({
  ...{ cpr: server.url, origin: () => deskUrl, log: watchedLog() },
  ...{ key: randomBytes(32), clock: server.clock, takesPasswords: true, limits: generousPages },
})
deskUrl = await desk.listen({ host: '127.0.0.1', port: 0 })
after(() => desk.close())

const hostile = [...naughty, ...scripts]
const { code: personCode, password } = codes.municipality
const colleague = openJson({ url: server.url, personCode, password })

/** The clerk's browser, and every dialog and complaint in it. */
async function clerkAtDesk() {
  const visitor = await newVisitor({ url: deskUrl })
  const dialogs: string[] = []
  visitor.page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await signIn(visitor, codes.municipality)
  return { visitor, dialogs }
}

/** In composed letters as all that is kept, and as a page may fold it: blanks are one. */
const folded = (text: string) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()

async function reported(of: JsonClient): Promise<string> {
  const queue = await of.desk.queue({ limit: 1 })
  assert.ok(queue.ok)
  const [first] = queue.value.items
  assert.ok(first)
  return first.id
}

test('there are two hundred scripts, and all of the naughty strings', () => {
  assert.ok(new Set(scripts).size >= 200, `${new Set(scripts).size} scripts`)
  assert.ok(naughty.length > 480)
})

test('a page hides a password while it is typed, and lets it be pasted', async () => {
  const visitor = await newVisitor({ url: deskUrl })
  await visitor.goTo('/da/')
  const field = visitor.page.locator('#password')
  assert.equal(await field.getAttribute('type'), 'password')
  await field.focus()
  await visitor.page.keyboard.insertText('pasted at once')
  assert.equal(await field.inputValue(), 'pasted at once')
  await visitor.leave()
})

test('every page behind a sign-in shows the way out', async () => {
  const citizen = await site.signedIn(scenario.ordinaryAdult)
  const { visitor } = await clerkAtDesk()
  for (const [someone, paths] of [
    [citizen, ['', 'report/domestic-move', 'accessibility']],
    [visitor, ['', 'policies', 'figures']],
  ] as const) {
    for (const path of paths) {
      await someone.goTo(`/da/${path}`)
      assert.ok(await someone.page.getByRole('button', { name: 'Log af' }).isVisible(), path)
    }
    await someone.leave()
  }
})

test('what a citizen writes into the form stands at the desk as it was written', async () => {
  const kept = hostile.filter((text) => {
    const read = readData(contactAddress.shape, { line1: text })
    return text.trim() !== '' && read.ok && /[<>&"'`{]/.test(text)
  })
  const citizen = await site.signedIn(scenario.ordinaryAdult)
  await citizen.goTo('/da/report/contact-address')
  await citizen.press('Begynd')
  const marked = kept.filter((text) => text.includes('<'))
  const sent = [...marked, ...kept].slice(0, 5)
  assert.equal(sent.length, 5, `${kept.length} are kept by CPR's letters`)
  for (const [at, text] of sent.entries()) {
    await citizen.page.locator(`main [name=line${at + 1}]`).fill(text)
  }
  await citizen.press('Næste')
  await citizen.press('Næste')
  await citizen.press('Send anmeldelsen')
  assert.match(await citizen.heading(), /Tak/)
  await citizen.leave()
  const { visitor, dialogs } = await clerkAtDesk()
  await visitor.goTo(`/da/cases/${await reported(colleague)}`)
  const shown = folded((await visitor.page.locator('main').textContent()) ?? '')
  for (const text of sent) assert.ok(shown.includes(folded(text)), JSON.stringify(text))
  assert.deepEqual(dialogs, [])
  await visitor.leave()
})

test('what a colleague notes stands at the desk as it was written, all of it', async () => {
  const id = await reported(colleague)
  const taken: string[] = []
  for (const text of hostile) {
    const noted = await colleague.desk.note(id, text)
    if (noted.ok) taken.push(text)
    else assert.ok(noted.problem.refusals.length > 0, JSON.stringify(text))
  }
  assert.ok(taken.length > 500, `${taken.length} notes were taken`)
  const { visitor, dialogs } = await clerkAtDesk()
  await visitor.page.goto(`${deskUrl}/da/cases/${id}`)
  const shown = (await visitor.page.locator('.desk-notes li').allTextContents()).map(folded)
  assert.equal(shown.length, taken.length)
  for (const text of taken) {
    assert.ok(
      shown.some((note) => note.includes(folded(text))),
      JSON.stringify(text),
    )
  }
  assert.equal(await visitor.page.locator('.desk-notes :is(script, img, svg, iframe)').count(), 0)
  assert.deepEqual([dialogs, visitor.complaints], [[], []])
  await visitor.leave()
})

test('on a page that does not escape they run, and its policy alone would stop them: the control', async (t) => {
  const policy = (await fetch(`${deskUrl}/da/`)).headers.get('content-security-policy') ?? ''
  const naive = createServer((request, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8')
    if (request.url === '/with-policy') answer.setHeader('content-security-policy', policy)
    answer.end(`<!doctype html><title>x</title>${scripts.slice(0, 12).join('\n')}`)
  })
  t.after(() => naive.close())
  naive.listen(0, '127.0.0.1')
  await new Promise((resolve) => naive.once('listening', resolve))
  const url = `http://127.0.0.1:${(naive.address() as AddressInfo).port}`
  const { visitor, dialogs } = await clerkAtDesk()
  await visitor.page.goto(url)
  assert.ok(dialogs.length > 0, 'nothing ran on a page that does not escape')
  const before = dialogs.length
  await visitor.page.goto(`${url}/with-policy`)
  assert.equal(dialogs.length, before)
  assert.ok(visitor.complaints.length > 0, 'the policy stopped nothing')
  await visitor.leave()
})
