/** The generated pages are what the declarations say today; `--write` writes them anew. */

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { processingPage } from '#access/processing-page.ts'
import { accessPage, groupPage } from '#access/rights-page.ts'
import { securityGroups } from '#access/security-groups.ts'
import { generatedNote, incidentPage } from '#api/incident-page.ts'
import { receiptRows, receiptsPage } from '#api/receipts-page.ts'
import { settingsPage } from '#api/settings-page.ts'
import { addDays } from '#base/calendar.ts'
import { settingsTable } from '#base/settings.ts'
import type { Text } from '#base/text.ts'
import { diagram } from '#casework/transitions.ts'
import { securityReceipts } from '#gctp/values.ts'
import { receipts } from '#incident/receipts.ts'
import { catalogue } from '#incidents/catalogue.ts'
import { conversationOf } from '#test/example-conversation.ts'
import { callsOf, readCalls } from '#test/house/calls.ts'
import { textOf, tracked } from '#test/house/tracked.ts'
import { dwelling, home, nowhere, person, situation, today } from '#test/incident-law.ts'
import { root } from '#test/step.ts'

/** The dwelling of the examples, with one room and more persons in it than rooms allow. */
const crowded = dwelling({ ...home, rooms: 1, people: [person(), person()] })

const emigrated = nowhere('80', { lastMunicipality: '0751' })

/** What is said to data and keys about which nothing is right, by number. */
const exampleTexts: ReadonlyMap<number, Text> = new Map(
  catalogue.flatMap((type) =>
    [
      situation({ municipality: '0957', date: addDays(today, 40) }),
      situation({ date: addDays(today, 40) }),
      situation({ dwellings: [crowded] }),
      situation({ subject: emigrated, municipality: '0851' }),
    ].flatMap((there) =>
      type.examples
        .flatMap((example) => [
          example,
          ...('road' in example ? [{ ...example, road: '0099' }] : []),
        ])
        .flatMap((data) => type.judge(data, there))
        .map(({ number, text }) => [number, text] as const),
    ),
  ),
)

const calls = callsOf(await readCalls())

const rows = receiptRows(receipts, catalogue, exampleTexts)

const pages: ReadonlyMap<string, string> = new Map([
  ['docs/protocol/receipts.md', receiptsPage(rows)],
  ['docs/operating/settings.md', settingsPage(settingsTable)],
  ['docs/access/README.md', accessPage(calls)],
  ['docs/processing.md', processingPage(calls)],
  ...securityGroups.map((group): [string, string] => [
    `docs/access/${group}.md`,
    groupPage(group, calls),
  ]),
  ...catalogue.map((type): [string, string] => [
    `docs/incidents/${type.shape.name}.md`,
    incidentPage(type, {
      diagram: diagram(),
      exampleTexts,
      ...conversationOf(type),
    }),
  ]),
])

if (process.argv.includes('--write')) {
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

test('every generated page is as the declarations have it', () => {
  for (const [path, text] of pages) {
    assert.ok(tracked.includes(path) || process.argv.includes('--write'), `${path} is not there`)
    assert.equal(textOf(path), text, `${path}: ${generatedNote}`)
  }
})

test('no page tells of an incident type that is no more', () => {
  const told = tracked.filter((path) => /^docs\/incidents\/[^/]+\.md$/.test(path))
  assert.deepEqual(
    told.filter((path) => !pages.has(path)),
    [],
  )
})

test('every number of the receipts, of a rule and of a status stands on the page, and no other', () => {
  const used = new Set([
    ...Object.keys(receipts).map(Number),
    ...catalogue.flatMap(({ ruleTable, statuses }) => [
      ...ruleTable.map(({ number }) => number),
      ...Object.values(statuses).flatMap((each) => (each === 'yes' ? [] : [each.number])),
    ]),
  ])
  const written = textOf('docs/protocol/receipts.md').matchAll(/^\| (\d+) \|/gm)
  const told = new Set([...written].map(([, number]) => Number(number)))
  assert.deepEqual(
    [...told].sort((a, b) => a - b),
    [...used].sort((a, b) => a - b),
  )
})

test('every number but the empty success has a text in both languages', () => {
  for (const { number, text } of rows) {
    if (number === 0) continue
    assert.ok(text.da !== '' && text.en !== '' && text.da !== text.en, String(number))
  }
})

test('what answers a security call says the same as the table of receipts', () => {
  const texts = Object.entries(receipts).map(([number, { text }]) => [number, text] as const)
  assert.deepEqual(
    Object.entries(securityReceipts),
    texts.filter(([number]) => Number(number) >= 900 && Number(number) <= 908),
  )
})
